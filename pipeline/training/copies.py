"""Copies of examples with other names, places and lay-outs, so that forms are learnt and not names."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from pipeline.training.examples import Example, cut_example

PLACE = "PLACE"  # towns; they are given no label
_CAPITALISED = regex.compile(
    r"(?<![\p{L}\p{N}-])\p{Lu}[\p{L}\p{M}’'-]+(?: \p{Lu}[\p{L}\p{M}’'-]+)?(?![\p{L}-])"
)


class Substitution:
    """Puts other names of the same label into examples, so that forms are learnt and not names.

    Names come from the examples themselves and from lists; a name takes the place of one
    of similar length and the same look (capitals or not), and the same name in one
    text gets the same new name. Places that stand outside names give way to other places:
    that an unknown word in capitals need be no organisation has to be learnt too.
    """

    def __init__(
        self,
        examples: Iterable[Example],
        people: Iterable[str],
        organisations: Iterable[str],
        places: Iterable[str] = (),
    ) -> None:
        pools: dict[tuple[str, bool, int], set[str]] = defaultdict(set)
        given: dict[str, list[str]] = {"PERSON": list(people), "ORG": list(organisations), "ROLE": []}
        given[PLACE] = list(places)
        self._places = frozenset(given[PLACE])
        for example in examples:
            for start, end, label in example.spans:
                if label in given:
                    given[label].append(example.text[start:end])
        given["ROLE"] = [
            role for role in given["ROLE"] if not role[0].islower()
        ]  # those are part of a sentence
        for label, names in given.items():
            for name in names:
                if "\n" not in name:
                    pools[_kind(label, name)].add(name)
        self._pools = {kind: sorted(names) for kind, names in pools.items()}

    def __call__(self, example: Example, rng: random.Random, share: float) -> Example:
        """The example with a share of its names replaced."""
        chosen: dict[str, str] = {}
        pieces: list[str] = []
        spans: list[tuple[int, int, str]] = []
        position = length = 0
        for start, end, label in sorted([*example.spans, *self._find_places(example)]):
            name = example.text[start:end]
            new = chosen.get(name)
            if new is None:
                pool = self._pools.get(_kind(label, name), [name])
                new = rng.choice(pool) if label != "IGNORE" and rng.random() < share else name
                chosen[name] = new
            before = example.text[position:start]
            pieces += [before, new]
            first = length + len(before)
            length = first + len(new)
            if label != PLACE:
                spans.append((first, length, label))
            position = end
        pieces.append(example.text[position:])
        return replace(example, text="".join(pieces), spans=tuple(spans))

    def _find_places(self, example: Example) -> Iterator[tuple[int, int, str]]:
        """The known places outside the spans of an example."""
        for match in _CAPITALISED.finditer(example.text) if self._places else ():
            start, end = match.span()
            apart = all(end <= s or e <= start for s, e, _ in example.spans)
            if apart and match[0] in self._places:
                yield start, end, PLACE


def _kind(label: str, name: str) -> tuple[str, bool, int]:
    words = len(name.split())
    look = name[0].islower() if label == "ROLE" else name.isupper()
    return label, look, min(words, 2) if label == "PERSON" else min(words, 3)


def shout(example: Example) -> Example:
    """The example in capitals, as headings and name lists are; unchanged where that moves a place."""
    text = example.text.upper()
    return replace(example, text=text) if len(text) == len(example.text) else example


def lines(example: Example) -> list[Example]:
    """Each line as an example of its own, as the pipeline reads the lines of a list."""
    found, start = [], 0
    for line in example.text.split("\n"):
        end = start + len(line)
        inside = [i for i, (s, e, _) in enumerate(example.spans) if start <= s and e <= end]
        if line.strip():
            found.append(cut_example(example, start, end, inside))
        start = end + 1
    return found


def wrap(example: Example, rng: random.Random) -> Example:
    """The example with its lines broken at 60 to 95 characters, as e-mails and PDFs have them."""
    width, text, since = rng.randint(60, 95), list(example.text), 0
    for i, char in enumerate(text):
        if char == "\n":
            since = i
        elif char == " " and i - since >= width:
            text[i], since = "\n", i
    return replace(example, text="".join(text))


def join(examples: list[Example], rng: random.Random, most: int) -> Iterator[Example]:
    """Sentences of the public sets in paragraphs of one to ``most``, since documents hold paragraphs."""
    i = 0
    while i < len(examples):
        some = examples[i : i + rng.randint(1, most)]
        i += len(some)
        text, spans = "", []
        for example in some:
            gap = " " if text else ""
            offset = len(text) + len(gap)
            text += gap + example.text
            spans += [(start + offset, end + offset, label) for start, end, label in example.spans]
        yield Example(text, tuple(spans))
