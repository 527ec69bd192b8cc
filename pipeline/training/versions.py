"""Versions of the topic classifier: trained, compared with the one in use, promoted or kept."""

import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import skops.io

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.label.review import near_duplicates
from pipeline.label.rows import Labelled, classes_of, load_labels
from pipeline.label.vectors import label_features
from pipeline.nlp.classifier import PROMOTED, Vectors, history, load_classifier, read_meta, versions
from pipeline.nlp.recogniser import vectors_version
from pipeline.store import write_file
from pipeline.training.card import draw, write_card
from pipeline.training.topics import MIN_HOLD_OUT, Strings, Trained, fit, macro_f1

DRAWS = 2000  # of the bootstrap
WORSE = 0.01  # macro F1 that a new version may lose before it is kept back
SEED = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Macro F1 of the version in use on the same hold-out, and the new one's gain over it.

    ``low`` and ``high`` bound the gain with 95 % confidence (paired bootstrap over passages,
    Efron and Tibshirani 1993).
    """

    version: str
    macro_f1: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of training: the version, its figures, whether it is in use now, and why."""

    version: str
    trained: Trained
    comparison: Comparison | None
    promoted: bool
    reason: str
    left_out: int  # passages that nearly equal one that is held out


def train_topics(
    labels: Path,
    models: Path,
    *,
    settings: Settings | None = None,
    topics: Sequence[str] | None = None,
    promote_it: bool | None = None,
) -> Outcome:
    """Train on the labels, save under ``models``, and promote unless it is worse than what is in use.

    The version is named after its labels and its recipe, so the same labels give the same
    version. ``promote_it`` decides in place of the comparison. Raises ConfigError where the
    labels cannot be used; nothing is changed then.
    """
    settings = settings or Settings()
    rows, left_out = _apart(load_labels(labels, topics))
    classes = classes_of(rows)
    vectors = vectors_version(settings.entities.recogniser)
    given = label_features(rows, settings.entities, labels if labels.is_dir() else labels.parent)
    trained = fit(rows, given, classes, vectors)
    content = json.dumps([[asdict(row) for row in rows], vectors]) + repr(trained.classifier.estimator)
    version = "v-" + hashlib.sha256(content.encode()).hexdigest()[:8]
    comparison = _compare(trained, rows, given, models)
    chosen, reason = _judge(trained, comparison, models)
    if promote_it is not None:
        chosen, reason = promote_it, "as asked for"
    _save(models / version, trained, rows, comparison)
    if chosen:
        promote(models, version)
    return Outcome(version, trained, comparison, chosen, reason, left_out)


def _apart(rows: list[Labelled]) -> tuple[list[Labelled], int]:
    """The passages without those of the training that nearly equal one that is held out."""
    held = {row.id for row in rows if row.split == "holdout"}
    drop = {
        a if b in held else b
        for a, b in near_duplicates([(row.id, row.text) for row in rows])
        if (a in held) != (b in held)
    }
    return [row for row in rows if row.id not in drop], len(drop)


def _compare(trained: Trained, rows: Sequence[Labelled], given: Vectors, models: Path) -> Comparison | None:
    """How the version in use does on the same passages; None where that cannot be told."""
    names = history(models)
    held = np.array([row.split == "holdout" for row in rows])
    if not names or names[-1] not in versions(models) or not trained.figures.held_out:
        return None
    try:
        used = load_classifier(models / names[-1])
    except ConfigError:
        return None
    if used.classes != trained.classifier.classes or used.vectors != trained.classifier.vectors:
        return None
    truth = np.array([row.topic for row in rows])[held]
    new, old = (
        np.array(model.classes)[model.predict_proba(given[held]).argmax(axis=1)]
        for model in (trained.classifier, used)
    )
    gains = _bootstrap(truth, new, old)
    low, high = np.quantile(gains, [0.025, 0.975])
    before = macro_f1(truth, old)
    return Comparison(names[-1], before, macro_f1(truth, new) - before, float(low), float(high))


