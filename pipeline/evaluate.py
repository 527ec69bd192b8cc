"""Measure the shipped models on annotated texts and labelled passages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.affiliations import affiliations
from pipeline.config import Settings
from pipeline.entities import entities
from pipeline.gold import GoldSpan, GoldText, read_gold
from pipeline.ingest import ingest
from pipeline.ingest.files import find_inputs
from pipeline.label.rows import load_labels
from pipeline.label.vectors import label_features
from pipeline.links import evaluate_both, read_clusters
from pipeline.nlp.classifier import load_classifier, promoted
from pipeline.records import NONE, Document, Mention, Relation
from pipeline.resolve import fold
from pipeline.segment import segment
from pipeline.training.corpora import MARKED, read_marked, read_plain
from pipeline.training.topics import Figures, measure

HARDER = tuple(f"n4{n}" for n in range(1, 7))  # lists, lay-outs and names that are often got wrong
# authors of annotated passages that the shipped encoder has never read
HELD_OUT = (
    *("n4e", "n9m", "n9n", "n12m", "n12n", "n15b"),
    *(f"n8{letter}" for letter in "abcdefghijkl"),
    *(f"{file}{letter}" for file in ("n39", "n40", *HARDER) for letter in "abcdefgh"),
)
SEALED = ("sealed", "blind")  # the parts of the annotated clusters that are measured and never looked into
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one label, with the counts behind them."""

    label: str
    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 0 where there is nothing."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.wrong)


def evaluate_mentions(gold: list[GoldText], settings: Settings | None = None) -> list[Score]:
    """Scores of mentions (exact span and label), ISO codes and affiliations on annotated texts.

    The texts go through segment, entities and affiliations as documents do. A mention that
    overlaps a span marked IGNORE counts neither way. ``micro`` is over PERSON, ORG and the
    names and codes of countries; demonyms are scored apart.
    """
    settings = settings or Settings()
    documents = [_document(i, text) for i, text in enumerate(gold)]
    passages = list(segment(documents, []))
    found = list(entities(documents, passages, settings=settings.entities))
    mentions = [record for record in found if isinstance(record, Mention)]
    relations = [record for record in found if isinstance(record, Relation)]
    stated = list(affiliations(documents, passages, mentions, relations))
    counts: dict[str, Counter[str]] = {}
    for document, text in zip(documents, gold, strict=True):
        ignored = [span for span in text.spans if span.label == "IGNORE"]
        own = [
            mention
            for mention in mentions
            if mention.doc_id == document.doc_id
            and not any(mention.start < span.end and span.start < mention.end for span in ignored)
        ]
        for label, wanted, given in _labels(text.spans, own):
            _count(counts.setdefault(label, Counter()), wanted, given)
        _count(
            counts.setdefault("affiliations", Counter()),
            [_folded(row) for row in text.affiliations],
            [_folded((a.person, a.role, a.organisation)) for a in stated if a.doc_id == document.doc_id],
        )
    scores = {name: Score(name, c["found"], c["missed"], c["wrong"]) for name, c in counts.items()}
    three = [scores[name] for name in ("PERSON", "ORG", "COUNTRY")]
    micro = Score("micro", *(sum(getattr(s, k) for s in three) for k in ("found", "missed", "wrong")))
    return [*three, micro, scores["demonym"], scores["ISO code"], scores["affiliations"]]


def _document(number: int, text: GoldText) -> Document:
    return Document(f"gold{number:012}", "", None, None, None, "en", 1.0, text.text, len(text.text.split()))


def _labels(spans: Iterable[GoldSpan], found: list[Mention]) -> Iterator[tuple[str, list[Key], list[Key]]]:
    """(label, keys wanted, keys given) for every figure about mentions."""
    spans = list(spans)
    for label in ("PERSON", "ORG"):
        wanted: list[Key] = [(s.start, s.end) for s in spans if s.label == label]
        yield label, wanted, [(m.start, m.end) for m in found if m.label == label]
    for name, forms in (("COUNTRY", ("name", "code")), ("demonym", ("demonym",))):
        yield (
            name,
            [(s.start, s.end) for s in spans if s.form in forms],
            [(m.start, m.end) for m in found if m.form in forms],
        )
    codes: list[Key] = [(s.start, s.end, s.country) for s in spans if s.label == "COUNTRY"]
    yield "ISO code", codes, [(m.start, m.end, m.country) for m in found if m.label == "COUNTRY"]


def _count(counter: Counter[str], wanted: list[Key], given: list[Key]) -> None:
    want, give = Counter(wanted), Counter(given)
    counter["found"] += sum((want & give).values())
    counter["missed"] += sum((want - give).values())
    counter["wrong"] += sum((give - want).values())


def _folded(row: tuple[str | None, ...]) -> Key:
    return tuple(fold(cell) if cell else None for cell in row)


def evaluate_metadata(gold: list[GoldText], corpus: Path, settings: Settings | None = None) -> list[Score]:
    """How often ingest gets title, author and date of the annotated documents right.

    For each, ``found`` counts documents in which it equals the annotation, nothing included.
    """
    settings = settings or Settings()
    sources = {text.header["source"]: text.header for text in gold if text.header.get("source")}
    inputs = find_inputs([corpus], settings.ingest.max_bytes)
    chosen = [item for item in inputs if item.source in sources]
    documents = [r for r in ingest(chosen, settings=settings.ingest) if isinstance(r, Document)]
    scores = []
    for label, column in (("title", "title"), ("author", "byline"), ("published", "published")):
        right = sum(
            _plain(getattr(d, "author" if column == "byline" else column))
            == _plain(sources[d.source].get(column))
            for d in documents
        )
        scores.append(Score(label, right, len(sources) - right, len(sources) - right))
    return scores


