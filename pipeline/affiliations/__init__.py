"""Affiliations: who holds which role in which organisation, where the text says so."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.nlp.affiliations import find_affiliations
from pipeline.nlp.recogniser import Named
from pipeline.records import Affiliation, Document, Mention, Passage


def affiliations(
    documents: list[Document], passages: list[Passage], mentions: list[Mention]
) -> Iterator[Affiliation]:
    """Every person with the role and the organisation that the passage gives them."""
    texts = {document.doc_id: document.text for document in documents}
    by_passage: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label != "COUNTRY":
            by_passage[mention.passage_id].append(mention)
    counts: dict[str, int] = defaultdict(int)
    for passage in passages:
        named = {
            Named(m.start - passage.start, m.end - passage.start, m.label, m.score): m
            for m in sorted(by_passage[passage.passage_id], key=lambda m: m.start)
        }
        text = texts[passage.doc_id][passage.start : passage.end]
        for stated in find_affiliations(text, list(named)) if named else ():
            person = named[stated.person]
            organisation = named[stated.organisation] if stated.organisation else None
            number = counts[passage.doc_id]
            counts[passage.doc_id] += 1
            yield Affiliation(
                affiliation_id=f"{passage.doc_id}-a{number}",
                doc_id=passage.doc_id,
                passage_id=passage.passage_id,
                person=person.text,
                role=stated.role,
                organisation=organisation.text if organisation else None,
                person_mention_id=person.mention_id,
                organisation_mention_id=organisation.mention_id if organisation else None,
                start=passage.start + stated.start,
                end=passage.start + stated.end,
                score=stated.score,
            )
