"""Countries in running text: names, two-letter codes used as tags, and demonyms."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from pipeline.nlp import gazetteer
from pipeline.records import Form

# the certainty of each form, as measured on the annotated sample documents
SCORES: dict[Form, float] = {"name": 0.99, "code": 0.95, "demonym": 0.95}

# "Lower Austria", "Region of Southern Denmark", "Northern Ireland": a region, not the state
_REGION = regex.compile(
    r"(?:\b(?:Lower|Upper|Northern|Southern|Eastern|Western|North|South|East|West|Central|Middle|New"
    r"|North-East|North-West|South-East|South-West|Northeast|Northwest|Southeast|Southwest|Mid)[ -])$"
)
# an official name that the packages lack: "Republic of North Macedonia"
_OFFICIAL = regex.compile(
    r"(?:\bFederal )?\b(?:Republic|Kingdom|Principality|Grand Duchy|State) of (?:the )?$"
)
_COORDINATED = regex.compile(r"\s*(?:,|/|,?\s+(?:and|or)|&)\s*")
_LANGUAGE_BEFORE = regex.compile(
    r"(?i)(?:\b(?:in|into|to|from|speak\w*|spoken|fluent in|learn\w*|and|or|only)|[,/:])\s*$"
)
_LANGUAGE_VERB = regex.compile(
    r"(?i)\b(?:translat\w+|interpret\w+|available|publish\w*|written|held|speak\w*|spoken|read|version\w*"
    r"|subtitl\w+|language\w*|questionnaire|summar\w+|fluent|bilingual)\b[^.;]{0,60}$"
)
_LANGUAGE_AFTER = regex.compile(
    r"^[\s-]*(?:language|version|translation|interpret|subtitle|edition|speak|summary|text\b|-speaking)"
)
_CLAUSE_END = regex.compile(
    r"^\s*(?:$|[.,;:)!?/]|and\b|or\b|only\b|as\b|with\b|was\b|is\b|were\b|are\b|by\b|for\b|on\b)"
)
_ONLY_IN = regex.compile(r"(?i)\b(?:in|into)\s+$")
# a bracket's inside up to a code: empty, other codes, "all three", or ending with a comma
_BRACKET_BEFORE = regex.compile(
    r"[(\[]\s*(?:(?:all|both|each|two|three|four|from)\s+)*(?:[A-Z]{2}\s*[,;/&+–-]\s*|[A-Z]{2}\s+and\s+)*$"
)
_LIST_BEFORE = regex.compile(r"[,;–—/|-]\s*$|\t$")
_CITY = regex.compile(r" City\b")  # "Luxembourg City"
_STATE_OF_US = regex.compile(r"\b(?:Atlanta|Savannah|Augusta), $")  # where Georgia is not the country
_CODE_LIST = regex.compile(
    r"(?<![\p{L}\d/])[A-Z]{2}(?:\s*/\s*[A-Z]{2})+(?![\p{L}\d/])"
    r"|(?<![\p{L}\d,])[A-Z]{2}(?:,\s*[A-Z]{2})+(?:,?\s+(?:and|or|&)\s+[A-Z]{2})?(?![\p{L}\d])"
    r"|(?<![\p{L}\d])[A-Z]{2}\s+(?:and|&)\s+[A-Z]{2}(?![\p{L}\d])"
)
_CODE = regex.compile(r"(?<![\p{L}\d.&@#/-])[A-Z]{2}(?![\p{L}\d&@-]|\.\p{L}|/\p{Ll})")
# codes that are also words, abbreviations or legal forms: only a bracket or a list of codes settles them
_AMBIGUOUS = frozenset(
    "AI AM AR AS AT BE BY CA CC CD CO CV DE DO ES GE GA HR ID IE IN IS IT LA LU MA MD ME ML MR MS MT NE"
    " NO OM PA PC PE PM PR PS SA SB SC SE SM SO SR ST TO TV US VC".split()
)
_EUROPE = frozenset(
    "AT BE BG CY CZ DE DK EE EL ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK UK"
    " AL BA CH GE IS LI MD ME MK NO RS TR UA XK".split()
)
_SURE = _EUROPE - _AMBIGUOUS - {"UK"}


@dataclass(frozen=True, slots=True)
class Country:
    """A country's mention in a text."""

    start: int
    end: int
    form: Form
    country: str
    score: float


@cache
def _names() -> regex.Pattern[str]:
    known = set(gazetteer.names())
    shouted = {name.upper() for name in known if len(name) > 3}
    return regex.compile(r"(?<![\p{L}\d@#/_-])\L<names>(?![\p{L}\d_]|-\p{Lu}\p{Ll}+-)", names=known | shouted)


@cache
def _demonyms() -> regex.Pattern[str]:
    known = set(gazetteer.demonyms())
    shouted = {word.upper() for word in known}
    return regex.compile(r"(?<![\p{L}\d@#/_])\L<words>(?![\p{L}\d_])", words=known | shouted)


