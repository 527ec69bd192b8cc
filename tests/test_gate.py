"""The figures on the annotated samples do not fall below their floors."""

import json
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.evaluate import Score, evaluate_mentions, evaluate_metadata, evaluate_topics
from pipeline.gold import parse_record, read_gold
from pipeline.ingest.formats import decode

ROOT = Path(__file__).parent.parent
FLOORS = json.loads((Path(__file__).parent / "gate" / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    gold = read_gold(ROOT / "corpus/gold/documents")
    found = [*evaluate_mentions(gold), *evaluate_metadata(gold, ROOT / "corpus/documents")]
    return {score.label: score for score in found}


@pytest.mark.parametrize("label", FLOORS["mentions"])
def test_mentions(scores: dict[str, Score], label: str) -> None:
    floor = FLOORS["mentions"][label]
    found = {name: getattr(scores[label], name) for name in floor}
    assert all(found[name] >= floor[name] for name in floor), (found, floor)


def test_topics() -> None:
    figures = evaluate_topics(ROOT / "corpus/labels")
    assert figures.macro_f1 >= FLOORS["topics"]["macro_f1"]
    assert figures.calibration_error <= FLOORS["topics"]["calibration_error"]
    assert figures.precision_when_covered >= FLOORS["topics"]["precision_when_covered"]
    assert figures.coverage >= FLOORS["topics"]["coverage"]


def test_gold_mark_up() -> None:
    gold = parse_record(
        "# id: x\n[[PERSON|Ann Lee]] of [[ORG|A & B]] ([[CODE|BE|BE]])\n=> Ann Lee | - | A & B", "here"
    )
    assert gold.text == "Ann Lee of A & B (BE)"
    assert [(gold.text[s.start : s.end], s.label, s.form, s.country) for s in gold.spans] == [
        ("Ann Lee", "PERSON", None, None),
        ("A & B", "ORG", None, None),
        ("BE", "COUNTRY", "code", "BE"),
    ]
    assert gold.affiliations == (("Ann Lee", None, "A & B"),)
    with pytest.raises(ConfigError, match="here: broken mark-up"):
        parse_record("[[PERSON|Ann", "here")


def test_gold_texts_are_the_documents() -> None:
    for gold in read_gold(ROOT / "corpus/gold/documents"):
        source = ROOT / "corpus/documents" / gold.header["source"]
        if source.suffix == ".txt":
            assert gold.text == decode(source.read_bytes()).strip("\n"), source.name
