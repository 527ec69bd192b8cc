"""People across documents: equal full names unless something parts them, initials and parts of names."""

from collections import Counter, defaultdict

from pipeline.nlp.people import PersonName, match_people, read_person, short_form
from pipeline.resolve.evidence import Evidence
from pipeline.resolve.facts import MOST, Agreement, PeopleFacts, compare, related
from pipeline.resolve.forest import THRESHOLD, most_votes

CROWD = 100  # full names that initials or a surname could stand for; among more nobody can tell
NAMESAKES = 40  # groups of one name compared each with each; more are taken by country alone
WEIGHT = 0.12  # what a piece of evidence adds to the score of a name that could be several people's
SINGLE = {"surname": 0.5, "given name": 0.4, "short name": 0.4}  # of names that say little alone


class People:
    """The people of a corpus as they are joined; organisations come before."""

    def __init__(self, evidence: Evidence) -> None:
        self.forest = evidence.forest
        self.company = evidence.company
        self.facts = PeopleFacts(evidence)
        self.chains = self.facts.chains
        self.names = {
            i: [(form, read_person(form)) for form in self.forest.chains[i].forms] for i in self.chains
        }

    def join(self) -> None:
        """Join what is one person, the surest reasons first."""
        blocks: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            for form, name in self.names[i]:
                if name.is_full:
                    blocks[name.key].setdefault(i, form)
        for _, block in sorted(blocks.items()):
            if len(block) > 1:
                self._join_block(block)
        self._join_partial(blocks)

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
        partial: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            if not any(name.is_full for _, name in self.names[i]):
                form, name = max(self.names[i], key=lambda pair: (len(pair[1].words), pair[0]))
                partial[name.key].setdefault(i, form)
        for key, name in sorted(full.items(), key=lambda item: (len(item[1].words), item[0])):
            if found := self._candidates(name, by_word, full):
                for i in sorted({self.forest.root(i): i for i in sorted(blocks[key], reverse=True)}.values()):
                    self._choose(i, blocks[key][i], found, blocks, {key})
        for key, block in sorted(partial.items()):
            name = read_person(block[min(block)])
            found = self._candidates(name, by_word, full)
            rest = []
            for i, form in sorted(block.items()):
                if not found or not self._choose(i, form, found, blocks, {key}):
                    rest.append(i)
            self._join_rest(rest, block, key, 0.8 if name.has_initials else 0.75)

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
        long = [word for word in name.words if len(word) > 1]
        near = {key for word in long[-1:] + long[:1] for key in by_word.get(word, ())}
        if name.is_single and len(near) > CROWD:
            return {}
        found = {}
        for key in near:
            if key == name.key:
                continue
            other = full[key]
            if name.is_single:
                if set(name.words) <= set(other.words[1:]):
                    found[key] = ("surname", SINGLE["surname"])
                elif name.words == other.words[: len(name.words)]:
                    found[key] = ("given name", SINGLE["given name"])
            elif len(other.words) >= len(name.words) and (match := match_people(name, other)):
                found[key] = (match[0], match[1] - 0.1)
            elif short_form(name, other):
                found[key] = ("short name", SINGLE["short name"])
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
        by_root: dict[int, tuple[list[int], str]] = {}
        for key in sorted(found):
            for j in blocks[key]:
                by_root.setdefault(self.forest.root(j), ([], key))[0].append(j)
        by_root.pop(self.forest.root(i), None)
        votes: Counter[int] = Counter()
        scores = {}
        ours, own = self.facts.of([i]), own | set(found)
        for root, (_, key) in by_root.items():
            theirs = self.facts.of(self.forest.members(root))
            reason, score = found[key]
            single = reason in SINGLE
            if single and len(by_root) > 1 and not related(ours, theirs):
                continue
            agreed = compare(ours, theirs, own)
            if agreed.other_country and not agreed.bodies:
                continue
            if reason == "short name" and not (agreed.bodies or len(read_person(form).surname) > 1):
                continue
            if reason == "given name" and self._has_initials_beside(i, root):
                score += 0.3
            if reason == "given name" and score + WEIGHT * agreed.weight + 0.1 < THRESHOLD:
                continue
            if not self.forest.may(i, root):
                continue
            votes[root] = 1 + 2 * agreed.weight - agreed.other_body
            if single and len(by_root) == 1:
                score += 0.1  # nobody else in the corpus has it
            contra = 0.15 if agreed.other_body else 0.0
            if contra and reason != "initials" and not agreed.present:
                contra = 0.5  # people of one project have all its company in common
            scores[root] = (min(0.95, score + WEIGHT * agreed.weight - contra), reason)
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
        return self.forest.join(i, members[0], (form, blocks[key][members[0]]), reason, score)


def _score(found: Agreement) -> tuple[float, str]:
    """How likely two groups of one full name are one person, and why."""
    if found.bodies:
        return 1.0, "same, and organisation"
    if found.other_country:
        return 0.3, "same name, other country"
    if found.present:
        return 0.95, "same, and organisation"
    if found.company:
        return 0.9, "same, and shared company"
    if found.other_body and found.other_places:
        return 0.5, "same name, other organisation"
    return (0.8 if found.other_body else 0.9), "same"
