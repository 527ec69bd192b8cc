"""Labels back in their place: offsets verified, moved ones found again, the rest listed and never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import regex

from pipeline.errors import ConfigError
from pipeline.label.rows import Labelled, check_row, check_topics, digest
from pipeline.label.tasks import Answer, Piece
from pipeline.records import NONE


@dataclass(frozen=True, slots=True)
class Problem:
    """A label that was not taken, and why."""

    where: str
    id: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The labels taken, those that were not, and how many had to be found again."""

    rows: list[Labelled]
    problems: list[Problem]
    moved: int


def place(
    answers: Iterable[Answer], texts: Mapping[str, str] | None = None, topics: Iterable[str] | None = None
) -> Imported:
    """Labelled passages from answers, each checked against the document that it is of.

    ``texts`` are documents by doc_id. A label stays where ``text[start:end]`` is what was
    labelled; else it moves to the one place where that stands, white space apart. It is a
    problem where there is no such place or there are several, where the document is not
    there, or where two people gave one passage different topics. Raises ConfigError for a topic that
    may not occur (see ``load_labels``).
    """
    found: list[tuple[str, Labelled]] = []
    problems: list[Problem] = []
    moved = 0
    for answer in answers:
        for row, reason in _rows(answer):
            if not reason and row.doc_id:
                placed, reason = _anchor(row, texts)
                moved += placed is not row and not reason
                row = placed
            if reason:
                problems.append(Problem(answer.where, row.id, reason, row.text))
            else:
                found.append((answer.where, row))
    check_topics(found, tuple(topics) if topics is not None else None)
    rows, disputed = _agree(found)
    return Imported(rows, problems + disputed, moved)


def _rows(answer: Answer) -> Iterable[tuple[Labelled, str]]:
    """The labels of an answer, each with the reason why it cannot be taken, or nothing."""
    task = answer.task
    raw = {
        "id": task.id, "text": task.text, "heading": task.heading, "author": answer.author,
        "doc_id": task.doc_id, "start": task.start, "end": task.end, **answer.extra,
    }  # fmt: skip
    if answer.topics:
        first, *others = sorted(answer.topics, key=lambda name: name == NONE)
        row = check_row({**raw, "topic": first, "also": next(iter(others), None)}, answer.where)
        yield row, "three or more topics, or none beside a topic" if len(others) > 1 or NONE in others else ""
    for piece in answer.pieces:
        start = _find_piece(task.text, piece)
        if start is None:
            row = check_row({**raw, "topic": piece.topic, "text": piece.surface or task.text}, answer.where)
            yield row, "the marked words do not stand at their place, nor at one other"
        else:
            text = task.text[
                start : start + (len(piece.surface) if piece.surface else piece.end - piece.start)
            ]
            base = None if task.start is None else task.start + start
            end = None if base is None else base + len(text)
            key = f"{task.id or digest(task.text)}:{start}"
            found = {**raw, "id": key, "text": text, "topic": piece.topic, "start": base, "end": end}
            yield check_row(found, answer.where), ""


def _find_piece(text: str, piece: Piece) -> int | None:
    """Where a marked piece begins: at its offset, else, by its words, at the only place where they stand."""
    if piece.surface is None:
        return piece.start if 0 <= piece.start < piece.end <= len(text) else None
    if text[piece.start : piece.end] == piece.surface:
        return piece.start
    return text.find(piece.surface) if text.count(piece.surface) == 1 else None


def _anchor(row: Labelled, texts: Mapping[str, str] | None) -> tuple[Labelled, str]:
    """The label at its place in its document, or the reason why it has none."""
    if texts is None:
        return row, ""
    text = texts.get(row.doc_id or "")
    if text is None:
        return row, f"document {row.doc_id} is not in the outputs"
    if row.start is not None and row.end is not None and text[row.start : row.end] == row.text:
        return row, ""
    pattern = r"\s+".join(map(regex.escape, row.text.split()))
    places = [match.span() for match in regex.finditer(pattern, text)]
    if len(places) != 1:
        return row, "its text is not in the document" if not places else "its text stands there several times"
    start, end = places[0]
    return replace(row, text=text[start:end], start=start, end=end), ""


def _agree(found: list[tuple[str, Labelled]]) -> tuple[list[Labelled], list[Problem]]:
    """One label a passage; passages on which people or rows disagree are problems."""
    by_id: dict[str, list[tuple[str, Labelled]]] = {}
    for where, row in found:
        by_id.setdefault(row.id, []).append((where, row))
    rows, problems = [], []
    for key, group in by_id.items():
        where, first = group[0]
        if len({row.text for _, row in group}) > 1:
            raise ConfigError(f"{group[-1][0]}: column 'id': '{key}' occurs before with another text")
        if len({(row.topic, row.also) for _, row in group}) > 1:
            given = ", ".join(f"{row.author or at}: {row.topic}" for at, row in group)
            problems.append(Problem(where, key, f"labels disagree ({given})", first.text))
        else:
            rows.append(first)
    return rows, problems
