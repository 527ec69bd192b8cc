"""``pipeline label``."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.shared import LABELS, Config, Labels, Topics, log_to_stderr, names, out
from pipeline.config import load_settings
from pipeline.label import loop

app = typer.Typer(help="Choose passages to label, take labels in, look at them again.", no_args_is_help=True)
Outputs = Annotated[Path, typer.Option(help="Folder of tables that 'pipeline run' wrote.")]
To = Annotated[Path, typer.Option(help="Where to write, without an ending: each format adds its own.")]
MAX_PROBLEMS = 20


@app.command("suggest", epilog="Example:  pipeline label suggest --count 100 --to batches/first")
def suggest_command(
    outputs: Outputs = Path("outputs"),
    to: To = Path("labels/batch"),
    labels: Annotated[Path | None, typer.Option(help="Labels that you have; not asked for again.")] = None,
    count: Annotated[int, typer.Option(min=1, help="Passages in the batch.")] = loop.BATCH,
    topics: Topics = None,
    config: Config = None,
) -> None:
    """Write the passages that are most worth labelling: CSV, Label Studio, doccano and Prodigy.

    They are those that the classifier doubts, no two alike. Label them in the tool that you
    like, or fill in the column topic of the CSV, and take them in with 'pipeline label import'.
    """
    settings = load_settings(config)
    batch = loop.suggest(
        outputs, to, labels=labels, count=count, settings=settings.topics, topics=names(topics)
    )
    out.print(f"{batch.passages} of {batch.pool:,} passages without a label:")
    for file in batch.files:
        out.print(f"  {file}", soft_wrap=True)


@app.command("import", epilog="Example:  pipeline label import batches/first.csv --into labels/mine.jsonl")
def import_command(
    files: Annotated[
        list[Path], typer.Argument(help="CSV, JSONL, Label Studio JSON, doccano or Prodigy JSONL.")
    ],
    into: Annotated[Path, typer.Option(help="JSONL file of labels to add to.")] = Path("labels/mine.jsonl"),
    outputs: Annotated[
        Path | None, typer.Option(help="Verify places in these tables; default: outputs, if there.")
    ] = None,
    topics: Topics = None,
) -> None:
    """Take labels in from a spreadsheet or a labelling tool.

    Every label is verified against its document; one whose place has moved is found again. What cannot be
    placed, or is disputed, is listed, never guessed; the rest is taken.
    """
    tables = outputs or (Path("outputs") if Path("outputs/manifest.json").is_file() else None)
    imported = loop.import_labels(files, into, outputs=tables, topics=names(topics))
    counts = Counter(row.topic for row in imported.rows)
    kinds = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    out.print(f"{into}: {len(imported.rows)} labels ({kinds or 'none'})", soft_wrap=True)
    if imported.moved:
        out.print(f"{imported.moved} had moved in their documents and were found again")
    if imported.problems:
        out.print(f"{len(imported.problems)} not taken:")
    for problem in imported.problems[:MAX_PROBLEMS]:
        out.print(
            f"  {problem.where}: {problem.id}: {problem.reason}: {problem.text[:60]!r}",
            soft_wrap=True, markup=False,
        )  # fmt: skip
    if len(imported.problems) > MAX_PROBLEMS:
        out.print(f"  and {len(imported.problems) - MAX_PROBLEMS} more")


@app.command("export", epilog="Example:  pipeline label export --labels labels/mine.jsonl --to labels/mine")
def export_command(labels: Labels = LABELS, to: To = Path("labels/export")) -> None:
    """Write labels for a spreadsheet, Label Studio, doccano and Prodigy."""
    for file in loop.export_labels(labels, to):
        out.print(f"{file}", soft_wrap=True)


@app.command("review", epilog="Example:  pipeline label review --labels labels/mine.jsonl --to doubts.csv")
def review_command(
    labels: Labels = LABELS,
    to: Annotated[Path | None, typer.Option(help="CSV to write; else the first ones are shown.")] = None,
    config: Config = None,
) -> None:
    """List the labels that are likely errors, by cross-validated confidence.

    Correct the column topic of the CSV and take it in with 'pipeline label import'.
    """
    log_to_stderr()
    doubts = loop.review(labels, load_settings(config))
    out.print(f"{len(doubts)} labels to doubt")
    if to:
        loop.write_doubts(doubts, to)
        out.print(f"{to}: written", soft_wrap=True)
    for doubt in doubts[:MAX_PROBLEMS] if not to else ():
        out.print(
            f"  {doubt.row.id}: {doubt.row.topic} ({doubt.likelihood:.2f}), rather {doubt.suggested}: "
            f"{doubt.row.text[:60]!r}",
            soft_wrap=True, markup=False,
        )  # fmt: skip
