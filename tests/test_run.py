"""The whole run: snapshot, golden tables, what is worked on again and what is not."""

import json
import shutil
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.arrow import schema
from pipeline.config import Settings, load_settings
from pipeline.errors import ConfigError
from pipeline.records import TABLES
from pipeline.resolve.people import People
from tests.invariants import check

HERE = Path(__file__).parent / "golden"
EXPECTED = HERE / "expected.json"
COLUMNS = {
    "sources": ["source", "status", "reason", "doc_id", "media_type", "n_bytes"],
    "documents": ["doc_id", "source", "title", "author", "published", "language", "n_words"],
    "passages": ["passage_id", "ordinal", "kind", "heading", "start", "end"],
    "mentions": ["mention_id", "passage_id", "end", "text", "label", "form", "country"],
    "affiliations": ["person", "role", "organisation", "start", "end"],
    "topics": ["passage_id", "topic"],
    "entities": ["entity_id", "label", "name", "n_mentions"],
    "entity_mentions": ["mention_id", "entity_id"],
    "merges": ["entity_id", "form", "other", "reason", "n_times"],
}


def tables(output: Path) -> dict[str, list[str]]:
    """The tables that the golden file holds, a line a row, in an order of their own."""
    loaded = pipeline.load(output)
    lines = {}
    for name, columns in COLUMNS.items():
        frame = getattr(loaded, name)[columns].astype(object)
        frame = frame.where(frame.notna(), None)
        lines[name] = sorted(json.dumps(list(map(str, row)), ensure_ascii=False) for row in frame.to_numpy())
    return lines


def test_golden(tmp_path: Path) -> None:
    pipeline.run([HERE / "corpus"], tmp_path, workers=1)
    assert tables(tmp_path) == json.loads(EXPECTED.read_text(encoding="utf-8"))
    check(tmp_path)


def test_one_process_and_several_give_the_same(tmp_path: Path) -> None:
    settings = Settings.model_validate({"run": {"part_size": 2}})
    pipeline.run([HERE / "corpus"], tmp_path / "a", workers=1)
    pipeline.run([HERE / "corpus"], tmp_path / "b", workers=2, settings=settings)
    assert tables(tmp_path / "a") == tables(tmp_path / "b")


def test_unchanged_documents_are_not_worked_on_again(tmp_path: Path) -> None:
    corpus, output = tmp_path / "corpus", tmp_path / "out"
    shutil.copytree(HERE / "corpus", corpus)
    first = pipeline.run([corpus], output, workers=1)
    assert (first.parts_done, first.parts_kept) == (1, 0)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}
    again = pipeline.run([corpus], output, workers=1)
    assert (again.parts_done, again.parts_kept) == (0, 1)
    assert before == {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}

    (corpus / "more.txt").write_text("A short note on a meeting of Norwegian and Finnish agencies.")
    assert pipeline.run([corpus], output, workers=1).parts_done == 1
    (corpus / "report.txt").unlink()
    (corpus / "more.txt").write_text("A changed note on a meeting of Norwegian and Finnish agencies.")
    pipeline.run([corpus], output, workers=1)
    check(output)
    pipeline.run([corpus], tmp_path / "fresh", workers=1)
    assert tables(output) == tables(tmp_path / "fresh")
    assert not (output / ".pending").exists()

    forced = pipeline.run([corpus], output, workers=1, force=True)
    assert forced.parts_kept == 0
    assert tables(output) == tables(tmp_path / "fresh")


def test_entities_keep_their_ids_and_overrides_are_read_again(tmp_path: Path) -> None:
    corpus, output = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "a.txt").write_text(
        "Anna Lindqvist, director of Region Skåne (SE), greeted the guests in Malmö."
    )
    pipeline.run([corpus], output, workers=1)
    before = pipeline.load(output).entity_mentions.set_index("mention_id").entity_id
    (corpus / "b.txt").write_text(
        "LINDQVIST Anna Maria of Region Skane spoke. Lindqvist thanked the University of Tartu."
    )
    decisions = tmp_path / "overrides.csv"
    decisions.write_text("action,entity,value\nrename,Region Skane,Skåne Regional Council\n")
    settings = Settings.model_validate({"resolve": {"overrides": decisions}})
    summary = pipeline.run([corpus], output, workers=1, settings=settings)
    assert [row[3] for row in summary.overrides] == ["applied"]
    t = check(output)
    assert t.entity_mentions.set_index("mention_id").entity_id[before.index].equals(before)
    assert "Skåne Regional Council" in set(t.entities.name)
    decisions.write_text("action,entity,value\n")
    again = pipeline.run([corpus], output, workers=1, settings=settings)
    assert (again.parts_done, again.overrides) == (0, [])
    assert "Skåne Regional Council" not in set(pipeline.load(output).entities.name)


