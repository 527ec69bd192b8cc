"""Organisations of one document: acronyms, short names and other spellings brought together."""

from collections import defaultdict
from dataclasses import replace

import regex

from pipeline.chains.acronyms import NEAREST, Acronyms, bracketed
from pipeline.chains.joiner import Joiner
from pipeline.chains.ties import called, tied
from pipeline.nlp.alike import expands, misspelt, shortens
from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.kinds import HEADS
from pipeline.nlp.known import kinds_of
from pipeline.nlp.places import country_in
from pipeline.records import Mention

_IS_A = regex.compile(
    r",\s+(?:the|its|an?)\s+(?:\p{Ll}+\s+){0,3}?(\p{Ll}+)(?=\s+of\b|\s+in\b|\s+for\b|[,.;)])"
)
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
        if (name.is_generic or name.acronym) and len(told[name.key]) > 1:
            code = last[name.key] = codes.get(mentions[i].mention_id, last.get(name.key, ""))
        groups[f"{name.key} {code}"].append(i)
    ties = sorted([*tied(text, mentions, names), *called(text, mentions, names)], key=lambda tie: -tie[3])
    positions = {i: codes[m.mention_id] for i, m in enumerate(mentions) if m.mention_id in codes}
    of_acronyms = Acronyms(text, mentions, names, ties, positions)
    shared = of_acronyms.shared()
    heads = []
    for members in groups.values():
        name = names[members[0]]
        if name.is_head:  # "the Ministry" is whichever was named last
            heads += members
        elif name.acronym not in shared:
            for i in members[1:]:
                joiner.join(i, members[0], "same", 1.0)
    firsts = [m[0] for m in groups.values() if not names[m[0]].is_head and names[m[0]].acronym not in shared]
    fulls = [i for i in firsts if not names[i].acronym]
    acronyms = [i for i in firsts if names[i].acronym]
    for i, j, reason, score in ties:
        unclear = names[i].is_head or names[j].is_head or {names[i].acronym, names[j].acronym} & shared
        if not unclear and not _contradicts(i, j, reason, names, fulls, joiner):
            joiner.join(i, j, reason, score)
    bracketed(names, fulls, acronyms, joiner)
    of_acronyms.explain(acronyms, fulls, joiner)
    for acronym in sorted(shared):
        of_acronyms.share(acronym, (i for i, n in enumerate(names) if not (n.acronym or n.is_head)), joiner)
    if len(firsts) <= PAIRED:
        _join_shorter(names, firsts, positions, joiner)
    _join_heads(text, mentions, names, heads, positions, joiner)
    return joiner


def _contradicts(
    i: int, j: int, reason: str, names: list[BodyName], fulls: list[int], joiner: Joiner
) -> bool:
    """Whether a bare bracket would take an acronym from the name whose initials it is."""
    acronym = names[i].acronym
    if reason != "brackets" or not acronym:
        return False
    owners = {joiner.root(full) for full in fulls if acronym in names[full].initials}
    return bool(owners - {joiner.root(j)})


def _join_shorter(names: list[BodyName], firsts: list[int], codes: dict[int, str], joiner: Joiner) -> None:
    """Join short names to the one longer name that they can stand for."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for i in firsts:
        for word in set(names[i].words):
            by_word[word].append(i)
            by_word[word[:3]].append(i)
    whole = {name.key for name in names if name.is_legal}  # "Airbus" of "Airbus SE"
    for i in sorted(firsts, key=lambda i: (-len(names[i].words), names[i].key)):
        name = replace(names[i], is_legal=names[i].key in whole)
        near = {j for word in name.words for j in (*by_word[word], *by_word[word[:3]])} - {i}
        found: dict[int, tuple[float, str, int]] = {}
        for j in sorted(near):
            if codes.get(i, codes.get(j)) != codes.get(j, codes.get(i)):
                continue  # of two countries
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


def _join_heads(
    text: str,
    mentions: list[Mention],
    names: list[BodyName],
    heads: list[int],
    codes: dict[int, str],
    joiner: Joiner,
) -> None:
    """Join "the Ministry", "the Agency" to the body of that kind that was named last."""
    waiting = set(heads)
    last: dict[int, int] = {}  # where each body was named last
    alone: dict[str, int] = {}
    kinds: dict[int, set[str]] = defaultdict(set)
    countries: dict[int, set[str]] = defaultdict(set)
    for i, name in enumerate(names):
        if i not in waiting:
            kinds[joiner.root(i)].update(kinds_of(name))
            if code := codes.get(i) or country_in(mentions[i].text)[0]:
                countries[joiner.root(i)].add(code)
            if match := _IS_A.match(text, mentions[i].end):  # "SPIRIT, the business agency of the country"
                kinds[joiner.root(i)].update({match[1]} & HEADS)
    for i, name in enumerate(names):
        if i not in waiting:
            last[joiner.root(i)] = i
            continue
        (head,) = kinds_of(name)
        owners = {root for root, heads_of in kinds.items() if head in heads_of}
        if code := codes.get(i):  # "the Czech Ministry"
            owners = {r for r in owners if not countries[r] or code in countries[r]}
            owners = {r for r in owners if code in countries[r]} or owners
        if len(owners) == 1:
            joiner.join(i, next(iter(owners)), "kind of body", 0.8)
        elif before := [last[root] for root in owners if root in last]:
            joiner.join(i, max(before), "nearest of that kind", NEAREST)
        elif (first := alone.setdefault(head, i)) != i:
            joiner.join(i, first, "same", 1.0)
