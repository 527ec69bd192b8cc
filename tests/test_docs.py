"""The README says what the code does; ``python -m tests.test_docs`` writes its tables anew."""

import re
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.evaluate import report
from pipeline.ingest.formats import FORMATS
from pipeline.records import TABLES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TRAIN = ROOT / "corpus/gold/train"


def tables() -> str:
    rows = []
    for record in TABLES:
        about = (record.__doc__ or "").strip().rstrip(".")
        rows.append(f"| {record.table} | {about[0].lower()}{about[1:]} |")
    return "\n".join(["| table | one row for |", "| --- | --- |", *rows])


def result(output: Path) -> str:
    """The affiliations of one paragraph of a sample report."""
    pipeline.run([ROOT / "corpus/documents/cluster-bridge-final-event.txt"], output, workers=1)
    found = pipeline.load(output).affiliations
    panel = found[found.passage_id == found[found.person == "Răzvan Pîslaru"].passage_id.iloc[0]]
    rows = [f"| {a.person} | {a.role} | {a.organisation} | {a.start}–{a.end} |" for a in panel.itertuples()]
    head = ["| person | role | organisation | characters |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows])


def figures() -> str:
    return report(
        ROOT / "corpus/gold/documents", ROOT / "corpus/documents", ROOT / "corpus/labels", more=TRAIN
    )


def between(name: str) -> str:
    match = re.search(rf"<!-- {name} -->\n(.*?)\n?<!-- /{name} -->", README.read_text(encoding="utf-8"), re.S)
    assert match
    return match[1]


def test_tables() -> None:
    assert between("tables") == tables()


def test_result(tmp_path: Path) -> None:
    assert between("result") == result(tmp_path)


def test_figures() -> None:
    assert between("figures") == figures()


def test_the_card_says_what_the_readme_says() -> None:
    """Of the held out passages, in three digits: its figures come from the same command."""
    column = {row.split(" | ")[0][2:]: row.split(" | ")[2] for row in between("figures").splitlines()[:9]}
    card = (ROOT / "models/en_policy/card.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w ]+) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|$", card, re.M)
    assert len(rows) == 7
    assert all(abs(float(f1) - float(column[label])) < 0.0056 for label, f1 in rows)


def test_formats() -> None:
    line = next(
        line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("It reads ")
    )
    assert set(re.findall(r"\w+", line)) - {"It", "reads", "and", "files"} == {
        suffix[1:] for suffix in FORMATS
    } - {"text", "htm", "xhtml", "markdown"}


def test_make_targets_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`?make (\w+)", README.read_text(encoding="utf-8")))
    assert {"pipeline", "test"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in named)


def test_ci_runs_the_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


COMMANDS = ["run", "train topics", "evaluate", "entities list", "entities show", "entities review"]


@pytest.mark.parametrize("command", [command.split() for command in COMMANDS])
def test_help_has_an_example(command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"pipeline {' '.join(command)}" in " ".join(result.output.split())


def write() -> None:
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        made = {"result": result(Path(folder)), "tables": tables(), "figures": figures()}
    for name, content in made.items():
        pattern = rf"(<!-- {name} -->\n).*?\n?(<!-- /{name} -->)"
        text = re.sub(pattern, lambda m, c=content: f"{m[1]}{c}\n{m[2]}", text, flags=re.S)  # type: ignore[misc]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
