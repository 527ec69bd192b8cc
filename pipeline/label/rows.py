"""Labelled passages: read from JSON lines or CSV, checked row by row, and written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.config import TopicsSettings
from pipeline.errors import ConfigError
from pipeline.records import NONE
from pipeline.store import write_file

MIN_ROWS = 20  # fewer cannot be split for measuring
MAX_NAME = 80  # characters of a topic's name, which is also a column's
HOLD_OUT = 5  # of rows without a split, every fifth text is held out
SPLITS = ("encoder", "train", "holdout")
DELIMITERS = ",;\t"
csv.field_size_limit(2**31 - 1)  # a passage may be longer than the 131,072 characters of the default


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with its topic; ``also`` is a second topic that it covers.

    ``split`` is ``holdout`` for a passage that no training sees, ``encoder`` for one that the
    shipped encoder learnt from too, else ``train``. A passage of an outputs folder has its
    place: ``doc_id``, ``start``, ``end``.
    """

    id: str
    text: str
    topic: str
    also: str | None = None
    heading: str | None = None
    register: str = ""
    author: str = ""
    split: str = "train"
    doc_id: str | None = None
    start: int | None = None
    end: int | None = None


COLUMNS = tuple(field.name for field in fields(Labelled))
Raw = dict[str, Any]


def load_labels(path: Path, topics: Iterable[str] | None = None, *, check: bool = True) -> list[Labelled]:
    """The labelled passages of a JSONL or CSV file, or of all such files in a folder, in file order.

    A row holds at least ``text`` and ``topic``. A row without ``split`` is held out by a digest
    of its document or text, so that it stays where it is as labels are added. ``topics`` are
    the names that may occur beside ``none``; by default those of the settings, or, where no
    row has one of them, whatever names there are. Raises ConfigError that names file, row and
    column of a row that cannot be used, and, unless ``check`` is off, where there is too
    little to train on.
    """
    allowed = tuple(topics) if topics is not None else None
    found = [(where, check_row(raw, where)) for where, raw in read_rows(path)]
    check_topics(found, allowed)
    rows: dict[str, Labelled] = {}
    for where, row in found:
        known = rows.setdefault(row.id, row)
        if (known.text, known.topic, known.also) != (row.text, row.topic, row.also):
            raise ConfigError(f"{where}: column 'id': '{row.id}' occurs before with another text or topic")
    kept = list(rows.values())
    if check and (len(kept) < MIN_ROWS or len({row.topic for row in kept}) < 2):
        raise ConfigError(
            f"{path}: {len(kept)} labelled passages of {len({row.topic for row in kept})} topics; "
            f"training needs at least {MIN_ROWS} of two"
        )
    return kept


def classes_of(rows: Iterable[Labelled]) -> tuple[str, ...]:
    """The topics of labelled passages: in the order of the settings, else of the alphabet; none last."""
    names = {row.topic for row in rows}
    order = {name: i for i, name in enumerate(TopicsSettings().names)}
    return tuple(sorted(names, key=lambda name: (name == NONE, order.get(name, len(order)), name)))


def read_rows(path: Path) -> Iterator[tuple[str, Raw]]:
    """Every row of a file or folder as it stands, with the words that say where."""
    files = sorted([*path.glob("*.jsonl"), *path.glob("*.csv")]) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{path} holds no .jsonl or .csv files with labelled passages")
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise ConfigError(f"cannot read {file}: {error.strerror}") from error
        yield from _csv_rows(data, file) if file.suffix == ".csv" else _json_rows(data, file)


def _json_rows(data: bytes, file: Path) -> Iterator[tuple[str, Raw]]:
    for number, line in enumerate(data.splitlines(), 1):
        where = f"{file}, row {number}"
        try:
            raw = json.loads(line.decode("utf-8-sig")) if line.strip() else None
        except UnicodeDecodeError as error:
            raise ConfigError(f"{where}: not UTF-8 at byte {error.start + 1}; save it as UTF-8") from error
        except ValueError as error:
            raise ConfigError(f"{where}: not valid JSON ({error})") from error
        if raw is not None:
            if not isinstance(raw, dict):
                raise ConfigError(f"{where}: not a JSON object")
            yield where, raw


