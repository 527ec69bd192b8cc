"""People and organisations in text, behind one interface; any spaCy pipeline can stand behind it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import spacy
from spacy.language import Language

from pipeline.config import EntitiesSettings
from pipeline.errors import ConfigError
from pipeline.records import Float16Vector
from pipeline.stage import digest, model_hash

LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG"}
MAX_CHARS = 20_000  # longest text read at once; longer ones are read in windows
OVERLAP = 500  # characters that two windows share, more than any name has
SCORE = 0.8  # spaCy's entity recogniser gives none of its own
COMPONENT = "policy_entities"  # the component of models/en_policy that holds the encoder
# what a spaCy pipeline may hold beside its entities and what these build on
UNUSED = frozenset(
    "tagger morphologizer parser senter sentencizer lemmatizer attribute_ruler textcat".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text: its place, PERSON or ORG (or ROLE), and how sure the recogniser is."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Related:
    """A person with a role, an organisation or both, and how surely they belong together."""

    person: Named
    role: Named | None
    organisation: Named | None
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over a passage gives: its names, and its vector of unit length."""

    names: list[Named]
    vector: Float16Vector


def moved(name: Named, by: int) -> Named:
    """The name with its place counted from elsewhere."""
    return replace(name, start=name.start + by, end=name.end + by)


class Recogniser(Protocol):
    """Reads passages; the same passage always gets the same reading."""

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order."""
        ...

    def ask(self, text: str, person: Named, names: Sequence[Named]) -> list[Related]:
        """The roles and organisations that a text gives one of its ``names``, a person."""
        ...


class SpacyRecogniser:
    """A spaCy pipeline as a recogniser; its labels PERSON, PER and ORG are used.

    Vectors are the shipped encoder's, so that the classifier of topics knows them.
    """

    def __init__(self, nlp: Language, encoder: Recogniser) -> None:
        self._nlp = nlp
        self._encoder = encoder

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order; texts over 20,000 characters in overlapping windows."""
        texts = list(texts)
        found: list[list[Named]] = [[] for _ in texts]
        pairs = ((window, i) for i, text in enumerate(texts) for window in windows(text))
        piped = self._nlp.pipe(
            ((piece, (i, offset)) for (offset, piece), i in pairs), as_tuples=True, batch_size=64
        )
        for doc, (i, offset) in piped:
            found[i].extend(
                Named(offset + ent.start_char, offset + ent.end_char, LABELS[ent.label_], SCORE)
                for ent in doc.ents
                if ent.label_ in LABELS
            )
        for names, reading in zip(found, self._encoder.read(texts), strict=True):
            yield Reading(_merge(names), reading.vector)

    def ask(self, text: str, person: Named, names: Sequence[Named]) -> list[Related]:
        """What the shipped encoder reads of a person."""
        return self._encoder.ask(text, person, names)


def windows(text: str) -> Iterator[tuple[int, str]]:
    """A text in overlapping pieces that a model can read, each with its offset; at least one."""
    if len(text) <= MAX_CHARS:
        yield 0, text
        return
    for start in range(0, len(text), MAX_CHARS - OVERLAP):
        yield start, text[start : start + MAX_CHARS]
        if start + MAX_CHARS >= len(text):
            return


def _merge(names: list[Named]) -> list[Named]:
    """Names in order and without overlap; of two that overlap the longer stays."""
    kept: list[Named] = []
    for name in sorted(set(names), key=lambda n: (n.start - n.end, n.start)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


@cache
def load_recogniser(name: str) -> Recogniser:
    """The recogniser that a folder holds or that a spaCy pipeline is.

    A pipeline that ``pipeline train encoder`` wrote gives its encoder. Raises ConfigError
    where there is neither.
    """
    from pipeline.nlp.encoder import FILES, Encoder  # it builds on what stands here

    for folder in (Path(name), Path(name) / COMPONENT):
        if (folder / FILES[0]).is_file():
            return Encoder(folder)
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ConfigError(
            f"entities.recogniser: no spaCy pipeline '{name}'; install it with pip, or name a folder"
        ) from error
    for pipe in nlp.pipe_names:
        if nlp.get_pipe_meta(pipe).factory in UNUSED:
            nlp.disable_pipe(pipe)
    nlp.max_length = MAX_CHARS + 1
    return SpacyRecogniser(nlp, load_recogniser(EntitiesSettings().recogniser))


def recogniser_version(name: str) -> str:
    """A text that changes when the recogniser does."""
    if Path(name).is_dir():
        return model_hash(Path(name))
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def vectors_version(name: str) -> str:
    """A text that changes when a recogniser's passage vectors do; calibration has no part in them."""
    from pipeline.nlp.encoder import FILES

    for base in (name, EntitiesSettings().recogniser):
        for folder in (Path(base), Path(base) / COMPONENT):
            if (folder / FILES[0]).is_file():
                return digest(b"\0".join((folder / file).read_bytes() for file in FILES[:2]))
    raise ConfigError(f"entities.recogniser: no encoder in '{name}', and none is shipped")
