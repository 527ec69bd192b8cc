"""Chains: the mentions of one person or organisation within a document."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.chains.bodies import join_bodies
from pipeline.chains.countries import SURE, TOWN, countries_beside
from pipeline.chains.facts import facts_of, stated_beside, stated_in_rows
from pipeline.chains.joiner import Joiner
from pipeline.chains.people import People
from pipeline.nlp.bodies import read_body
from pipeline.nlp.kinds import HEADS
from pipeline.nlp.places import country_in
from pipeline.records import Affiliation, Chain, ChainMention, Document, Mention

_AT = regex.compile(r"\s+at\s+(?:the\s+)?")


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
    everyone = sorted([*people, *bodies], key=lambda m: m.start)
    beside = countries_beside(text, everyone, countries)
    codes = {mention_id: code for mention_id, (code, _) in beside.items()}
    near: dict[str, set[str]] = defaultdict(set)
    for country in countries:
        if country.country:
            near[country.passage_id].add(country.country)
    rows = [*stated_in_rows(text, everyone), *stated_beside(text, everyone)]
    pairs = [(row.person_mention_id, row.organisation_mention_id or "") for row in stated] + rows
    inside = {a.mention_id: b.mention_id for a, b in pairwise(bodies) if _AT.fullmatch(text[a.end : b.start])}
    pairs += [(person, inside[body]) for person, body in pairs if body in inside]
    names = {body.mention_id: read_body(body.text) for body in bodies}
    for person_id, body_id in pairs:  # "Kovačić I. (Ministry of Economy, HR)", and the other way round
        if person_id in codes and body_id in names and names[body_id].is_generic and body_id not in beside:
            beside[body_id] = (codes[person_id], TOWN)
            codes[body_id] = codes[person_id]
    found: list[tuple[list[Mention], list[int], Joiner]] = []
    owner: dict[str, str] = {}
    of_bodies = join_bodies(text, bodies, codes)
    root = {body.mention_id: str(of_bodies.root(i)) for i, body in enumerate(bodies)}
    told_of: dict[str, set[str]] = {mention_id: {code} for mention_id, code in codes.items()}
    for body in bodies:
        code = codes.get(body.mention_id) or country_in(body.text)[0]
        if code:
            told_of.setdefault(root[body.mention_id], set()).add(code)
    belonging: dict[str, set[str]] = defaultdict(set)
    for person_id, body_id in pairs:
        if body_id in root:
            belonging[person_id].add(root[body_id])
    heads: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        for word in HEADS.intersection(names[body.mention_id].words):
            heads[word].add(root[body.mention_id])
    facts = facts_of(text, people, belonging, heads, told_of)
    for own, joiner in ((people, People(text, people, facts).join()), (bodies, of_bodies)):
        for members in joiner.chains():
            found.append((own, members, joiner))
            chain_id = f"{doc_id}-c{own[members[0]].start}"
            owner.update((own[i].mention_id, chain_id) for i in members)
    belongs: dict[str, set[str]] = defaultdict(set)
    for person_id, body_id in pairs:
        if person_id in owner and body_id in owner:
            belongs[owner[person_id]].add(owner[body_id])
            belongs[owner[body_id]].add(owner[person_id])
    for own, members, joiner in found:
        chain_id = owner[own[members[0]].mention_id]
        forms = Counter(" ".join(own[i].text.split()) for i in members)
        told: Counter[str] = Counter()
        for i in members:
            if own[i].mention_id in beside:
                code, sure = beside[own[i].mention_id]
                told[code] += 1 if sure < SURE else 2
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
