"""People of one document: full names, initials, surnames and given names brought together."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import regex

from pipeline.chains.facts import Fact, Known, others
from pipeline.chains.joiner import Joiner
from pipeline.nlp.forms import fold
from pipeline.nlp.people import (
    gender_of,
    match_people,
    may_be,
    personal_initials,
    read_person,
    title_before,
)
from pipeline.records import Mention

_LISTED = regex.compile(r"\s*(?:\([^()\n]*\))?\s*(?:[,;]|,?\s(?:and|&)\s)\s*(?:\p{L}{1,5}\.?\s)?")
_GIVEN_INITIALS = regex.compile(r"\s?[(=,]\s?")
_WITHIN = regex.compile(r"[^.!?:;\n\"“”„()]{0,40}")
NEAREST = 0.6  # several people could be meant; the one last named is taken


class People:
    """The people of a document as they grow together; ``mentions`` are all of label PERSON, in order."""

    def __init__(self, text: str, mentions: list[Mention], facts: list[Fact]) -> None:
        self.names = [read_person(mention.text) for mention in mentions]
        self.titles = [title_before(text, mention.start) for mention in mentions]
        self.genders = [gender_of(title) for title in self.titles]
        self.joiner = Joiner([mention.text for mention in mentions])
        self.facts = facts
        self.text, self.starts = text, [mention.start for mention in mentions]
        self.known: dict[int, Known] = {}
        self.others = others(text, mentions, [name.key for name in self.names])
        self.initials = self._initials()

    def join(self) -> Joiner:
        """The chains.

        A surname goes to the one full name that has it; where several have it, to whom the
        organisation or country beside it, its spelling or a title points, or else to the one named last.
        """
        groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for i, name in enumerate(self.names):
            if i not in self.initials:
                groups[name.key, name.is_single].append(i)
        firsts = [
            i for (_, single), members in groups.items() if not single for i in self._namesakes(members)
        ]
        self._join_longer(firsts)
        self._join_single()
        for i, person in self.initials.items():
            self.joiner.join(i, person, "initials", 0.9)
        for (_, single), members in groups.items():
            if single:  # whom no full name explains
                self._namesakes([i for i in members if i not in self.joiner.why])
        return self.joiner

    def _initials(self) -> dict[int, int]:
        """Mentions by initials, each with who got them from the text: "Lars-Erik Wallgren (LEW)"."""
        owner: dict[str, int] = {}
        texts = self.joiner.texts
        for i, (person, text) in enumerate(pairwise(texts)):
            gap = self.text[self.starts[i] + len(person) : self.starts[i + 1]]
            given = text.isupper() and _GIVEN_INITIALS.fullmatch(gap)
            if given and fold(text).upper() in personal_initials(person):
                owner.setdefault(text, i)
        return {i: owner[text] for i, text in enumerate(texts) if text in owner}

    def _namesakes(self, members: list[int]) -> list[int]:
        """Join mentions of one name unless what stands beside them parts them; the first of each person."""
        firsts: list[int] = []
        for i in members:
            rated = [(self._agrees(i, j), self.known[j].last, j) for j in firsts]
            best = max((row for row in rated if row[0] >= 0), default=None)
            if best is None:
                firsts.append(i)
                self.known[i] = Known(i)
            else:
                reason, score = match_people(self.names[i], self.names[best[2]]) or ("same", 1.0)
                sure = len([row for row in rated if row[0] == best[0]]) == 1
                why = (reason, score) if sure else ("nearest of that name", NEAREST)
                self.joiner.join(i, best[2], *why)
            self.known[self.joiner.root(i)].add(i, self.facts[i])
        return firsts

    def _agrees(self, i: int, root: int) -> int:
        return self.known[root].agrees(i, self.facts[i], full=not self.names[i].is_single)

    def _join_longer(self, firsts: list[int]) -> None:
        """Join forms of more than one word, each to the one longer form that it can be."""
        names, joiner = self.names, self.joiner
        by_word: dict[str, list[int]] = defaultdict(list)
        for i in firsts:
            for word in {part[:4] for part in names[i].words if len(part) > 1}:
                by_word[word].append(i)
        ordered = sorted(firsts, key=lambda i: (-sum(map(len, names[i].words)), names[i].key, i))
        rank = {i: n for n, i in enumerate(ordered)}
        for i in reversed(ordered):  # the shortest first
            near = {j for word in names[i].words if len(word) > 1 for j in by_word[word[:4]]}
            found = []
            ours = self.known[joiner.root(i)]
            for j in near:
                if names[j].key == names[i].key:
                    continue  # namesakes
                if rank[j] < rank[i] and (match := match_people(names[i], names[j])):
                    theirs = self.known[joiner.root(j)]
                    agrees = theirs.agrees(i, Fact(frozenset(ours.bodies), frozenset(ours.countries)))
                    apart = ours.bodies and theirs.bodies and agrees < 3
                    if agrees >= 0 and not apart and ours is not theirs:
                        found.append((agrees, match[1], j, match[0]))
            if not found:
                continue
            best = max(row[:2] for row in found)
            top = sorted((j, reason) for *row, j, reason in found if tuple(row) == best)
            if len({joiner.root(j) for j, _ in top}) > 1 and all(reason == "surname" for _, reason in top):
                before = [(j, reason) for j, reason in top if j < i]  # "Pinto Reis", of two siblings
                top, best = (before[-1:], (best[0], NEAREST)) if before else (top, best)
            if len({joiner.root(j) for j, _ in top}) == 1:
                theirs = self.known[joiner.root(top[0][0])]
                theirs.bodies |= ours.bodies
                theirs.countries |= ours.countries
                self.joiner.join(i, top[0][0], top[0][1], best[1])

    def _join_single(self) -> None:
        """Join surnames and given names that stand alone to the people who have them."""
        surnames: dict[str, set[int]] = defaultdict(set)
        given: dict[str, set[int]] = defaultdict(set)
        halves: dict[str, set[int]] = defaultdict(set)  # of double surnames, which hardly ever stand alone
        forms: dict[int, set[str]] = defaultdict(set)  # as they are written, to tell ć from č
        known: dict[int, str] = {}
        titles: dict[int, set[str]] = defaultdict(set)
        for i, name in enumerate(self.names):
            if not name.is_single:
                root = self.joiner.root(i)
                given[name.words[0]].add(root)
                for word in name.words[1:]:
                    surnames[word].add(root)
                for word in name.surname if len(name.surname) > 1 else ():
                    halves[word].add(root)
                forms[root].update(self.joiner.texts[i].casefold().replace(",", " ").split())
                if name.written == 2 and "-" in self.joiner.texts[i].split()[0]:
                    given[name.words[1]].add(root)
                titles[root].add(self.titles[i])
                if (gender := self.genders[i]) in ("f", "m"):
                    known.setdefault(root, gender)
        if not surnames and not given:
            return
        last: dict[int, int] = {}  # where each person was named last
        for i, name in enumerate(self.names):
            if i in self.initials:
                continue
            if not name.is_single:
                last[self.joiner.root(i)] = i
                continue
            by_surname = set.intersection(*(surnames.get(word, set()) for word in name.words))
            if len(name.words) == 1:
                whole = by_surname - halves.get(name.words[0], set())
                by_surname = whole or {p for p in by_surname if self.names[p].surname[0] == name.words[0]}
            by_given = given.get(name.words[0], set())
            titled = self.genders[i] is not None or name.has_particle
            pool = by_surname if by_surname and (titled or not by_given) else by_surname | by_given
            pool = {p for p in pool if self._agrees(i, p) >= 0}
            if len(pool) > 1:
                pool = pool - self._beside(i) or pool
            if i in self.others and len(pool) > 1:
                pool = pool - {self._set_against(i, pool, last)}
            pool = self._narrow(i, pool, by_surname, forms, known, titles)
            if len(pool) == 1:
                (person,) = pool
                reason, score = ("surname", 0.9) if person in by_surname else ("given name", 0.85)
            else:
                named = sorted((last[p], p) for p in pool if p in last)
                if not named:
                    continue
                person, reason, score = named[-1][1], "nearest of that name", NEAREST
            self.joiner.join(i, person, reason, score)
            self.known[person].add(i, self.facts[i])
            last[person] = i

    def _set_against(self, i: int, pool: set[int], last: dict[int, int]) -> int:
        """Whom "the other Weber" is not: who was named last on that line, or else the first."""
        near = max(pool, key=lambda p: last.get(p, -1))
        if near in last and "\n" not in self.text[self.starts[last[near]] : self.starts[i]]:
            return near
        return min(pool)

    def _beside(self, i: int) -> set[int]:
        """The person named right after a mention: "Weber and Carole Weber", "Weber is his wife" are two."""
        if i + 1 == len(self.names):
            return set()
        gap = self.text[self.starts[i] + len(self.joiner.texts[i]) : self.starts[i + 1]]
        return {self.joiner.root(i + 1)} if _LISTED.fullmatch(gap) or _WITHIN.fullmatch(gap) else set()

    def _narrow(
        self,
        i: int,
        pool: set[int],
        by_surname: set[int],
        forms: dict[int, set[str]],
        known: dict[int, str],
        titles: dict[int, set[str]],
    ) -> set[int]:
        """Those of several people whom the title, the spelling and the facts beside a mention fit best."""
        gender, name = self.genders[i], self.names[i]
        text = self.joiner.texts[i].casefold()

        def best(fits: Iterable[tuple[int, int]]) -> set[int]:
            rated = list(fits)
            most = max((n for n, _ in rated), default=0)
            return {p for n, p in rated if n == most}

        if gender in ("f", "m") and len(pool) > 1:
            pool = best((known.get(p, gender) == gender, p) for p in pool)
            given = {p: [w for w in self.names[p].words if w not in name.words] for p in pool}
            pool = best((any(may_be(word, gender) for word in given[p][:1]), p) for p in pool)
        if len(pool) > 1:
            pool = best((self._agrees(i, p), p) for p in pool)
        if len(pool) > 1 and gender == "-":  # "Prof. Weber"
            pool = best((self.titles[i] in titles[p], p) for p in pool)
        if len(pool) > 1 and pool & by_surname:  # "Weber" is rather Charles Weber than Carole Weber-Thill
            pool = best((self.names[p].surname == name.words, p) for p in pool)
            pool = best((text in forms[p], p) for p in pool)
        return pool