def test_people_whom_an_added_file_does_not_touch_are_not_decided_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[str] = []
    join = People._join_block

    def counted(self: People, block: dict[int, str]) -> None:
        decided.extend(sorted(set(block.values())))
        join(self, block)

    monkeypatch.setattr(People, "_join_block", counted)
    corpus, output = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for name, person in (("a", "Anna Lindqvist"), ("b", "Anna Lindqvist"), ("c", "Jan Novák")):
        (corpus / f"{name}.txt").write_text(f"{person} of the {name * 4} greeted the guests in Malmö.")
    pipeline.run([corpus], output, workers=1)
    assert decided == ["Anna Lindqvist"]
    (corpus / "d.txt").write_text("Jan Novák of the dddd greeted the guests in Malmö.")
    pipeline.run([corpus], output, workers=1)
    assert decided == ["Anna Lindqvist", "Jan Novák"]
    check(output)
    pipeline.run([corpus], tmp_path / "fresh", workers=1)
    assert tables(output) == tables(tmp_path / "fresh")
    assert pipeline.load(output).steps.equals(pipeline.load(tmp_path / "fresh").steps)
    decided.clear()
    (corpus / "a.txt").unlink()
    pipeline.run([corpus], output, workers=1)
    assert decided == ["Jan Novák"]
    assert len(pipeline.load(output).steps) < len(pipeline.load(tmp_path / "fresh").steps)


def test_a_run_that_was_cut_off_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["pipeline.run"], "_commit", stop)
        with pytest.raises(KeyboardInterrupt):
            pipeline.run([HERE / "corpus"], tmp_path, workers=1)
    with pytest.raises(ConfigError, match="holds no outputs"):
        pipeline.load(tmp_path)
    pipeline.run([HERE / "corpus"], tmp_path, workers=1)
    check(tmp_path)


def test_every_table_has_its_schema_and_descriptions_even_when_empty(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    pipeline.run([tmp_path / "picture.png"], tmp_path / "out", workers=1)
    for record in TABLES:
        (path,) = (tmp_path / "out" / record.table).glob("*.parquet")
        written = pq.read_schema(path)
        assert written.equals(schema(record))
        assert all(written.field(name).metadata[b"description"] for name in written.names)
        assert list(pd.read_parquet(tmp_path / "out" / record.table).columns) == written.names
    assert pipeline.load(tmp_path / "out").sources.status.tolist() == ["unsupported"]


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        pipeline.run([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(ConfigError, match="no files found"):
        pipeline.run([tmp_path], tmp_path / "out")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match="cannot write"):
        pipeline.run([HERE / "corpus"], tmp_path / "file" / "out")
    with pytest.raises(ConfigError, match="holds no outputs"):
        pipeline.load(tmp_path)


def test_a_damaged_manifest_is_said_and_forced_over(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ConfigError, match="--force"):
        pipeline.run([HERE / "corpus"], tmp_path, workers=1)
    pipeline.run([HERE / "corpus"], tmp_path, workers=1, force=True)
    check(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[run]\nparts = 3", "run.parts: extra inputs"),
        ("[run]\npart_size = 0", "run.part_size: input should be greater"),
        ("run = [", "not valid TOML"),
    ],
)
def test_bad_settings_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(ConfigError, match=message):
        load_settings(tmp_path / "p.toml")


def write_golden() -> None:
    output = HERE / ".out"
    pipeline.run([HERE / "corpus"], output, workers=1, force=True)
    text = json.dumps(tables(output), indent=1, ensure_ascii=False)
    EXPECTED.write_text(text + "\n", encoding="utf-8")
    shutil.rmtree(output)


if __name__ == "__main__":
    write_golden()
