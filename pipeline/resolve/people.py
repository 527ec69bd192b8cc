"""People across documents: equal full names unless something parts them, initials and parts of names."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from pipeline.nlp.people import PersonName, match_people, read_person, short_form
from pipeline.resolve.evidence import Evidence
from pipeline.resolve.facts import MOST, Agreement, PeopleFacts, compare, related
from pipeline.resolve.forest import THRESHOLD, Company, most_votes
from pipeline.resolve.memory import Memory

CROWD = 100  # full names that initials or a surname could stand for; among more nobody can tell
NAMESAKES = 40  # groups of one name compared each with each; more are taken by country alone
WEIGHT = 0.12  # what a piece of evidence adds to the score of a name that could be several people's
SINGLE = {"surname": 0.5, "given name": 0.4, "short name": 0.4}  # of names that say little alone


class People:
    """The people of a corpus as they are joined; organisations come before."""

    def __init__(self, evidence: Evidence, memory: Memory, company: Company) -> None:
        """``company`` is that of the documents which the memory has."""
        self.memory = memory
        self.forest = evidence.forest
        self.company = evidence.company
        self.facts = PeopleFacts(evidence)
        self.chains = self.facts.chains
        self.names = {
            i: [(form, read_person(form)) for form in self.forest.chains[i].forms] for i in self.chains
        }
        # what _by_root gave last, which holds until one of the entities has another root
        self._last: tuple[dict[str, tuple[str, float]], dict[int, tuple[list[int], str]]] = {}, {}
        self.before = PeopleFacts(evidence.of(memory.bodies(), company)) if memory.documents else self.facts

    def join(self) -> None:
        """Join what is one person, the surest reasons first."""
        blocks: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            for form, name in self.names[i]:
                if name.is_full:
                    blocks[name.key].setdefault(i, form)
        if self.memory.documents:
            keys = {i: [name.key for _, name in names] for i, names in self.names.items()}
            self.memory.begin(keys, self._changed(blocks))
        for key, block in sorted(blocks.items()):
            if len(block) > 1:
                self.memory.step(
                    f"same {key}", partial(self.memory.has, key), partial(self._join_block, block)
                )
        self._join_partial(blocks)

    def _changed(self, blocks: dict[str, dict[int, str]]) -> Iterator[int]:
        """Chains that are new, have other facts, or a name that a new one is the first to have."""
        new = {i for i in self.chains if self.forest.chains[i].doc_id not in self.memory.documents}
        yield from (i for i in self.chains if i in new or self.facts.differ(self.before, i))
        for block in blocks.values():
            if (first := min(block)) in new and {read_person(form) for form in block.values()} != {
                read_person(block[first])
            }:
                yield from block  # the name is read otherwise, and may come at another place

    def _join_block(self, block: dict[int, str]) -> None:
        """Join people of one full name: who share an organisation, then each to whom the facts fit best."""
        first: dict[object, int] = {}
        for i in block:
            features: list[object] = [("body", body) for body in sorted(self.facts.bodies[i])]
            if not self.facts.bodies[i]:
                features = [("country", *sorted(self.facts.countries[i]))]
            for feature in features:
                if feature != ("country",) and (other := first.setdefault(feature, i)) != i:
                    self._link(i, other, block, "same", 1.0)
        groups: dict[int, list[int]] = defaultdict(list)
        for i in block:
            groups[self.forest.root(i)].append(i)
        own = {name.key for i in block for _, name in self.names[i]}
        facts = {root: self.facts.of(members) for root, members in groups.items()}
        ordered = sorted(  # who says nothing of himself comes last
            groups,
            key=lambda r: (not facts[r].bodies, not facts[r].countries, -len(groups[r]), groups[r]),
        )
        for n, one in enumerate(ordered[:NAMESAKES]):
            best: dict[int, tuple[float, int, str, int]] = {}
            for two in ordered[:n]:
                found = compare(facts[one], facts[two], own)
                score, reason = _score(found)
                row = (score, found.weight, reason, two)
                root = self.forest.root(two)
                best[root] = max(best.get(root, row), row)
            ranked = sorted(best.values(), key=lambda row: (-row[0], -row[1], row[3]))
            for m, (score, weight, reason, two) in enumerate(ranked[:2]):
                tied = len(ranked) > m + 1 and ranked[m + 1][:2] == (score, weight)
                ours, theirs = groups[one][0], groups[two][0]  # the root may have grown with another name
                fits = self._link(ours, theirs, block, reason, min(score, 0.6) if tied else score)
                if fits or tied:
                    break

    def _link(self, i: int, j: int, block: dict[int, str], reason: str, score: float) -> bool:
        return self.forest.join(i, j, (block[i], block[j]), reason, score)

    def _join_partial(self, blocks: dict[str, dict[int, str]]) -> None:
        """Join initials, parts of names, lone surnames and given names to whom they can stand for."""
        full: dict[str, PersonName] = {}
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, block in sorted(blocks.items()):
            full[key] = read_person(block[min(block)])
            for word in set(full[key].words):
                by_word[word].append(key)
        parts: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            if not any(name.is_full for _, name in self.names[i]):
                form, name = max(self.names[i], key=lambda pair: (len(pair[1].words), pair[0]))
                parts[name.key].setdefault(i, form)

        def join_full(key: str) -> None:
            if found := self._candidates(full[key], by_word, full):
                for i in sorted({self.forest.root(i): i for i in sorted(blocks[key], reverse=True)}.values()):
                    self._choose(i, blocks[key][i], found, blocks, {key})

        def join_part(key: str) -> None:
            block = parts[key]
            name = read_person(block[min(block)])
            found = self._candidates(name, by_word, full)
            rest = []
            for i, form in sorted(block.items()):
                if not found or not self._choose(i, form, found, blocks, {key}):
                    rest.append(i)
            self._join_rest(rest, block, key, 0.8 if name.has_initials else 0.75)

        for key, name in sorted(full.items(), key=lambda item: (len(item[1].words), item[0])):
            touched = partial(self._reads_touched, key, name, blocks)
            self.memory.step(f"full {key}", touched, partial(join_full, key))
        for key, block in sorted(parts.items()):
            touched = partial(self._reads_touched, key, read_person(block[min(block)]), blocks)
            self.memory.step(f"part {key}", touched, partial(join_part, key))

    def _reads_touched(self, key: str, name: PersonName, blocks: dict[str, dict[int, str]]) -> bool:
        """Whether a touched chain has a name or a full name that it could stand for."""
        if self.memory.has(key):
            return True
        near = self.memory.near(_ends(name)) & blocks.keys()
        forms = {form for full in near for form in blocks[full].values()}
        return (name.is_single and bool(near)) or any(_stands_for(name, read_person(form)) for form in forms)

    def _join_rest(self, rest: list[int], block: dict[int, str], key: str, score: float) -> None:
        """Join short names of two documents that name the same colleagues, or one organisation."""
        first: dict[str, int] = {}
        for i in rest:
            features = sorted(self.company.of(self.forest.chains[i]) - {key})
            features += [f"body {body}" for body in sorted(self.facts.bodies[i])]
            for feature in features:
                other = first.setdefault(feature, i)
                if not compare(self.facts.of([i]), self.facts.of([other]), {key}).other_country:
                    self._link(i, other, block, "same, and shared company", score)

    def _candidates(
        self, name: PersonName, by_word: dict[str, list[str]], full: dict[str, PersonName]
    ) -> dict[str, tuple[str, float]]:
        """Keys of full names that a form can stand for, with the reason and score."""
        near = {key for word in _ends(name) for key in by_word.get(word, ())}
        if name.is_single and len(near) > CROWD:
            return {}
        found = {key: why for key in near if (why := _stands_for(name, full[key]))}
        return found if len(found) <= CROWD else {}

    def _has_initials_beside(self, i: int, root: int) -> bool:
        """Whether a chain's own document names an entity too, by initials: "Anna" beside "A. Rossi"."""
        doc_id = self.forest.chains[i].doc_id
        return any(self.forest.chains[j].doc_id == doc_id for j in self.forest.members(root)[:MOST])

    def _often(self, i: int, members: list[int], own: set[str]) -> int:
        """With how many of some chains a chain's document has rare names in common."""
        mine = self.company.of(self.forest.chains[i]) - own
        return sum(not mine.isdisjoint(self.company.of(self.forest.chains[j])) for j in members[:MOST])

    def _choose(
        self,
        i: int,
        form: str,
        found: dict[str, tuple[str, float]],
        blocks: dict[str, dict[int, str]],
        own: set[str],
    ) -> bool:
        """Join a chain to the person whom the evidence favours; whether there is one."""
        by_root, mine = self._by_root(found, blocks), self.forest.root(i)
        alone = len(by_root) - (mine in by_root) == 1  # nobody else in the corpus could be meant
        votes: Counter[int] = Counter()
        scores = {}
        ours, own = self.facts.of([i]), own | set(found)
        for root, (_, key) in by_root.items():
            if root == mine:
                continue
            theirs = self.facts.of_root(root)
            reason, score = found[key]
            single = reason in SINGLE
            if single and not alone and not related(ours, theirs):
                continue
            agreed = compare(ours, theirs, own)
            weight = agreed.weight
            if agreed.other_country and not agreed.bodies:
                continue
            if reason == "short name" and not (agreed.bodies or len(read_person(form).surname) > 1):
                continue
            if reason == "given name" and self._has_initials_beside(i, root):
                score += 0.3
            if reason == "given name" and score + WEIGHT * weight + 0.1 < THRESHOLD:
                continue
            if not self.forest.may(i, root):
                continue
            votes[root] = 1 + 2 * weight - agreed.other_body
            if single and alone:
                score += 0.1
            contra = 0.15 if agreed.other_body else 0.0
            if contra and reason != "initials" and not agreed.present:
                contra = 0.5  # people of one project have all its company in common
            scores[root] = (min(0.95, score + WEIGHT * weight - contra), reason)
        best = most_votes(votes)
        if best is None and votes:  # who shares company in more documents
            most = max(votes.values())
            often = {root: self._often(i, by_root[root][0], own) for root in votes if votes[root] == most}
            best = most_votes(Counter(often)) if most > 1 else None
        if best is None:
            return False
        score, reason = scores[best]
        if len(votes) > 1 and votes[best] == 1:
            score = min(score, 0.5)
        members, key = by_root[best]
        joined = self.forest.join(i, members[0], (form, blocks[key][members[0]]), reason, score)
        if mine in by_root or self.forest.root(best) != best:
            self._last = {}, {}
        return joined

    def _by_root(
        self, found: dict[str, tuple[str, float]], blocks: dict[str, dict[int, str]]
    ) -> dict[int, tuple[list[int], str]]:
        """The entities that have one of some names, each with the chains that do and the first name."""
        if self._last[0] is not found:
            by_root: dict[int, tuple[list[int], str]] = {}
            for key in sorted(found):
                for j in blocks[key]:
                    by_root.setdefault(self.forest.root(j), ([], key))[0].append(j)
            self._last = found, by_root
        return self._last[1]


