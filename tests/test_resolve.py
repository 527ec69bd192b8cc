"""Names that are equal when folded are one entity."""

import pytest

from pipeline.records import Entity, EntityMention, Label, Mention
from pipeline.resolve import fold, resolve


def mention(doc_id: str, start: int, text: str, label: Label = "ORG") -> Mention:
    return Mention(
        f"{doc_id}-m{start}", doc_id, f"{doc_id}-p0", start, start + len(text), text, label, None, None, 1.0
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Region Auvergne-Rhône-Alpes", "REGION  AUVERGNE RHONE ALPES"),
        ("Łódź University", "łódź university"),
        ("Straße", "STRASSE"),
    ],
)
def test_fold(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_entities_count_mentions_and_documents() -> None:
    rows = [
        mention("a", 0, "Region Skåne"),
        mention("a", 30, "Region Skane"),
        mention("b", 0, "Region Skåne"),
        mention("b", 40, "Skåne", "PERSON"),
    ]
    records = list(resolve(rows))
    first, second = (r for r in records if isinstance(r, Entity))
    assert (first.name, first.aliases, first.n_mentions, first.n_documents) == (
        "Region Skåne",
        ("Region Skane",),
        3,
        2,
    )
    assert (second.label, second.n_mentions) == ("PERSON", 1)
    assert sorted(r.mention_id for r in records if isinstance(r, EntityMention)) == sorted(
        m.mention_id for m in rows
    )


def test_the_order_of_mentions_does_not_matter() -> None:
    rows = [mention("a", i * 10, name) for i, name in enumerate(["B", "b", "Á", "A", "Ab"])]
    assert list(resolve(rows)) == list(resolve(rows[::-1]))


def test_countries_are_no_entities() -> None:
    assert list(resolve([mention("a", 0, "Norway", "COUNTRY")])) == []
