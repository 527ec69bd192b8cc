"""People whose role and organisation stand on the lines below their name, as in a signature."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import HONORIFICS, THE, before_organisation, clean, names_role
from pipeline.nlp.stated import Stated

MAX_LINES = 3  # below the name; addresses and telephone numbers follow
MAX_WORDS = 14  # on such a line: longer ones are sentences
# what may stand on the line of a name beside it
_BESIDE = regex.compile(
    rf"(?i)^[\s•*·–-]*(?:[\p{{L}} ]{{0,24}}:\s*)?(?:i\.\s?[AV]\.\s*)?{HONORIFICS}"
    r"(?:,?\s*(?:Ph\.?D\.?|M\.?Sc\.?|M\.?A\.?|MBA|MD|Dr\.?|CEng|CSc\.?)|\s*\((?:she/her|he/him|they/them)\))*[\s,;]*$"
)
_SENTENCE = regex.compile(r"[.!?]$")
_ADDRESS = regex.compile(r"@|www\.|https?:|\+\d|\d{4}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: where it starts, its text, and the names in it by document offsets."""

    start: int
    text: str
    names: Sequence[Named]


def find_signatures(lines: Sequence[Line]) -> list[Stated]:
    """The affiliations of names that stand alone on a line, in order; offsets are the document's."""
    found = []
    for i, line in enumerate(lines):
        person = _alone(line)
        stated = _below(person, lines[i + 1 : i + 1 + MAX_LINES]) if person else None
        if stated:
            found.append(stated)
    return found


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
        if people or len(line.text.split()) > MAX_WORDS:
            break
        first = next((name for name in line.names if name.label == "ORG"), None)
        if first:
            before = line.text[: first.start - line.start]
            own = before_organisation(before)
            if not regex.fullmatch(rf"\s*{THE}", before) and (role or not names_role(own)):
                break
            role, organisation, end = role or own, first, first.end
            break
        if role or _SENTENCE.search(line.text) or _ADDRESS.search(line.text):
            break
        role = clean(regex.split(r"\s[|/]\s", line.text)[0])
        if not names_role(role):
            return None
        end = line.start + len(line.text)
    return Stated(person, organisation, role, person.start, end, 0.6) if role or organisation else None
