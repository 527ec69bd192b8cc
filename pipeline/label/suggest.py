"""Which passages to label next: those that the classifier doubts, and no two alike."""

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans

from pipeline.nlp.classifier import Floats, Vectors

BETA = 10  # candidates a passage of the batch, the most doubtful (Zhdanov 2019)
SEED = 1


def doubt(chances: Floats) -> npt.NDArray[np.float64]:
    """How little the likeliest class leads over the next: 1 where they are equal, 0 where it is certain."""
    if chances.shape[1] < 2:
        return np.ones(len(chances))
    ordered = np.sort(chances, axis=1)
    return np.asarray(1 - (ordered[:, -1] - ordered[:, -2]))


def choose(vectors: Vectors, chances: Floats | None, count: int) -> list[int]:
    """The rows to label, at most ``count``, the most doubtful first.

    Among the most doubtful, ten for each wanted, k-means weighted by doubt makes as many groups
    as wanted, and the passage nearest to each centre is taken (Zhdanov 2019, "Diverse mini-batch
    active learning"). Without probabilities every passage is as doubtful as the next.
    """
    weights = doubt(chances) if chances is not None else np.ones(len(vectors))
    order = np.argsort(-weights, kind="stable")
    pool = order[: BETA * count] if chances is not None else order
    if len(pool) <= count:
        return [int(i) for i in pool]
    given = np.asarray(vectors[pool], np.float32)
    groups = KMeans(count, n_init=1, random_state=SEED).fit(given, sample_weight=weights[pool] + 1e-3)
    far = ((given - groups.cluster_centers_[groups.labels_]) ** 2).sum(axis=1)
    nearest: dict[int, int] = {}
    for i in np.argsort(far, kind="stable"):
        nearest.setdefault(int(groups.labels_[i]), int(pool[i]))
    return sorted(nearest.values(), key=lambda i: (-weights[i], i))
