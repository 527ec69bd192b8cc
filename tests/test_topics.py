"""The topic classifier: training, its files, its versions, and the stage."""

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.config import Settings, TopicsSettings
from pipeline.errors import ConfigError
from pipeline.label.rows import classes_of, load_labels
from pipeline.label.vectors import FILE, label_features
from pipeline.nlp.classifier import TopicClassifier, features, load_classifier, promoted, sharpen
from pipeline.nlp.recogniser import vectors_version
from pipeline.records import CLASSES, VECTOR_SIZE, Document, Passage, Topic, Vector
from pipeline.topics import check_vectors, topics
from pipeline.training.topics import calibration_error, choose_threshold
from pipeline.training.versions import Outcome, list_versions, promote, roll_back, train_topics

WORDS = {
    "cluster_management": "managers of clusters were trained for the gold label of excellence",
    "sme_innovation": "vouchers and advice helped small firms to test their ideas",
    "public_private_innovation": "the hospital bought a new service that it had tested with companies",
    "none": "coffee is served in the hall and the train leaves at ten",
}
PLACES = (
    "Above the frozen harbour of Oulu", "Behind seven vineyards", "Between Graz and Maribor by bus",
    "During an unusually wet October", "For the twentieth anniversary", "From Thessaloniki, by letter",
    "In a converted shipyard", "Inside Brno's old exhibition hall", "Next to the Danube ferry",
    "On the morning of the elections", "Opposite a bakery in Porto", "Over dinner with Estonian guests",
    "Since the flood, and despite it", "Through four public meetings", "Twice a year, near Vilnius",
    "Under the new regional statute", "Until budgets were frozen", "With help from Galician friends",
)  # fmt: skip


def write_labels(
    path: Path, rows: int = 6, changes: dict[str, str] | None = None, words: dict[str, str] = WORDS
) -> Path:
    """Labels of four topics; every third author is held out, and the last row has changes."""
    lines = [
        {
            "id": f"{topic}{i}",
            "text": f"{PLACES[i % len(PLACES)]}: {text}",
            "topic": topic,
            "author": f"a{i % 3}",
            "split": "holdout" if i % 3 == 2 else "train",
        }
        for topic, text in words.items()
        for i in range(rows)
    ]
    lines[-1] |= changes or {}
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def train(folder: Path, rows: int = 18, **changes: dict[str, str]) -> Outcome:
    return train_topics(write_labels(folder / "l.jsonl", rows, **changes), folder / "models")


def test_train_and_use(tmp_path: Path) -> None:
    outcome = train(tmp_path)
    assert outcome.promoted
    assert outcome.reason == "no version was in use"
    assert promoted(tmp_path / "models").name == outcome.version
    assert outcome.trained.figures.held_out
    assert outcome.trained.figures.macro_f1 == 1.0
    classifier = load_classifier(tmp_path / "models" / outcome.version)
    rows = load_labels(tmp_path / "l.jsonl")
    given = label_features(rows, Settings().entities, tmp_path)
    chances = classifier.predict_proba(given)
    assert [classifier.classes[i] for i in chances.argmax(axis=1)] == [row.topic for row in rows]
    assert np.allclose(chances.sum(axis=1), 1)
    assert classifier.predict_proba(given[:0]).shape == (0, 4)
    assert {p.name for p in (tmp_path / "models" / outcome.version).iterdir()} == {
        "model.skops", "meta.json", "card.md", "card.png",
    }  # fmt: skip


def test_training_reads_stored_vectors(tmp_path: Path) -> None:
    train(tmp_path)
    stored = (tmp_path / FILE).read_bytes()
    assert train(tmp_path, 18).version == promoted(tmp_path / "models").name
    assert (tmp_path / FILE).read_bytes() == stored
    (tmp_path / FILE).write_bytes(b"damaged")
    assert train(tmp_path).version == promoted(tmp_path / "models").name


