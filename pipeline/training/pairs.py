"""Pairs of names that belong together or not, and what stands between them: a task beside the others.

It teaches the encoder what ties names to each other (a biaffine scorer, Dozat and Manning 2017), and
is not exported: to ask for one person at a time (``pipeline.nlp.posts``) reads more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import regex

# what can belong together; of each pair the encoder gives every word a vector for either side
PAIRS = (("PERSON", "ROLE"), ("PERSON", "ORG"), ("ROLE", "ORG"))
REACH = 600  # characters from a name to one that it can belong with
MOST = 2  # names between two that are told apart by number
# marks between two names: line and sentence ends, brackets, separators
_MARKS = tuple(
    map(regex.compile, (r"\n", r"[.!?][”\"’)]?\s+(?=\P{Ll})", r"[(\[]", r"[)\]]", r";|\s[|–—-]\s", r","))
)
LABELS = ("PERSON", "ROLE", "ORG")
# of a pair: one for each number of names of each label between them, and for each mark; once for either order
FEATURES = 2 * (1 + len(LABELS) * (MOST + 1) + len(_MARKS))
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Span = tuple[int, int, str]


class Between:
    """What stands between the names of a text: other names, line and sentence ends, brackets."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        """``spans`` are (start, end, label), in order and without overlap."""
        self._starts = np.array([start for start, _, _ in spans], np.int64)
        self._ends = np.array([end for _, end, _ in spans], np.int64)
        own = np.array([[span[2] == label for label in LABELS] for span in spans], np.int64)
        self._before = np.vstack(
            [np.zeros((1, len(LABELS)), np.int64), own.reshape(-1, len(LABELS)).cumsum(axis=0)]
        )
        self._marks = [np.array([m.start() for m in mark.finditer(text)], np.int64) for mark in _MARKS]

    def features(self, one: Ints, two: Ints) -> Floats:
        """The features of pairs, given as places in the list of spans: (pairs, FEATURES), each 0 or 1."""
        if not len(one):
            return np.zeros((0, FEATURES), np.float32)
        first, second = np.minimum(one, two), np.maximum(one, two)
        names = np.clip(self._before[second] - self._before[first + 1], 0, MOST)
        begin, end = self._ends[first], self._starts[second]
        marks = [np.searchsorted(places, end) > np.searchsorted(places, begin) for places in self._marks]
        row = np.hstack(
            [np.ones((len(one), 1)), np.eye(MOST + 1)[names].reshape(len(one), -1), np.transpose(marks)]
        )
        after = (one < two)[:, None]
        return np.hstack([row * after, row * ~after]).astype(np.float32)


def pairs_of(spans: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """The pairs of names that can belong together: kind of pair, and the places of both in the list."""
    starts = [start for start, _, _ in spans]
    for i, (start, end, label) in enumerate(spans):
        for j in range(bisect_left(starts, start - REACH), bisect_right(starts, end + REACH)):
            if (label, spans[j][2]) in PAIRS:
                yield PAIRS.index((label, spans[j][2])), i, j