def _plain(value: object) -> str:
    return fold("" if value in (None, "-") else str(value))


def evaluate_topics(labels: Path, settings: Settings | None = None) -> Figures:
    """The promoted classifier's figures on the labelled passages that are held out."""
    settings = settings or Settings()
    held = [row for row in load_labels(labels) if row.split == "holdout"]
    folder = labels if labels.is_dir() else labels.parent
    given = label_features(held, settings.entities, folder)
    truth = np.array([row.topic for row in held])
    return measure(load_classifier(promoted(settings.topics.models)), given, truth)


def evaluate_marked(marked: Path, plain: Iterable[Path], settings: Settings | None = None) -> str:
    """How the promoted classifier does on texts of others that are labelled by place, in a sentence.

    Nearly all of them are on no topic, though they look so: what counts are false alarms.
    """
    settings = settings or Settings()
    held = [row for row in read_marked(marked, read_plain(plain)) if row.split == "holdout"]
    classifier = load_classifier(promoted(settings.topics.models))
    chances = classifier.predict_proba(label_features(held, settings.entities, None))
    given = [classifier.decide(row)[0] for row in chances]
    off = [topic for row, topic in zip(held, given, strict=True) if row.topic == NONE]
    on = [topic == row.topic for row, topic in zip(held, given, strict=True) if row.topic != NONE]
    alarms = sum(topic not in (NONE, None) for topic in off)
    return (
        f"Topics in {len(held):,} passages of others that are easily confused: of {len(off):,} on none, "
        f"{alarms / max(1, len(off)):.0%} get one; of {len(on)} on a topic, {sum(on)} get theirs."
    )


def report(
    gold: Path,
    corpus: Path,
    labels: Path,
    settings: Settings | None = None,
    more: Path | None = None,
    plain: Iterable[Path] = (),
) -> str:
    """The tables of figures of the README, as Markdown.

    ``more`` are annotated passages of which only those of the authors held out count, ``plain``
    texts of which the labels have a list of passages by place (``marked``).
    """
    texts = read_gold(gold)
    clusters = read_clusters(gold.parent / "clusters") if (gold.parent / "clusters").is_dir() else {}
    others = [text for text in read_gold(more) if text.header.get("author") in HELD_OUT] if more else []
    sets = {"sample documents": texts, "passages of other authors": others}
    sets["documents never looked into"] = [text for part in SEALED for text in clusters.get(part, [])]
    topic = evaluate_topics(labels, settings)
    right = {score.label: score.recall for score in evaluate_metadata(texts, corpus, settings)}
    lines = [
        *_mentions({name: some for name, some in sets.items() if some}, settings),
        "",
        f"The title of the sample documents is right in {right['title']:.0%}, the author in "
        f"{right['author']:.0%}, the date in {right['published']:.0%}.",
        "",
        "| topics | precision | recall | F1 |",
        "| --- | --- | --- | --- |",
        *(_row(name, topic.precision[name], topic.recall[name], topic.f1[name]) for name in topic.f1),
        f"| macro | | | {topic.macro_f1:.2f} |",
        "",
        f"On {topic.passages:,} labelled passages held out, by authors that no training has seen; "
        f"calibration error {topic.calibration_error:.2f}; "
        f"{topic.coverage:.0%} answered, of which {topic.precision_when_covered:.0%} right.",
        *([evaluate_marked(labels / MARKED, plain, settings)] if plain else []),
        "",
        *_links(clusters, settings),
    ]
    return "\n".join(lines).rstrip()


def _mentions(sets: dict[str, list[GoldText]], settings: Settings | None) -> Iterator[str]:
    """F1 of every label on sets of annotated texts, a column a set."""
    scores = {
        name: {s.label: s.f1 for s in evaluate_mentions(texts, settings)} for name, texts in sets.items()
    }
    sizes = {name: sum(len(text.text.split()) for text in texts) for name, texts in sets.items()}
    yield f"| F1 | {' | '.join(f'{len(texts)} {name}' for name, texts in sets.items())} |"
    yield f"| --- |{' --- |' * len(sets)}"
    for label in next(iter(scores.values())):
        yield f"| {label} | {' | '.join(f'{found[label]:.2f}' for found in scores.values())} |"
    yield f"| words | {' | '.join(f'{size:,}' for size in sizes.values())} |"


def _links(clusters: dict[str, list[GoldText]], settings: Settings | None) -> Iterator[str]:
    """How mentions are joined: links and B-cubed on annotated mentions, and links on our own."""
    if clusters:
        yield "| links | precision | recall | F1 | B-cubed F1 | F1 on our own mentions |"
        yield "| --- | --- | --- | --- | --- | --- |"
    for part, texts in clusters.items():
        given, own = evaluate_both(texts, settings)
        row = _row(part, given.link_precision, given.link_recall, given.link_f1)
        yield f"{row} {given.b_f1:.2f} | {own.link_f1:.2f} |"


def _row(label: str, precision: float, recall: float, f1: float) -> str:
    return f"| {label} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"
