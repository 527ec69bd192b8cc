"""Organisations of one name: one for each country, and those of no known country by the evidence."""

from collections import Counter, defaultdict

import regex

from pipeline.nlp.bodies import read_body
from pipeline.nlp.kinds import BY_FIELD
from pipeline.nlp.places import is_place
from pipeline.resolve.evidence import Evidence

_SHOUTED = regex.compile(r"\b\p{Lu}{2,}\b")
STAFF, SHARED, HOME = 7, 2, 1  # votes for a country: a person in common, a rare name, the document's own


def join_block(
    evidence: Evidence, block: dict[int, str], *, sure: bool, stateless: bool = False, reason: str = "same"
) -> None:
    """Join the chains of one name, each with its form, country by country.

    ``sure``: nobody else bears the name where no country says so; otherwise a chain without
    a country needs evidence. ``stateless``: the body has no country, whatever stands beside it.
    """
    if len(block) < 2:
        return

    def link(i: int, j: int, why: str, score: float) -> None:
        evidence.forest.join(i, j, (block[i], block[j]), why, score)

    groups: dict[str, list[int]] = defaultdict(list)
    unknown: list[int] = []
    for i in block:
        # a place in the name says nothing of two that share it
        code = None if stateless else evidence.told[i] if sure else evidence.country[i]
        (groups[code] if code else unknown).append(i)
    for members in groups.values():
        for i in members[1:]:
            link(i, members[0], reason, 1.0)
    if sure and len(groups) > 1 and all(map(_is_telling, block.values())):
        for members in groups.values():  # a country beside it that is not its own
            link(members[0], next(iter(groups.values()))[0], f"{reason}, other country", 0.8)
    if not groups and (sure or len(next(iter(block.values())).split()) > 4):
        for i in unknown[1:]:
            link(i, unknown[0], reason, 1.0)
        return
    if sure and len(groups) == 1:
        ((_, members),) = groups.items()
        for i in unknown:
            link(i, members[0], reason, 0.95)
        return
    own = {read_body(evidence.forest.chains[i].forms[0]).key for i in block}
    rest = []
    for i in unknown:
        if code := _country_by_votes(evidence, i, groups, own):
            link(i, groups[code][0], f"{reason}, and shared company", 0.85)
        else:
            rest.append(i)
    first: dict[object, int] = {}
    for i in rest:
        chain, home = evidence.forest.chains[i], evidence.home(i)
        features: list[object] = [(key, home) for key in sorted(evidence.company.of(chain) - own)]
        features += [("around", code) for code in chain.around]
        if not read_body(block[i]).acronym:
            features += [("acronym", form) for form in chain.forms if len(read_body(form).acronym) > 2]
        features += sorted(evidence.people[i])
        for feature in features:
            if (other := first.setdefault(feature, i)) != i:
                link(i, other, f"{reason}, and shared company", 0.8)
    for i in rest[1:]:  # nothing ties these but the name
        link(i, rest[0], "same name of a common kind", 0.5)
    if rest and groups:
        link(rest[0], min(groups.values())[0], "same name of a common kind", 0.5)


def _is_telling(form: str) -> bool:
    """Whether no two bodies are likely to have a name: several words, none of them an acronym."""
    words = read_body(form).words
    return (
        len(words) > 1
        and BY_FIELD.isdisjoint(words)
        and not _SHOUTED.search(form)
        and any(not is_place(word) for word in words[1:])
    )


def _country_by_votes(evidence: Evidence, i: int, groups: dict[str, list[int]], own: set[str]) -> str | None:
    """The country whose body of the name a chain without one can only mean."""
    votes = Counter({code: 1 for code in evidence.forest.chains[i].around if code in groups})
    for code, members in groups.items():
        votes[code] += SHARED * min(evidence.shared(i, members, own), 3)
        votes[code] += STAFF * evidence.staff(i, members) + HOME * (evidence.home(i) == code)
    ranked = votes.most_common(2)
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
