"""What a snapshot of the outputs consists of; written last, so that readers see all of it or none."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.store import write_file

NAME = "manifest.json"
VERSION = 1


@dataclass(slots=True)
class Part:
    """A batch of inputs (source: digest), its files by table and its stages' fingerprints."""

    inputs: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Manifest:
    """The parts and the corpus-wide tables of one snapshot."""

    parts: dict[str, Part] = field(default_factory=dict)
    corpus: Part = field(default_factory=Part)

    def files(self, table: str) -> list[str]:
        """The files of a table, relative to the outputs folder."""
        parts = [*self.parts.values(), self.corpus]
        return [part.files[table] for part in parts if table in part.files]

    def all_files(self) -> set[str]:
        """Every file that the snapshot consists of."""
        return {name for part in [*self.parts.values(), self.corpus] for name in part.files.values()}


def read(output: Path) -> Manifest | None:
    """The manifest of an outputs folder; None where nothing has been written yet."""
    try:
        raw = json.loads((output / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{output / NAME} is damaged ({error}); run again with --force") from error
    if raw.get("version") != VERSION:
        raise ConfigError(f"{output} was written by another version; run again with --force")
    parts = {name: Part(**part) for name, part in raw["parts"].items()}
    return Manifest(parts, Part(**raw["corpus"]))


def write(output: Path, manifest: Manifest) -> None:
    """Make the manifest's snapshot the one that readers see."""

    def plain(part: Part) -> dict[str, dict[str, str]]:
        return {"inputs": part.inputs, "files": part.files, "stages": part.stages}

    raw = {
        "version": VERSION,
        "parts": {name: plain(part) for name, part in manifest.parts.items()},
        "corpus": plain(manifest.corpus),
    }
    write_file(output / NAME, json.dumps(raw, indent=1, ensure_ascii=False).encode())
