"""How many labels suggested batches save, by simulation: ``make simulate``.

The pool is what the encoder has not learnt from; the hold-out measures. Random selection draws
batch after batch; the other way asks for the batches that ``pipeline label suggest`` would, from a
classifier trained on the labels so far.
"""

from pathlib import Path

import numpy as np

from pipeline.config import Settings
from pipeline.label.rows import load_labels
from pipeline.label.suggest import choose
from pipeline.label.vectors import label_features
from pipeline.training.topics import estimator, macro_f1

LABELS = Path(__file__).parent.parent / "corpus" / "labels"
FIRST = BATCH = 20
LAST = 200  # half of the pool; beyond it both ways take nearly all there is
RUNS = 20


def main() -> None:
    rows = load_labels(LABELS)
    given = label_features(rows, Settings().entities, LABELS)
    truth = np.array([row.topic for row in rows])
    pool, held = (np.array([row.split == name for row in rows]) for name in ("train", "holdout"))
    sizes = list(range(FIRST, min(LAST, int(pool.sum())) + 1, BATCH))
    scores: dict[bool, list[list[float]]] = {False: [], True: []}
    for run in range(RUNS):
        for suggested in scores:
            scores[suggested].append(
                _curve(given[pool], truth[pool], given[held], truth[held], sizes, suggested, run)
            )
    random, chosen = (np.mean(scores[kind], axis=0) for kind in (False, True))
    print(
        "| labels | random | suggested | suggested labels as good as random ones |\n| --- | --- | --- | --- |"
    )
    for size, a, b in zip(sizes, random, chosen, strict=True):
        enough = next((str(n) for n, other in zip(sizes, chosen, strict=True) if other >= a), "more")
        print(f"| {size} | {a:.3f} | {b:.3f} | {enough} |")
    print(f"\nMacro F1 on {held.sum()} passages held out, mean of {RUNS} runs from {FIRST} random labels.")


def _curve(
    given: np.ndarray, truth: np.ndarray, held: np.ndarray, wanted: np.ndarray, sizes: list[int],
    suggested: bool, seed: int,
) -> list[float]:  # fmt: skip
    order = [int(i) for i in np.random.default_rng(seed).permutation(len(given))]
    known, curve = order[:FIRST], []
    for size in sizes:
        model = estimator().fit(given[known[:size]], truth[known[:size]])
        curve.append(macro_f1(wanted, model.predict(held)))
        rest = [i for i in order if i not in set(known)]
        if suggested and rest:
            known += [rest[i] for i in choose(given[rest], model.predict_proba(given[rest]), BATCH)]
        else:
            known = order[: size + BATCH]
    return curve


if __name__ == "__main__":
    main()
