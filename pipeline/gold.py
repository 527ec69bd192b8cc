"""Annotated texts: the mark-up that people write, and what it says.

A file holds records separated by lines of three hyphens. A record begins with lines
``# key: value``, goes on with the text, in which names are marked ``[[PERSON|Ann Lee]]``,
``[[ORG|VLAIO]]``, ``[[COUNTRY|Norway|NO]]``, ``[[CODE|NO|NO]]``, ``[[DEMONYM|Danish|DK]]``
or, where careful annotators would argue, ``[[IGNORE|Interreg Europe]]``, and ends with
lines ``=> person | role | organisation``, a hyphen for what is not stated.
``[[PERSON|Lee|=ann-lee]]`` also says which entity it is, by an id that holds across files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.errors import ConfigError

_MARK = regex.compile(
    r"\[\[(PERSON|ORG|COUNTRY|CODE|DEMONYM|IGNORE)\|([^\[\]|]+)(?:\|([A-Z]{2}))?(?:\|=([\w-]+))?\]\]"
)
_FORMS = {"COUNTRY": "name", "CODE": "code", "DEMONYM": "demonym"}


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A marked span: PERSON or ORG (with its entity, if told), COUNTRY (form and ISO code) or IGNORE."""

    start: int
    end: int
    label: str
    form: str | None
    country: str | None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text with its header, spans and affiliations (person, role, organisation)."""

    header: dict[str, str]
    text: str
    spans: tuple[GoldSpan, ...]
    affiliations: tuple[tuple[str, str | None, str | None], ...]


def read_gold(path: Path) -> list[GoldText]:
    """The annotated texts of a file, or of every ``.txt`` file in a folder and below it.

    Raises ConfigError that names the file and record where the mark-up is broken.
    """
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{path} holds no annotated .txt files")
    found: list[GoldText] = []
    for file in files:
        records = regex.split(r"(?m)^---\s*$", file.read_text(encoding="utf-8"))
        for number, record in enumerate(records, 1):
            if record.strip():
                found.append(parse_record(record, f"{file}, record {number}"))
    return found


def parse_record(record: str, where: str) -> GoldText:
    """One record's header, plain text, spans and affiliations."""
    lines = record.strip("\n").split("\n")
    header: dict[str, str] = {}
    while lines and (match := regex.match(r"# (\w+): ?(.*)", lines[0])):
        header[match[1]] = match[2].strip()
        lines.pop(0)
    stated = [line[3:] for line in lines if line.startswith("=> ")]
    marked = "\n".join(line for line in lines if not line.startswith("=> ")).strip("\n")
    spans: list[GoldSpan] = []
    plain = "".join(_unmark(marked, spans))
    if "[[" in plain or "]]" in plain:
        raise ConfigError(f"{where}: broken mark-up")
    affiliations = []
    for line in stated:
        cells = [None if cell.strip() == "-" else cell.strip() for cell in line.split("|")]
        if len(cells) != 3 or not cells[0]:
            raise ConfigError(f"{where}: '=> {line}' is not 'person | role | organisation'")
        affiliations.append((cells[0], cells[1], cells[2]))
    return GoldText(header, plain, tuple(spans), tuple(affiliations))


def _unmark(marked: str, spans: list[GoldSpan]) -> Iterator[str]:
    """The pieces of the plain text; the spans are put into the list on the way."""
    position = length = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        start = length + len(before)
        length = start + len(match[2])
        position = match.end()
        label = "COUNTRY" if match[1] in _FORMS else match[1]
        spans.append(GoldSpan(start, length, label, _FORMS.get(match[1]), match[3], match[4]))
        yield before
        yield match[2]
    yield marked[position:]
