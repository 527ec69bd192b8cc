"""People across documents: equal full names unless something parts them, initials and parts of names."""

from collections import Counter, defaultdict

from pipeline.nlp.people import PersonName, match_people, read_person
from pipeline.resolve.forest import Company, Forest, most_votes

CROWD = 100  # full names that initials or a surname could stand for; among more nobody can tell
NAMESAKES = 40  # groups of one name compared each with each; more are taken by country alone


class People:
    """The people of a corpus and what is known of each before they are joined.

    ``country`` and ``root`` of organisations come from their own stage, which goes first.
    """

    def __init__(self, forest: Forest, company: Company, country: dict[int, str | None]) -> None:
        self.forest = forest
        self.company = company
        self.chains = [i for i, chain in enumerate(forest.chains) if chain.label == "PERSON"]
        position = {chain.chain_id: i for i, chain in enumerate(forest.chains)}
        self.bodies: dict[int, set[int]] = {}
        self.countries: dict[int, set[str]] = {}
        for i in self.chains:
            chain = forest.chains[i]
            bodies = [position[other] for other in chain.affiliated if other in position]
            self.bodies[i] = {forest.root(body) for body in bodies}
            beside = {chain.country} if chain.country else set()
            self.countries[i] = beside or {code for body in bodies if (code := country[body])}
        self.names = {i: [(form, read_person(form)) for form in forest.chains[i].forms] for i in self.chains}

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
        """Join people of one full name: who share an organisation, then who do not contradict."""
        first: dict[object, int] = {}
        for i in block:
            features: list[object] = [("body", body) for body in sorted(self.bodies[i])]
            if not self.bodies[i]:
                features = [("country", *sorted(self.countries[i]))]
            for feature in features:
                if (other := first.setdefault(feature, i)) != i:
                    self._link(i, other, block, "same", 1.0)
        groups: dict[int, list[int]] = defaultdict(list)
        for i in block:
            groups[self.forest.root(i)].append(i)
        ordered = sorted(groups.values(), key=lambda members: (-len(members), members))
        own = {name.key for i in block for _, name in self.names[i]}
        for n, one in enumerate(ordered[:NAMESAKES]):
            for two in ordered[:n]:
                score, reason = self._compare(one, two, own)
                self._link(one[0], two[0], block, reason, score)
                if self.forest.root(one[0]) == self.forest.root(two[0]):
                    break

    def _facts(self, members: list[int]) -> tuple[set[int], set[str], set[str]]:
        members = members[:NAMESAKES]
        bodies = {body for i in members for body in self.bodies[i]}
        countries = {code for i in members for code in self.countries[i]}
        around = {code for i in members for code in self.forest.chains[i].around}
        return bodies, countries, around

    def _compare(self, one: list[int], two: list[int], own: set[str]) -> tuple[float, str]:
        """How likely two groups of one name are one person."""
        (bodies, countries, around), (others, theirs, near) = self._facts(one), self._facts(two)
        if bodies & others:
            return 1.0, "same, and organisation"
        if self._shared(one, two, own):
            return 0.9, "same, and shared company"
        if countries and theirs and not countries & theirs:
            return 0.3, "same name, other country"
        if bodies and others and around and near and not (around | countries) & (near | theirs):
            return 0.5, "same name, other organisation"
        return (0.8 if bodies and others else 0.9), "same"

    def _shared(self, one: list[int], two: list[int], own: set[str]) -> int:
        mine = {key for i in one[:NAMESAKES] for key in self.company.of(self.forest.chains[i])}
        theirs = {key for i in two[:NAMESAKES] for key in self.company.of(self.forest.chains[i])}
        return len((mine & theirs) - own)

    def _link(self, i: int, j: int, block: dict[int, str], reason: str, score: float) -> None:
        self.forest.join(i, j, (block[i], block[j]), reason, score)

    def _join_partial(self, blocks: dict[str, dict[int, str]]) -> None:
        """Join initials, parts of names and lone surnames to the one person they can stand for."""
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
            found = self._candidates(name, by_word, full)
            if found:
                self._choose(min(blocks[key]), blocks[key][min(blocks[key])], found, blocks, {key})
        for key, block in sorted(partial.items()):
            name = read_person(block[min(block)])
            found = self._candidates(name, by_word, full)
            rest = []
            for i, form in sorted(block.items()):
                if not found or not self._choose(i, form, found, blocks, {key}):
                    rest.append(i)
            first: dict[str, int] = {}
            for i in rest:  # two documents that name the same colleagues, or one organisation
                chain = self.forest.chains[i]
                features = sorted(self.company.of(chain) - {key})
                features += [f"body {body}" for body in sorted(self.bodies[i])]
                for feature in features:
                    if (other := first.setdefault(feature, i)) != i:
                        score = 0.8 if name.has_initials else 0.75
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
            if key == name.key or len(full[key].words) < len(name.words):
                continue
            if name.is_single:
                if set(name.words) <= set(full[key].words[1:]):
                    found[key] = ("surname", 0.5)
            elif match := match_people(name, full[key]):
                found[key] = (match[0], match[1] - 0.1)
        return found if len(found) <= CROWD else {}

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
        for root, (members, key) in by_root.items():
            bodies, countries, around = self._facts([i])
            others, theirs, near = self._facts(members)
            if countries and theirs and not countries & theirs and not bodies & others:
                continue
            if self.forest.chains[i].doc_id in {self.forest.chains[j].doc_id for j in members}:
                continue
            shared = self._shared([i], members, own | set(found))
            evidence = 3 * len(bodies & others) + min(shared, 3)
            contradicts = bool(bodies and others and not bodies & others)
            evidence += bool((countries | around) & (theirs | near)) and not contradicts
            votes[root] = 1 + evidence * 2 - (1 if contradicts else 0)
            reason, score = found[key]
            if reason == "surname" and len(by_root) == 1:
                score += 0.1  # nobody else in the corpus has it
            scores[root] = (min(0.95, score + 0.12 * evidence - (0.15 if contradicts else 0)), reason)
        best = most_votes(votes)
        if best is None:
            return False
        score, reason = scores[best]
        if len(votes) > 1 and votes[best] == 1:
            score = min(score, 0.5)
        members, key = by_root[best]
        forms = (form, blocks[key][members[0]])
        return self.forest.join(i, members[0], forms, reason, score)
