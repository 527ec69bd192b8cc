"""Training text for the encoder: public sets, our own annotated passages, and names put in for others."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from pipeline.gold import GoldText

PEOPLE = frozenset("person politician researcher scientist writer musicalartist per".split())
ORGANISATIONS = frozenset("organisation politicalparty university band org".split())
# sets whose licences allow a model trained on them to be shipped, with the splits used
PUBLIC = {
    "crossner_politics.jsonl": "CrossNER politics, train and dev (MIT)",
    "crossner_other.jsonl": "CrossNER ai, science, literature, music (MIT)",
    "wikigold.jsonl": "Wikigold (CC BY 4.0)",
    "uner_ewt.jsonl": "Universal NER, English EWT, dev and test (CC BY-SA 4.0)",
}
_NO_SPACE_BEFORE = regex.compile(r"^(?:[.,;:!?)\]%’”]|'s|n't|'re|'ve|'ll|'d|'m)$")
_NO_SPACE_AFTER = regex.compile(r"^[(\[“‘$€£]$")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with (start, end, label) spans: PERSON, ORG, or IGNORE where no loss is taken."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def read_public(folder: Path, names: Iterable[str] = PUBLIC) -> list[Example]:
    """The examples of the public sets in a folder; their other labels are left out."""
    examples = []
    for name in names:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            examples.append(_from_tokens(row["tokens"], row["spans"]))
    return examples


def _from_tokens(tokens: list[str], spans: list[tuple[int, int, str]]) -> Example:
    text, places = "", []
    for i, token in enumerate(tokens):
        glued = not text or _NO_SPACE_BEFORE.match(token) or _NO_SPACE_AFTER.match(tokens[i - 1])
        text += ("" if glued else " ") + token
        places.append((len(text) - len(token), len(text)))
    kept = []
    for first, last, label in spans:
        ours = _label(label)
        if ours:
            kept.append((places[first][0], places[last - 1][1], ours))
    return Example(text, tuple(kept))


def _label(label: str) -> str | None:
    name = label.lower()
    return "PERSON" if name in PEOPLE else "ORG" if name in ORGANISATIONS else None


def from_gold(gold: GoldText) -> Example:
    """An annotated passage as an example; countries are left to the rules."""
    kept = tuple((s.start, s.end, s.label) for s in gold.spans if s.label != "COUNTRY")
    return Example(gold.text, kept)


def read_names(folder: Path) -> tuple[list[str], list[str]]:
    """People and organisations from the lists in a folder.

    ``people.tsv`` holds a country, its given names and its surnames, each separated by
    semicolons; every surname gets a given name of the same country. ``organisations.tsv``
    holds country, kind and name. A file that is not there gives no names.
    """
    people: list[str] = []
    for _, given, surnames in _cells(folder / "people.tsv"):
        first = given.split(";")
        people += [
            f"{first[i % len(first)].strip()} {last.strip()}" for i, last in enumerate(surnames.split(";"))
        ]
    return people, [name for _, _, name in _cells(folder / "organisations.tsv")]


def _cells(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.count("\t") == 2]


class Substitution:
    """Puts other names of the same label into examples, so that forms are learnt and not names.

    Names come from the examples themselves and from lists; a name takes the place of one
    of similar length and the same look (capitals or not), and the same name in one
    text gets the same new name.
    """

    def __init__(
        self, examples: Iterable[Example], people: Iterable[str], organisations: Iterable[str]
    ) -> None:
        pools: dict[tuple[str, bool, int], set[str]] = defaultdict(set)
        given = {"PERSON": list(people), "ORG": list(organisations)}
        for example in examples:
            for start, end, label in example.spans:
                if label in given:
                    given[label].append(example.text[start:end])
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
        for start, end, label in sorted(example.spans):
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
            spans.append((first, length, label))
            position = end
        pieces.append(example.text[position:])
        return Example("".join(pieces), tuple(spans))


def _kind(label: str, name: str) -> tuple[str, bool, int]:
    words = len(name.split())
    return label, name.isupper(), min(words, 2) if label == "PERSON" else min(words, 3)


def shout(example: Example) -> Example:
    """The example in capitals, as headings and name lists are; unchanged where that moves a place."""
    text = example.text.upper()
    return Example(text, example.spans) if len(text) == len(example.text) else example


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
