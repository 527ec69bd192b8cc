"""Which files there are to read, each with the digest that identifies it."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import ConfigError, Reason
from pipeline.stage import InputFile


def find_inputs(paths: Iterable[Path], max_bytes: int) -> list[InputFile]:
    """Every file at or below the paths, sorted by source; hidden files and folders are not inputs.

    A source is the path relative to the folder given; for several paths, relative to the
    folder that they share. The second file with the same bytes is a duplicate of the first.
    Raises ConfigError for a path that does not exist.
    """
    paths = [Path(path).absolute() for path in paths]
    for path in paths:
        if not path.exists():
            raise ConfigError(f"{path} does not exist; name files or folders to read")
    folders = [path if path.is_dir() else path.parent for path in paths]
    root = Path(os.path.commonpath(folders)) if folders else Path.cwd()
    found = {path: path.relative_to(root).as_posix() for start in paths for path in _walk(start)}
    inputs: list[InputFile] = []
    first: dict[str, str] = {}
    for path, source in sorted(found.items(), key=lambda pair: pair[1]):
        item = _look(path, source, max_bytes)
        if item.sha256:
            original = first.setdefault(item.sha256, source)
            if original != source and item.n_bytes:
                item = InputFile(item.path, source, item.sha256, item.n_bytes, None, duplicate_of=original)
        inputs.append(item)
    return inputs


def _walk(start: Path) -> Iterator[Path]:
    if not start.is_dir():
        yield start
        return
    for folder, folders, names in os.walk(start):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith((".", "~$")):
                yield Path(folder, name)


def _look(path: Path, source: str, max_bytes: int) -> InputFile:
    try:
        facts = path.stat()
        size = facts.st_size
        if not stat.S_ISREG(facts.st_mode):  # reading a pipe or a device may never end
            return InputFile(str(path), source, "", 0, (Reason.UNREADABLE, "not a regular file"))
        if size > max_bytes:
            detail = f"{size:,} bytes; ingest.max_bytes allows {max_bytes:,}"
            return InputFile(str(path), source, "", size, (Reason.TOO_LARGE, detail))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return InputFile(str(path), source, "", 0, (Reason.UNREADABLE, detail))
    return InputFile(str(path), source, digest, size)
