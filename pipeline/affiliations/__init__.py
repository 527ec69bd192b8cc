"""Affiliations: who holds which role in which organisation, where the text says so."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

import regex

from pipeline.nlp.affiliations import find_affiliations, reconcile
from pipeline.nlp.recogniser import Named, moved
from pipeline.nlp.signatures import Line, find_listed, find_signatures
from pipeline.nlp.stated import Stated
from pipeline.records import Affiliation, Document, Mention, Passage, Relation

LISTED = 0.6  # score of people who stand below their organisation


def affiliations(
    documents: list[Document], passages: list[Passage], mentions: list[Mention], relations: list[Relation]
) -> Iterator[Affiliation]:
    """Every person with the role and the organisation that the text gives them.

    Most stand in one passage, where rules find them and the encoder's relations what rules
    miss; a signature has them on the lines below the name, a list below its organisation.
    """
    texts = {document.doc_id: document.text for document in documents}
    read: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        read[relation.passage_id].append(relation)
    by_passage: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label != "COUNTRY":
            by_passage[mention.passage_id].append(mention)
    for doc_id, group in groupby(passages, key=lambda passage: passage.doc_id):
        own = list(group)
        named = {m.start: m for passage in own for m in by_passage[passage.passage_id]}
        if named:
            stated = _stated(texts[doc_id], own, [_name(m) for _, m in sorted(named.items())], read)
            yield from _records(doc_id, stated, named)


def _name(mention: Mention) -> Named:
    return Named(mention.start, mention.end, mention.label, mention.score)


def _stated(
    text: str, passages: list[Passage], names: list[Named], relations: dict[str, list[Relation]]
) -> list[Stated]:
    """What a document states, by document offsets."""
    found: list[Stated] = []
    lines: list[Line] = []
    at = {name.start: name for name in names}
    starts = list(at)
    for passage in passages:
        inside = text[passage.start : passage.end]
        own = names[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        here = {moved(name, -passage.start): name for name in own}
        by_rule = []
        for stated in find_affiliations(inside, list(here)) if own else ():
            organisation = here[stated.organisation] if stated.organisation else None
            start, end = stated.start + passage.start, stated.end + passage.start
            by_rule.append(Stated(here[stated.person], organisation, stated.role, start, end, stated.score))
        read = [r for relation in relations[passage.passage_id] if (r := _read(text, at, relation))]
        found += reconcile(by_rule, read)
        for line in regex.finditer(r"[^\n]*\S[^\n]*", inside):
            start, end = passage.start + line.start(), passage.start + line.end()
            last = lines[-1].start + len(lines[-1].text) if lines else 0
            apart = text.count("\n", last, start) > 1
            lines.append(Line(start, line[0], [n for n in own if start <= n.start < end], apart))
    return sorted(_over_lines(found, lines), key=lambda stated: stated.person.start)


def _over_lines(found: list[Stated], lines: list[Line]) -> Iterator[Stated]:
    """What the passages state by themselves, and what lines say of the people around them."""
    known = {stated.person for stated in found if stated.organisation}
    below = {stated.person: stated for stated in find_signatures(lines) if stated.person not in known}
    listed = find_listed(lines, {stated.organisation for stated in below.values() if stated.organisation})
    yield from below.values()
    for stated in found:
        body = listed.pop(stated.person, None)
        if stated.person not in below:
            yield _of(stated, body) if body and not stated.organisation else stated
    for person, body in listed.items():
        if person not in below:
            yield _of(Stated(person, None, None, person.start, person.end, LISTED), body)


def _of(stated: Stated, body: Named) -> Stated:
    """A statement with the organisation that heads the list."""
    start, end = min(stated.start, body.start), max(stated.end, body.end)
    return replace(stated, organisation=body, start=start, end=end, score=min(stated.score, LISTED))


def _read(text: str, at: dict[int, Named], relation: Relation) -> Stated | None:
    """A relation as a statement about the mentions where its names stand, in whatever passage."""
    person = _named(at, "PERSON", relation.person_start)
    organisation = _named(at, "ORG", relation.organisation_start)
    role = None
    if relation.role_start is not None:
        role = " ".join(text[relation.role_start : relation.role_end].split())
    if not person or not (role or organisation):
        return None
    if not role and text.startswith(":", person.end):  # who speaks, or has to act
        return None
    places = [person.start, person.end, relation.role_start, relation.role_end]
    places += [organisation.start, organisation.end] if organisation else []
    known = [place for place in places if place is not None]
    return Stated(person, organisation, role, min(known), max(known), relation.score)


def _named(at: dict[int, Named], label: str, start: int | None) -> Named | None:
    name = None if start is None else at.get(start)
    return name if name and name.label == label else None


def _records(doc_id: str, found: Iterable[Stated], named: dict[int, Mention]) -> Iterator[Affiliation]:
    for number, stated in enumerate(found):
        person = named[stated.person.start]
        organisation = named[stated.organisation.start] if stated.organisation else None
        yield Affiliation(
            affiliation_id=f"{doc_id}-a{number}",
            doc_id=doc_id,
            passage_id=person.passage_id,
            person=person.text,
            role=stated.role,
            organisation=organisation.text if organisation else None,
            person_mention_id=person.mention_id,
            organisation_mention_id=organisation.mention_id if organisation else None,
            start=stated.start,
            end=stated.end,
            score=stated.score,
        )
