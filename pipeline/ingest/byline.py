"""Title, author and date as a document's own first lines state them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex
from dateparser import parse

FIRST_LINES = 12  # a byline stands above the text, or right after its title and summary
LONG_LINE = 240  # characters; a longer line is running text
LONG_TITLE = 250
SHORT_LINE = 120
FIRST_CHARS = 6000  # of the text, in which the first lines are looked for

_PARTICLE = r"(?:de|da|di|del|della|der|den|des|van|von|zu|zum|la|le|dos|das|do|du|af|av|y|e|i|ter|ten|op|'t)"
_WORD = r"\p{Lu}[\p{L}\p{M}'’.\-]*"
_TITLE = r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Ing|Mag|Dipl\.-Ing|Eng|PhD)\b\.?\s+)*"
NAME = rf"(?:{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,4}})"
_AND = r"(?:\s*[;&]\s*|,?\s+(?:and|und|et|y|e|i)\s+)"
_NAMES = regex.compile(rf"{_TITLE}(?P<name>{NAME})(?:{_AND}{_TITLE}(?P<name>{NAME}))*")
_NAME_LIST = regex.compile(rf"{_TITLE}(?P<name>{NAME})(?:(?:{_AND}|\s*,\s*){_TITLE}(?P<name>{NAME}))*")
_MARKER = regex.compile(
    r"(?i:\b(?:(?:submitted|written|posted|published|prepared|reported|contributed|article|text|story|words"
    r"|uploaded|added|report|photos?\s+and\s+text|text\s+and\s+photos?)\s+by|by|authors?(?:\(s\))?|text|words"
    r"|von|autorin|autore?|par|auteure?|por|autor[ae]?|door|av|af)\b)(?P<colon>\s*:)?\s+"
)
_PUBLISHED = regex.compile(
    r"(?i)\b(published|posted|submitted|publication|released?|issued|uploaded|online|news|date|dated|updated|added"
    r"|press\s+release|publié|veröffentlicht|stand|publicado|pubblicato|datum|gepubliceerd|opublikowano)\b.{0,40}$"
)
_MONTH = r"\p{L}{3,12}\.?"
DATE = regex.compile(
    r"(?<![\d–—/-])(?:"
    r"\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de\s+)?\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}"
    r"|\d{1,2}-\d{1,2}-\d{4}"
    r")(?![\d])"
)
# a range of days is an event's, not a publication's
_RANGE = regex.compile(r"(?i)\d\s*(?:[–—-]|to|and|&)\s*$")
_EVENT = regex.compile(
    r"(?i)^\W*(?:venue|place|location|time|start|attend|participants|present\b|agenda|programme\b|programm\b"
    r"|\d{1,2}[:.]\d{2}\s*(?:[–—-]|\p{L})|minutes|invitation|save the date|when\b|where\b"
    r"|deadline|meeting of|item\b|ordre du jour|tagesordnung"
    r"|(?:draft |final |provisional )?(?:agenda|minutes|programme))"
)
# what stands above a title and is none
_KICKER = regex.compile(
    r"(?i)^(?:press (?:release|statement)|media release|news(?: release| item)?|newsletter"
    r"|for immediate release|pressemitteilung|medienmitteilung|communiqué de presse|nota de prensa"
    r"|comunicato stampa|persbericht"
    r"|pressmeddelande|pressemeddelelse|comunicado de imprensa|tisková zpráva|informacja prasowa|blog|article"
    r"|interview|event report)(?:\s*[–—:|-].*)?$|^(?-i:\p{Lu}+)$"
)
_SEPARATOR = regex.compile(r"\s*[|·•¦]\s*|\s+[–—-]\s+|\s{2,}|\t")
_DATELINE = regex.compile(
    r"^\p{Lu}[\p{L} .'’/-]{1,40}(?:\([^)]*\))?,\s*"
    rf"(?P<date>{DATE.pattern})\s*(?:[–—:.-]|\(|$)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What the first lines state; None for what they do not."""

    title: str | None = None
    author: str | None = None
    published: date | None = None


