"""Labels to doubt: passages whose label cross-validation finds unlikely, and near duplicates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.label.rows import Labelled

SIMILAR = 0.9  # cosine of four-letter parts from which on two texts are near duplicates
ROWS = 1000  # compared at once, so that memory stays small


@dataclass(frozen=True, slots=True)
class Doubt:
    """A label that is likely wrong, and the topic that the others suggest.

    ``likelihood`` is the probability of the given topic by a classifier that has not seen the
    passage.
    """

    row: Labelled
    suggested: str
    likelihood: float


def near_duplicates(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of ids whose texts share nearly all of their four-letter parts."""
    if len(texts) < 2:
        return []
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True, dtype=np.float32)
    given = parts.fit_transform([text for _, text in texts])
    pairs = []
    for start in range(0, len(texts), ROWS):
        alike = (given[start : start + ROWS] @ given.T).tocoo()
        for i, j in zip(alike.row[alike.data >= SIMILAR], alike.col[alike.data >= SIMILAR], strict=True):
            if start + i < j:
                pairs.append((texts[start + i][0], texts[j][0]))
    return sorted(pairs)


def doubtful(
    rows: Sequence[Labelled], chances: npt.NDArray[np.float64], classes: Sequence[str]
) -> list[Doubt]:
    """The labels that confident learning (Northcutt and others 2021) takes for errors, likeliest first.

    ``chances`` are out-of-fold probabilities. A class's threshold is the mean probability that
    its own passages have; a passage that reaches another class's threshold, and its own
    class's not, is doubted.
    """
    column = {name: i for i, name in enumerate(classes)}
    given = np.array([column[row.topic] for row in rows])
    own = chances[np.arange(len(rows)), given]
    levels = np.array([own[given == i].mean() if (given == i).any() else 1.0 for i in range(len(classes))])
    above = np.where(chances >= levels, chances, -1.0)
    likeliest = above.argmax(axis=1)
    doubted = (above.max(axis=1) >= 0) & (likeliest != given)
    found = [Doubt(row, classes[likeliest[i]], float(own[i])) for i, row in enumerate(rows) if doubted[i]]
    return sorted(found, key=lambda doubt: (doubt.likelihood, doubt.row.id))
