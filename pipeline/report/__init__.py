"""Report: how much of the corpus is about which topic, by country and month, with error bars."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from pipeline.config import TopicsSettings
from pipeline.nlp.classifier import load_classifier, promoted, read_meta
from pipeline.records import Document, Mention, Passage, Topic, TopicShare
from pipeline.report.shares import corrected_shares

Key = tuple[str | None, str | None]  # country and month; None is all of them


def report(
    documents: list[Document],
    passages: list[Passage],
    mentions: list[Mention],
    topics: list[Topic],
    *,
    settings: TopicsSettings,
) -> Iterator[TopicShare]:
    """The share of every class among the passages of each country and month.

    Headings and passages that were not classified do not count. A document counts for every
    country that it names; one without a date or a country counts in the totals only.
    """
    folder = promoted(settings.models)
    classes = load_classifier(folder).classes
    confusion = np.array(read_meta(folder)["figures"]["confusion"], float)
    groups: dict[str, list[Key]] = {}
    countries: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.country and mention.form != "demonym":
            countries[mention.doc_id].add(mention.country)
    for document in documents:
        months = [f"{document.published:%Y-%m}"] if document.published else []
        own = sorted(countries[document.doc_id])
        groups[document.doc_id] = [(c, m) for c in (None, *own) for m in (None, *months)]
    bodies = {passage.passage_id for passage in passages if passage.kind != "heading"}
    counts: dict[Key, Counter[str | None]] = defaultdict(Counter)
    seen: dict[Key, set[str]] = defaultdict(set)
    for row in topics:
        if row.passage_id in bodies and row.confidence is not None:
            for key in groups[row.doc_id]:
                counts[key][row.topic] += 1
                seen[key].add(row.doc_id)
    keys = sorted(counts, key=lambda key: (key[0] or "", key[1] or ""))
    observed = np.array([[counts[key][name] for name in (*classes, None)] for key in keys], float)
    estimates = corrected_shares(observed.reshape(len(keys), len(classes) + 1), confusion)
    for i, (country, month) in enumerate(keys):
        total = int(observed[i].sum())
        for j, name in enumerate(classes):
            share, low, high = (round(float(x), 6) for x in estimates[i, j])
            yield TopicShare(
                country, month, name, len(seen[country, month]), total,
                float(observed[i, j] / total), share, low, high,
            )  # fmt: skip
