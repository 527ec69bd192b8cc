"""Labelled passages: read, checked row by row."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.nlp.classifier import CLASSES

MIN_ROWS = 20  # fewer cannot be split for evaluation


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with its topic; ``also`` is a second topic that it covers."""

    id: str
    text: str
    topic: str
    also: str | None
    heading: str | None
    register: str
    author: str


def load_labels(path: Path) -> list[Labelled]:
    """The labelled passages of a JSONL file, or of every JSONL file in a folder, in file order.

    A row holds at least ``text`` and ``topic``. Raises ConfigError that names file and line
    for a row that cannot be used: an unknown topic, an empty text, one id with two labels.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{path} holds no .jsonl files with labelled passages")
    rows: dict[str, Labelled] = {}
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"cannot read {file}: {error}") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                row = _row(line, f"{file}, line {number}")
                known = rows.setdefault(row.id, row)
                if known != row:
                    raise ConfigError(f"{file}, line {number}: id '{row.id}' occurs twice and differs")
    found = list(rows.values())
    if len(found) < MIN_ROWS or len({row.topic for row in found}) < 2:
        raise ConfigError(
            f"{path}: {len(found)} labelled passages; training needs at least {MIN_ROWS} of two topics"
        )
    return found


def _row(line: str, where: str) -> Labelled:
    try:
        raw: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{where}: not valid JSON ({error})") from error
    text, topic = raw.get("text"), raw.get("topic")
    if not isinstance(text, str) or not text.strip():
        raise ConfigError(f"{where}: column 'text' is empty")
    for column in ("topic", "also"):
        value = raw.get(column)
        if value not in CLASSES and not (column == "also" and not value):
            raise ConfigError(
                f"{where}: column '{column}' is {value!r}; it must be one of {', '.join(CLASSES)}"
            )
    return Labelled(
        id=str(raw.get("id") or where),
        text=text,
        topic=str(topic),
        also=raw.get("also") or None,
        heading=raw.get("heading") or None,
        register=str(raw.get("register") or ""),
        author=str(raw.get("author") or where),
    )