def _ends(name: PersonName) -> list[str]:
    """The first and the last word that are no initials, one of which a longer name has too."""
    long = [word for word in name.words if len(word) > 1]
    return long[-1:] + long[:1]


def _stands_for(name: PersonName, full: PersonName) -> tuple[str, float] | None:
    """Why a name could be a full one's, with the score that it has alone; None where it could not."""
    if name.key == full.key:
        return None
    if name.is_single:
        if set(name.words) <= set(full.words[1:]):
            return "surname", SINGLE["surname"]
        if name.words == full.words[: len(name.words)]:
            return "given name", SINGLE["given name"]
        return None
    if len(full.words) >= len(name.words) and (match := match_people(name, full)):
        return match[0], match[1] - 0.1
    return ("short name", SINGLE["short name"]) if short_form(name, full) else None


def _score(found: Agreement) -> tuple[float, str]:
    """How likely two groups of one full name are one person, and why."""
    if found.bodies:
        return 1.0, "same, and organisation"
    if found.other_country:
        tied = found.present or found.company > 1
        return (0.75, "same, and shared company") if tied else (0.3, "same name, other country")
    if found.present:
        return 0.95, "same, and organisation"
    if found.company:
        return 0.9, "same, and shared company"
    if found.other_body and found.other_places:
        return 0.5, "same name, other organisation"
    return (0.8 if found.other_body else 0.9), "same"
