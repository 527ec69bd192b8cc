"""Organisations of one document: acronyms, short names and other spellings brought together."""

from collections import defaultdict

from pipeline.chains.joiner import Joiner
from pipeline.chains.ties import tied
from pipeline.nlp.alike import expands, misspelt, shortens, spells, spells_university
from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.kinds import HEADS
from pipeline.records import Mention

NEAREST = 0.6  # several bodies could be meant; the one last named is taken
PAIRED = 400  # distinct names; a longer register is only matched by key and by brackets


def join_bodies(text: str, mentions: list[Mention], codes: dict[str, str]) -> Joiner:
    """The organisations of a document; ``mentions`` are all of label ORG, in order.

    ``codes`` has the country code beside a mention: an "Innovation Fund (RS)" is not the one of ME.
    """
    names = [read_body(mention.text) for mention in mentions]
    joiner = Joiner([mention.text for mention in mentions])
    groups: dict[str, list[int]] = defaultdict(list)
    last: dict[str, str] = {}
    told: dict[str, set[str]] = defaultdict(set)
    for i, name in enumerate(names):
        told[name.key].update({codes[mentions[i].mention_id]} if mentions[i].mention_id in codes else ())
    for i, name in enumerate(names):
        code = ""
        if name.is_generic and len(told[name.key]) > 1:
            code = last[name.key] = codes.get(mentions[i].mention_id, last.get(name.key, ""))
        groups[f"{name.key} {code}"].append(i)
    ties = sorted(tied(text, mentions, names), key=lambda tie: -tie[3])
    shared = _shared_acronyms(ties, names)
    heads, two = [], []
    for members in groups.values():
        name = names[members[0]]
        if name.is_head:  # "the Ministry" is whichever was named last
            heads += members
        elif name.acronym in shared:  # an acronym of two bodies is that of whichever was named last
            two.append(members)
        else:
            for i in members[1:]:
                joiner.join(i, members[0], "same", 1.0)
    firsts = [m[0] for m in groups.values() if not names[m[0]].is_head and names[m[0]].acronym not in shared]
    fulls = [i for i in firsts if not names[i].acronym]
    acronyms = [i for i in firsts if names[i].acronym]
    for i, j, reason, score in ties:
        if not (names[i].is_head or names[j].is_head) and not _contradicts(
            i, j, reason, names, fulls, joiner
        ):
            joiner.join(i, j, reason, score)
    for i in fulls:  # "European Innovation Council (EIC)" as one mention
        for j in acronyms:
            if names[i].bracketed and read_body(names[i].bracketed).key == names[j].key:
                joiner.join(j, i, "acronym in brackets", 0.97)
    _join_acronyms(names, acronyms, fulls, joiner)
    for members in two:
        owner = None
        for i in members:
            if joiner.root(i) != i or any(i in tie[:2] for tie in ties):
                owner = joiner.root(i)
            elif owner is not None:
                joiner.join(i, owner, "acronym of the nearest", NEAREST)
    if len(firsts) <= PAIRED:
        _join_shorter(names, firsts, joiner)
    _join_heads(names, heads, joiner)
    return joiner


def _shared_acronyms(ties: list[tuple[int, int, str, float]], names: list[BodyName]) -> set[str]:
    """Acronyms that the text gives to several names of one language."""
    owners: dict[str, set[str]] = defaultdict(set)
    for i, j, _, _ in ties:
        for acronym, full in ((names[i], names[j]), (names[j], names[i])):
            if acronym.acronym and acronym.acronym in full.initials:
                owners[acronym.acronym].add(full.key)
    return {acronym for acronym, keys in owners.items() if len(keys) > 1}


def _contradicts(
    i: int, j: int, reason: str, names: list[BodyName], fulls: list[int], joiner: Joiner
) -> bool:
    """Whether a bare bracket would take an acronym from the name whose initials it is."""
    acronym = names[i].acronym
    if reason != "brackets" or not acronym:
        return False
    owners = {joiner.root(full) for full in fulls if acronym in names[full].initials}
    return bool(owners - {joiner.root(j)})


def _join_acronyms(names: list[BodyName], acronyms: list[int], fulls: list[int], joiner: Joiner) -> None:
    """Join acronyms that no bracket explains to the one name whose initials they are."""
    explained = {joiner.root(i) for i in fulls}
    by_initials: dict[str, set[int]] = defaultdict(set)
    for i in fulls:
        for initials in names[i].initials:
            by_initials[initials].add(joiner.root(i))
    for i in acronyms:
        if joiner.root(i) in explained:
            continue
        acronym = names[i].acronym
        owners = {joiner.root(owner) for owner in by_initials.get(acronym, ())}
        reason, score = "initials", 0.9
        if not owners:
            owners = {joiner.root(j) for j in fulls if spells_university(acronym, names[j])}
        if not owners and len(acronym) > 3:
            owners = {joiner.root(j) for j in fulls if spells(acronym, joiner.texts[j])}
            reason, score = "letters", 0.7
        if len(owners) == 1:
            joiner.join(i, next(iter(owners)), reason, score)
        elif owners and (before := [j for j in fulls if j < i and joiner.root(j) in owners]):
            joiner.join(i, before[-1], "acronym of the nearest", NEAREST)


def _join_shorter(names: list[BodyName], firsts: list[int], joiner: Joiner) -> None:
    """Join short names to the one longer name that they can stand for."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for i in firsts:
        for word in set(names[i].words):
            by_word[word].append(i)
            by_word[word[:3]].append(i)
    for i in sorted(firsts, key=lambda i: (-len(names[i].words), names[i].key)):
        name = names[i]
        near = {j for word in name.words for j in (*by_word[word], *by_word[word[:3]])} - {i}
        found: dict[int, tuple[float, str, int]] = {}
        for j in sorted(near):
            match = shortens(name, names[j])
            if not match and expands(name, names[j]):
                match = ("initials in part", 0.85)
            if not match and misspelt(name, names[j]) and joiner.root(i) != joiner.root(j):
                match = ("spelling", 0.8)
            if match:
                root = joiner.root(j)
                found[root] = max(found.get(root, (0.0, "", 0)), (match[1], match[0], j))
        if joiner.root(i) in found:
            continue
        if len(found) == 1:
            ((_, (score, reason, j)),) = found.items()
            joiner.join(i, j, reason, score)


def _join_heads(names: list[BodyName], heads: list[int], joiner: Joiner) -> None:
    """Join "the Ministry", "the Agency" to the body of that kind that was named last."""
    waiting = set(heads)
    last: dict[str, int] = {}
    alone: dict[str, int] = {}
    kinds: dict[int, set[str]] = defaultdict(set)
    for i, name in enumerate(names):
        if i not in waiting:
            kinds[joiner.root(i)].update(set(name.words) & HEADS)
    for i, name in enumerate(names):
        if i not in waiting:
            last.update(dict.fromkeys(kinds[joiner.root(i)], i))
            continue
        (head,) = name.words
        owners = {root for root, heads_of in kinds.items() if head in heads_of}
        if len(owners) == 1:
            joiner.join(i, next(iter(owners)), "kind of body", 0.8)
        elif head in last:
            joiner.join(i, last[head], "nearest of that kind", NEAREST)
        elif (first := alone.setdefault(head, i)) != i:
            joiner.join(i, first, "same", 1.0)