def test_the_same_labels_give_the_same_model(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    one, two = train(tmp_path / "a"), train(tmp_path / "b")
    assert one.version == two.version
    a, b = ((tmp_path / n / "models" / one.version / f).read_bytes() for n in "ab" for f in ("meta.json",))
    assert a == b


def test_a_worse_version_is_kept_and_promoted_by_hand(tmp_path: Path) -> None:
    good = train(tmp_path)
    shuffled = dict(zip(WORDS, [*list(WORDS.values())[1:], WORDS["cluster_management"]], strict=True))
    wrong = write_labels(tmp_path / "w.jsonl", 18, words=shuffled).read_text().splitlines()
    right = write_labels(tmp_path / "l.jsonl", 18).read_text().splitlines()
    mixed = [w if '"train"' in w else r for w, r in zip(wrong, right, strict=True)]
    (tmp_path / "w.jsonl").write_text("\n".join(mixed))
    models = tmp_path / "models"
    bad = train_topics(tmp_path / "w.jsonl", models)
    assert not bad.promoted
    assert bad.comparison
    assert bad.comparison.high < 0
    assert f"worse than {good.version} on the hold-out" in bad.reason
    assert promoted(models).name == good.version
    promote(models, bad.version)
    assert [v.name for v in list_versions(models) if v.in_use] == [bad.version]
    assert roll_back(models) == good.version == promoted(models).name
    with pytest.raises(ConfigError, match="no earlier version"):
        roll_back(models)
    with pytest.raises(ConfigError, match=f"no version 'v-0'; there are: .*{good.version}"):
        promote(models, "v-0")
    again = train_topics(tmp_path / "w.jsonl", models, promote_it=True)
    assert (again.promoted, again.version) == (True, bad.version)


def test_near_duplicates_of_the_hold_out_teach_nothing(tmp_path: Path) -> None:
    outcome = train(tmp_path, 18, changes={"text": f"{PLACES[2]}: {WORDS['none']}!", "split": "train"})
    assert outcome.left_out == 1


def stage_input() -> tuple[list[Document], list[Passage], list[Vector]]:
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
    vectors = [Vector(p.passage_id, p.doc_id, np.zeros(VECTOR_SIZE, np.float16)) for p in passages]
    return documents, passages, vectors


def test_the_stage(tmp_path: Path) -> None:
    train(tmp_path)
    documents, passages, vectors = stage_input()
    settings = TopicsSettings(models=tmp_path / "models")
    rows = list(topics(documents, passages, vectors, settings=settings))
    assert [row.passage_id for row in rows] == [p.passage_id for p in passages]
    assert (rows[0].topic, rows[0].chances["none"]) == ("none", 1.0)
    assert rows[1].confidence == max(p for p in rows[1].chances.values() if p is not None)
    assert rows[2] == Topic("e-p0", "e", None, None, None, dict.fromkeys(CLASSES))


def test_other_topics_need_no_other_code(tmp_path: Path) -> None:
    words = {"energy": WORDS["none"], "Water & waste": WORDS["sme_innovation"]}
    outcome = train(tmp_path, words=words)
    settings = TopicsSettings(models=tmp_path / "models")
    assert load_classifier(promoted(settings.models)).classes == ("Water & waste", "energy")
    rows = list(topics(*stage_input(), settings=settings))
    assert rows[0].topic is None  # no class "none" that a heading could have
    assert set(rows[1].chances) == {"Water & waste", "energy"}
    first = train_topics(write_labels(tmp_path / "l.jsonl", 18), tmp_path / "models")
    assert first.reason.startswith(f"{outcome.version} has other topics")


def test_a_second_topic_and_silence() -> None:
    classifier = TopicClassifier(None, CLASSES, 1.0, threshold=0.5, also=0.2, vectors="")
    assert classifier.decide(np.array([0.6, 0.3, 0.05, 0.05])) == ("cluster_management", "sme_innovation")
    assert classifier.decide(np.array([0.6, 0.1, 0.1, 0.2])) == ("cluster_management", None)
    assert classifier.decide(np.array([0.4, 0.3, 0.2, 0.1])) == (None, None)
    assert sharpen(np.array([[0.5, 0.25, 0.25]]), 2.0)[0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert features([[1.0]], [[2.0]]).tolist() == [[1.0, 1.0]]


def test_another_encoders_vectors_are_refused(tmp_path: Path) -> None:
    train(tmp_path)
    settings = TopicsSettings(models=tmp_path / "models")
    meta = promoted(settings.models) / "meta.json"
    check_vectors(Settings().entities.recogniser, settings)
    assert vectors_version("en_core_web_sm") == vectors_version(Settings().entities.recogniser)
    meta.write_text(meta.read_text().replace('"vectors": "', '"vectors": "x'))
    load_classifier.cache_clear()
    with pytest.raises(ConfigError, match="run 'pipeline train topics'"):
        check_vectors(Settings().entities.recogniser, settings)


def test_nothing_promoted(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run 'pipeline train topics'"):
        promoted(tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"topic": "sport"}, "row 72: column 'topic' is 'sport'; it must be one of cluster_management"),
        ({"text": "  "}, "row 72: column 'text' is empty"),
        ({"topic": ""}, "row 72: column 'topic' is empty"),
        ({"id": "none0"}, "row 72: column 'id': 'none0' occurs before with another text or topic"),
        ({"also": "sport"}, "row 72: column 'also' is 'sport'"),
        ({"split": "test"}, "row 72: column 'split' is 'test'"),
        ({"start": "x"}, "row 72: column 'start' is 'x'"),
    ],
)
def test_bad_labels_change_nothing(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    before = train(tmp_path)
    with pytest.raises(ConfigError, match=message):
        train(tmp_path, 18, changes=changes)
    assert promoted(tmp_path / "models").name == before.version


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,text,topic\n1,a,none\n2,b,sme_innovation\n3,c,none\n", "3 labelled passages of 2 topics"),
        ("text,topic\n" + "x y z,none\n" * 30, "of 1 topics; training needs at least 20 of two"),
        ("text;topic\nPodpora;none\nŠkolení\u00a0firem;none\n", "row 3: column 'text' is not UTF-8; save it"),
        ("text,label\na,b\n", r"row 1: the columns are \['text', 'label'\]"),
        ("text,topic\na,none\nb\n", "row 3: 1 cells, where row 1 has 2"),
    ],
)
def test_bad_spreadsheets(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "l.csv").write_bytes(content.encode("cp1250"))
    with pytest.raises(ConfigError, match=message):
        train_topics(tmp_path / "l.csv", tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_a_topic_with_nothing_to_learn_from(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "l.jsonl", 18)
    lines = [line for line in path.read_text().splitlines() if '"none"' not in line or "holdout" in line]
    path.write_text("\n".join(lines))
    with pytest.raises(ConfigError, match="fewer than two passages to learn none from"):
        train_topics(path, tmp_path / "models")


def test_threshold_and_calibration() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, False, True])
    assert choose_threshold(confidence, right, 1.0) == 0.8
    assert choose_threshold(confidence, right, 0.75) == 0.6
    assert choose_threshold(confidence, ~right, 1.0) == 1.0
    many, wrong = np.linspace(1, 0, 200), np.isin(np.arange(200), (120, 130, 140, 150, 160))
    assert choose_threshold(many, ~wrong, 0.95) == many[149]  # with a fourth error it would be by luck
    assert calibration_error(np.array([0.75, 0.75]), np.array([True, False])) == pytest.approx(0.25)


def test_the_shipped_labels_and_model() -> None:
    rows = load_labels(Path(__file__).parent.parent / "corpus" / "labels")
    assert len(rows) >= 1500
    assert classes_of(rows) == CLASSES == load_classifier(promoted(TopicsSettings().models)).classes
    held = {row.author for row in rows if row.split == "holdout"}
    assert held.isdisjoint(row.author for row in rows if row.split != "holdout")
    nothing = sum(row.topic == "none" for row in rows)
    assert nothing >= len(rows) / 3
