"""The command line; the only module that prints or exits."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from pipeline.config import ROOT, Settings, load_settings
from pipeline.errors import PipelineError
from pipeline.evaluate import report
from pipeline.records import TABLES
from pipeline.run import Progress, Summary, log
from pipeline.run import run as run_pipeline
from pipeline.training.encoder import Sources, train_encoder
from pipeline.training.topics import train_topics

app = typer.Typer(
    help="Policy event and news documents to tables of people, organisations, countries and topics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
train_app = typer.Typer(help="Train models on your own labels.", no_args_is_help=True)
app.add_typer(train_app, name="train")

out = Console(highlight=False)
Config = Annotated[
    Path | None, typer.Option(help="Settings file; by default pipeline.toml in this folder, if there.")
]
MAX_FAILURES = 20  # listed after a run; all are in the table sources


@app.command(
    epilog="Examples:  pipeline run   |   pipeline run reports/ news.html --output tables --workers 4"
)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders to analyse.", show_default="corpus/documents"),
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder for the tables.")] = Path("outputs"),
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default: all processors.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, such as tcp://host:8786.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Work on everything again.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any input failed.")] = False,
    config: Config = None,
) -> None:
    """Analyse documents and write the tables.

    Afterwards the output folder holds exactly these documents. What has not changed since
    the last run is not worked on again. Hidden files are left out.
    """
    settings = load_settings(config)
    if sys.stderr.isatty():
        summary = _with_bar(paths or [Path("corpus/documents")], output, settings, workers, scheduler, force)
    else:
        _log_to_stderr()
        summary = run_pipeline(
            paths or [Path("corpus/documents")],
            output,
            settings=settings,
            workers=workers,
            scheduler=scheduler,
            force=force,
        )
    _print_summary(summary)
    failed = sum(count for status, count in summary.statuses.items() if status not in ("ok", "duplicate"))
    if strict and failed:
        raise typer.Exit(3)


def _log_to_stderr() -> None:
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    log.addHandler(lines)
    log.setLevel(logging.INFO)


def _with_bar(
    paths: list[Path],
    output: Path,
    settings: Settings,
    workers: int | None,
    scheduler: str | None,
    force: bool,
) -> Summary:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading file names", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, description=progress.message)

        return run_pipeline(
            paths,
            output,
            settings=settings,
            workers=workers,
            scheduler=scheduler,
            force=force,
            on_progress=show,
        )


def _print_summary(summary: Summary) -> None:
    table = Table("table", "rows", "one row for", box=None, pad_edge=False)
    for record in TABLES:
        about = (record.__doc__ or "").strip().rstrip(".")
        table.add_row(record.table, f"{summary.rows[record.table]:,}", about[0].lower() + about[1:])
    out.print(table)
    counts = ", ".join(f"{count:,} {status}" for status, count in summary.statuses.items())
    work = f"{summary.parts_done} parts done, {summary.parts_kept} unchanged, {summary.seconds:.1f} s"
    out.print(f"\n{summary.output}: sources {counts} ({work})", soft_wrap=True, markup=False)
    for source, reason, detail in summary.failures[:MAX_FAILURES]:
        out.print(f"  {source}: {reason} ({detail})", soft_wrap=True, markup=False)
    if len(summary.failures) > MAX_FAILURES:
        out.print(f"  and {len(summary.failures) - MAX_FAILURES:,} more; see the table sources")


@train_app.command(
    "topics", epilog="Example:  pipeline train topics --labels my-labels.jsonl --models models/topics"
)
def train_topics_command(
    labels: Annotated[Path, typer.Option(help="JSONL file or folder of labelled passages.")] = ROOT
    / "corpus"
    / "labels",
    models: Annotated[Path | None, typer.Option(help="Folder of topic classifiers.")] = None,
    config: Config = None,
) -> None:
    """Train the topic classifier on labelled passages, save it and use it from now on."""
    target = models or load_settings(config).topics.models
    version, figures = train_topics(labels, target)
    out.print(
        f"{target / version}: {figures.passages:,} passages, cross-validated over authors:", soft_wrap=True
    )
    for name, value in figures.f1.items():
        out.print(f"  {name:<26} F1 {value:.2f}")
    out.print(
        f"  {'macro':<26} F1 {figures.macro_f1:.2f}; calibration error {figures.calibration_error:.2f};"
        f" {figures.coverage:.0%} answered, {figures.precision_when_covered:.0%} of them right"
    )
    out.print("promoted; 'pipeline run' will use it")


@train_app.command(
    "encoder",
    epilog="Example:  pipeline train encoder --public ner-sets --output models/encoder --held-out n8a",
)
def train_encoder_command(
    gold: Annotated[Path, typer.Option(help="Annotated passages, a file or a folder.")] = ROOT
    / "corpus/gold/train",
    public: Annotated[
        Path | None, typer.Option(help="Folder with the public sets CrossNER, Wikigold and UNER (JSONL).")
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder for the encoder and its card.")] = ROOT
    / "models/encoder",
    epochs: Annotated[int, typer.Option(min=1, help="Times that all text is read.")] = 4,
    held_out: Annotated[
        list[str] | None, typer.Option(help="Author whose passages are kept for measuring; repeatable.")
    ] = None,
) -> None:
    """Fine-tune an encoder that finds people and organisations; needs the extra "train".

    Takes about ten minutes an epoch on two cores. Use it with entities.recogniser in pipeline.toml.
    """
    _log_to_stderr()
    sources = Sources(gold, public, gold.parent / "names", held_out=tuple(held_out or ()))
    for score in train_encoder(sources, output, count=epochs):
        out.print(f"  {score.label:<14} F1 {score.f1:.3f}")
    out.print(f"{output}: written, with its card", soft_wrap=True)


@app.command(epilog="Example:  pipeline evaluate --gold my-annotated-texts/")
def evaluate(
    gold: Annotated[Path, typer.Option(help="Annotated texts, a file or a folder.")] = ROOT
    / "corpus/gold/documents",
    corpus: Annotated[Path, typer.Option(help="The documents they were made from.")] = ROOT
    / "corpus/documents",
    labels: Annotated[Path, typer.Option(help="Labelled passages.")] = ROOT / "corpus/labels",
    config: Config = None,
) -> None:
    """Print precision, recall and F1 of every label on annotated texts and labelled passages."""
    print(report(gold, corpus, labels, load_settings(config)))


def main() -> None:
    """Run the command line; an error that was raised on purpose is one line and exit 1."""
    try:
        app()
    except PipelineError as error:
        print(f"pipeline: {error}", file=sys.stderr)
        sys.exit(1)
