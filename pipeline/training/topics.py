"""Train a topic classifier on vectors of labelled passages, calibrate it, and measure it on the hold-out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, f1_score, log_loss, precision_recall_fscore_support
from sklearn.model_selection import GroupKFold

from pipeline.errors import ConfigError
from pipeline.label.rows import Labelled, digest
from pipeline.nlp.classifier import Floats, TopicClassifier, Vectors, sharpen
from pipeline.records import NONE

FOLDS = 5
PRECISION = 0.95  # of the passages that get a topic or none; the threshold is chosen for it
Z = 1.645  # of the normal distribution, for a one-sided interval of 95 %
ALSO = 0.25  # probability of a second topic, where labels have too few to choose by
BINS = 10  # of the calibration error
SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)  # of the labels, for the learning curve
MIN_CALIBRATION = 50  # passages that the encoder has not learnt from; with fewer all calibrate
MIN_HOLD_OUT = 20  # with fewer, cross-validation measures
SEED = 1
Bools = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a classifier does on passages that it has not learnt from.

    ``confusion`` has a row for each true class and a column for each predicted one, and a last
    column for those on which it abstains; ``confidence`` and ``right`` hold a value a passage.
    """

    passages: int
    held_out: bool  # else from cross-validation
    classes: tuple[str, ...]
    macro_f1: float
    f1: dict[str, float]
    precision: dict[str, float]
    recall: dict[str, float]
    calibration_error: float
    coverage: float
    precision_when_covered: float
    confusion: list[list[int]]
    confidence: Floats = field(repr=False)
    right: Bools = field(repr=False)


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted classifier, its figures, and macro F1 on the hold-out by number of labels."""

    classifier: TopicClassifier
    figures: Figures
    curve: list[tuple[int, float]]


def estimator() -> LogisticRegression:
    """Multinomial logistic regression; C was chosen by cross-validation over authors."""
    return LogisticRegression(C=3, max_iter=2000)


def fit(rows: Sequence[Labelled], given: Vectors, classes: tuple[str, ...], vectors: str) -> Trained:
    """Train on the passages that are not held out, and measure on those that are.

    Probabilities are calibrated and the threshold is chosen by cross-validation in which no
    author (or, where authors are few, no text) is on both sides, on passages that the encoder
    has not learnt from. Raises ConfigError where some topic has nothing to learn from.
    """
    truth = np.array([row.topic for row in rows])
    held = np.array([row.split == "holdout" for row in rows])
    if thin := [name for name in classes if (truth[~held] == name).sum() < 2]:
        raise ConfigError(f"column 'topic': fewer than two passages to learn {', '.join(thin)} from")
    known = [row for row in rows if row.split != "holdout"]
    chances = out_of_fold(given[~held], truth[~held], known, classes)
    apart = np.array([row.split != "encoder" for row in known])
    apart = apart if apart.sum() >= MIN_CALIBRATION else np.ones(len(known), bool)
    slope = _slope(chances[apart], truth[~held][apart], classes)
    chances = sharpen(chances, slope)
    best = np.array(classes)[chances.argmax(axis=1)]
    threshold = choose_threshold(chances[apart].max(axis=1), best[apart] == truth[~held][apart], PRECISION)
    also = _choose_also(
        chances[apart], [row for row, kept in zip(known, apart, strict=True) if kept], classes
    )
    model = estimator().fit(given[~held], truth[~held])
    classifier = TopicClassifier(model, classes, slope, threshold, also, vectors)
    if held.sum() >= MIN_HOLD_OUT and len(set(truth[held])) > 1:
        figures = measure(classifier, given[held], truth[held])
    else:
        figures = _figures(chances[apart], truth[~held][apart], classifier, held_out=False)
    return Trained(classifier, figures, _learning_curve(given, truth, held) if figures.held_out else [])


def measure(classifier: TopicClassifier, given: Vectors, truth: Strings) -> Figures:
    """A classifier's figures on passages held out."""
    return _figures(classifier.predict_proba(given), truth, classifier, held_out=True)