@cache
def parse_date(text: str) -> date | None:
    """The day that a text states, day before month where both are numbers; None if it states none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    languages = ["en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "ro", "hu"]
    rules = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = parse(text.strip(), languages=languages, settings=rules)
    return found.date() if found else None


def read_byline(text: str, title: str | None = None) -> Byline:
    """Title, author and publication date from a text's first lines.

    ``title`` is the title that the file's properties give, if any: the first line is then
    only taken for the title where it stands there as a title would.
    """
    lines = list(_first_lines(text))
    if not lines:
        return Byline()
    heading = next((line for line in lines[:4] if _is_title(line)), None)
    if title and _plain(title) in _plain(text[:FIRST_CHARS]):
        heading = title  # the file's own title, and its page shows it too
    event = any(_EVENT.search(line) for line in lines) or bool(
        heading and regex.search(r"(?i)\b(agenda|minutes|programme|invitation)\b", heading)
    )
    author: str | None = None
    published: date | None = None
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line == heading:
            continue
        author = author or author_in(line)
        published = published or date_in(line, event)
        if author is None and (names := _NAMES.fullmatch(line)) and len(following) < SHORT_LINE:
            dated = DATE.search(following)  # names alone, and a date right below them
            if dated and not event and author_in(following) is None:
                author = "; ".join(names.captures("name"))
                published = published or parse_date(dated[0])
    return Byline(heading, author, published)


def _plain(text: str) -> str:
    return " ".join(regex.findall(r"[\p{L}\p{N}]+", text.casefold()))


def _first_lines(text: str) -> Iterator[str]:
    count = 0
    for line in text[:FIRST_CHARS].split("\n"):
        line = line.strip(" \t\ufeff\xa0#*_")
        if line:
            yield line
            count += 1
        if count >= FIRST_LINES:
            return


def _is_title(line: str) -> bool:
    if len(line) > LONG_TITLE or not regex.search(r"\p{L}{2}", line):
        return False
    if line.endswith((".", ";", ",")) and len(line) > 60:
        return False
    if regex.match(r"(?i)^(from|to|cc|subject|date|sent|page \d+)\s*:", line) or _KICKER.match(line):
        return False
    return not _is_byline(line)


def _is_byline(line: str) -> bool:
    rest = DATE.sub("", line)
    words = regex.findall(r"\p{L}+", rest)
    if DATE.search(line) and len(words) <= 3 and not regex.search(r"\d", rest):
        return True
    return author_in(line) is not None and len(line) < 120


def author_in(line: str) -> str | None:
    """The author that a line names as such."""
    if len(line) > LONG_LINE:
        return None
    marker = _MARKER.match(line)
    if marker is None and DATE.search(line):
        marker = next(iter(_MARKER.finditer(line)), None)
    if marker:
        names = _NAME_LIST if marker["colon"] else _NAMES  # after "By", a comma begins the role
        found = names.match(line, marker.end())
        if found and _ends_well(line, found.end(), bool(marker["colon"])):
            return "; ".join(found.captures("name"))
        return None
    if DATE.search(line):
        pieces = [piece for piece in _SEPARATOR.split(line) if piece]
        if len(pieces) > 1:
            for piece in pieces:
                found = _NAMES.match(piece)
                rest = piece[found.end() :] if found else ""
                if found and len(pieces) <= 4 and (not rest or rest.startswith(",")):
                    return "; ".join(found.captures("name"))
    return None


def _ends_well(line: str, end: int, colon: bool) -> bool:
    """Whether a byline may end here: at the line's end, a separator, a date or a bracket."""
    rest = line[end:]
    if regex.match(r"\s*$|\s*[|·•¦,;(/–—-]|\s+(?:on|am|le|el|il|op|den)\s|\s+\d|\s{2,}|\.$", rest):
        return len(line) < 160
    return colon


def date_in(line: str, event: bool) -> date | None:
    """The publication date that a line states; ``event`` where a bare date would be an event's."""
    found = DATE.search(line)
    if found and len(line) <= LONG_LINE and author_in(line):
        return parse_date(found[0])
    dateline = _DATELINE.match(line)
    if dateline and not event:
        return parse_date(dateline["date"])
    if len(line) > LONG_LINE or _EVENT.search(line):
        return None
    if not found or _RANGE.search(line[: found.start()]):
        return None
    said = bool(_PUBLISHED.search(line[: found.start()]))
    weak = bool(regex.match(r"(?i)\W*date\b", line))
    words = regex.findall(r"\p{L}+", line[: found.start()] + " " + line[found.end() :])
    if said and (len(words) <= 14) and not (weak and event):
        return parse_date(found[0])
    if not event and len(words) <= 3:
        return parse_date(found[0])
    return None
