"""What holds for the outputs of every run, whatever went in."""

from pathlib import Path

import pandas as pd

import pipeline

KEYS = {
    "sources": "source",
    "documents": "doc_id",
    "passages": "passage_id",
    "mentions": "mention_id",
    "affiliations": "affiliation_id",
    "topics": "passage_id",
    "vectors": "passage_id",
    "chains": "chain_id",
    "chain_mentions": "mention_id",
    "entities": "entity_id",
    "entity_mentions": "mention_id",
}


def check(output: Path) -> pipeline.Tables:
    """Assert every invariant of the tables of a folder, and give them back."""
    t = pipeline.load(output)
    for name, key in KEYS.items():
        assert getattr(t, name)[key].is_unique, name
        assert len(pd.read_parquet(output / name)) == len(getattr(t, name)), name
    texts = dict(zip(t.documents.doc_id, t.documents.text, strict=True))
    passages = t.passages.set_index("passage_id")

    assert set(t.documents.source) <= set(t.sources.source)
    assert set(t.sources.doc_id.dropna()) == set(texts)
    assert set(t.topics.passage_id) == set(t.vectors.passage_id) == set(passages.index)
    assert set(t.affiliations.person_mention_id) <= set(t.mentions.mention_id)
    assert set(t.affiliations.organisation_mention_id.dropna()) <= set(t.mentions.mention_id)
    named = set(t.mentions.mention_id[t.mentions.label != "COUNTRY"])
    assert set(t.entity_mentions.mention_id) == set(t.chain_mentions.mention_id) == named
    assert set(t.chain_mentions.chain_id) == set(t.chains.chain_id)
    assert set(t.merges.entity_id) | set(t.doubts.entity_id) <= set(t.entities.entity_id)
    assert set(t.entity_mentions.entity_id) == set(t.entities.entity_id)

    for doc_id, group in t.passages.sort_values("ordinal").groupby("doc_id"):
        text, position = texts[str(doc_id)], 0
        assert list(group.ordinal) == list(range(len(group)))
        for row in group.itertuples():
            assert row.start >= position
            assert not text[position : row.start].strip()
            assert text[row.start : row.end].strip()
            position = row.end
        assert not text[position:].strip()
    for _, group in t.mentions.sort_values("start").groupby("doc_id"):
        assert (group.start.to_numpy()[1:] >= group.end.to_numpy()[:-1]).all()
    for row in t.mentions.itertuples():
        inside = passages.loc[row.passage_id]
        assert texts[row.doc_id][row.start : row.end] == row.text
        assert inside.doc_id == row.doc_id
        assert inside.start <= row.start < row.end <= inside.end
        assert (row.label == "COUNTRY") == pd.notna(row.country) == pd.notna(row.form)
        assert 0 <= row.score <= 1
    for row in t.affiliations.itertuples():
        assert row.person in texts[row.doc_id][row.start : row.end]
        assert pd.notna(row.role) or pd.notna(row.organisation)
    return t
