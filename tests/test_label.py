"""The loop of labels: what is suggested, what comes back from each tool, what is doubted."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.errors import ConfigError
from pipeline.label.anchor import Imported, place
from pipeline.label.formats import WRITERS, read_answers
from pipeline.label.loop import export_labels, import_labels, review, suggest, write_doubts
from pipeline.label.review import doubtful, near_duplicates
from pipeline.label.rows import Labelled, load_labels, write_labels
from pipeline.label.suggest import choose
from pipeline.label.tasks import Task
from tests.test_topics import write_labels as write_examples

TEXT = "Before.\n\nVouchers helped 🚀 small firms.\n\nAfter."
TASK = Task("d-p1", "Vouchers helped 🚀 small firms.", "Help", "d", 9, 39)
TOPICS = ("sme_innovation", "cluster_management", "none")


def answer(kind: str, folder: Path, tasks: Sequence[Task], topic: str = "sme_innovation") -> Path:
    """A file of a format as its tool would give it back, every task labelled with a topic."""
    ending, writer = WRITERS[kind]
    data = writer(tasks, TOPICS)
    path = folder / f"batch{ending}"
    if kind == "csv":
        rows = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False).assign(topic=topic)
        rows.to_csv(path, index=False, sep=";")
        return path
    if kind == "label-studio":
        raw = json.loads(data)
        for row in raw:
            result = {"type": "choices", "value": {"choices": [topic]}}
            row["annotations"] = [{"result": [result], "completed_by": {"email": "a@b.eu"}}]
            row["annotations"] += [{"was_cancelled": True, "result": [result]}]
        path.write_text(json.dumps(raw))
        return path
    rows = [json.loads(line) for line in data.decode().splitlines()]
    for row in rows:
        row |= {"label": [topic], "id": 17} if kind == "doccano" else {"accept": [topic], "answer": "accept"}
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def placed(path: Path, texts: dict[str, str] | None = None) -> Imported:
    return place(read_answers(path), texts)


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_comes_back(kind: str, tmp_path: Path) -> None:
    imported = placed(answer(kind, tmp_path, [TASK]), {"d": TEXT})
    assert imported.problems == []
    (row,) = imported.rows
    assert (row.id, row.text, row.topic, row.heading) == ("d-p1", TASK.text, "sme_innovation", "Help")
    assert TEXT[row.start : row.end] == row.text


@pytest.mark.parametrize("kind", WRITERS)
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(str.strip))
def test_no_text_is_changed_on_the_way(
    kind: str, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("way")
    task = Task("d-p0", text, None, "d", 2, 2 + len(text))
    imported = placed(answer(kind, folder, [task]), {"d": f"> {text}"})
    assert [(row.text, row.start) for row in imported.rows] == [(text, 2)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (TEXT, (9, 0)),
        ("New first line.\n" + TEXT, (25, 1)),
        (TEXT.replace("small firms", "small\nfirms"), (9, 1)),
        (TEXT + "\n" + TASK.text, (9, 0)),
        ("x" + TEXT + TASK.text, "its text stands there several times"),
        ("Nothing.", "its text is not in the document"),
        (None, "document d is not in the outputs"),
    ],
)
def test_moved_labels_are_found_again_or_listed(
    text: str | None, outcome: tuple[int, int] | str, tmp_path: Path
) -> None:
    imported = placed(answer("csv", tmp_path, [TASK]), {"d": text} if text else {})
    if isinstance(outcome, str):
        assert [(p.id, p.reason) for p in imported.problems] == [("d-p1", outcome)]
        assert imported.rows == []
    else:
        (row,) = imported.rows
        assert text
        assert text[row.start : row.end] == row.text
        assert (row.start, imported.moved) == outcome


def spans(*found: dict[str, Any]) -> str:
    data = {"id": "d-p1", "text": TASK.text, "doc_id": "d", "start": 9, "end": 39}
    result = [{"type": "labels", "value": value} for value in found]
    return json.dumps([{"data": data, "annotations": [{"result": result}]}])


def test_marked_pieces_keep_their_words(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    # the second as a browser counts, with two units for the rocket
    first = {"start": 0, "end": 8, "text": "Vouchers", "labels": ["sme_innovation"]}
    second = {"start": 19, "end": 30, "text": "small firms", "labels": ["sme_innovation"]}
    third = {"start": 3, "end": 5, "text": "zz", "labels": ["none"]}
    file.write_text(spans(first, second, third))
    imported = placed(file, {"d": TEXT})
    assert [(row.id, row.text, TEXT[row.start : row.end]) for row in imported.rows] == [
        ("d-p1:0", "Vouchers", "Vouchers"),
        ("d-p1:18", "small firms", "small firms"),
    ]
    (problem,) = imported.problems
    assert "do not stand at their place" in problem.reason


def test_people_who_disagree_are_listed(tmp_path: Path) -> None:
    one = answer("csv", tmp_path, [TASK])
    two = answer("prodigy", tmp_path, [TASK], "none")
    imported = place([*read_answers(one), *read_answers(two)], {"d": TEXT})
    assert imported.rows == []
    assert "labels disagree" in imported.problems[0].reason
    assert ": sme_innovation, " in imported.problems[0].reason


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"text": "a"}', "row 1: none of the columns topic, label or accept"),
        (
            "a.jsonl",
            '{"text": "a", "label": ["sport"], "x": 1}',
            "column 'topic' is 'sport'; it must be one of",
        ),
        (
            "a.jsonl",
            '{"text": "a", "label": [[1, 2]]}',
            r"row 1: column 'label' holds no \[start, end, topic\]",
        ),
        ("a.jsonl", "{", "row 1: not valid JSON"),
        ("a.jsonl", '{"text": " ", "topic": "none"}', "row 1: column 'text' is empty"),
        ("a.json", '{"data": 1}', "a Label Studio export is a list of tasks"),
        ("a.json", '[{"text": 1}]', "task 1: it has no 'data'"),
        ("a.json", "[", "cannot be read as JSON"),
    ],
)
def test_bad_files(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text('{"text": "b", "topic": "sme_innovation"}')
    (tmp_path / name).write_text(content)
    with pytest.raises(ConfigError, match=message):
        import_labels([tmp_path / "good.jsonl", tmp_path / name], tmp_path / "mine.jsonl")
    assert not (tmp_path / "mine.jsonl").exists()


def test_three_topics_are_too_many(tmp_path: Path) -> None:
    row = {"text": "a", "label": ["none", "sme_innovation"]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    (problem,) = placed(tmp_path / "a.jsonl").problems
    assert problem.reason == "three or more topics, or none beside a topic"
    (tmp_path / "a.jsonl").write_text(json.dumps(row | {"label": ["sme_innovation", "cluster_management"]}))
    (labelled,) = placed(tmp_path / "a.jsonl").rows
    assert (labelled.topic, labelled.also) == ("sme_innovation", "cluster_management")


def test_a_formula_stays_text(tmp_path: Path) -> None:
    task = Task("d-p0", "=1+1 is two said the board", None, "d", 0, 26)
    assert b",'=1+1" in WRITERS["csv"][1]([task], TOPICS)
    (row,) = placed(answer("csv", tmp_path, [task]), {"d": task.text}).rows
    assert row.text == task.text


def test_the_loop(tmp_path: Path) -> None:
    outputs, mine = tmp_path / "outputs", tmp_path / "mine.jsonl"
    (tmp_path / "in").mkdir()
    for i in range(3):
        words = [f"Passage {n} of report {i} tells what firms and hospitals tried {n * i}." for n in range(8)]
        (tmp_path / "in" / f"{i}.txt").write_text("\n\n".join(words))
    pipeline.run([tmp_path / "in"], outputs, workers=1)
    batch = suggest(outputs, tmp_path / "batch", count=5)
    assert (batch.passages, batch.pool) == (5, 24)
    assert [file.name for file in batch.files] == [
        "batch.csv", "batch.labelstudio.json", "batch.doccano.jsonl", "batch.prodigy.jsonl",
        "batch.labelstudio.xml",
    ]  # fmt: skip
    assert import_labels([batch.files[0]], mine, outputs=outputs).rows == []  # nothing filled in yet
    cells = pd.read_csv(batch.files[0], dtype=str)
    assert cells.topic.isna().all()
    cells.assign(topic="none").to_csv(batch.files[0], index=False)
    assert len(import_labels([batch.files[0]], mine, outputs=outputs).rows) == 5
    again = suggest(outputs, tmp_path / "next", labels=mine, count=100)
    assert (again.passages, again.pool) == (19, 19)
    cells.assign(topic="sme_innovation").to_csv(batch.files[0], index=False)
    import_labels([batch.files[0]], mine, outputs=outputs)
    assert {row.topic for row in load_labels(mine, check=False)} == {"sme_innovation"}
    other = suggest(outputs, tmp_path / "other", count=2, topics=["energy"])
    assert 'value="energy"' in other.files[-1].read_text()


def test_labels_go_out_and_come_back(tmp_path: Path) -> None:
    rows = [
        Labelled("a", "One, with\nbreak", "none", None, None, "r", "x", "train"),
        Labelled("b", "-2 degrees", "sme_innovation", "cluster_management", "H", split="holdout"),
    ]
    write_labels(tmp_path / "l.jsonl", rows)
    assert load_labels(tmp_path / "l.jsonl", check=False) == rows
    for file in export_labels(tmp_path / "l.jsonl", tmp_path / "out")[:-1]:
        back = {row.id: row for row in placed(file).rows}
        assert {key: (r.text, r.topic, r.also) for key, r in back.items()} == {
            row.id: (row.text, row.topic, row.also) for row in rows
        }, file


def test_a_wrong_label_is_doubted(tmp_path: Path) -> None:
    path = write_examples(tmp_path / "l.jsonl", 18, {"topic": "sme_innovation"})
    doubts = review(path)
    assert [(d.row.id, d.suggested) for d in doubts] == [("none17", "none")]
    write_doubts(doubts, tmp_path / "doubts.csv")
    (row,) = placed(tmp_path / "doubts.csv").rows
    assert (row.id, row.topic) == ("none17", "sme_innovation")


def test_doubts_and_duplicates() -> None:
    rows = [Labelled(str(i), "t", topic) for i, topic in enumerate("aabb")]
    chances = np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.1, 0.9]])
    assert [(d.row.id, d.suggested, d.likelihood) for d in doubtful(rows, chances, "ab")] == [("1", "b", 0.2)]
    texts = [("1", "Firms may ask for a voucher of 5,000 euros."), ("2", "Quite another thing.")]
    assert near_duplicates([*texts, ("3", "firms may ask for a voucher of 5,000 euros")]) == [("1", "3")]
    assert near_duplicates(texts[:1]) == []


def test_doubt_and_diversity_choose() -> None:
    vectors = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
    sure, unsure = [0.9, 0.1], [0.5, 0.5]
    chances = np.array([unsure] * 8 + [sure] * 4)
    assert choose(vectors, chances, 3) != [0, 1, 2]
    assert {i // 4 for i in choose(vectors, chances, 3)} == {0, 1, 2}
    assert {i // 4 for i in choose(vectors, None, 3)} == {0, 1, 2}
    assert choose(vectors[:2], None, 3) == [0, 1]
