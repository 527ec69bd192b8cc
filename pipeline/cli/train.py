"""``pipeline train``."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import LABELS, Config, Labels, Plain, Topics, log_to_stderr, names, out
from pipeline.config import ROOT, load_settings
from pipeline.evaluate import HELD_OUT
from pipeline.label.rows import load_labels
from pipeline.training.corpora import MARKED, read_marked, read_plain
from pipeline.training.encoder import EPOCHS, Sources, train_encoder
from pipeline.training.versions import train_topics

app = typer.Typer(help="Train models on your own labels.", no_args_is_help=True)


@app.command(
    "topics", epilog="Example:  pipeline train topics --labels my-labels.jsonl --models models/topics"
)
def topics_command(
    labels: Labels = LABELS,
    models: Annotated[Path | None, typer.Option(help="Folder of topic classifiers.")] = None,
    topics: Topics = None,
    promote: Annotated[
        bool | None,
        typer.Option("--promote/--keep", help="Use it, or only keep it, whatever the comparison says."),
    ] = None,
    config: Config = None,
) -> None:
    """Train the topic classifier on labelled passages, and use it unless it is worse.

    It is compared on the held-out passages with the version in use. Labels may have other
    topics than the shipped ones.
    """
    log_to_stderr()
    settings = load_settings(config)
    target = models or settings.topics.models
    outcome = train_topics(labels, target, settings=settings, topics=names(topics), promote_it=promote)
    figures = outcome.trained.figures
    where = "held out" if figures.held_out else "by cross-validation"
    out.print(f"{target / outcome.version}: on {figures.passages:,} passages {where}:", soft_wrap=True)
    for name, value in figures.f1.items():
        out.print(f"  {name:<26} F1 {value:.2f}")
    out.print(
        f"  {'macro':<26} F1 {figures.macro_f1:.2f}; calibration error {figures.calibration_error:.2f};"
        f" {figures.coverage:.0%} answered, {figures.precision_when_covered:.0%} of them right"
    )
    if outcome.left_out:
        out.print(f"left out: {outcome.left_out} passages that nearly equal one that is held out")
    if outcome.promoted:
        out.print(f"promoted: {outcome.reason}; 'pipeline run' will use it", soft_wrap=True)
    else:
        out.print(
            f"kept as a candidate: {outcome.reason}; use it with 'pipeline models promote {outcome.version}'",
            soft_wrap=True,
        )


@app.command(
    "encoder",
    epilog="Example:  pipeline train encoder --public ner-sets --plain texts.jsonl.gz --output models/mine",
)
def encoder_command(
    gold: Annotated[Path, typer.Option(help="Annotated passages, a file or a folder.")] = ROOT
    / "corpus/gold/train",
    public: Annotated[
        Path | None, typer.Option(help="Folder with the public sets CrossNER, Wikigold and UNER (JSONL).")
    ] = None,
    plain: Plain = None,
    labels: Annotated[
        Path, typer.Option(help="Labelled passages; those of the split encoder teach the vector.")
    ] = LABELS,
    marked: Annotated[
        Path, typer.Option(help="Labels of passages in the texts of --plain, by their place.")
    ] = LABELS / MARKED,
    output: Annotated[Path, typer.Option(help="Folder for the spaCy pipeline and its card.")] = ROOT
    / "models/en_policy",
    work: Annotated[Path, typer.Option(help="Folder for checkpoints.")] = Path("training"),
    epochs: Annotated[int, typer.Option(min=1, help="Times that all text is read.")] = EPOCHS,
    held_out: Annotated[
        list[str] | None, typer.Option(help="Author whose passages are kept for measuring; repeatable.")
    ] = None,
) -> None:
    """Fine-tune an encoder that finds people and organisations; needs the extra "train".

    Takes about a quarter of an hour an epoch on two cores. Use it with entities.recogniser in
    pipeline.toml, and train the topics again: they build on its vectors.
    """
    log_to_stderr()
    texts = read_plain(plain or ())
    some = read_marked(marked, texts)
    apart = {row.doc_id for row in some if row.split == "holdout"}
    sources = Sources(
        gold,
        public,
        gold.parent / "names",
        tuple(text for key, text in texts.items() if key not in apart),
        held_out=tuple(held_out or HELD_OUT),
        labelled=(*load_labels(labels), *some),
    )
    for score in train_encoder(sources, output, work, count=epochs):
        out.print(f"  {score.label:<14} F1 {score.f1:.3f}")
    out.print(f"{output}: written, with its card", soft_wrap=True)
