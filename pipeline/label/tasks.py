"""Passages to label, and labels that came back: what every format holds, free of any."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Task:
    """A passage to label, with its place and what the classifier thinks of it.

    ``topic`` and ``also`` are filled in where labels are exported for a second look.
    """

    id: str
    text: str
    heading: str | None = None
    doc_id: str | None = None
    start: int | None = None
    end: int | None = None
    suggested: str | None = None
    confidence: float | None = None
    topic: str | None = None
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a task's text marked with a topic; ``surface`` is what the tool says stands there."""

    start: int
    end: int
    topic: str
    surface: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file says of one task: topics for the whole passage, or for pieces of it."""

    where: str
    task: Task
    topics: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    author: str = ""
    extra: dict[str, str] = field(default_factory=dict)
