"""Resolve: mentions of the whole corpus become entities; here, names that are equal when folded."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

import regex

from pipeline.records import Entity, EntityMention, Mention
from pipeline.stage import digest

_PREFIX = {"PERSON": "per", "ORG": "org"}


def fold(name: str) -> str:
    """A name without case, accents, punctuation and repeated spaces; what equal names share."""
    # compatibility forms first: a mathematical capital only has a lower case once it is a letter
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(regex.sub(r"[^\p{L}\p{N}&+]+", " ", bare).split())


def resolve(mentions: list[Mention]) -> Iterator[Entity | EntityMention]:
    """One entity for every label and folded name of people and organisations.

    The same mentions give the same entities, whatever their order.
    """
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label in _PREFIX:
            groups[mention.label, fold(mention.text) or mention.text].append(mention)
    for (label, folded), members in sorted(groups.items()):
        entity_id = f"{_PREFIX[label]}-{digest(folded)}"
        forms = Counter(" ".join(member.text.split()) for member in members)
        name, *aliases = sorted(forms, key=lambda form: (-forms[form], form))
        yield Entity(
            entity_id=entity_id,
            label=members[0].label,
            name=name,
            aliases=tuple(aliases),
            country=None,
            n_mentions=len(members),
            n_documents=len({member.doc_id for member in members}),
        )
        for member in sorted(members, key=lambda member: member.mention_id):
            yield EntityMention(member.mention_id, entity_id)