def out_of_fold(given: Vectors, truth: Strings, rows: Sequence[Labelled], classes: tuple[str, ...]) -> Floats:
    """Probabilities for each passage from a model that has seen neither it nor its author."""
    authors = [row.author for row in rows]
    groups = authors if len(set(authors)) >= FOLDS else [row.doc_id or digest(row.text) for row in rows]
    chances = np.full((len(rows), len(classes)), 1 / len(classes))
    if len(set(groups)) < 2:
        return chances
    for train, test in GroupKFold(min(FOLDS, len(set(groups)))).split(given, truth, groups):
        if len(set(truth[train])) > 1:
            model = estimator().fit(given[train], truth[train])
            columns = [classes.index(name) for name in model.classes_]
            chances[test] = 1e-9
            chances[np.ix_(test, columns)] = model.predict_proba(given[test])
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _slope(chances: Floats, truth: Strings, classes: tuple[str, ...]) -> float:
    """The slope at which probabilities have the least log loss."""
    wanted = np.array([classes.index(name) for name in truth])

    def loss(log_slope: float) -> float:
        return float(log_loss(wanted, sharpen(chances, np.exp(log_slope)), labels=range(len(classes))))

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))


def _choose_also(chances: Floats, rows: Sequence[Labelled], classes: tuple[str, ...]) -> float:
    """The probability from which on a second topic is right most often, by F1."""
    wanted = sum(row.also is not None for row in rows)
    if wanted < FOLDS:
        return ALSO
    order = np.argsort(-chances, axis=1, kind="stable")
    second = np.take_along_axis(chances, order[:, 1:2], axis=1)[:, 0]
    hit = np.array([row.also == classes[order[i, 1]] for i, row in enumerate(rows)])
    pair = np.array([NONE not in (classes[a], classes[b]) for a, b in order[:, :2]])
    steps = np.arange(0.05, 0.5, 0.01)
    found = [2 * (hit & pair & (second >= s)).sum() / (wanted + (pair & (second >= s)).sum()) for s in steps]
    return float(steps[int(np.argmax(found))])


def choose_threshold(confidence: Floats, right: Bools, precision: float) -> float:
    """The lowest confidence from which on predictions are as precise as asked for.

    New text is harder than what one chooses by, so the lower bound of the precision (Wilson's
    interval, one-sided, 95 %) has to reach it; where there are too few passages for that, the precision
    itself. 1.0, at which nothing is predicted, where no threshold reaches it.
    """
    order = np.argsort(-confidence)
    count = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / count
    spread = Z * np.sqrt(share * (1 - share) / count + (Z / (2 * count)) ** 2)
    for reached in ((share + Z**2 / (2 * count) - spread) / (1 + Z**2 / count), share):
        enough = np.flatnonzero(reached >= precision)
        if len(enough):
            return float(confidence[order[enough[-1]]])
    return 1.0


def calibration_error(confidence: Floats, right: Bools) -> float:
    """Expected calibration error over ten equal bins of confidence (Guo and others, 2017)."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(confidence[bins == b].mean()) - float(right[bins == b].mean())) * (bins == b).mean()
        for b in range(BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))


def _figures(chances: Floats, truth: Strings, classifier: TopicClassifier, *, held_out: bool) -> Figures:
    classes = list(classifier.classes)
    best = np.array(classes)[chances.argmax(axis=1)]
    confidence = chances.max(axis=1)
    right = best == truth
    covered = confidence >= classifier.threshold
    p, r, f, _ = precision_recall_fscore_support(truth, best, labels=classes, zero_division=0)
    given = np.where(covered, best, "")
    return Figures(
        passages=len(truth),
        held_out=held_out,
        classes=classifier.classes,
        macro_f1=macro_f1(truth, best),
        f1=dict(zip(classes, map(float, f), strict=True)),
        precision=dict(zip(classes, map(float, p), strict=True)),
        recall=dict(zip(classes, map(float, r), strict=True)),
        calibration_error=calibration_error(confidence, right),
        coverage=float(covered.mean()),
        precision_when_covered=float(right[covered].mean()) if covered.any() else 0.0,
        confusion=confusion_matrix(truth, given, labels=[*classes, ""])[:-1].tolist(),
        confidence=confidence,
        right=right,
    )


def macro_f1(truth: Strings, best: Strings) -> float:
    """The mean F1 of the classes that occur."""
    return float(f1_score(truth, best, labels=sorted(set(truth)), average="macro", zero_division=0))


def _learning_curve(given: Vectors, truth: Strings, held: Bools) -> list[tuple[int, float]]:
    order = np.random.default_rng(SEED).permutation(np.flatnonzero(~held))
    curve = []
    for share in SHARES:
        some = order[: max(2, int(share * len(order)))]
        if len(set(truth[some])) > 1:
            best = estimator().fit(given[some], truth[some]).predict(given[held])
            curve.append((len(some), macro_f1(truth[held], best)))
    return curve
