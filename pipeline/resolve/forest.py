"""Chains of the whole corpus as they grow together, with the evidence that each carries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import Chain

RARE = 60  # documents; a name in more of them says little about which namesake is meant
THRESHOLD = 0.7  # pairs below it are kept as doubts


@dataclass(frozen=True, slots=True)
class Join:
    """Two chains that became one entity, or may be one, and why."""

    chain: int
    onto: int
    form: str
    other: str
    reason: str
    score: float


class Forest:
    """Joins chains, known by their position, into entities.

    Two people whom one document keeps apart are never joined.
    """

    def __init__(self, chains: list[Chain]) -> None:
        self.chains = chains
        self.joins: list[Join] = []
        self.doubts: list[Join] = []
        self._parent = list(range(len(chains)))
        self._size = [1] * len(chains)
        self._documents: dict[int, set[str]] = {}  # of people that have grown

    def root(self, i: int) -> int:
        """The chain that stands for an entity."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int, forms: tuple[str, str], reason: str, score: float) -> bool:
        """Make two chains one entity if the score reaches; keep the pair as a doubt if not."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return True
        found = Join(i, j, *forms, reason, score)
        if score < THRESHOLD or not self._may(a, b):
            self.doubts.append(found)
            return False
        if (self._size[a], -a) > (self._size[b], -b):
            a, b = b, a
        self._parent[a] = b
        self._size[b] += self._size[a]
        if self.chains[b].label == "PERSON":
            documents = self._documents.setdefault(b, {self.chains[b].doc_id})
            documents |= self._documents.pop(a, {self.chains[a].doc_id})
        self.joins.append(found)
        return True

    def _may(self, a: int, b: int) -> bool:
        if self.chains[a].label != "PERSON":
            return True
        of_a = self._documents.get(a) or {self.chains[a].doc_id}
        of_b = self._documents.get(b) or {self.chains[b].doc_id}
        return of_a.isdisjoint(of_b)

    def groups(self) -> list[list[int]]:
        """The entities as lists of chains, in the order of their first."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.chains)):
            found[self.root(i)].append(i)
        return sorted(found.values())


class Company:
    """Which names stand beside which in documents: evidence for and against namesakes."""

    def __init__(self, keys: Iterable[tuple[str, str]]) -> None:
        """Of (document, key of a name) pairs."""
        by_document: dict[str, set[str]] = defaultdict(set)
        for doc_id, key in keys:
            by_document[doc_id].add(key)
        count: Counter[str] = Counter()
        for own in by_document.values():
            count.update(own)
        self._rare = {
            doc_id: frozenset(key for key in own if 1 < count[key] <= RARE)
            for doc_id, own in by_document.items()
        }

    def of(self, chain: Chain) -> frozenset[str]:
        """The rare names in a chain's document, its own among them."""
        return self._rare.get(chain.doc_id, frozenset())


def most_votes(votes: Counter[int]) -> int | None:
    """The one with most votes; None where there is none or two have the same."""
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
