"""What the encoder is trained on: a text with its names, roles and what belongs together."""

from dataclasses import dataclass
from itertools import combinations, product

import regex

from pipeline.gold import GoldText

Span = tuple[int, int, str]
Triple = tuple[int, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with (start, end, label) spans: PERSON, ORG, ROLE, or IGNORE where no loss is taken.

    ``stated`` are affiliations: the places among the spans of person, role and organisation;
    None where nobody has looked for roles and affiliations. A passage labelled with a ``topic``
    teaches the vector, and no names.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    topic: str | None = None
    stated: tuple[Triple, ...] | None = None


def from_gold(gold: GoldText) -> Example:
    """An annotated passage as an example; countries are left to the rules.

    A role has its place where it stands nearest to the person and the organisation. Where it
    overlaps a span marked IGNORE the role counts.
    """
    marked = [(s.start, s.end, s.label) for s in gold.spans if s.label != "COUNTRY"]
    names = [span for span in marked if span[2] in ("PERSON", "ORG")]
    placed = [_place(gold.text, names, *row) for row in gold.affiliations]
    roles = {role for _, role, _ in placed if role}
    others = [span for span in marked if span not in names and not any(_overlap(span, r) for r in roles)]
    spans = sorted({*names, *others, *roles})
    at = {span: i for i, span in enumerate(spans)}
    stated = [
        (at[person], at[role] if role else None, at[organisation] if organisation else None)
        for person, role, organisation in placed
        if person and (role or organisation)
    ]
    return Example(gold.text, tuple(spans), stated=tuple(dict.fromkeys(stated)))


def _place(
    text: str, names: list[Span], person: str, role: str | None, organisation: str | None
) -> tuple[Span | None, Span | None, Span | None]:
    """Where an affiliation stands: of several places those that are nearest to each other."""

    def named(label: str, name: str | None) -> list[Span | None]:
        return [span for span in names if span[2] == label and text[span[0] : span[1]] == name] or [None]

    words = r"\s+".join(map(regex.escape, role.split())) if role else "(?!)"
    found = [
        (match.start(), match.end(), "ROLE")
        for match in regex.finditer(rf"(?<!\p{{L}}){words}(?!\p{{L}})", text)
    ]
    roles: list[Span | None] = [span for span in found if not any(_overlap(span, name) for name in names)]
    ways = product(named("PERSON", person), roles or [None], named("ORG", organisation))
    return min(ways, key=lambda way: sum(_gap(a, b) for a, b in combinations(filter(None, way), 2)))


def _gap(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
