"""Which mentions of a document are one name's: a forest that remembers why it grew."""

from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a mention belongs where it does: its form, the form it was joined to, and how surely."""

    other: str
    reason: str
    score: float


class Joiner:
    """Joins mentions, known by their position in a list, into chains."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.why: dict[int, Joined] = {}
        self._parent = list(range(len(texts)))

    def root(self, i: int) -> int:
        """The mention that stands for a mention's chain."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int, reason: str, score: float) -> None:
        """Put the chains of two mentions together; nothing where they are one already."""
        a, b = self.root(i), self.root(j)
        if a != b:
            self._parent[a] = b
            self.why[a] = Joined(self.texts[j], reason, score)

    def chains(self) -> list[list[int]]:
        """The chains, each in the order of the text, the earliest first."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.texts)):
            found[self.root(i)].append(i)
        return sorted(found.values())