def _bootstrap(truth: Strings, new: Strings, old: Strings) -> list[float]:
    """The gain in macro F1 on samples drawn from the passages with replacement."""
    names, wanted = np.unique(truth, return_inverse=True)
    codes = {name: i for i, name in enumerate(names)}
    a, b = (np.array([codes.get(name, len(names)) for name in best]) for best in (new, old))
    rng = np.random.default_rng(SEED)
    gains = []
    for _ in range(DRAWS):
        some = rng.integers(0, len(truth), len(truth))
        gains.append(_macro(wanted[some], a[some], len(names)) - _macro(wanted[some], b[some], len(names)))
    return gains


def _macro(wanted: Any, found: Any, count: int) -> float:
    hit = np.bincount(wanted[wanted == found], minlength=count)[:count]
    total = np.bincount(wanted, minlength=count)[:count] + np.bincount(found, minlength=count)[:count]
    return float((2 * hit / np.maximum(total, 1)).mean())


def _judge(trained: Trained, comparison: Comparison | None, models: Path) -> tuple[bool, str]:
    """Whether to promote, and why."""
    if comparison:
        rounded = f"{comparison.gain:+.3f} ({comparison.low:+.3f} to {comparison.high:+.3f})"
        worse = comparison.gain < -WORSE or comparison.high < 0
        verdict = "worse than" if worse else "no worse than"
        return not worse, f"{verdict} {comparison.version} on the hold-out: macro F1 {rounded}"
    names = history(models)
    if not names:
        return True, "no version was in use"
    if not trained.figures.held_out:
        return True, f"fewer than {MIN_HOLD_OUT} passages are held out, too few to compare with {names[-1]}"
    return True, f"{names[-1]} has other topics or another encoder's vectors, and cannot be compared"


def _save(folder: Path, trained: Trained, rows: Sequence[Labelled], comparison: Comparison | None) -> None:
    model, figures = trained.classifier, trained.figures
    plain = {k: v for k, v in asdict(figures).items() if k not in ("confidence", "right")}
    meta = {
        "classes": model.classes,
        "slope": model.slope,
        "threshold": model.threshold,
        "also": model.also,
        "vectors": model.vectors,
        "labels": len(rows),
        "figures": plain,
        "curve": trained.curve,
        "comparison": asdict(comparison) if comparison else None,
    }
    write_file(folder / "model.skops", skops.io.dumps(model.estimator, compression=zipfile.ZIP_DEFLATED))
    write_file(folder / "meta.json", (json.dumps(meta, indent=1) + "\n").encode())
    write_file(folder / "card.png", draw(trained))
    write_file(folder / "card.md", write_card(folder.name, trained, rows).encode())


@dataclass(frozen=True, slots=True)
class Version:
    """A version in a folder of classifiers."""

    name: str
    in_use: bool
    labels: int
    macro_f1: float
    classes: tuple[str, ...]


def list_versions(models: Path) -> list[Version]:
    """Every version in a folder, with what its training wrote about it."""
    used = history(models)[-1:]
    found = []
    for name in versions(models):
        meta = read_meta(models / name)
        f1 = float(meta.get("figures", {}).get("macro_f1", 0))
        found.append(Version(name, [name] == used, int(meta.get("labels", 0)), f1, tuple(meta["classes"])))
    return found


def promote(models: Path, version: str) -> None:
    """Use a version from the next run on. Raises ConfigError where it cannot be loaded."""
    if version not in versions(models):
        there = ", ".join(versions(models)) or "none"
        raise ConfigError(f"{models} has no version '{version}'; there are: {there}")
    load_classifier(models / version)
    names = history(models)
    if names[-1:] != [version]:
        _write(models, [*names, version])


def roll_back(models: Path) -> str:
    """Use the version again that was promoted before the one in use, and tell its name."""
    names = history(models)
    if len(names) < 2:
        raise ConfigError(f"{models} has no earlier version to go back to; see 'pipeline models list'")
    if names[-2] not in versions(models):
        raise ConfigError(f"{models / names[-2]} is not there any more; promote another version")
    _write(models, names[:-1])
    return names[-2]


def _write(models: Path, names: list[str]) -> None:
    write_file(models / PROMOTED, "".join(name + "\n" for name in names).encode())
