"""Shares of topics, corrected for the classifier's errors."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pipeline.config import TopicsSettings
from pipeline.records import CLASSES, Document, Mention, Passage, Topic
from pipeline.report import report
from pipeline.report.shares import corrected_shares
from tests.test_topics import train


def test_a_perfect_classifier_is_left_alone() -> None:
    found = corrected_shares([[30, 70, 0]], [[5000, 0, 0], [0, 5000, 0]])[0]
    assert found[:, 0] == pytest.approx([0.3, 0.7], abs=0.001)
    assert (found[:, 1] < [0.3, 0.7]).all()
    assert (found[:, 2] > [0.3, 0.7]).all()


def test_known_errors_are_taken_back() -> None:
    # one in five of the second class is taken for the first, and half of the first gets silence
    found = corrected_shares([[250 + 100, 400, 250]], [[500, 0, 500], [200, 800, 0]])[0]
    assert found[:, 0] == pytest.approx([0.5, 0.5], abs=0.01)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    rates = np.array([[0.8, 0.05, 0.05, 0.1], [0.1, 0.7, 0.1, 0.1], [0.02, 0.03, 0.75, 0.2]])
    truth = np.array([0.1, 0.25, 0.65])
    hits = []
    for _ in range(40):
        confusion = np.array([rng.multinomial(n, row) for n, row in zip((80, 60, 150), rates, strict=True)])
        seen = [rng.multinomial(300, truth @ rates) for _ in range(5)]
        found = corrected_shares(seen, confusion)
        hits.append((found[..., 1] <= truth) & (truth <= found[..., 2]))
    assert np.mean(hits) >= 0.9


def test_groups(tmp_path: Path) -> None:
    train(tmp_path)
    documents = [
        Document("a", "a", None, None, date(2024, 5, 3), "en", 1.0, "", 0),
        Document("b", "b", None, None, None, "en", 1.0, "", 0),
    ]
    kinds = ("heading", "paragraph", "paragraph", "paragraph")
    passages = [Passage(f"{d}{i}", d, i, kind, None, 0, 0) for d in "ab" for i, kind in enumerate(kinds)]
    mentions = [
        Mention(f"{d}-m{i}", d, f"{d}1", i, i + 1, "x", "COUNTRY", form, country, 1.0)  # type: ignore[arg-type]
        for d, i, form, country in [("a", 0, "name", "FR"), ("a", 1, "demonym", "IT"), ("b", 2, "code", "FR")]
    ]
    answers = ["none", "none", "none", None, "none", "sme_innovation", "sme_innovation", "none"]
    topics = [
        Topic(p.passage_id, p.doc_id, topic, None, 0.9, dict.fromkeys(CLASSES, 0.25))
        for p, topic in zip(passages, answers, strict=True)
    ]
    topics[-1] = Topic("b3", "b", None, None, None, dict.fromkeys(CLASSES))
    settings = TopicsSettings(models=tmp_path / "models")
    rows = list(report(documents, passages, mentions, topics, settings=settings))
    groups = {(r.country, r.month): (r.n_documents, r.n_passages) for r in rows}
    assert groups == {
        (None, None): (2, 5), (None, "2024-05"): (1, 3), ("FR", None): (2, 5), ("FR", "2024-05"): (1, 3),
    }  # fmt: skip
    first = {r.topic: r for r in rows[:4]}
    assert first["sme_innovation"].classified == pytest.approx(2 / 5)
    for row in rows:
        assert 0 <= row.low <= row.share <= row.high <= 1
    assert sum(r.share for r in rows[:4]) == pytest.approx(1, abs=1e-4)
    assert list(report([], [], [], [], settings=settings)) == []
