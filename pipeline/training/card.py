"""The card of a topic classifier: its figures in words, tables and one picture."""

import io
from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pipeline.label.rows import Labelled
from pipeline.training.topics import BINS, PRECISION, Figures, Trained


def write_card(version: str, trained: Trained, rows: Sequence[Labelled]) -> str:
    """The card as Markdown; it shows ``card.png``, which stands beside it."""
    figures = trained.figures
    scores = "\n".join(
        f"| {name} | {figures.precision[name]:.2f} | {figures.recall[name]:.2f} | {figures.f1[name]:.2f} |"
        for name in figures.classes
    )
    head = " | ".join([*figures.classes, "abstains"])
    counts = "\n".join(
        f"| {name} | " + " | ".join(map(str, row)) + " |"
        for name, row in zip(figures.classes, figures.confusion, strict=True)
    )
    where = "that no training has seen" if figures.held_out else "by cross-validation"
    splits = Counter(row.split for row in rows)
    registers = ", ".join(sorted({row.register for row in rows if row.register})) or "not stated"
    return f"""# Topic classifier {version}

Multinomial logistic regression on the encoder's vectors of a passage and of its heading, with
calibrated probabilities. Labelled passages: {splits["train"] + splits["encoder"]:,} to learn from
({splits["encoder"]:,} of which the encoder learnt from too, so that they take no part in calibrating)
and {splits["holdout"]:,} held out. Registers: {registers}.

## Figures

On {figures.passages:,} passages {where}:

| class | precision | recall | F1 |
| --- | --- | --- | --- |
{scores}

Macro F1 {figures.macro_f1:.3f}. Expected calibration error {figures.calibration_error:.3f} ({BINS} bins).

Below a confidence of {trained.classifier.threshold:.2f} it abstains. The threshold was chosen for a
precision of {PRECISION:.0%} on other passages; here it answers for {figures.coverage:.0%} and is right in
{figures.precision_when_covered:.1%} of those. A second topic is named from a probability of
{trained.classifier.also:.2f} on.

True classes in rows, predicted ones in columns:

| | {head} |
| --- |{" --- |" * (len(figures.classes) + 1)}
{counts}

![Reliability, accuracy by coverage, learning curve](card.png)
"""


def draw(trained: Trained) -> bytes:
    """The picture of the card (PNG): reliability, accuracy by coverage, learning curve."""
    figure = Figure(figsize=(12, 3.6), layout="constrained")
    reliability, coverage, learning = figure.subplots(1, 3)
    _reliability(reliability, trained.figures)
    _coverage(coverage, trained.figures)
    for axes in (reliability, coverage, learning):
        axes.grid(alpha=0.3)
    learning.set(title="learning curve", xlabel="labels learnt from", ylabel="macro F1", ylim=(0, 1))
    learning.plot([count for count, _ in trained.curve], [f1 for _, f1 in trained.curve], marker="o")
    sink = io.BytesIO()
    figure.savefig(sink, format="png", dpi=80, metadata={"Software": None})
    return sink.getvalue()


def _reliability(axes: Axes, figures: Figures) -> None:
    bins = np.minimum((figures.confidence * BINS).astype(int), BINS - 1)
    there = [b for b in range(BINS) if (bins == b).any()]
    axes.set(title="reliability", xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.scatter(
        [figures.confidence[bins == b].mean() for b in there],
        [figures.right[bins == b].mean() for b in there],
        s=[20 + 300 * float((bins == b).mean()) for b in there],
    )


def _coverage(axes: Axes, figures: Figures) -> None:
    order = np.argsort(-figures.confidence, kind="stable")
    counts = np.arange(1, len(order) + 1)
    axes.plot(counts / len(order), np.cumsum(figures.right[order]) / counts)
    axes.plot([figures.coverage], [figures.precision_when_covered], marker="o", color="black")
    axes.set(title="accuracy by coverage", xlabel="share answered", ylabel="share right", xlim=(0, 1))