@cache
def _by_upper(table: str) -> dict[str, str]:
    words = gazetteer.names() if table == "names" else gazetteer.demonyms()
    return {**{word.upper(): code for word, code in words.items()}, **words}


def find_countries(text: str) -> list[Country]:
    """The countries that a passage names, in order and without overlap.

    Cities, regions and languages are none. A two-letter code counts where it is used as a
    tag: in brackets, after a comma or dash that ends a line or item, in a list of codes.
    """
    found: list[Country] = []
    taken: set[int] = set()
    for country in [*_find_codes(text), *_find_names(text), *_find_demonyms(text)]:
        if taken.isdisjoint(range(country.start, country.end)):
            taken.update(range(country.start, country.end))
            found.append(country)
    return sorted(found, key=lambda country: country.start)


def _find_names(text: str) -> Iterator[Country]:
    for match in _names().finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if _REGION.search(before) or _STATE_OF_US.search(before) or _CITY.match(text, match.end()):
            continue
        if match[0] == "US" and not regex.search(r"\p{Ll}", text):
            continue  # in a line of capitals it is the pronoun
        start = match.start()
        if official := _OFFICIAL.search(before):
            start -= len(official[0])
        yield Country(start, match.end(), "name", _by_upper("names")[match[0]], SCORES["name"])


def _find_demonyms(text: str) -> Iterator[Country]:
    matches = list(_demonyms().finditer(text))
    languages = [_is_language(text, match.start(), match.end()) for match in matches]
    joined = [
        bool(_COORDINATED.fullmatch(text, first.end(), second.start())) for first, second in pairwise(matches)
    ]
    for i, is_joined in enumerate(joined):  # "in Greek, Croatian and Portuguese": all or none are
        ends = _CLAUSE_END.search(text[matches[i + 1].end() :][:30]) is not None
        languages[i + 1] |= is_joined and languages[i] and ends
    for i in reversed(range(len(joined))):
        languages[i] |= joined[i] and languages[i + 1]
    for match, is_language in zip(matches, languages, strict=True):
        if not is_language:
            code = _by_upper("demonyms")[match[0]]
            yield Country(match.start(), match.end(), "demonym", code, SCORES["demonym"])


def _is_language(text: str, start: int, end: int) -> bool:
    """Whether a word such as "Polish" stands for the language here."""
    before, after = text[max(0, start - 90) : start], text[end : end + 30]
    if _LANGUAGE_AFTER.search(after):
        return True
    if not _CLAUSE_END.search(after):
        return False
    if _ONLY_IN.search(before):
        return True
    return bool(_LANGUAGE_BEFORE.search(before) and _LANGUAGE_VERB.search(before))


def _find_codes(text: str) -> Iterator[Country]:
    codes = gazetteer.codes()
    listed: set[int] = set()
    for match in _CODE_LIST.finditer(text):
        members = regex.findall(r"[A-Z]{2}", match[0])
        sure = [code for code in members if code in _SURE or text[: match.start()].endswith(("(", "["))]
        if all(code in codes for code in members) and (sure or ("/" not in match[0] and len(members) > 2)):
            listed.update(range(match.start(), match.end()))
    for match in _CODE.finditer(text):
        code = match[0]
        if code in codes and (match.start() in listed or _is_tag(text, match.start(), match.end(), code)):
            yield Country(match.start(), match.end(), "code", codes[code], SCORES["code"])
    for match in regex.finditer(r"(?<=/)[A-Z]{2}(?![\p{L}\d])", text):
        if match.start() in listed:
            yield Country(match.start(), match.end(), "code", codes[match[0]], SCORES["code"])


def _is_tag(text: str, start: int, end: int, code: str) -> bool:
    before, after = text[max(0, start - 60) : start], text[end : end + 12]
    if _abbreviates(before, code):
        return False
    closes = regex.match(r"\s*[)\]]", after)
    if _BRACKET_BEFORE.search(before):
        return bool(closes or regex.match(r"\s*[,;/&+–-]|\s+and\s", after)) and (
            code in _EUROPE or bool(closes)
        )
    if closes and regex.search(r"[,;–-]\s*$", before):
        return True
    if code not in _EUROPE:
        return False
    ends = regex.match(r"\s*(?:$|[\n|;\t])", after) or regex.match(r"\s*[.,]\s*(?:$|\n)", after)
    if ends and _LIST_BEFORE.search(before):
        return regex.search(r"\p{L}[\p{L}.)\"”]*\s*[,;–—|/\t-]\s*$", before) is not None
    starts = regex.search(r"(?:^|[\n|\t])\s*$", before)
    if starts and regex.match(r"\s*(?:[:–—|\t]|-\s)", after):
        return True
    return bool(starts and ends and code not in _AMBIGUOUS)


def _abbreviates(before: str, code: str) -> bool:
    """Whether the words before a bracket begin with the code's letters: "machine learning (ML)"."""
    words = regex.findall(r"\p{L}+", before.rsplit("(", 1)[0]) if before.rstrip().endswith("(") else []
    return len(words) >= 2 and (words[-2][:1] + words[-1][:1]).upper() == code
