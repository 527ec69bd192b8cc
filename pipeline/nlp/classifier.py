"""The topic classifier on disk: which version is promoted, and probabilities from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import skops.io

from pipeline.errors import ConfigError

PROMOTED = "promoted"  # a file that holds the name of the version in use
TRUSTED = {"numpy.dtype"}  # beyond what skops itself trusts of scikit-learn, numpy and scipy
CLASSES = ("cluster_management", "sme_innovation", "public_private_innovation", "none")


@dataclass(frozen=True, slots=True)
class TopicClassifier:
    """A fitted scikit-learn estimator on texts, and the threshold below which it abstains."""

    estimator: Any
    classes: tuple[str, ...]
    threshold: float

    def predict_proba(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Probabilities, one row a text and one column a class in the order of ``classes``."""
        if not texts:
            return np.empty((0, len(self.classes)))
        given = list(self.estimator.classes_)
        order = [given.index(name) for name in self.classes]
        return np.asarray(self.estimator.predict_proba(list(texts)))[:, order]


def model_text(text: str, heading: str | None) -> str:
    """What the classifier reads of a passage: its heading and its text."""
    return f"{heading}\n{text}" if heading else text


def promoted(models: Path) -> Path:
    """The folder of the promoted version. Raises ConfigError where none is promoted."""
    try:
        name = (models / PROMOTED).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{models} has no promoted model; run 'pipeline train topics'") from error
    folder = models / name
    if not (folder / "model.skops").is_file():
        raise ConfigError(f"{models / PROMOTED} names '{name}', which is not there; promote another")
    return folder


@cache
def load_classifier(folder: Path) -> TopicClassifier:
    """The classifier in a version's folder; refuses types that a topic model does not need."""
    file = folder / "model.skops"
    unknown = set(skops.io.get_untrusted_types(file=file)) - TRUSTED
    if unknown:
        raise ConfigError(f"{file} holds types that are not trusted: {', '.join(sorted(unknown))}")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    estimator = skops.io.load(file, trusted=sorted(TRUSTED))
    return TopicClassifier(estimator, tuple(meta["classes"]), float(meta["threshold"]))
