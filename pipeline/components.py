"""The analysis as components of a spaCy pipeline; ``spacy.load("models/en_policy")`` uses them.

Each runs the stage of its name on the docs it is given, so that a ``Doc`` and the tables
never differ. They are registered as entry points of this package. They declare the
extensions ``ent._.country``, ``ent._.form``, ``ent._.score``, ``doc._.affiliations`` and
``doc._.topic``.
"""

import shutil
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from pipeline.affiliations import affiliations
from pipeline.config import EntitiesSettings, TopicsSettings
from pipeline.entities import entities
from pipeline.errors import ConfigError
from pipeline.nlp.encoder import FILES, Floats
from pipeline.records import VECTOR_SIZE, Affiliation, Document, Label, Mention, Passage, Relation, Vector
from pipeline.segment import segment
from pipeline.topics import topics

BATCH = 64  # docs that a component reads at once

for _name in ("country", "form", "score"):
    Span.set_extension(_name, default=None, force=True)
Doc.set_extension("affiliations", default=(), force=True)
Doc.set_extension("relations", default=(), force=True)
Doc.set_extension("topic", default=None, force=True)


@dataclass(frozen=True, slots=True)
class SpanAffiliation:
    """One of ``doc._.affiliations``: a person with role and organisation, and the evidence."""

    person: Span
    role: str | None
    organisation: Span | None
    evidence: str
    score: float


class Component(ABC):
    """What the three share: a doc is a batch of one."""

    def __call__(self, doc: Doc) -> Doc:
        """The doc with this component's annotations."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """The docs in order, read in batches."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            documents = [
                Document(f"{i:016}", "", None, None, None, None, 1.0, doc.text, 0)
                for i, doc in enumerate(docs)
            ]
            self.annotate(docs, documents)
            yield from docs

    @abstractmethod
    def annotate(self, docs: list[Doc], documents: list[Document]) -> None:
        """Run the stage on the documents, and set on the docs what it finds."""


