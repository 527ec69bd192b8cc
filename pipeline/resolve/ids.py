"""Ids that entities keep: from the run before where there was one, from the name where not."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, count

from pipeline.records import EntityMention
from pipeline.resolve.found import Found, stable_key
from pipeline.stage import digest

_PREFIX = {"PERSON": "per", "ORG": "org"}


def give_ids(entities: list[Found], previous: list[EntityMention]) -> Iterator[tuple[Found, str]]:
    """Give every entity its id; yields (entity, id given up) where two old ones have become one.

    An old id goes to the entity that has most of its mentions; an entity that could have
    several takes the one of which it has most. New ids come from label and name, and from
    the first mention too where another entity has the same.
    """
    old = {row.mention_id: row.found_id for row in previous}
    votes: list[tuple[int, str, int]] = []
    claims: list[list[str]] = []
    for n, entity in enumerate(entities):
        had = Counter(old[mention] for mention, _, _ in entity.mentions if mention in old)
        votes += [(-times, entity_id, n) for entity_id, times in had.items()]
        claims.append(sorted(had))
    owner: dict[str, int] = {}
    kept: dict[int, str] = {}
    for _, entity_id, n in sorted(votes):
        if entity_id not in owner and n not in kept:
            owner[entity_id], kept[n] = n, entity_id
    taken = set(owner)
    for n, entity in sorted(enumerate(entities), key=lambda item: item[1].mentions[0][0]):
        if n in kept:
            entity.entity_id = kept[n]
            continue
        key = f"{entity.label} {stable_key(entity.label, entity.forms())}"
        first = entity.mentions[0][0]  # may be in the id of another entity that had it once
        texts = chain((key, f"{key} {first}"), (f"{key} {first} {n}" for n in count(2)))
        ids = (f"{_PREFIX[entity.label]}-{digest(text)}" for text in texts)
        entity.entity_id = next(entity_id for entity_id in ids if entity_id not in taken)
        taken.add(entity.entity_id)
    given_up: set[str] = set()
    for n, entity in enumerate(entities):
        for entity_id in claims[n]:
            if entity_id not in owner and entity_id not in given_up and entity.entity_id != entity_id:
                given_up.add(entity_id)
                yield entity, entity_id
