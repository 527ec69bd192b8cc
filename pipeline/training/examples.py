"""What the encoder is trained on: a text with its names, roles and what belongs together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import regex

from pipeline.gold import GoldText
from pipeline.nlp.posts import surroundings

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


def askable(example: Example) -> list[int]:
    """The places of people of whom it is known what they have: not those whose name stands twice."""
    if not example.stated:
        people = [i for i, span in enumerate(example.spans) if span[2] == "PERSON"]
        return people if example.stated is not None else []
    told = {person for person, *_ in example.stated}
    names = {example.text[slice(*example.spans[person][:2])] for person in told}
    return [
        i
        for i, (start, end, label) in enumerate(example.spans)
        if label == "PERSON" and (i in told or example.text[start:end] not in names)
    ]


def read_for(example: Example, person: int) -> tuple[Example, int]:
    """What of an example is read for a person, and the person's place among its spans."""
    places = [match.span() for match in regex.finditer(r"[^\n]*\S[^\n]*", example.text)]
    start, stop, _ = example.spans[person]
    line = next(i for i, (begin, end) in enumerate(places) if begin <= start < end)
    begin, end = surroundings(places, line)
    end = max(end, stop)  # a name may be broken over two lines
    kept = [i for i, (s, e, _) in enumerate(example.spans) if begin <= s and e <= end]
    return cut_example(example, begin, end, kept), kept.index(person)


def stack(examples: Sequence[Example]) -> Example:
    """Annotated examples as the lines of one text."""
    text, spans, stated = "", list[Span](), list[Triple]()
    for example in examples:
        offset, count = len(text) + bool(text), len(spans)
        text += "\n" * bool(text) + example.text
        spans += [(start + offset, end + offset, label) for start, end, label in example.spans]
        stated += [
            (p + count, None if r is None else r + count, None if o is None else o + count)
            for p, r, o in example.stated or ()
        ]
    return Example(text, tuple(spans), stated=tuple(stated))


def cut_example(example: Example, begin: int, end: int, kept: list[int]) -> Example:
    """A stretch of an example with the spans kept, and of the affiliations what is among them."""
    spans = tuple((s - begin, e - begin, label) for s, e, label in (example.spans[i] for i in kept))
    return replace(example, text=example.text[begin:end], spans=spans, stated=_among(kept, example.stated))


def _among(kept: list[int], stated: tuple[Triple, ...] | None) -> tuple[Triple, ...] | None:
    """The affiliations of which the person and something else are among the spans kept."""
    if stated is None:
        return None
    at: dict[int | None, int] = {old: new for new, old in enumerate(kept)}
    moved = [(at[p], at.get(r), at.get(o)) for p, r, o in stated if p in at]
    return tuple(triple for triple in moved if triple[1:] != (None, None))