class Entities(Component):
    """Sets ``doc.ents`` (PERSON, ORG, COUNTRY) with their country, form and score, and ``doc.vector``.

    ``doc._.relations`` holds what the encoder reads as belonging together, for the component
    of affiliations.
    """

    def __init__(self, recogniser: str) -> None:
        self.recogniser = recogniser

    def annotate(self, docs: list[Doc], documents: list[Document]) -> None:
        """Run the stage entities."""
        settings = EntitiesSettings(recogniser=self.recogniser)
        found: dict[str, list[Mention]] = defaultdict(list)
        relations: dict[str, list[Relation]] = defaultdict(list)
        vectors: dict[str, list[Floats]] = defaultdict(list)
        passages = list(segment(documents, []))
        sizes = {passage.passage_id: passage.end - passage.start for passage in passages}
        for record in entities(documents, passages, settings=settings):
            if isinstance(record, Mention):
                found[record.doc_id].append(record)
            elif isinstance(record, Relation):
                relations[record.doc_id].append(record)
            else:
                vectors[record.doc_id].append(sizes[record.passage_id] * record.vector.astype(np.float32))
        for doc, document in zip(docs, documents, strict=True):
            mentions = found[document.doc_id]
            doc._.relations = tuple(relations[document.doc_id])
            doc.vector = cast(Any, _unit(vectors[document.doc_id]))
            _split_tokens(doc, {place for m in mentions for place in (m.start, m.end)})
            doc.set_ents([_span(doc, mention) for mention in mentions])

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the encoder into a folder; another recogniser stays where it is."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (Path(self.recogniser) / name).is_file():
                shutil.copyfile(Path(self.recogniser) / name, Path(path) / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Entities":
        """Use the encoder in a folder from now on, if there is one."""
        if (Path(path) / FILES[0]).is_file():
            self.recogniser = str(path)
        return self


class Affiliations(Component):
    """Sets ``doc._.affiliations`` from the people and organisations in ``doc.ents``."""

    def annotate(self, docs: list[Doc], documents: list[Document]) -> None:
        """Run the stage affiliations."""
        passages = list(segment(documents, []))
        mentions = [m for doc, d in zip(docs, documents, strict=True) for m in _mentions(doc, d, passages)]
        found: dict[str, list[Affiliation]] = defaultdict(list)
        relations = [r for doc, d in zip(docs, documents, strict=True) for r in _relations(doc, d, passages)]
        for record in affiliations(documents, passages, mentions, relations):
            found[record.doc_id].append(record)
        for doc, document in zip(docs, documents, strict=True):
            spans = {f"{document.doc_id}-m{ent.start_char}": ent for ent in doc.ents}
            doc._.affiliations = tuple(
                SpanAffiliation(
                    person=spans[stated.person_mention_id],
                    role=stated.role,
                    organisation=spans.get(stated.organisation_mention_id or ""),
                    evidence=document.text[stated.start : stated.end],
                    score=stated.score,
                )
                for stated in found[document.doc_id]
            )


class Topics(Component):
    """Sets ``doc.cats`` (each topic's probability) and ``doc._.topic``; a doc counts as one passage."""

    def __init__(self, models: str | None) -> None:
        self.settings = TopicsSettings(models=Path(models)) if models else TopicsSettings()

    def annotate(self, docs: list[Doc], documents: list[Document]) -> None:
        """Run the stage topics."""
        passages = [Passage(d.doc_id, d.doc_id, 0, "paragraph", None, 0, len(d.text)) for d in documents]
        if any(doc.vector.shape != (VECTOR_SIZE,) for doc in docs):
            raise ConfigError("policy_topics needs doc.vector; put policy_entities before it")
        vectors = [
            Vector(d.doc_id, d.doc_id, np.asarray(doc.vector, np.float16))
            for doc, d in zip(docs, documents, strict=True)
        ]
        rows = topics(documents, passages, vectors, settings=self.settings)
        for doc, row in zip(docs, rows, strict=True):
            doc.cats = {name: p for name, p in row.chances.items() if p is not None}
            doc._.topic = row.topic


def _unit(vectors: list[Floats]) -> Floats:
    """The mean of passage vectors that are as long as their passages, at unit length."""
    total = np.sum(vectors, axis=0) if vectors else np.zeros(VECTOR_SIZE, np.float32)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _split_tokens(doc: Doc, places: set[int]) -> None:
    """Cut the tokens that have one of the places (in characters) inside them."""
    with doc.retokenize() as retokenizer:
        for token in doc:
            inside = sorted(p - token.idx for p in places if token.idx < p < token.idx + len(token))
            if inside:
                cuts = [0, *inside, len(token)]
                parts = [token.text[a:b] for a, b in pairwise(cuts)]
                retokenizer.split(token, parts, heads=[(token, i) for i in range(len(parts))])


def _span(doc: Doc, mention: Mention) -> Span:
    span = doc.char_span(mention.start, mention.end, label=mention.label)
    assert span is not None  # tokens were cut where mentions begin and end
    span._.country, span._.form, span._.score = mention.country, mention.form, mention.score
    return span


def _relations(doc: Doc, document: Document, passages: list[Passage]) -> Iterator[Relation]:
    """The relations that a doc carries, as records of the document that stands for it here."""
    for relation in doc._.relations:
        if inside := _around(relation.person_start, document, passages):
            yield replace(relation, doc_id=document.doc_id, passage_id=inside.passage_id)


def _around(place: int, document: Document, passages: list[Passage]) -> Passage | None:
    own = (passage for passage in passages if passage.doc_id == document.doc_id)
    return next((passage for passage in own if passage.start <= place < passage.end), None)


def _mentions(doc: Doc, document: Document, passages: list[Passage]) -> Iterator[Mention]:
    """The records of a doc's entities, wherever they come from."""
    for ent in doc.ents:
        inside = _around(ent.start_char, document, passages)
        if inside and ent.label_ in ("PERSON", "ORG"):
            yield Mention(
                mention_id=f"{document.doc_id}-m{ent.start_char}",
                doc_id=document.doc_id,
                passage_id=inside.passage_id,
                start=ent.start_char,
                end=ent.end_char,
                text=ent.text,
                label=cast(Label, ent.label_),
                form=None,
                country=None,
                score=1.0 if ent._.score is None else ent._.score,
            )


@Language.factory("policy_entities", assigns=["doc.ents", "doc.vector"], default_config={"recogniser": ""})
def make_entities(nlp: Language, name: str, recogniser: str) -> Entities:
    """The component policy_entities; ``recogniser`` is used where it brings no encoder of its own."""
    return Entities(recogniser)


@Language.factory("policy_affiliations", requires=["doc.ents"], assigns=["doc._.affiliations"])
def make_affiliations(nlp: Language, name: str) -> Affiliations:
    """The component policy_affiliations."""
    return Affiliations()


@Language.factory(
    "policy_topics",
    requires=["doc.vector"],
    assigns=["doc.cats", "doc._.topic"],
    default_config={"models": None},
)
def make_topics(nlp: Language, name: str, models: str | None) -> Topics:
    """The component policy_topics; without ``models`` it uses the classifier promoted in this project."""
    return Topics(models)
