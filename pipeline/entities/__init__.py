"""Entities: people, organisations and countries in every passage, what belongs together, and the vector."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from typing import cast

from pipeline.config import EntitiesSettings
from pipeline.nlp.agreement import agree
from pipeline.nlp.countries import Country, find_countries
from pipeline.nlp.names import decide, tidy
from pipeline.nlp.posts import cut, surroundings
from pipeline.nlp.recogniser import Named, Recogniser, Related, load_recogniser, moved, recogniser_version
from pipeline.records import Document, Label, Mention, Passage, Relation, Vector


def version(settings: EntitiesSettings) -> str:
    """A text that changes when the recogniser does."""
    return recogniser_version(settings.recogniser)


def entities(
    documents: list[Document], passages: list[Passage], *, settings: EntitiesSettings
) -> Iterator[Mention | Relation | Vector]:
    """The mentions of every passage, the relations that the encoder reads there, and its vector.

    A document in a language that the recogniser does not know gets vectors only.
    """
    recogniser = load_recogniser(settings.recogniser)
    texts = {document.doc_id: document.text for document in documents}
    known = {
        document.doc_id
        for document in documents
        if document.language is None or document.language in settings.languages
    }
    for doc_id, group in groupby(passages, key=lambda passage: passage.doc_id):
        own = list(group)
        pieces = [texts[doc_id][passage.start : passage.end] for passage in own]
        readings = list(recogniser.read(pieces))
        for passage, reading in zip(own, readings, strict=True):
            yield Vector(passage.passage_id, doc_id, reading.vector)
        if doc_id in known:
            names = [tidy(text, reading.names) for text, reading in zip(pieces, readings, strict=True)]
            named: list[tuple[int, Named]] = []  # by passage, with the places of the document
            for i, (passage, text, kept) in enumerate(zip(own, pieces, agree(pieces, names), strict=True)):
                for found in decide(text, kept, find_countries(text)):
                    yield _mention(passage, text, found)
                    if isinstance(found, Named):
                        named.append((i, moved(found, passage.start)))
            yield from _relations(recogniser, texts[doc_id], own, named)


def _relations(
    recogniser: Recogniser, text: str, passages: list[Passage], named: list[tuple[int, Named]]
) -> Iterator[Relation]:
    """What the recogniser reads of every person of a document; ``named`` are in order."""
    places = [(passage.start, passage.end) for passage in passages]
    starts = [name.start for _, name in named]
    for i, person in named:
        if person.label != "PERSON":
            continue
        begin, end = surroundings(places, i)
        begin, end = cut(text, begin, end, person)
        near = named[bisect_left(starts, begin) : bisect_left(starts, end)]
        inside = [moved(name, -begin) for _, name in near if name.end <= end]
        asked = recogniser.ask(text[begin:end], moved(person, -begin), inside)
        for number, related in enumerate(asked):
            yield _relation(passages[i], f"{person.start}-{number}", related, begin)


def _relation(passage: Passage, number: str, related: Related, offset: int) -> Relation:
    role, organisation = related.role, related.organisation
    return Relation(
        relation_id=f"{passage.doc_id}-r{number}",
        doc_id=passage.doc_id,
        passage_id=passage.passage_id,
        person_start=offset + related.person.start,
        person_end=offset + related.person.end,
        role_start=offset + role.start if role else None,
        role_end=offset + role.end if role else None,
        organisation_start=offset + organisation.start if organisation else None,
        organisation_end=offset + organisation.end if organisation else None,
        score=related.score,
    )


def _mention(passage: Passage, text: str, found: Named | Country) -> Mention:
    start = passage.start + found.start
    return Mention(
        mention_id=f"{passage.doc_id}-m{start}",
        doc_id=passage.doc_id,
        passage_id=passage.passage_id,
        start=start,
        end=passage.start + found.end,
        text=text[found.start : found.end],
        label=cast(Label, found.label) if isinstance(found, Named) else "COUNTRY",
        form=found.form if isinstance(found, Country) else None,
        country=found.country if isinstance(found, Country) else None,
        score=found.score,
    )
