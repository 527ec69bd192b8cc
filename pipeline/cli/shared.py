"""What all commands share: where they print, where they log, and their common options."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.config import ROOT

out = Console(highlight=False)
Config = Annotated[
    Path | None, typer.Option(help="Settings file; by default pipeline.toml in this folder, if there.")
]
Labels = Annotated[Path, typer.Option(help="JSONL or CSV file, or folder, of labelled passages.")]
Topics = Annotated[
    str | None, typer.Option(help="Topics that may occur, with commas between; default: topics.names.")
]
Plain = Annotated[
    list[Path] | None,
    typer.Option(help="JSONL (.gz too) with fields id and text: texts of others; repeatable."),
]
LABELS = ROOT / "corpus" / "labels"


def log_to_stderr() -> None:
    """Show the log, line by line."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log = logging.getLogger("pipeline")
    log.addHandler(lines)
    log.setLevel(logging.INFO)


def names(topics: str | None) -> tuple[str, ...] | None:
    """The topics that an option names; None where it was not given."""
    return tuple(name.strip() for name in topics.split(",") if name.strip()) if topics else None
