"""People in lists that give the surname first, line after line: "Lee, Ann, VLAIO", "LEE Ann – VLAIO"."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from pipeline.nlp.forms import fold
from pipeline.nlp.places import is_place
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import names_role

ROWS = 3  # lines of one look, one after the other, that make a list
FOUND = 0.4  # share of a list's lines that the recogniser has begin with a person
SURE = 0.75  # score from which an organisation is one
SCORE = 0.9  # of a person whom the list tells
_WORD = r"\p{Lu}[\p{L}\p{M}'’-]*"
_SMALL = r"(?:(?:de|del|de la|dela|da|do|dos|van|van der|van den|von|zu|af|di|della|le|la)\s)?"
_LISTED = rf"{_SMALL}{_WORD}(?:\s{_SMALL}{_WORD}){{0,2}}, {_WORD}(?:\s{_SMALL}{_WORD}){{0,3}}"
_LOUD = r"\p{Lu}[\p{Lu}'’-]+"
_SURNAMES = regex.compile(rf"(?<![\p{{L}}\p{{N}}]\s){_WORD}(?:, {_WORD}){{2,}}+(?:,? and {_WORD})?+")
_CLOSES = regex.compile(r"\s*(?:[.;()\n]|$)")
_GIVEN = regex.compile(r",.*|(?<=\p{Lu}{2})\s\p{Lu}\p{Ll}.*")
_LINE = regex.compile(r"[^\n;]+")
_ROW = regex.compile(
    rf"[\s•*·–\d.)-]*(?:\p{{L}}[^,;:\n]{{2,40}}:\s|\p{{Lu}}{{2}}\s)?(?P<name>{_LISTED}|{_LOUD}(?:\s{_LOUD})?\s\p{{Lu}}\p{{Ll}}[\p{{L}}'’-]*)"
    r"(?=\s*(?:[,;|(\t/]|[–—-]\s|\n|$))"
)


def with_listed(texts: Sequence[str], names: Sequence[Sequence[Named]]) -> list[list[Named]]:
    """The names of a document's passages with the people of its lists whole.

    Lines, or what stands between semicolons, are a list where three or more of one look follow each other
    and the recogniser sees people at the beginning of some; a town and its country are none.
    """
    kept = [list(some) for some in names]
    lines = [(i, *line.span()) for i, text in enumerate(texts) for line in _LINE.finditer(text)]
    rows = [(i, _ROW.match(texts[i], start, end)) for i, start, end in lines]
    for looks_so, group in groupby(rows, key=lambda row: row[1] is not None):
        people = list(_people(texts, names, group)) if looks_so else []
        for i, person in people:
            kept[i] = [n for n in kept[i] if n.end <= person.start or person.end <= n.start]
            kept[i].append(person)
    for i, text in enumerate(texts):
        for row in _SURNAMES.finditer(text):
            kept[i] += _surnames(text, row, kept[i]) if _CLOSES.match(text, row.end()) else []
    return [sorted(some, key=lambda name: name.start) for some in kept]


def _surnames(text: str, row: regex.Match[str], names: Sequence[Named]) -> list[Named]:
    """Who stands between the people of "Absent: Lee, Ek, Roe" and has not been seen."""
    items = [(row.start() + m.start(), row.start() + m.end()) for m in regex.finditer(_WORD, row[0])]
    near = [n for n in names if n.start < row.end() and row.start() < n.end]
    seen = [next((n for n in near if n.start < end and start < n.end), None) for start, end in items]
    whole = [n for n, (start, end) in zip(seen, items, strict=True) if n and (n.start, n.end) == (start, end)]
    if any(n and (n.label != "PERSON" or n not in whole) for n in seen) or 3 * len(whole) < 2 * len(items):
        return []
    return [
        Named(start, end, "PERSON", SCORE)
        for n, (start, end) in zip(seen, items, strict=True)
        if n is None and not is_place(fold(text[start:end]))
    ]


def _people(
    texts: Sequence[str],
    names: Sequence[Sequence[Named]],
    rows: Iterator[tuple[int, regex.Match[str] | None]],
) -> Iterator[tuple[int, Named]]:
    """The people of the lines of one look, if these are a list of people."""
    places = [
        (i, *row.span("name"))
        for i, row in rows
        if row and not names_role(row["name"].split(",")[-1].strip())
    ]
    begins = [
        any(n.label == "PERSON" and n.start == start and n.end <= end for n in names[i])
        and not _is_body(names[i], start, end)
        for i, start, end in places
    ]
    surnames = [_GIVEN.sub("", texts[i][start:end]) for i, start, end in places]
    short = sum(" " not in regex.sub(_SMALL, "", surname) for surname in surnames)
    keys = [fold(surname) for surname in surnames]
    told = sum(begins) >= FOUND * len(places) or (any(begins) and keys == sorted(keys))
    if len(places) < ROWS or not told or 2 * short < len(places):
        return
    for i, start, end in places:
        if not _is_body(names[i], start, end) and not is_place(fold(texts[i][start:end].split(", ")[-1])):
            yield i, Named(start, end, "PERSON", SCORE)


def _is_body(names: Sequence[Named], start: int, end: int) -> bool:
    """Whether the recogniser sees an organisation at the place, and not just takes the whole for one."""
    return any(
        n.label == "ORG"
        and n.score >= SURE
        and n.start < end
        and start < n.end
        and (n.start, n.end) != (start, end)
        for n in names
    )
