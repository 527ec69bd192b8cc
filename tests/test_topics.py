"""The topic classifier: training, its file on disk, and the stage."""

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.config import TopicsSettings
from pipeline.errors import ConfigError
from pipeline.nlp.classifier import CLASSES, load_classifier, promoted
from pipeline.records import Document, Passage, Topic
from pipeline.topics import topics
from pipeline.training.labels import load_labels
from pipeline.training.topics import calibration_error, choose_threshold, train_topics

WORDS = {
    "cluster_management": "managers of clusters were trained for the gold label of excellence",
    "sme_innovation": "vouchers and advice helped small firms to test their ideas",
    "public_private_innovation": "the hospital bought a new service that it had tested with companies",
    "none": "coffee is served in the hall and the train leaves at ten",
}


def write_labels(path: Path, rows: int = 6, changes: dict[str, str] | None = None) -> Path:
    lines = [
        {"id": f"{topic}{i}", "text": f"{text} {i}", "topic": topic, "author": f"a{i % 3}"}
        for topic, text in WORDS.items()
        for i in range(rows)
    ]
    lines[-1] |= changes or {}
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def test_train_and_use(tmp_path: Path) -> None:
    version, figures = train_topics(write_labels(tmp_path / "l.jsonl"), tmp_path / "models")
    assert promoted(tmp_path / "models").name == version
    assert figures.macro_f1 == 1.0
    classifier = load_classifier(tmp_path / "models" / version)
    chances = classifier.predict_proba(list(WORDS.values()))
    assert [classifier.classes[i] for i in chances.argmax(axis=1)] == list(WORDS)
    assert np.allclose(chances.sum(axis=1), 1)
    assert classifier.predict_proba([]).shape == (0, 4)


def test_the_same_labels_give_the_same_model(tmp_path: Path) -> None:
    labels = write_labels(tmp_path / "l.jsonl")
    one, _ = train_topics(labels, tmp_path / "a")
    two, _ = train_topics(labels, tmp_path / "b")
    assert one == two
    texts = list(WORDS.values())
    a, b = (load_classifier(promoted(tmp_path / name)).predict_proba(texts) for name in "ab")
    assert np.array_equal(a, b)


def test_the_stage(tmp_path: Path) -> None:
    train_topics(write_labels(tmp_path / "l.jsonl"), tmp_path / "models")
    text = "Heading\n\n" + WORDS["sme_innovation"]
    documents = [
        Document("d", "s", None, None, None, "en", 1.0, text, 9),
        Document("e", "t", None, None, None, "de", 1.0, text, 9),
    ]
    passages = [
        Passage(f"{d}-p{i}", d, i, kind, None, *span)
        for d in ("d", "e")
        for i, (kind, span) in enumerate([("heading", (0, 7)), ("paragraph", (9, len(text)))])
    ]
    settings = TopicsSettings(models=tmp_path / "models")
    rows = list(topics(documents, passages, settings=settings))
    assert [row.passage_id for row in rows] == [p.passage_id for p in passages]
    assert (rows[0].topic, rows[0].p_none) == ("none", 1.0)
    assert rows[1].confidence == rows[1].p_sme_innovation
    assert rows[2] == Topic("e-p0", "e", None, None, None, None, None, None)


def test_nothing_promoted(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run 'pipeline train topics'"):
        promoted(tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"topic": "sport"}, "line 24: column 'topic' is 'sport'; it must be one of cluster_management"),
        ({"text": "  "}, "line 24: column 'text' is empty"),
        ({"id": "none0"}, "line 24: id 'none0' occurs twice and differs"),
        ({"also": "sport"}, "line 24: column 'also'"),
    ],
)
def test_bad_labels(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_labels(write_labels(tmp_path / "l.jsonl", changes=changes))


def test_too_few_labels(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at least 20"):
        load_labels(write_labels(tmp_path / "l.jsonl", rows=1))


def test_threshold_and_calibration() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert choose_threshold(confidence, right, 1.0) == 0.8
    assert choose_threshold(confidence, right, 0.75) == 0.6
    assert choose_threshold(confidence, ~right, 1.0) == 1.0
    assert calibration_error(np.array([0.75, 0.75]), np.array([True, False])) == pytest.approx(0.25)


def test_the_shipped_labels_and_model() -> None:
    rows = load_labels(Path(__file__).parent.parent / "corpus" / "labels")
    assert len(rows) >= 300
    assert {row.topic for row in rows} == set(CLASSES)
    assert load_classifier(promoted(TopicsSettings().models)).classes == CLASSES
