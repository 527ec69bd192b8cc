"""Exit codes and messages of the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden" / "corpus"


def pipeline(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_run_prints_what_it_wrote(tmp_path: Path) -> None:
    done = pipeline("run", GOLDEN, "--output", tmp_path / "out", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 0
    assert "3 ok, 1 unsupported" in done.stdout
    assert "picture.png: unsupported" in done.stdout
    assert "4/4" in done.stderr
    strict = pipeline("run", GOLDEN, "--output", tmp_path / "out", "--strict", cwd=tmp_path)
    assert strict.returncode == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere"], "nowhere does not exist"),
        (["run", "--config", "none.toml"], "cannot read none.toml"),
        (["train", "topics", "--labels", "none.jsonl"], "cannot read none.jsonl"),
        (["run", str(GOLDEN), "--scheduler", "tcp://127.0.0.1:1"], "Dask"),
    ],
)
def test_one_clear_line_and_exit_1(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = pipeline(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("pipeline: ")
    assert message in last
    assert "Traceback" not in done.stderr


def test_the_loop_of_labels(tmp_path: Path) -> None:
    pipeline("run", GOLDEN, "--output", "outputs", "--workers", "1", cwd=tmp_path)
    done = pipeline("label", "suggest", "--count", "3", "--to", "b/first", cwd=tmp_path)
    assert "3 of " in done.stdout, done.stderr
    done = pipeline("label", "import", "b/first.csv", "--into", "mine.jsonl", cwd=tmp_path)
    assert "mine.jsonl: 0 labels (none)" in done.stdout, done.stderr
    (tmp_path / "a.csv").write_text("text,topic\nNot in any document,none\n")
    done = pipeline("label", "import", "a.csv", "--into", "mine.jsonl", cwd=tmp_path)
    assert "mine.jsonl: 1 labels (1 none)" in done.stdout, done.stderr
    assert (
        "mine.csv"
        in pipeline("label", "export", "--labels", "mine.jsonl", "--to", "mine", cwd=tmp_path).stdout
    )
    listed = pipeline("models", "list", cwd=tmp_path)
    assert "cluster_management" in listed.stdout
    rolled = pipeline("models", "rollback", "--models", "none", cwd=tmp_path)
    assert (rolled.returncode, "no earlier version" in rolled.stderr) == (1, True)


def test_entities_are_listed_shown_and_reviewed(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Minutes of the meeting in Malmö, 3 June 2024\n\nAnna Lindqvist, director of Region Skåne (SE), "
        "greeted the guests. Lindqvist thanked the University of Tartu for the invitation.\n"
    )
    (tmp_path / "overrides.csv").write_text(
        "action,entity,value\nrename,Region Skaane,X\nset_country,12345,SE\n"
    )
    (tmp_path / "pipeline.toml").write_text('[resolve]\noverrides = "overrides.csv"\n')
    done = pipeline("run", "note.txt", "--workers", "1", cwd=tmp_path)
    assert "overrides: 0 applied, 2 not" in done.stdout
    assert "line 3: set_country 12345: unmatched" in done.stdout
    listed = pipeline("entities", "list", "--search", "skane", cwd=tmp_path).stdout
    assert "Region Skåne" in listed
    assert "Tartu" not in listed
    assert "Anna Lindqvist" in pipeline("entities", "list", cwd=tmp_path).stdout
    assert "affiliations:" in pipeline("entities", "show", "Anna Lindqvist", cwd=tmp_path).stdout
    shown = pipeline("entities", "show", "region skane", cwd=tmp_path).stdout
    assert "SE (by code)" in shown
    assert "note.txt: ..." in shown
    missing = pipeline("entities", "show", "Region Skone", cwd=tmp_path)
    assert missing.returncode == 1
    assert "nearest: Region Skåne" in missing.stderr
    pipeline("entities", "review", "--to", "pairs.csv", cwd=tmp_path)
    assert (tmp_path / "pairs.csv").read_text().startswith("action,entity,value,reason,score,name,other\n")
