"""What the corpus knows of organisations besides their names: countries, company, people."""

from collections import Counter, defaultdict
from copy import copy

from pipeline.nlp.people import read_person
from pipeline.nlp.places import country_in
from pipeline.records import Chain
from pipeline.resolve.forest import Company, Forest

COMMON = 200  # chains of one name compared each with one; more say no more


class Evidence:
    """Facts about the organisations of a corpus by chain, as they stand before anything is joined."""

    def __init__(self, forest: Forest, company: Company) -> None:
        self.forest = forest
        self.company = company
        self.chains = [i for i, chain in enumerate(forest.chains) if chain.label == "ORG"]
        self.country = {i: own_country(forest.chains[i]) for i in self.chains}
        self.told = {i: _told(forest.chains[i]) for i in self.chains}
        self.people = {i: set[str]() for i in self.chains}  # keys of people stated to belong to it
        self._initials = {i: set[str]() for i in self.chains}  # of those who are named in full
        position = forest.position
        at_home: dict[str, Counter[str]] = defaultdict(Counter)
        for i in self.chains:
            chain = forest.chains[i]
            if code := self.country[i]:
                at_home[chain.doc_id][code] += 1
            for other in chain.affiliated:
                if other in position:
                    full, short = _keys(forest.chains[position[other]])
                    self.people[i] |= full or short
                    self._initials[i] |= short if full else set()
        self._home = {doc_id: _most(codes) for doc_id, codes in at_home.items()}

    def of(self, forest: Forest, company: Company) -> "Evidence":
        """The same of each chain beside other entities and another company."""
        other = copy(self)
        other.forest, other.company = forest, company
        return other

    def home(self, i: int) -> str | None:
        """The country of most organisations in a chain's document."""
        return self._home.get(self.forest.chains[i].doc_id)

    def countries(self, members: list[int]) -> set[str]:
        """The countries that any of the chains have."""
        return {code for i in members if (code := self.country[i])}

    def shared(self, i: int, members: list[int], own: set[str]) -> int:
        """How many rare names a chain's document has in common with that of one of others at most."""
        mine = self.company.of(self.forest.chains[i]) - own
        if not mine:
            return 0
        return max((len(mine & self.company.of(self.forest.chains[j])) for j in members[:COMMON]), default=0)

    def often(self, i: int, members: list[int], own: set[str]) -> int:
        """With how many of the chains a chain's document has rare names in common."""
        mine = self.company.of(self.forest.chains[i]) - own
        return sum(bool(mine & self.company.of(self.forest.chains[j])) for j in members[:COMMON])

    def staff(self, i: int, members: list[int]) -> bool:
        """Whether a person of one name is stated to belong to a chain and to one of others."""
        mine, short = self.people[i], self._initials[i]
        return bool(mine) and any(
            mine & self.people[j] or short & self.people[j] or mine & self._initials[j]
            for j in members[:COMMON]
        )

    def groups(self) -> dict[int, list[int]]:
        """The chains of every entity so far, by its root."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in self.chains:
            found[self.forest.root(i)].append(i)
        return found


def own_country(chain: Chain) -> str | None:
    """The country beside an organisation's name or in it; None where they differ or there is none."""
    if chain.country:
        return chain.country
    found = {code for form in chain.forms if (code := country_in(form)[0])}
    return next(iter(found)) if len(found) == 1 else None


def _told(chain: Chain) -> str | None:
    """The country beside an organisation's name or the state that it names."""
    named = {country_in(form) for form in chain.forms}
    states = {code for code, by in named if code and by == "name"}
    return chain.country or (next(iter(states)) if len(states) == 1 else None)


def _keys(chain: Chain) -> tuple[set[str], set[str]]:
    """The full names of a person, and the surnames with the first initial."""
    names = [read_person(form) for form in chain.forms]
    full = {name.key for name in names if name.is_full}
    return full, {" ".join((*name.surname, name.words[0][:1], ".")) for name in names if not name.is_single}


def _most(codes: Counter[str]) -> str | None:
    ranked = codes.most_common(2)
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
