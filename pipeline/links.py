"""Measure resolution on annotated texts: links between mentions, and B-cubed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.affiliations import affiliations
from pipeline.chains import chains
from pipeline.config import ResolveSettings, Settings
from pipeline.entities import entities
from pipeline.gold import GoldText, read_gold
from pipeline.nlp.countries import find_countries
from pipeline.nlp.forms import fold
from pipeline.records import Document, EntityMention, Label, Mention, Passage, Relation
from pipeline.resolve import resolve
from pipeline.segment import segment

Key = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True, slots=True)
class Clustering:
    """Precision, recall and F1 of links (pairs of mentions of one entity) and of B-cubed."""

    link_precision: float
    link_recall: float
    link_f1: float
    b_precision: float
    b_recall: float
    b_f1: float
    mentions: int


def read_clusters(folder: Path) -> dict[str, list[GoldText]]:
    """Annotated texts whose names carry entity ids, by the part of a folder that they stand in.

    A part is a folder of texts. ``documents.tsv`` gives ids to the names of the texts in the folder
    ``documents`` beside: columns document (its source without ending, or * for all), form and
    entity; a name that it does not list is an entity of its own.
    """
    parts = {part.name: read_gold(part) for part in sorted(folder.iterdir()) if part.is_dir()}
    listed = folder / "documents.tsv"
    if listed.is_file():
        rows = [line.split("\t") for line in listed.read_text(encoding="utf-8").splitlines()[1:]]
        entity = {(document, form): name for document, form, name in rows}
        texts = read_gold(folder.parent / "documents")
        parts["documents"] = [_with_entities(text, entity) for text in texts]
    return parts


def _with_entities(text: GoldText, entity: dict[tuple[str, str], str]) -> GoldText:
    document = Path(text.header["source"]).stem
    spans = []
    for span in text.spans:
        form = " ".join(text.text[span.start : span.end].split())
        name = entity.get((document, form)) or entity.get(("*", form)) or form
        known = span.label in ("PERSON", "ORG")
        spans.append(replace(span, entity=f"{span.label} {fold(name)}") if known else span)
    return replace(text, spans=tuple(spans))


def score_links(gold: dict[Key, str], given: dict[Key, str]) -> Clustering:
    """The figures of one clustering against another.

    A mention that only one of them has is alone in the other, so that a missed mention costs
    its links and an invented one those that it is given.
    """
    both = Counter((gold[key], given[key]) for key in gold.keys() & given.keys())
    wanted, have = Counter(gold.values()), Counter(given.values())
    right = sum(_pairs(count) for count in both.values())
    precision = right / max(1, sum(_pairs(count) for count in have.values()))
    recall = right / max(1, sum(_pairs(count) for count in wanted.values()))
    b_precision = sum(n * n / have[cluster] for (_, cluster), n in both.items()) / max(1, len(given))
    b_recall = sum(n * n / wanted[entity] for (entity, _), n in both.items()) / max(1, len(gold))
    return Clustering(
        precision,
        recall,
        _f1(precision, recall),
        b_precision,
        b_recall,
        _f1(b_precision, b_recall),
        len(gold),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def evaluate_links(
    gold: list[GoldText], settings: Settings | None = None, *, own: bool = False
) -> Clustering:
    """How well mentions are brought together, with the annotated mentions or the recogniser's ``own``."""
    return evaluate_both(gold, settings)[own]


def evaluate_both(gold: list[GoldText], settings: Settings | None = None) -> tuple[Clustering, Clustering]:
    """How well mentions are brought together, with the annotated mentions and with the recogniser's own.

    Only texts whose names carry entity ids are of use; all are read once, and resolved as one corpus,
    without overrides.
    """
    settings = settings or Settings()
    documents = [
        Document(f"gold{n:012}", "", None, None, None, "en", 1.0, text.text, len(text.text.split()))
        for n, text in enumerate(gold)
    ]
    passages = list(segment(documents, []))
    found = list(entities(documents, passages, settings=settings.entities))
    relations = [record for record in found if isinstance(record, Relation)]
    own = [record for record in found if isinstance(record, Mention)]
    wanted = {
        (document.doc_id, span.start, span.end): span.entity
        for document, text in zip(documents, gold, strict=True)
        for span in text.spans
        if span.entity
    }
    given, ours = (
        score_links(wanted, resolved(documents, passages, mentions, relations))
        for mentions in (list(annotated(documents, passages, gold)), own)
    )
    return given, ours


def resolved(
    documents: list[Document], passages: list[Passage], mentions: list[Mention], relations: list[Relation]
) -> dict[Key, str]:
    """The entity of every mention, by its place."""
    stated = list(affiliations(documents, passages, mentions, relations))
    rows = list(chains(documents, mentions, stated))
    heads = [row for row in rows if hasattr(row, "forms")]
    members = [row for row in rows if hasattr(row, "reason")]
    settings = ResolveSettings(overrides=ResolveSettings().overrides / "none")
    of = {
        row.mention_id: row.entity_id
        for row in resolve(heads, members, [], [], settings)  # type: ignore[arg-type]  # told apart above
        if isinstance(row, EntityMention)
    }
    return {(m.doc_id, m.start, m.end): of[m.mention_id] for m in mentions if m.mention_id in of}


def annotated(
    documents: list[Document], passages: list[Passage], gold: Iterable[GoldText]
) -> Iterable[Mention]:
    """The annotated people and organisations as mentions, with the countries found by rule."""
    inside: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        inside[passage.doc_id].append(passage)
    for document, text in zip(documents, gold, strict=True):
        names = [span for span in text.spans if span.label in ("PERSON", "ORG")]
        for passage in inside[document.doc_id]:
            taken: set[int] = set()
            for span in names:
                if passage.start <= span.start < passage.end:
                    taken.update(range(span.start, span.end))
                    label: Label = "PERSON" if span.label == "PERSON" else "ORG"
                    name = text.text[span.start : span.end]
                    mention_id = f"{document.doc_id}-m{span.start}"
                    yield Mention(
                        mention_id, document.doc_id, passage.passage_id, span.start, span.end, name, label,
                        None, None, 1.0,
                    )  # fmt: skip
            for country in find_countries(text.text[passage.start : passage.end]):
                start, end = country.start + passage.start, country.end + passage.start
                if taken.isdisjoint(range(start, end)):
                    yield Mention(
                        f"{document.doc_id}-m{start}", document.doc_id, passage.passage_id, start, end,
                        text.text[start:end], "COUNTRY", country.form, country.country, country.score,
                    )  # fmt: skip
