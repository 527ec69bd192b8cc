"""Resolve: the chains of all documents become the entities of the corpus."""

from collections import Counter
from collections.abc import Iterator

from pipeline.config import ResolveSettings
from pipeline.nlp.bodies import read_body
from pipeline.nlp.forms import fold
from pipeline.nlp.known import known_as
from pipeline.nlp.people import read_person
from pipeline.records import Chain, ChainMention, Doubt, Entity, EntityMention, Merge, Override, Step
from pipeline.resolve.bodies import Bodies
from pipeline.resolve.countries import Countries
from pipeline.resolve.evidence import Evidence
from pipeline.resolve.forest import Company, Forest
from pipeline.resolve.found import Found, choose_name
from pipeline.resolve.ids import give_ids
from pipeline.resolve.memory import Memory
from pipeline.resolve.merges import doubts_between, merges_of
from pipeline.resolve.overrides import Overrides, read_overrides
from pipeline.resolve.people import People
from pipeline.stage import digest

__all__ = ["fold", "resolve", "version"]


def version(settings: ResolveSettings) -> str:
    """What identifies the overrides: a digest of their file."""
    try:
        return digest(settings.overrides.read_bytes())
    except OSError:
        return ""


def resolve(
    chains: list[Chain],
    chain_mentions: list[ChainMention],
    previous: list[EntityMention],
    memory: list[Step],
    settings: ResolveSettings,
) -> Iterator[Entity | EntityMention | Merge | Doubt | Override | Step]:
    """One entity for every person and organisation of the corpus, and why each was joined.

    The same documents give the same entities, whatever their order; ``previous`` holds the
    entities of the run before, whose ids are kept, ``memory`` its steps, by which what added
    documents do not touch is not decided again. The overrides come last and win.
    """
    chains = sorted(chains, key=lambda chain: (chain.doc_id, chain.chain_id))
    forest = Forest(chains)
    remembered = Memory(forest, memory)
    keys = [(chain.doc_id, key) for chain in chains if (key := _company_key(chain))]
    evidence = Evidence(forest, Company(keys))
    Bodies(evidence).join()
    People(evidence, remembered, Company(pair for pair in keys if pair[0] in remembered.documents)).join()
    groups = forest.groups()
    members: dict[str, list[tuple[str, str, str]]] = {chain.chain_id: [] for chain in chains}
    for row in chain_mentions:
        members[row.chain_id].append((row.mention_id, row.doc_id, row.text))
    countries = Countries(forest, evidence.country)
    entities = []
    owner: dict[int, Found] = {}
    for group in groups:
        mentions = sorted(mention for i in group for mention in members[chains[i].chain_id])
        entity = Found(chains[group[0]].label, mentions, *countries.of(group))
        entities.append(entity)
        owner.update(dict.fromkeys(group, entity))
    given_up = list(give_ids(entities, previous))
    found_ids = {mention: entity.entity_id for entity in entities for mention, _, _ in entity.mentions}
    overrides = Overrides(entities)
    reported = [overrides.apply(line) for line in read_overrides(settings.overrides)]
    for entity in sorted(overrides.entities(), key=lambda entity: entity.entity_id):
        yield _entity(entity)
        for mention, _, _ in entity.mentions:
            yield EntityMention(mention, entity.entity_id, found_ids[mention])
    final = overrides.final_ids()
    yield from merges_of(forest, chain_mentions, {c.chain_id: owner[i] for i, c in enumerate(chains)}, final)
    for entity, old in given_up:
        if entity.entity_id in final:
            yield Merge(final[entity.entity_id], old, entity.entity_id, "id", 1.0, 1, None, None)
    yield from overrides.merges()
    yield from doubts_between(forest, owner, final)
    yield from reported
    yield from remembered.rows()


def _company_key(chain: Chain) -> str | None:
    """The key by which a name counts as company of others; None for what is too common."""
    for form in chain.forms:
        if chain.label == "PERSON":
            person = read_person(form)
            if person.is_full:
                return person.key
        else:
            body = read_body(form)
            if not (body.is_generic or body.is_head or known_as(body.key)):
                return body.key
    return None


def _entity(entity: Found) -> Entity:
    forms: Counter[str] = entity.forms()
    name = entity.name or choose_name(entity.label, forms)
    aliases = sorted((form for form in forms if form != name), key=lambda form: (-forms[form], form))
    return Entity(
        entity_id=entity.entity_id,
        label=entity.label,
        name=name,
        aliases=tuple(aliases),
        country=entity.country,
        country_source=entity.country_source,
        n_mentions=len(entity.mentions),
        n_documents=len({doc_id for _, doc_id, _ in entity.mentions}),
    )
