"""People and organisations in text, behind one interface; any spaCy pipeline can stand behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ConfigError
from pipeline.records import VECTOR_SIZE, Float16Vector
from pipeline.stage import model_hash

LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG"}
MAX_CHARS = 20_000  # longest text read at once; longer ones are read in windows
OVERLAP = 500  # characters that two windows share, more than any name has
SCORE = 0.8  # spaCy's entity recogniser gives none of its own
FloatVector = npt.NDArray[np.float32]
NEEDED = ("tok2vec", "transformer", "ner")


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text: its place, PERSON or ORG, and how sure the recogniser is."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over a passage gives: its names, and its vector of unit length."""

    names: list[Named]
    vector: Float16Vector


class Recogniser(Protocol):
    """Reads passages; the same passage always gets the same reading."""

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order."""
        ...


class SpacyRecogniser:
    """A spaCy pipeline as a recogniser; its labels PERSON, PER and ORG are used."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order; texts over 20,000 characters in overlapping windows."""
        pairs = ((window, i) for i, text in enumerate(texts) for window in windows(text))
        names: list[Named] = []
        vectors: list[FloatVector] = []
        current = 0
        piped = self._nlp.pipe(
            ((piece, (i, offset)) for (offset, piece), i in pairs), as_tuples=True, batch_size=64
        )
        for doc, (i, offset) in piped:
            if i != current:
                yield Reading(_merge(names), _unit(vectors))
                names, vectors, current = [], [], i
            names.extend(
                Named(offset + ent.start_char, offset + ent.end_char, LABELS[ent.label_], SCORE)
                for ent in doc.ents
                if ent.label_ in LABELS
            )
            vectors.append(_mean(doc))
        if vectors:
            yield Reading(_merge(names), _unit(vectors))


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


def _mean(doc: Doc) -> FloatVector:
    if not len(doc) or doc.tensor.shape[0] == 0:
        return np.zeros(VECTOR_SIZE, np.float32)
    mean = np.asarray(doc.tensor, np.float32).mean(axis=0)[:VECTOR_SIZE]
    return np.pad(mean, (0, VECTOR_SIZE - len(mean)))


def _unit(vectors: list[FloatVector]) -> Float16Vector:
    mean = np.mean(vectors, axis=0)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm > 0 else mean, np.float16)


@cache
def load_recogniser(name: str) -> Recogniser:
    """The recogniser in a folder that ``pipeline train encoder`` wrote, or that a spaCy pipeline is.

    Raises ConfigError where there is neither.
    """
    if (Path(name) / "encoder.onnx").is_file():
        from pipeline.nlp.encoder import Encoder  # it builds on what stands here

        return Encoder(Path(name))
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ConfigError(
            f"entities.recogniser: no spaCy pipeline '{name}'; install it with pip, or name a folder"
        ) from error
    for pipe in nlp.pipe_names:
        if pipe not in NEEDED:
            nlp.disable_pipe(pipe)
    nlp.max_length = MAX_CHARS + 1
    return SpacyRecogniser(nlp)


def recogniser_version(name: str) -> str:
    """A text that changes when the recogniser does."""
    if Path(name).is_dir():
        return model_hash(Path(name))
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
