"""Organisations across documents: equal names, acronyms, short names and translations."""

from collections import Counter, defaultdict

from pipeline.nlp.alike import expands, misspelt, shortens
from pipeline.nlp.bodies import BodyName, read_body, without_state
from pipeline.nlp.kinds import looks_english
from pipeline.nlp.known import known_as
from pipeline.nlp.places import country_in
from pipeline.records import Chain
from pipeline.resolve.forest import Company, Forest, most_votes

COMMON = 200  # names that share a word; more of them are not compared
LONG_ACRONYM = 4  # letters from which two bodies of one acronym are unlikely


class Bodies:
    """The organisations of a corpus and what is known of each before they are joined."""

    def __init__(self, forest: Forest, company: Company) -> None:
        self.forest = forest
        self.company = company
        self.chains = [i for i, chain in enumerate(forest.chains) if chain.label == "ORG"]
        self.country = {i: own_country(forest.chains[i]) for i in self.chains}

    def join(self) -> None:
        """Join what is one organisation, the surest reasons first."""
        self._join_equal()
        self._join_acronyms()
        self._join_translations()
        self._join_variants()

    def _names(self, i: int) -> list[tuple[str, BodyName]]:
        return [(form, read_body(form)) for form in self.forest.chains[i].forms]

    def _countries(self, members: list[int]) -> set[str]:
        return {code for i in members if (code := self.country[i])}

    def _join_equal(self) -> None:
        blocks: dict[str, dict[int, str]] = defaultdict(dict)
        loose: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            names = self._names(i)
            alone = all(name.acronym or name.is_head for _, name in names)
            for form, name in names:
                if (known := known_as(name.key)) and (alone or not (name.acronym or name.is_head)):
                    blocks[known].setdefault(i, form)
                elif name.acronym or name.is_head:
                    continue
                elif name.is_generic:
                    loose[name.key].setdefault(i, form)
                else:
                    blocks[name.key].setdefault(i, form)
                    if self.country[i] and read_body(without_state(name)).is_generic and not name.is_head:
                        stripped = without_state(name)
                        if len(stripped.split()) > 1:
                            loose[stripped].setdefault(i, form)
        for key, block in sorted(blocks.items()):
            self._join_block(block, sure=True, stateless="european" in key)
        for _, block in sorted(loose.items()):
            self._join_block(block, sure=False)

    def _join_block(self, block: dict[int, str], *, sure: bool, stateless: bool = False) -> None:
        """Join chains of one key, country by country; a chain without one needs evidence where it matters."""
        if len(block) < 2:
            return
        groups: dict[str, list[int]] = defaultdict(list)
        unknown: list[int] = []
        for i in block:
            code = None if stateless else self.country[i]
            (groups[code] if code else unknown).append(i)
        for members in groups.values():
            for i in members[1:]:
                self._link(i, members[0], block, "same", 1.0)
        if not groups and (sure or len(next(iter(block.values())).split()) > 4):
            for i in unknown[1:]:
                self._link(i, unknown[0], block, "same", 1.0)
            return
        if sure and len(groups) == 1:
            ((_, members),) = groups.items()
            for i in unknown:
                self._link(i, members[0], block, "same", 0.95)
            return
        own = {self.company_key(i) for i in block}
        first: dict[str, int] = {}
        rests = []
        for i in unknown:
            chain = self.forest.chains[i]
            votes: Counter[str] = Counter(code for code in chain.around if code in groups)
            for code, members in groups.items():
                shared = self._shared(i, members, own)
                votes[code] += 2 * min(shared, 3)
            ranked = [(n, code) for code, n in votes.items() if n]
            best = max(ranked, default=(0, ""))
            if best[0] and sum(n == best[0] for n, _ in ranked) == 1:
                self._link(i, groups[best[1]][0], block, "same, and shared company", 0.85)
            else:
                rests.append(i)
                for feature in sorted(self.company.of(chain) - own) + [f"around {c}" for c in chain.around]:
                    if (other := first.setdefault(feature, i)) != i:
                        self._link(i, other, block, "same, and shared company", 0.8)
        for i in rests[1:]:  # nothing ties these but the name
            self._link(i, rests[0], block, "same name of a common kind", 0.5)
        if rests and groups:
            self._link(rests[0], min(groups.values())[0], block, "same name of a common kind", 0.5)

    def company_key(self, i: int) -> str:
        """The key by which an organisation counts as company of others."""
        return read_body(self.forest.chains[i].forms[0]).key

    def _shared(self, i: int, members: list[int], own: set[str]) -> int:
        mine = self.company.of(self.forest.chains[i]) - own
        return max((len(mine & self.company.of(self.forest.chains[j])) for j in members[:COMMON]), default=0)

    def _link(self, i: int, j: int, block: dict[int, str], reason: str, score: float) -> None:
        self.forest.join(i, j, (block[i], block[j]), reason, score)

    def _join_acronyms(self) -> None:
        """Join chains that have only an acronym to the one body that has it beside its name."""
        bare: dict[str, dict[int, str]] = defaultdict(dict)
        owners: dict[str, dict[int, str]] = defaultdict(dict)
        for i in self.chains:
            names = self._names(i)
            for form, name in names:
                if name.acronym:
                    alone = all(other.acronym or other.is_head for _, other in names)
                    (bare if alone else owners)[name.acronym].setdefault(i, form)
        for acronym, block in sorted(bare.items()):
            by_root: dict[int, list[int]] = defaultdict(list)
            for i in owners.get(acronym, ()):
                by_root[self.forest.root(i)].append(i)
            known = {i: known_as(acronym) for i in block}
            both = {**owners.get(acronym, {}), **block}
            if not by_root:
                sure = len(acronym) >= LONG_ACRONYM or any(known.values())
                self._join_block(block, sure=sure, stateless=any(known.values()))
                continue
            own = {read_body(form).key for form in both.values()}
            for i in block:
                self._join_bare(i, by_root, both, own)

    def _join_bare(self, i: int, by_root: dict[int, list[int]], forms: dict[int, str], own: set[str]) -> None:
        votes: Counter[int] = Counter()
        around = set(self.forest.chains[i].around) | ({self.country[i]} if self.country[i] else set())
        for root, members in by_root.items():
            countries = self._countries(members)
            if self.country[i] and countries and self.country[i] not in countries:
                continue
            agrees = bool(around & countries)
            votes[root] = 1 + 2 * min(3, self._shared(i, members, own)) + agrees
            if around and countries and not agrees and votes[root] == 1:
                votes[root] = 0
        best = most_votes(votes)
        if best is None or (votes[best] == 0 and len(forms[i]) < LONG_ACRONYM):
            return
        score = 0.9 if votes[best] > 1 else 0.75
        self._link(i, by_root[best][0], forms, "acronym", score if votes[best] else 0.6)

    def _join_translations(self) -> None:
        """Join a local and an English name that share their acronym and their country or a word."""
        by_acronym: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i in self.chains:
            for _, name in self._names(i):
                if name.acronym:
                    by_acronym[name.acronym][self.forest.root(i)].append(i)
        for acronym, roots in sorted(by_acronym.items()):
            if not 1 < len(roots) <= 20:
                continue
            groups = sorted(roots.values())
            for n, one in enumerate(groups):
                for two in groups[n + 1 :]:
                    self._translate(acronym, one, two)

    def _translate(self, acronym: str, one: list[int], two: list[int]) -> None:
        full_one = [f for i in one for f, name in self._names(i) if not name.acronym and not name.is_head]
        full_two = [f for i in two for f, name in self._names(i) if not name.acronym and not name.is_head]
        english = {looks_english(form) for form in full_one}, {looks_english(form) for form in full_two}
        if (
            not full_one
            or not full_two
            or len(english[0]) != 1
            or english[0] == english[1]
            or len(english[1]) != 1
        ):
            return
        countries = self._countries(one), self._countries(two)
        if countries[0] and countries[1] and not countries[0] & countries[1]:
            return
        words = set(read_body(full_one[0]).words), set(read_body(full_two[0]).words)
        tied = countries[0] & countries[1] or words[0] & words[1] or self._shared(one[0], two, {acronym})
        around = [{c for i in side for c in self.forest.chains[i].around} for side in (one, two)]
        score = 0.85 if tied else 0.7 if len(acronym) >= LONG_ACRONYM or around[0] & around[1] else 0.5
        self.forest.join(one[0], two[0], (full_one[0], full_two[0]), "translation, same acronym", score)

    def _join_variants(self) -> None:
        """Join short and misspelt names to the one longer or commoner name that they can stand for."""
        owners: dict[str, dict[int, str]] = defaultdict(dict)  # key: chains with a form
        names: dict[str, BodyName] = {}
        for i in self.chains:
            for form, name in self._names(i):
                whole = len(name.words) > 1 or not name.acronym or len(name.acronym) >= LONG_ACRONYM
                if not name.is_head and not name.is_generic and whole:
                    owners[name.key].setdefault(i, form)
                    names.setdefault(name.key, name)
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, name in names.items():
            for word in set(name.words):
                by_word[word].append(key)
        for key in sorted(names, key=lambda key: (-len(names[key].words), key)):
            name = names[key]
            near: set[str] = set()
            for word in name.words:
                if len(by_word[word]) <= COMMON:
                    near.update(by_word[word])
            near.discard(key)
            self._join_variant(key, sorted(near), names, owners)

    def _join_variant(
        self, key: str, near: list[str], names: dict[str, BodyName], owners: dict[str, dict[int, str]]
    ) -> None:
        first = min(owners[key])
        found: dict[int, tuple[float, str, str]] = {}
        for other in near:
            match = shortens(names[key], names[other])
            if not match and expands(names[key], names[other]):
                match = ("initials in part", 0.85)
            if not match and misspelt(names[key], names[other]):
                match = ("spelling", 0.8)
            if match:
                root = self.forest.root(min(owners[other]))
                found[root] = max(found.get(root, (0.0, "", "")), (match[1], match[0], other))
        if not found or self.forest.root(first) in found:
            return
        mine = self._countries(list(owners[key])[:COMMON])
        scored = []
        for score, reason, other in found.values():
            members = list(owners[other])[:COMMON]
            countries = self._countries(members)
            if mine and countries and not mine & countries:
                continue
            shared = self._shared(first, members, {key, other})
            scored.append(
                (score + 0.1 * min(shared, 2) - (0.0 if shared or mine & countries else 0.08), reason, other)
            )
        scored.sort(reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.1):
            for score, reason, other in scored:
                self._pair(first, other, owners, key, reason, min(score, 0.6))
            return
        self._pair(first, scored[0][2], owners, key, scored[0][1], min(scored[0][0], 0.95))

    def _pair(
        self, first: int, other: str, owners: dict[str, dict[int, str]], key: str, reason: str, score: float
    ) -> None:
        second = min(owners[other])
        self.forest.join(first, second, (owners[key][first], owners[other][second]), reason, score)


def own_country(chain: Chain) -> str | None:
    """The country beside an organisation's name or in it; None where they differ or there is none."""
    if chain.country:
        return chain.country
    found = {code for form in chain.forms if (code := country_in(form)[0])}
    return next(iter(found)) if len(found) == 1 else None
