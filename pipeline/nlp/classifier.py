"""The topic classifier on disk: which version is promoted, and probabilities from it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import skops.io

from pipeline.errors import ConfigError
from pipeline.records import NONE

PROMOTED = "promoted"  # a file that names the versions in use: the last line is, those above were
TRUSTED = {"numpy.dtype"}  # beyond what skops itself trusts of scikit-learn, numpy and scipy
HEADING = 0.5  # weight of a heading's vector beside its passage's
Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TopicClassifier:
    """A fitted scikit-learn estimator on vectors, and how its probabilities are read.

    ``slope`` is the inverse temperature that calibrates them (Guo and others 2017); below
    ``threshold`` it abstains; a second topic counts from ``also`` on. ``vectors`` names the
    encoder whose vectors it knows.
    """

    estimator: Any
    classes: tuple[str, ...]
    slope: float
    threshold: float
    also: float
    vectors: str

    def predict_proba(self, features: Vectors) -> Floats:
        """Probabilities, one row a passage and one column a class in the order of ``classes``."""
        if not len(features):
            return np.empty((0, len(self.classes)))
        given = list(self.estimator.classes_)
        order = [given.index(name) for name in self.classes]
        return sharpen(np.asarray(self.estimator.predict_proba(features))[:, order], self.slope)

    def decide(self, chances: Floats) -> tuple[str | None, str | None]:
        """The topic that a row of probabilities gives, or None to abstain, and a second topic."""
        first, second = np.argsort(-chances, kind="stable")[:2]
        if chances[first] < self.threshold:
            return None, None
        both = NONE not in (self.classes[first], self.classes[second]) and chances[second] >= self.also
        return self.classes[first], self.classes[second] if both else None


def sharpen(chances: Floats, slope: float) -> Floats:
    """Probabilities whose logarithms are multiplied by a slope, row by row."""
    logs = slope * np.log(np.maximum(chances, 1e-12))
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def features(passages: npt.ArrayLike, headings: npt.ArrayLike) -> Vectors:
    """What the classifier reads: a row's passage vector, and its heading's with less weight.

    A passage without a heading has zeros there. Neighbours and words were tried beside them:
    docs/decisions/0004-topics.md.
    """
    return np.hstack([np.asarray(passages, np.float32), HEADING * np.asarray(headings, np.float32)])


def history(models: Path) -> list[str]:
    """The versions that have been promoted, the one in use last; empty where none has been."""
    try:
        return (models / PROMOTED).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []


def promoted(models: Path) -> Path:
    """The folder of the promoted version. Raises ConfigError where none is promoted."""
    names = history(models)
    if not names:
        raise ConfigError(f"{models} has no promoted model; run 'pipeline train topics'")
    if not (models / names[-1] / "model.skops").is_file():
        raise ConfigError(f"{models / PROMOTED} names '{names[-1]}', which is not there; promote another")
    return models / names[-1]


def versions(models: Path) -> list[str]:
    """The versions in a folder of classifiers, in the order of their names."""
    return sorted(path.parent.name for path in models.glob("*/model.skops"))


def read_meta(folder: Path) -> dict[str, Any]:
    """What a version's training wrote about it. Raises ConfigError where it is damaged."""
    try:
        return dict(json.loads((folder / "meta.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{folder / 'meta.json'} cannot be read ({error}); train again") from error


@cache
def load_classifier(folder: Path) -> TopicClassifier:
    """The classifier in a version's folder; refuses types that a topic model does not need."""
    file = folder / "model.skops"
    unknown = set(skops.io.get_untrusted_types(file=file)) - TRUSTED
    if unknown:
        raise ConfigError(f"{file} holds types that are not trusted: {', '.join(sorted(unknown))}")
    meta = read_meta(folder)
    try:
        return TopicClassifier(
            estimator=skops.io.load(file, trusted=sorted(TRUSTED)),
            classes=tuple(meta["classes"]),
            slope=float(meta["slope"]),
            threshold=float(meta["threshold"]),
            also=float(meta["also"]),
            vectors=str(meta["vectors"]),
        )
    except KeyError as error:
        raise ConfigError(f"{folder} was written by another version of pipeline; train again") from error
