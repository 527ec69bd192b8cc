"""Which person, role and organisation belong together, from the encoder's vectors and what stands between."""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import regex

from pipeline.nlp.recogniser import Named, Related

# what can belong together; of each pair the encoder gives every word a vector for either side
PAIRS = (("PERSON", "ROLE"), ("PERSON", "ORG"), ("ROLE", "ORG"))
TOGETHER = 0.5  # probability from which two names belong together
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
Chances = dict[int, dict[int, float]]


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


def find_relations(
    text: str, names: Sequence[Named], words: Sequence[int], vectors: Floats, weights: Floats
) -> list[Related]:
    """The relations among the names of a text, in the order of people.

    ``words`` are the rows of the names' first words in ``vectors`` (pieces, pairs, 2, width);
    ``weights`` (pairs, FEATURES) tell how much what stands between counts.
    """
    spans = [(name.start, name.end, name.label) for name in names]
    pairs = np.array(list(pairs_of(spans)), np.int64).reshape(-1, 3)
    kind, one, two = pairs.T
    at = np.array(words, np.int64)
    products = (vectors[at[one], kind, 0] * vectors[at[two], kind, 1]).sum(axis=1)
    odds = products / math.sqrt(vectors.shape[-1])
    odds += (weights[kind] * Between(text, spans).features(one, two)).sum(axis=1)
    chances = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    chance: Chances = defaultdict(dict)  # of either name, by the other
    for i, j, p in zip(one.tolist(), two.tolist(), chances.tolist(), strict=True):
        chance[i][j] = chance[j][i] = p
    role_of: dict[int, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.label == "ROLE" and (person := _likeliest("PERSON", names, chance[i])) is not None:
            role_of[person].append(i)
    return [
        relation
        for i, name in enumerate(names)
        if name.label == "PERSON"
        for relation in _relations_of(i, names, role_of[i], chance)
    ]


def _likeliest(label: str, names: Sequence[Named], chance: dict[int, float]) -> int | None:
    """The one name of a label that most likely belongs to another, if one does; of equals the first."""
    found = [(p, -i) for i, p in chance.items() if names[i].label == label and p >= TOGETHER]
    return -max(found)[1] if found else None


def _relations_of(
    person: int, names: Sequence[Named], roles: list[int], chance: Chances
) -> Iterator[Related]:
    """A person's roles, each with the likeliest organisation if the role belongs to it too."""
    body = _likeliest("ORG", names, chance[person])
    score = chance[person][body] if body is not None else 0.0
    alone = body
    for role in roles:
        together = body is not None and chance[role].get(body, 0.0) >= TOGETHER
        organisation = names[body] if body is not None and together else None
        yield Related(
            names[person], names[role], organisation, min(chance[person][role], score if together else 1.0)
        )
        alone = None if together else alone
    if alone is not None:
        yield Related(names[person], None, names[alone], score)
