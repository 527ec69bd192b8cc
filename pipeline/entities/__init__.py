"""Entities: people, organisations and countries in every passage, and the passage's vector."""

from collections.abc import Iterator

from pipeline.config import EntitiesSettings
from pipeline.nlp.countries import Country, find_countries
from pipeline.nlp.names import decide
from pipeline.nlp.recogniser import load_recogniser, recogniser_version
from pipeline.records import Document, Mention, Passage, Vector


def version(settings: EntitiesSettings) -> str:
    """A text that changes when the recogniser does."""
    return recogniser_version(settings.recogniser)


def entities(
    documents: list[Document], passages: list[Passage], *, settings: EntitiesSettings
) -> Iterator[Mention | Vector]:
    """The mentions of every passage, and its vector.

    A document in a language that the recogniser does not know gets vectors and no mentions.
    """
    recogniser = load_recogniser(settings.recogniser)
    texts = {document.doc_id: document.text for document in documents}
    known = {
        document.doc_id
        for document in documents
        if document.language is None or document.language in settings.languages
    }
    pieces = [texts[passage.doc_id][passage.start : passage.end] for passage in passages]
    for passage, text, reading in zip(passages, pieces, recogniser.read(pieces), strict=True):
        yield Vector(passage.passage_id, passage.doc_id, reading.vector)
        if passage.doc_id in known:
            for found in decide(text, reading.names, find_countries(text)):
                country = isinstance(found, Country)
                start = passage.start + found.start
                yield Mention(
                    mention_id=f"{passage.doc_id}-m{start}",
                    doc_id=passage.doc_id,
                    passage_id=passage.passage_id,
                    start=start,
                    end=passage.start + found.end,
                    text=text[found.start : found.end],
                    label="COUNTRY" if country else found.label,  # type: ignore[union-attr, arg-type]
                    form=found.form if isinstance(found, Country) else None,
                    country=found.country if isinstance(found, Country) else None,
                    score=found.score,
                )
