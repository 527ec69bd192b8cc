"""What the corpus knows of people besides their names, and how far two of one name agree."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.resolve.evidence import Evidence
from pipeline.resolve.forest import RARE

MOST = 40  # chains of one person that are looked at; more say no more


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of some chains of one person, taken together."""

    bodies: frozenset[int]  # stated
    countries: frozenset[str]  # beside the name, or of the stated organisations
    present: frozenset[int]  # organisations of the same documents
    company: frozenset[str]
    places: frozenset[str]  # the countries, and those around


class Agreement(NamedTuple):
    """How two people's facts compare: what they share, and whether they contradict each other."""

    bodies: int
    present: bool  # the organisation of one is named in a document of the other
    company: int
    country: bool
    other_country: bool
    other_body: bool
    other_places: bool

    @property
    def weight(self) -> int:
        """The evidence that the two are one, 0 where there is none."""
        near = self.country and not self.other_body
        return 3 * self.bodies + 2 * self.present + min(self.company, 3) + near


class PeopleFacts:
    """The facts of all people; organisations have been joined before."""

    def __init__(self, evidence: Evidence) -> None:
        self.forest = evidence.forest
        self.company = evidence.company
        forest = evidence.forest
        self.chains = [i for i, chain in enumerate(forest.chains) if chain.label == "PERSON"]
        position = forest.position
        groups = evidence.groups()
        country = {root: evidence.countries(members) for root, members in groups.items()}
        rare = {root for root, members in groups.items() if len(members) <= RARE}
        self.present: dict[str, set[int]] = defaultdict(set)
        for root in rare:
            for i in groups[root]:
                self.present[forest.chains[i].doc_id].add(root)
        self._found: dict[int | tuple[int, ...], Facts] = {}
        self._of_root: dict[int, tuple[int, Facts]] = {}
        self.bodies: dict[int, set[int]] = {}
        self.countries: dict[int, set[str]] = {}
        for i in self.chains:
            chain = forest.chains[i]
            own = [position[other] for other in chain.affiliated if other in position]
            self.bodies[i] = {forest.root(body) for body in own}
            beside = {chain.country} if chain.country else set()
            told = {code for body in own if (code := evidence.country[body])}
            clear = [country[root] for root in self.bodies[i] if len(country.get(root, ())) == 1]
            self.countries[i] = beside or told or set().union(*clear)

    def differ(self, other: "PeopleFacts", i: int) -> bool:
        """Whether of a chain alone other facts are known than in another run."""
        chain, none = self.forest.chains[i], frozenset[int]()
        return (
            self.bodies[i] != other.bodies[i]
            or self.countries[i] != other.countries[i]
            or self.company.of(chain) != other.company.of(chain)
            or self.present.get(chain.doc_id, none) != other.present.get(chain.doc_id, none)
        )

    def of_root(self, root: int) -> Facts:
        """The facts of an entity, as it is now."""
        members = self.forest.members(root)
        seen = min(len(members), MOST)  # an entity only grows at the end as long as it keeps its root
        if root not in self._of_root or self._of_root[root][0] != seen:
            self._of_root[root] = seen, self.of(members)
        return self._of_root[root][1]

    def of(self, members: list[int]) -> Facts:
        """The facts of chains taken together; of the same chains they are remembered."""
        members = members[:MOST]
        key = members[0] if len(members) == 1 else tuple(members)
        if key not in self._found:
            chains = [self.forest.chains[i] for i in members]
            empty: frozenset[int] = frozenset()
            countries = frozenset[str]().union(*(self.countries[i] for i in members))
            around = frozenset[str]().union(*(chain.around for chain in chains))
            self._found[key] = Facts(
                frozenset().union(*(self.bodies[i] for i in members)),
                countries,
                frozenset().union(*(self.present.get(chain.doc_id, empty) for chain in chains)),
                frozenset().union(*(self.company.of(chain) for chain in chains)),
                countries | around,
            )
        return self._found[key]


def related(one: Facts, two: Facts) -> bool:
    """Whether two people share anything but a country; quicker than to compare them."""
    return not (
        one.company.isdisjoint(two.company)
        and one.bodies.isdisjoint(two.present)
        and two.bodies.isdisjoint(one.present)
        and one.bodies.isdisjoint(two.bodies)
    )


def compare(one: Facts, two: Facts, own: set[str]) -> Agreement:
    """How far the facts of two people agree; ``own`` are keys of the name itself, which are no company."""
    bodies = len(one.bodies & two.bodies)
    near = not one.places.isdisjoint(two.places)
    return Agreement(
        bodies=bodies,
        present=not (one.bodies.isdisjoint(two.present) and two.bodies.isdisjoint(one.present)),
        company=0 if one.company.isdisjoint(two.company) else len((one.company & two.company) - own),
        country=near,
        other_country=bool(one.countries and two.countries and one.countries.isdisjoint(two.countries)),
        other_body=bool(one.bodies and two.bodies and not bodies),
        other_places=bool(one.places and two.places and not near),
    )
