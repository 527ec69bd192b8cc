"""People of one document: full names, initials, surnames and given names brought together."""

from collections import defaultdict

from pipeline.chains.joiner import Joiner
from pipeline.nlp.people import PersonName, gender_before, match_people, may_be, read_person
from pipeline.records import Mention

NEAREST = 0.6  # several people could be meant; the one last named is taken


def join_people(text: str, mentions: list[Mention], bodies: dict[str, str]) -> Joiner:
    """The people of a document; ``mentions`` are all of label PERSON, in order.

    ``bodies`` has the organisation (its key) to which a mention is stated to belong.

    A surname goes to the one full name that has it; where several have it, to the one that
    was named last, unless a title tells them apart.
    """
    names = [read_person(mention.text) for mention in mentions]
    joiner = Joiner([mention.text for mention in mentions])
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        groups[name.key, name.is_single].append(i)
    for (_, single), members in groups.items():
        if not single:
            for i in members[1:]:
                reason, score = match_people(names[i], names[members[0]]) or ("same", 1.0)
                joiner.join(i, members[0], reason, score)
    longer = [members[0] for (_, single), members in groups.items() if not single]
    belongs: dict[int, set[str]] = defaultdict(set)
    for i, mention in enumerate(mentions):
        if mention.mention_id in bodies:
            belongs[joiner.root(i)].add(bodies[mention.mention_id])
    _join_longer(names, longer, joiner, belongs)
    genders = [gender_before(text, mention.start) for mention in mentions]
    _join_single(names, genders, joiner)
    rest: dict[str, int] = {}
    for i, name in enumerate(names):  # whom no full name explains
        if name.is_single and i not in joiner.why:
            first = rest.setdefault(name.key, i)
            if first != i:
                joiner.join(i, first, "same", 1.0)
    return joiner


def _join_longer(
    names: list[PersonName], firsts: list[int], joiner: Joiner, belongs: dict[int, set[str]]
) -> None:
    """Join forms of more than one word, each to the one longer form that it can be."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for i in firsts:
        for word in {part[:4] for part in names[i].words if len(part) > 1}:
            by_word[word].append(i)
    ordered = sorted(firsts, key=lambda i: (-sum(map(len, names[i].words)), names[i].key, i))
    rank = {i: n for n, i in enumerate(ordered)}
    for i in reversed(ordered):  # the shortest first
        near = {j for word in names[i].words if len(word) > 1 for j in by_word[word[:4]]}
        found = []
        for j in near:
            if rank[j] < rank[i] and (match := match_people(names[i], names[j])):
                ours, theirs = belongs[joiner.root(i)], belongs[joiner.root(j)]
                if not ours or not theirs or ours & theirs:
                    found.append((match[1], j, match[0]))
        if not found:
            continue
        best = max(score for score, _, _ in found)
        top = sorted((j, reason) for score, j, reason in found if score == best)
        if len({joiner.root(j) for j, _ in top}) == 1:
            joiner.join(i, top[0][0], top[0][1], best)


def _join_single(names: list[PersonName], genders: list[str | None], joiner: Joiner) -> None:
    """Join surnames and given names that stand alone to the people who have them."""
    surnames: dict[str, set[int]] = defaultdict(set)
    given: dict[str, set[int]] = defaultdict(set)
    known: dict[int, str] = {}
    for i, name in enumerate(names):
        if not name.is_single:
            root = joiner.root(i)
            given[name.words[0]].add(root)
            for word in name.words[1:]:
                surnames[word].add(root)
            if name.written == 2 and "-" in joiner.texts[i].split()[0]:
                given[name.words[1]].add(root)
            if (gender := genders[i]) in ("f", "m"):
                known.setdefault(root, gender)
    if not surnames and not given:
        return
    last: dict[int, int] = {}  # where each person was named last
    for i, name in enumerate(names):
        if not name.is_single:
            last[joiner.root(i)] = i
            continue
        by_surname = set.intersection(*(surnames.get(word, set()) for word in name.words))
        by_given = given.get(name.words[0], set())
        titled = genders[i] is not None or name.has_particle
        pool = by_surname if by_surname and (titled or not by_given) else by_surname | by_given
        if genders[i] in ("f", "m") and len(pool) > 1:
            pool = {p for p in pool if known.get(p, genders[i]) == genders[i]} or pool
            if len(pool) > 1:
                pool = {p for p in pool if may_be(names[p].words[0], genders[i] or "")} or pool
        if len(pool) == 1:
            (person,) = pool
            reason, score = ("surname", 0.9) if person in by_surname else ("given name", 0.85)
        else:
            named = sorted((position, p) for p, position in last.items() if p in pool)
            if not named:
                continue
            person, reason, score = named[-1][1], "nearest of that name", NEAREST
        joiner.join(i, person, reason, score)
        last[person] = i
