"""Plain text to headings, paragraphs and list items, from nothing but its lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

MAX_HEADING = 140  # characters; longer lines were paragraphs in all sample documents
MAX_HEADING_WORDS = 18
MAX_TITLE = 250  # characters; the first line of a text is its title up to this length
MIN_WIDTH = 40  # columns; no text is wrapped more tightly, so shorter lines end on purpose
MAX_WIDTH = 130  # columns; lines longer than this were not wrapped by hand or by a mail program

BULLET = regex.compile(
    r"(?:[•●○◦▪▫■□‣⁃∙·►▸▶➢➤→✓✔–—*+-]|o(?=\s{2,})|\uf0b7|\uf0a7"
    r"|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)[ \t\xa0]+(?=\S)"
)
_NUMBER = regex.compile(r"\(?(?:\d|[a-zA-Z][.)]|[ivx]+[.)])")
_NO_HEADING = regex.compile(
    r"(?i)[.;,!]$|[.!?]\s+\p{Lu}\p{Ll}+ .*[.]$|https?://|www\.|@|^(?:by|from|to|cc|sent|subject|submitted by|"
    r"published|posted|date|contact|source|photo|author)\b[^a-z]"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A passage before it has a document: its kind, heading level and place."""

    kind: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something; ``gap`` tells whether a blank line stands before it."""

    start: int
    end: int
    text: str
    indent: int
    gap: bool


def cut_text(text: str, *, headings: bool = True) -> Iterator[Span]:
    """The passages of a plain text; ``headings=False`` where headings are already known."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    spans: list[Span] = []
    numbers: list[bool] = []  # whether a list item is a numbered one
    previous: Line | None = None
    for line in lines:
        if previous and _continues(previous, line, width, spans[-1].kind):
            spans[-1] = replace(spans[-1], end=line.end)
        else:
            kind = "list_item" if BULLET.match(line.text) else "paragraph"
            spans.append(Span(kind, 0, line.start, line.end))
            numbers.append(kind == "list_item" and bool(_NUMBER.match(line.text)))
        previous = line
    if headings:
        spans = _mark_headings(text, spans, numbers)
    return iter(spans)


def _lines(text: str) -> Iterator[Line]:
    start, gap = 0, False
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            first = start + indent
            yield Line(first, first + len(stripped), stripped, indent, gap)
            gap = False
        else:
            gap = True
        start += len(raw) + 1


def _wrap_width(lines: list[Line]) -> int | None:
    """The column at which the text was wrapped; None where line ends are paragraph ends."""
    lengths = sorted(line.indent + len(line.text) for line in lines)
    if len(lengths) < 2 or not MIN_WIDTH <= lengths[-1] <= MAX_WIDTH:
        return None
    return lengths[-1]


def _continues(previous: Line, line: Line, width: int | None, kind: str) -> bool:
    """Whether a line goes on with the passage of the line above it.

    In wrapped text a line was broken because its next word did not fit; where that word
    would have fitted, the writer ended the line on purpose.
    """
    if line.gap or width is None or BULLET.match(line.text):
        return False
    if kind == "list_item" and line.indent < previous.indent and not line.text[:1].islower():
        return False
    first_word = line.text.split(None, 1)[0]
    room = width - previous.indent - len(previous.text)
    if len(first_word) + 1 > room:
        return True
    return line.text[:1].islower() and len(previous.text) >= MIN_WIDTH


def _mark_headings(text: str, spans: list[Span], numbers: list[bool]) -> list[Span]:
    """The spans with those that head what follows them made headings, all of one level."""
    marked: list[Span] = []
    for i, span in enumerate(spans):
        words = text[span.start : span.end]
        title = i == 0 and len(words) <= MAX_TITLE and not words.endswith((".", ";", ",", ":"))
        following = spans[i + 1 : i + 3]
        if span.kind == "list_item":
            alone = not any(s.kind == "list_item" for s in [*marked[-1:], *following[:1]])
            candidate = numbers[i] and alone
        else:
            candidate = True
        if candidate and (
            (title and len(spans) > 1) or (_is_heading(words) and _heads(text, span, following))
        ):
            marked.append(replace(span, kind="heading", level=1))
        else:
            marked.append(span)
    return marked


def _is_heading(words: str) -> bool:
    if "\n" in words or len(words) > MAX_HEADING or len(words.split()) > MAX_HEADING_WORDS:
        return False
    if _NO_HEADING.search(words) or not regex.search(r"\p{L}{2}", words):
        return False
    if words.endswith(":"):
        return len(words.split()) <= 5
    return bool(regex.match(r"[\p{Lu}\d“\"‘'(]", words))


def _heads(text: str, span: Span, following: list[Span]) -> bool:
    """Whether something longer, or a list, stands under the line."""
    length = span.end - span.start
    for other in following:
        if other.kind == "list_item" or other.end - other.start > max(2 * length, 80):
            return True
        if not _is_heading(text[other.start : other.end]):
            return False
    return False
