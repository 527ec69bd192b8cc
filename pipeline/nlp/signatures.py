"""People whose organisation stands on another line: below the name, as in a signature, or above a list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex

from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import HONORIFICS, THE, before_organisation, clean, names_role
from pipeline.nlp.stated import Stated

MAX_LINES = 3  # below the name; addresses and telephone numbers follow
PLACE_WORDS = 4  # of a line between an organisation and its people, which has its town
MAX_WORDS = 14  # on such a line: longer ones are sentences
# what may stand on the line of a name beside it
_BESIDE = regex.compile(
    rf"(?i)^[\s•*·–-]*(?:[\p{{L}} ]{{0,24}}:\s*)?(?:i\.\s?[AV]\.\s*)?{HONORIFICS}"
    r"(?:,?\s*(?:Ph\.?D\.?|M\.?Sc\.?|M\.?A\.?|MBA|MD|Dr\.?|CEng|CSc\.?)|\s*\((?:she/her|he/him|they/them)\))*[\s,;]*$"
)
# what may stand beside the organisation that heads a list of its people, and before one of these
_HEADING = regex.compile(r"[\s•*·–\d.)-]*(?:[\p{L}\d ]{1,24}:\s*|PP?\s?\d{1,2}\s)?(?:the\s|The\s)?")
_HEADING_ON = regex.compile(r"\)?\s*(?:[,(:–—|/-][^.!?]{0,60})?")
_LISTED = regex.compile(rf"[\s•*·–\d.)-]*(?:[\p{{L}} ]{{1,30}}:\s*)?{HONORIFICS}")
_SENTENCE = regex.compile(r"[.!?]$")
_ADDRESS = regex.compile(r"@|www\.|https?:|\+\d|\d{4}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: where it starts, its text, and the names in it by document offsets.

    ``apart`` tells whether a blank line stands before it.
    """

    start: int
    text: str
    names: Sequence[Named]
    apart: bool = False


def find_signatures(lines: Sequence[Line]) -> list[Stated]:
    """The affiliations of names that stand alone on a line, in order; offsets are the document's."""
    found = []
    for i, line in enumerate(lines):
        person = _alone(line)
        stated = _below(person, lines[i + 1 : i + 1 + MAX_LINES]) if person else None
        if stated:
            found.append(stated)
    return found


def find_listed(lines: Sequence[Line], taken: Collection[Named]) -> dict[Named, Named]:
    """The organisation of each person who stands in a list that is headed by one.

    ``taken`` are organisations that end a signature, and head nothing.
    """
    found: dict[Named, Named] = {}
    body: Named | None = None
    begun = False  # whether a person of the body has come
    for line in lines:
        people = [name for name in line.names if name.label == "PERSON"]
        town = not (begun or line.names or line.apart) and len(line.text.split()) <= PLACE_WORDS
        if body and people and not line.apart and _is_listed(line):
            found |= dict.fromkeys(people, body)
            begun = True
        elif not body or not town or line.text.endswith(":"):
            body = None if people else _heads(line)
            body, begun = None if body in taken else body, False
    return found


def _is_listed(line: Line) -> bool:
    """Whether a line begins with a person and names no organisation."""
    before = line.text[: line.names[0].start - line.start]
    people = all(name.label == "PERSON" for name in line.names)
    short = len(line.text.split()) <= MAX_WORDS and not _SENTENCE.search(line.text)
    return people and short and bool(_LISTED.fullmatch(before))


def _heads(line: Line) -> Named | None:
    """The organisation with which a line begins, if it says hardly more."""
    if not line.names or len(line.text.split()) > MAX_WORDS:
        return None
    first, last = line.names[0], line.names[-1]
    before, after = line.text[: first.start - line.start], line.text[last.end - line.start :]
    return first if _HEADING.fullmatch(before) and _HEADING_ON.fullmatch(after) else None


def _alone(line: Line) -> Named | None:
    """The person whose name is all that a line says."""
    if len(line.names) != 1 or line.names[0].label != "PERSON":
        return None
    (person,) = line.names
    before, after = line.text[: person.start - line.start], line.text[person.end - line.start :]
    return person if _BESIDE.match(before + after) else None


def _below(person: Named, lines: Sequence[Line]) -> Stated | None:
    role, organisation, end = None, None, person.end
    for line in lines:
        people = any(name.label == "PERSON" for name in line.names)
        if people or line.apart or len(line.text.split()) > MAX_WORDS:
            break
        first = next((name for name in line.names if name.label == "ORG"), None)
        if first:
            before = line.text[: first.start - line.start]
            own = before_organisation(before)
            if not regex.fullmatch(rf"\s*{THE}", before) and (role or not names_role(own)):
                break
            role, organisation, end = role or own, first, first.end
            break
        if role or _SENTENCE.search(line.text) or _ADDRESS.search(line.text) or ":" in line.text:
            break
        role = clean(regex.split(r"\s[|/]\s", line.text)[0])
        if not names_role(role):
            return None
        end = line.start + len(line.text)
    return Stated(person, organisation, role, person.start, end, 0.6) if role or organisation else None
