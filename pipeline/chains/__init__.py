"""Chains: the mentions of one person or organisation within a document."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.chains.bodies import join_bodies
from pipeline.chains.countries import countries_beside
from pipeline.chains.joiner import Joiner
from pipeline.chains.people import join_people
from pipeline.records import Affiliation, Chain, ChainMention, Document, Mention


def chains(
    documents: list[Document], mentions: list[Mention], affiliations: list[Affiliation]
) -> Iterator[Chain | ChainMention]:
    """The people and organisations of every document, each with its mentions.

    Every mention of a person or organisation is in exactly one chain. What one document
    says about its names is settled here, part by part; ``resolve`` only joins chains.
    """
    texts = {document.doc_id: document.text for document in documents}
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_document[mention.doc_id].append(mention)
    stated: dict[str, list[Affiliation]] = defaultdict(list)
    for affiliation in affiliations:
        stated[affiliation.doc_id].append(affiliation)
    for doc_id in sorted(by_document):
        own = sorted(by_document[doc_id], key=lambda mention: mention.start)
        yield from _document(doc_id, texts[doc_id], own, stated[doc_id])


def _document(
    doc_id: str, text: str, mentions: list[Mention], stated: list[Affiliation]
) -> Iterator[Chain | ChainMention]:
    people = [mention for mention in mentions if mention.label == "PERSON"]
    bodies = [mention for mention in mentions if mention.label == "ORG"]
    countries = [mention for mention in mentions if mention.label == "COUNTRY"]
    beside = countries_beside(text, sorted([*people, *bodies], key=lambda m: m.start), countries)
    codes = {mention_id: code for mention_id, (code, sure) in beside.items() if sure == 1}
    near: dict[str, set[str]] = defaultdict(set)
    for country in countries:
        if country.country:
            near[country.passage_id].add(country.country)
    found: list[tuple[list[Mention], list[int], Joiner]] = []
    owner: dict[str, str] = {}
    of_bodies = join_bodies(text, bodies, codes)
    root = {body.mention_id: str(of_bodies.root(i)) for i, body in enumerate(bodies)}
    stands_with = {
        row.person_mention_id: root[row.organisation_mention_id]
        for row in stated
        if row.organisation_mention_id in root
    }
    for own, joiner in ((people, join_people(text, people, stands_with)), (bodies, of_bodies)):
        for members in joiner.chains():
            found.append((own, members, joiner))
            chain_id = f"{doc_id}-c{own[members[0]].start}"
            owner.update((own[i].mention_id, chain_id) for i in members)
    belongs: dict[str, set[str]] = defaultdict(set)
    for affiliation in stated:
        person = owner.get(affiliation.person_mention_id)
        body = owner.get(affiliation.organisation_mention_id or "")
        if person and body:
            belongs[person].add(body)
            belongs[body].add(person)
    for own, members, joiner in found:
        chain_id = owner[own[members[0]].mention_id]
        forms = Counter(" ".join(own[i].text.split()) for i in members)
        told: Counter[str] = Counter()
        for i in members:
            if own[i].mention_id in beside:
                code, sure = beside[own[i].mention_id]
                told[code] += 1 if sure < 1 else 2
        yield Chain(
            chain_id=chain_id,
            doc_id=doc_id,
            label=own[members[0]].label,
            forms=tuple(sorted(forms, key=lambda form: (-forms[form], form))),
            country=_clear(told),
            around=tuple(sorted(set().union(*(near[own[i].passage_id] for i in members)))),
            affiliated=tuple(sorted(belongs[chain_id])),
        )
        for i in members:
            why = joiner.why.get(i)
            yield ChainMention(
                mention_id=own[i].mention_id,
                chain_id=chain_id,
                doc_id=doc_id,
                text=own[i].text,
                other=why.other if why else None,
                reason=why.reason if why else "first",
                score=why.score if why else 1.0,
            )


def _clear(codes: Counter[str]) -> str | None:
    """The code with most weight; None where two have the same."""
    ranked = codes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
