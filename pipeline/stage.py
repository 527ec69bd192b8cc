"""A stage: one function from records to records, and what its signature says about it."""

import ast
import hashlib
import json
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipeline.errors import StageError
from pipeline.records import TABLES, Record

PACKAGE = Path(__file__).parent
_BY_TABLE = {record.table: record for record in TABLES}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and where it stands below the input root."""

    path: str
    source: str
    sha256: str
    n_bytes: int
    rejected: tuple[str, str] | None = None  # (reason, detail) where it could not even be read
    duplicate_of: str | None = None  # the source that has the same bytes


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage's function with the tables that it reads and writes.

    Parameters are named after the tables read, the return annotation holds the records
    written, and the keyword ``settings`` (if any) is the section of the configuration
    of that type. A parameter ``previous`` is given the records of one of the
    stage's own tables as the run before has left them, and ``memory`` those of another,
    but only where since then nothing has changed and at most documents have been added.
    """

    name: str
    run: Callable[..., Iterable[Any]]
    reads: tuple[type[Record], ...]
    writes: tuple[type[Record], ...]
    reads_files: bool
    previous: type[Record] | None
    memory: type[Record] | None
    settings: type[BaseModel] | None
    model: Callable[[Any], str] | None
    classes: Callable[[Any], tuple[str, ...]] | None

    @classmethod
    def of(
        cls,
        run: Callable[..., Iterable[Any]],
        *,
        model: Callable[[Any], str] | None = None,
        classes: Callable[[Any], tuple[str, ...]] | None = None,
    ) -> "Stage":
        """The stage that a function is.

        ``model`` maps settings to a text that identifies its model, ``classes`` to those that
        its records hold probabilities for.
        """
        hints = typing.get_type_hints(run)
        (written,) = typing.get_args(hints.pop("return"))
        writes = typing.get_args(written) or (written,)
        settings = hints.pop("settings", None)
        reads_files = hints.pop("inputs", None) is not None
        (previous,) = typing.get_args(hints.pop("previous", None)) or (None,)
        (memory,) = typing.get_args(hints.pop("memory", None)) or (None,)
        reads = tuple(_BY_TABLE[name] for name in hints)
        return cls(run.__name__, run, reads, writes, reads_files, previous, memory, settings, model, classes)

    def fingerprint(self, settings: BaseModel | None, upstream: Iterable[str]) -> str:
        """Changes whenever the stage could give other records for the same documents."""
        facts = [
            code_hash(self.run.__module__),
            settings.model_dump_json() if settings else "",
            self.model(settings) if self.model else "",
            sorted(upstream),
        ]
        return digest(json.dumps(facts))

    def __call__(
        self,
        settings: BaseModel | None,
        tables: dict[type[Record], list[Any]],
        inputs: list[InputFile],
        previous: list[Any] | None = None,
        memory: list[Any] | None = None,
    ) -> dict[type[Record], list[Any]]:
        """The records of every table that the stage writes."""
        arguments: dict[str, Any] = {record.table: tables[record] for record in self.reads}
        if self.reads_files:
            arguments["inputs"] = inputs
        if self.previous:
            arguments["previous"] = previous or []
        if self.memory:
            arguments["memory"] = memory or []
        if self.settings:
            arguments["settings"] = settings
        written: dict[type[Record], list[Any]] = {record: [] for record in self.writes}
        for row in self.run(**arguments):
            written[type(row)].append(row)
        return written


def check_order(stages: Iterable[Stage]) -> None:
    """Raise StageError if a stage reads a table that no earlier stage writes."""
    known: set[type[Record]] = set()
    for stage in stages:
        for record in stage.reads:
            if record not in known:
                raise StageError(f"stage {stage.name} reads {record.table} before it is written")
        known.update(stage.writes)


def digest(text: str | bytes) -> str:
    """16 hexadecimal digits that stand for the text."""
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()[:16]


def imports(path: Path) -> set[str]:
    """The modules of this package that a source file imports, by dotted name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] == "pipeline" and source_file(name)}


def source_file(module: str) -> Path | None:
    """The file of a module of this package, or None where there is none."""
    base = PACKAGE.joinpath(*module.split(".")[1:])
    for path in (base / "__init__.py", base.with_suffix(".py")):
        if path.is_file():
            return path
    return None


@cache
def code_hash(module: str) -> str:
    """A digest of a module's source and of all that it imports from this package."""
    todo, seen = [module], set()
    while todo:
        name = todo.pop()
        if name not in seen and (path := source_file(name)):
            seen.add(name)
            todo.extend(imports(path))
    files = {path for name in seen if (path := source_file(name))}
    return digest(b"\0".join(path.read_bytes() for path in sorted(files)))


def model_hash(folder: Path) -> str:
    """A digest of every file below a model's folder; empty where there is none."""
    if not folder.is_dir():
        return ""
    parts = [
        path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return digest(b"\0".join(parts))
