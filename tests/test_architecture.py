"""Arrows point one way: foundation, then nlp, then stages, then the run, then the command line."""

import re
from pathlib import Path

import pytest

import pipeline
from pipeline.run import CORPUS_STAGES, PART_STAGES
from pipeline.stage import check_order, imports, source_file

PACKAGE = Path(pipeline.__file__).parent
FOUNDATION = {"errors", "records", "arrow", "config", "stage"}
STAGES = {"ingest", "segment", "entities", "affiliations", "topics", "chains", "resolve", "report"}
MAX_LINES = 300
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(name: str) -> str:
    """The folder or file of the package in which a module lives."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def rooms_seen_by(path: Path) -> set[str]:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return {room(name) for name in imports(path) if source_file(name)} - {own, ""}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    seen = rooms_seen_by(path)
    if own in FOUNDATION | {"nlp"}:
        assert seen <= FOUNDATION
    elif own in STAGES:
        assert seen <= FOUNDATION | {"nlp"}
    elif own not in ("cli", "__main__"):
        assert "cli" not in seen


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_are_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] != "cli":
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])(?:print|exit|sys\.exit)\(", text)


def test_every_table_that_a_stage_reads_is_written_before() -> None:
    check_order((*PART_STAGES, *CORPUS_STAGES))


def test_every_stage_has_its_folder_and_its_test() -> None:
    assert {stage.name for stage in (*PART_STAGES, *CORPUS_STAGES)} == STAGES
    for name in STAGES:
        assert (PACKAGE / name / "__init__.py").is_file()
        assert (Path(__file__).parent / f"test_{name}.py").is_file()
