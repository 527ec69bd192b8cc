"""Chains of the whole corpus as they grow together, with the evidence that each carries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.nlp.people import read_person
from pipeline.records import Chain

RARE = 60  # documents; a name in more of them says little about which namesake is meant
THRESHOLD = 0.7  # pairs below it are kept as doubts


class Join(NamedTuple):
    """Two chains that became one entity, or may be one where not ``joined``, and why."""

    chain: int
    onto: int
    form: str
    other: str
    reason: str
    score: float
    joined: bool


class Forest:
    """Joins chains, known by their position, into entities.

    Two people whom one document keeps apart are never joined; a lone given name and a lone
    surname of one document can be one person's whom another names in full.
    """

    def __init__(self, chains: list[Chain]) -> None:
        self.chains = chains
        self.position = {chain.chain_id: i for i, chain in enumerate(chains)}
        self.joins: list[Join] = []  # in their order, with those that are only doubts
        self._parent = list(range(len(chains)))
        self._members: dict[int, list[int]] = {}  # of entities that have grown
        self._words: dict[int, str] = {}
        self._named: dict[int, dict[str, set[str]]] = {}  # of people that have grown: see _names

    def root(self, i: int) -> int:
        """The chain that stands for an entity."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def members(self, root: int) -> list[int]:
        """The chains of an entity by its root, which comes first; not to be changed."""
        return self._members.get(root) or [root]

    def join(self, i: int, j: int, forms: tuple[str, str], reason: str, score: float) -> bool:
        """Make two chains one entity if the score reaches; keep the pair as a doubt if not."""
        a, b = self.root(i), self.root(j)
        if a == b:
            return True
        joined = score >= THRESHOLD and self.may(a, b)
        self.joins.append(Join(i, j, *forms, reason, score, joined))
        if not joined:
            return False
        few, many = self.members(a), self.members(b)
        if (len(few), -a) > (len(many), -b):
            a, b, few, many = b, a, many, few
        self._parent[a] = b
        many += few
        self._members[b] = many
        self._members.pop(a, None)
        if self.chains[b].label == "PERSON":
            named = self._named[b] = self._names(b)
            for doc_id, names in self._names(a).items():
                named[doc_id] = named.get(doc_id, set()) | names
            self._named.pop(a, None)
        return True

    def may(self, i: int, j: int) -> bool:
        """Whether no document keeps two people apart; organisations always may be one."""
        a, b = self.root(i), self.root(j)
        if self.chains[a].label != "PERSON":
            return True
        if a not in self._members:
            a, b = b, a
        if b not in self._members:  # as most are, one chain alone
            doc_id = self.chains[b].doc_id
            if doc_id not in self._named[a] if a in self._members else doc_id != self.chains[a].doc_id:
                return True
        few, many = self._names(a), self._names(b)
        if len(few) > len(many):
            few, many = many, few
        for doc_id, names in few.items():
            others = many.get(doc_id)
            if others and any(_apart(one, two) for one in names for two in others):
                return False
        return True

    def _names(self, root: int) -> dict[str, set[str]]:
        """How each document names a person: by the lone word, or the whole name with a space before."""
        chain = self.chains[root]
        return self._named.get(root) or {chain.doc_id: {self._lone(root)}}

    def _lone(self, i: int) -> str:
        if i not in self._words:
            names = [read_person(form) for form in self.chains[i].forms]
            whole = next((name for name in names if not name.is_single), None)
            self._words[i] = f" {' '.join(whole.words)}" if whole else names[0].key
        return self._words[i]

    def groups(self) -> list[list[int]]:
        """The entities as lists of chains, in the order of their first."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.chains)):
            found[self.root(i)].append(i)
        return sorted(found.values())


def _apart(one: str, two: str) -> bool:
    """Whether two names in one document must be two people's.

    "Anna" and "Rossi" may be one's, and so may "Anna Rossi" and "Rossi-Bianchi".
    """
    if one[0] != " " != two[0]:
        return one == two
    lone, whole = (one, two) if two[0] == " " else (two, one)
    if lone[0] == " ":
        return True
    if len(first := whole.split()[0]) == 1:  # "Anna" and "A. Rossi"
        return lone[0] != first
    if " " not in lone:
        return True
    shared = set(lone.split()) & set(whole.split())
    return not shared or len(shared) == len(lone.split())


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
