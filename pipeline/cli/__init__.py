"""The command line; the only folder that prints or exits."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from pipeline.cli import entities, label, models, train
from pipeline.cli.shared import LABELS, Config, Labels, Plain, log_to_stderr, out
from pipeline.config import ROOT, Settings, load_settings
from pipeline.errors import PipelineError
from pipeline.evaluate import report
from pipeline.records import TABLES
from pipeline.run import Progress, Summary
from pipeline.run import run as run_pipeline

app = typer.Typer(
    help="Policy event and news documents to tables of people, organisations, countries and topics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(train.app, name="train")
app.add_typer(label.app, name="label")
app.add_typer(models.app, name="models")
app.add_typer(entities.app, name="entities")

MAX_FAILURES = 20  # listed after a run; all are in the table sources
MAX_NAME = 80  # characters of a name in a message


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
        log_to_stderr()
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
    if summary.overrides:
        done = sum(status == "applied" for _, _, _, status, _ in summary.overrides)
        out.print(f"overrides: {done} applied, {len(summary.overrides) - done} not")
    for line, action, entity, status, detail in summary.overrides:
        if status != "applied":
            named = entity if len(entity) <= MAX_NAME else f"{entity[:MAX_NAME]}..."
            out.print(f"  line {line}: {action} {named}: {status} ({detail})", soft_wrap=True, markup=False)


@app.command(epilog="Example:  pipeline evaluate --gold my-annotated-texts/")
def evaluate(
    gold: Annotated[Path, typer.Option(help="Annotated texts, a file or a folder.")] = ROOT
    / "corpus/gold/documents",
    corpus: Annotated[Path, typer.Option(help="The documents they were made from.")] = ROOT
    / "corpus/documents",
    labels: Labels = LABELS,
    more: Annotated[
        Path | None, typer.Option(help="Annotated passages; those of the authors held out count.")
    ] = ROOT / "corpus/gold/train",
    plain: Plain = None,
    config: Config = None,
) -> None:
    """Print precision, recall and F1 of every label on annotated texts and labelled passages."""
    print(report(gold, corpus, labels, load_settings(config), more, plain or ()))


def main() -> None:
    """Run the command line; an error that was raised on purpose is one line and exit 1."""
    try:
        app()
    except PipelineError as error:
        print(f"pipeline: {error}", file=sys.stderr)
        sys.exit(1)
