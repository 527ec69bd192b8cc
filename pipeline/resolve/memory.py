"""What the run before has decided, step by step, and which of its steps are to be decided anew."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from pipeline.records import Step
from pipeline.resolve.forest import Forest, Join

BODIES = "bodies"  # all that is decided of organisations, which is not taken apart


class Memory:
    """Replays the steps of the run before that read nothing which stands otherwise now.

    A step is what is decided of one name, and reads the chains of some names and the
    entities they are in. Where the run before cannot be relied on, every step is decided.
    Documents may only have been added since; the order of the chains is then what it was.

    What makes a replay exact: a chain that is not among ``_touched`` is in an entity that has
    grown by the same joins in the same order as in the run before, and none of that
    entity's chains is touched.
    """

    def __init__(self, forest: Forest, rows: list[Step]) -> None:
        self._forest = forest
        self._spans: list[tuple[str, int]] = []  # of the forest's joins: the step, where it begins
        self._before: dict[str, list[Join]] = defaultdict(list)
        self.documents: set[str] = set()  # of the run before; none where it does not help
        self._keys: Mapping[int, Iterable[str]] = {}
        self._touched: set[int] = set()
        self._names: set[str] = set()  # that a touched chain has
        self._by_word: dict[str, set[str]] = defaultdict(set)
        position = forest.position
        if any(row.chain_id not in position for row in rows):
            return  # a document is gone
        for row in rows:
            i = position[row.chain_id]
            if row.onto_id is None:
                self.documents.add(forest.chains[i].doc_id)
            else:
                onto = position[row.onto_id]
                join = Join(i, onto, row.form, row.other or "", row.reason, row.score, row.joined)
                self._before[row.step].append(join)

    def bodies(self) -> Forest:
        """The organisations as the run before has joined them."""
        forest = Forest(self._forest.chains)
        self._replay(self._before[BODIES], forest)
        return forest

    def begin(self, keys: Mapping[int, Iterable[str]], touched: Iterable[int]) -> None:
        """From here on there are steps; ``keys`` are chains' names, ``touched`` those with other facts."""
        self._keys = keys
        self._touch(touched)

    def step(self, name: str, touched: Callable[[], bool], decide: Callable[[], None]) -> None:
        """Decide a step, or do as the run before did where what it reads is not ``touched``."""
        start = len(self._forest.joins)
        self._spans.append((name, start))
        if not self.documents:
            decide()
        elif touched():
            decide()
            self._compare(self._forest.joins[start:], self._before.get(name, []))
        else:
            self._replay(self._before.get(name, ()), self._forest)

    def has(self, key: str) -> bool:
        """Whether a touched chain has the name."""
        return key in self._names

    def near(self, words: Iterable[str]) -> set[str]:
        """The names with one of the words that touched chains have."""
        return {key for word in words for key in self._by_word.get(word, ())}

    def rows(self) -> Iterator[Step]:
        """What the next run is to remember."""
        chains, joins = self._forest.chains, self._forest.joins
        for first in {chain.doc_id: chain.chain_id for chain in reversed(chains)}.values():
            yield Step("", first, None, "", None, "document", 1.0, False)
        starts = [(BODIES, 0), *self._spans, ("", len(joins))]
        for (name, start), (_, end) in pairwise(starts):
            for join in joins[start:end]:
                one, two = chains[join.chain].chain_id, chains[join.onto].chain_id
                yield Step(name, one, two, join.form, join.other, join.reason, join.score, join.joined)

    @staticmethod
    def _replay(joins: Iterable[Join], forest: Forest) -> None:
        for join in joins:
            forest.join(join.chain, join.onto, (join.form, join.other), join.reason, join.score)

    def _compare(self, made: list[Join], before: list[Join]) -> None:
        """Touch the entities that a step has joined otherwise, or with touched ones."""
        now, then = ([join for join in joins if join.joined] for joins in (made, before))
        both = set(now) & set(then)
        if [join for join in now if join in both] != [join for join in then if join in both]:
            both = set()
        self._touch(i for join in {*now, *then} - both for i in (join.chain, join.onto))
        for root in {self._forest.root(join.chain) for join in now}:
            if not self._touched.isdisjoint(self._forest.members(root)):
                self._touch([root])

    def _touch(self, chains: Iterable[int]) -> None:
        """Touch the entities of some chains, as they are now."""
        for root in {self._forest.root(i) for i in chains}:
            fresh = [i for i in self._forest.members(root) if i not in self._touched]
            self._touched.update(fresh)
            for key in {key for i in fresh for key in self._keys[i]} - self._names:
                self._names.add(key)
                for word in key.split():
                    self._by_word[word].add(key)
