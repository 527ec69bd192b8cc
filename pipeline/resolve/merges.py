"""Why entities are what they are, as rows: every merge counted once a pair of forms, every doubt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.records import ChainMention, Doubt, Merge
from pipeline.resolve.forest import Forest
from pipeline.resolve.found import Found, choose_name


def merges_of(
    forest: Forest, rows: Iterable[ChainMention], owner: dict[str, Found], final: dict[str, str]
) -> Iterator[Merge]:
    """The merges inside documents and across them; ``final`` maps ids to those after overrides."""
    found: dict[tuple[str, str, str, str], Merge] = {}

    def count(entity: Found, form: str, other: str, why: tuple[str, float], *mentions: str | None) -> None:
        reason, score = why
        key = (entity.entity_id, form, other, reason)
        row = found.get(key)
        if row is None:
            found[key] = Merge(*key, score, 1, mentions[0], mentions[1])
            return
        first = min((row.mention_id or "", row.other_mention_id), mentions, key=_order)
        found[key] = Merge(*key, min(score, row.score), row.n_times + 1, first[0], first[1])

    leads: dict[str, str] = {}
    for row in rows:
        if row.other is None:
            leads[row.chain_id] = row.mention_id
        else:
            why = (row.reason, row.score)
            count(owner[row.chain_id], row.text, row.other, why, row.mention_id, None)
    for join in (join for join in forest.joins if join.joined):
        one, two = forest.chains[join.chain].chain_id, forest.chains[join.onto].chain_id
        count(owner[one], join.form, join.other, (join.reason, join.score), leads[one], leads[two])
    for key, merge in sorted(found.items()):
        if key[0] in final:
            new = final[key[0]]
            yield merge if new == key[0] else replace(merge, entity_id=new)


def _order(pair: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(mention or "" for mention in pair)


def doubts_between(forest: Forest, owner: dict[int, Found], final: dict[str, str]) -> Iterator[Doubt]:
    """Pairs of entities that were nearly joined, the likeliest first, each once."""
    best: dict[tuple[str, str], tuple[float, str, Found, Found]] = {}
    called: dict[str, str] = {}
    for doubt in (join for join in forest.joins if not join.joined):
        one, two = owner[doubt.chain], owner[doubt.onto]
        if one is two or one.entity_id not in final or two.entity_id not in final:
            continue
        if final[one.entity_id] == final[two.entity_id]:
            continue
        if one.entity_id > two.entity_id:
            one, two = two, one
        key = (one.entity_id, two.entity_id)
        if key not in best or (doubt.score, doubt.reason) > best[key][:2]:
            best[key] = (doubt.score, doubt.reason, one, two)
    for score, reason, one, two in sorted(
        best.values(), key=lambda row: (-row[0], row[2].entity_id, row[3].entity_id)
    ):
        for entity in (one, two):
            if entity.entity_id not in called:
                called[entity.entity_id] = entity.name or choose_name(entity.label, entity.forms())
        names = called[one.entity_id], called[two.entity_id]
        yield Doubt(final[one.entity_id], final[two.entity_id], names[0], names[1], reason, round(score, 3))