def _csv_rows(data: bytes, file: Path) -> Iterator[tuple[str, Raw]]:
    header = data.partition(b"\n")[0].decode("utf-8-sig", errors="replace")
    delimiter = max(DELIMITERS, key=header.count)
    names = next(csv.reader([header.strip("\r")], delimiter=delimiter), [])
    if not {"text", "topic"} <= set(names):
        raise ConfigError(f"{file}, row 1: the columns are {names}; 'text' and 'topic' must be among them")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        until = data[: error.start].decode("utf-8-sig") + "?"
        before = list(csv.reader(io.StringIO(until, newline=""), delimiter=delimiter))
        column = names[min(len(before[-1]), len(names)) - 1]
        raise ConfigError(
            f"{file}, row {len(before)}: column '{column}' is not UTF-8; "
            "save it from the spreadsheet as 'CSV UTF-8'"
        ) from error
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    next(rows)
    for number, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            where = f"{file}, row {number}"
            if len(cells) != len(names):
                raise ConfigError(f"{where}: {len(cells)} cells, where row 1 has {len(names)}")
            yield where, dict(zip(names, cells, strict=True))


def check_row(raw: Raw, where: str) -> Labelled:
    """The labelled passage that a row holds. Raises ConfigError that names the column at fault."""
    text, topic = raw.get("text"), raw.get("topic")
    if not isinstance(text, str) or not text.strip():
        raise ConfigError(f"{where}: column 'text' is empty")
    if not isinstance(topic, str) or not topic.strip():
        raise ConfigError(f"{where}: column 'topic' is empty")
    split = str(raw.get("split") or "")
    if split and split not in SPLITS:
        raise ConfigError(f"{where}: column 'split' is '{split}'; it must be one of {', '.join(SPLITS)}")
    doc_id = str(raw.get("doc_id") or "") or None
    return Labelled(
        id=str(raw.get("id") or raw.get("passage_id") or digest(text)),
        text=text,
        topic=topic.strip(),
        also=str(raw.get("also") or "").strip() or None,
        heading=str(raw.get("heading") or "").strip() or None,
        register=str(raw.get("register") or ""),
        author=str(raw.get("author") or ""),
        split=split or ("holdout" if int(digest(doc_id or text), 16) % HOLD_OUT == 0 else "train"),
        doc_id=doc_id,
        start=_number(raw, "start", where),
        end=_number(raw, "end", where),
    )


def _number(raw: Raw, column: str, where: str) -> int | None:
    value = raw.get(column)
    if value in (None, ""):
        return None
    try:
        return int(str(value))
    except ValueError as error:
        raise ConfigError(f"{where}: column '{column}' is '{value}'; it must be a whole number") from error


def check_topics(found: Sequence[tuple[str, Labelled]], allowed: tuple[str, ...] | None) -> None:
    """Every topic is one that may occur; without a list, wholly other topics than the settings' may."""
    if allowed is None:
        allowed = TopicsSettings().names
        if not {row.topic for _, row in found} & set(allowed):
            allowed = tuple({row.topic for _, row in found})
    for where, row in found:
        for column, name in (("topic", row.topic), ("also", row.also)):
            if name is not None and (len(name) > MAX_NAME or name not in (*allowed, NONE)):
                raise ConfigError(
                    f"{where}: column '{column}' is '{name[:MAX_NAME]}'; "
                    f"it must be one of {', '.join((*allowed, NONE))}"
                )


def digest(text: str) -> str:
    """16 hexadecimal digits that stand for a text, whatever its white space."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def write_labels(path: Path, rows: Iterable[Labelled]) -> None:
    """Write labelled passages as JSON lines, whole or not at all; what is empty is left out."""
    lines = (
        json.dumps({k: v for k, v in asdict(row).items() if v not in (None, "")}, ensure_ascii=False)
        for row in rows
    )
    write_file(path, "".join(line + "\n" for line in lines).encode())
