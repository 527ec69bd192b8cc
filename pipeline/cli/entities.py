"""``pipeline entities``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from pipeline.browse import list_entities, review, show_entity, write_review
from pipeline.cli.shared import out

app = typer.Typer(help="Look at the people and organisations of a run.", no_args_is_help=True)
Outputs = Annotated[Path, typer.Option(help="Folder that a run has written.")]


@app.command(
    "list",
    epilog="Examples:  pipeline entities list --label ORG   |   pipeline entities list --search skane",
)
def list_command(
    label: Annotated[str | None, typer.Option(help="PERSON or ORG.")] = None,
    country: Annotated[str | None, typer.Option(help="Two-letter code, such as SE.")] = None,
    search: Annotated[str | None, typer.Option(help="Part of a name or alias.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print.")] = 50,
    output: Outputs = Path("outputs"),
) -> None:
    """List entities, the most mentioned first."""
    found = list_entities(output, label=label, country=country, search=search)
    table = Table("entity_id", "label", "name", "country", "mentions", "documents", box=None, pad_edge=False)
    for e in found[:limit]:
        table.add_row(
            e.entity_id, e.label, escape(e.name), e.country or "", str(e.n_mentions), str(e.n_documents)
        )
    out.print(table)
    if len(found) > limit:
        out.print(f"and {len(found) - limit:,} more")


@app.command("show", epilog='Example:  pipeline entities show "Region Skåne"')
def show_command(
    entity: Annotated[str, typer.Argument(help="Id or name.")], output: Outputs = Path("outputs")
) -> None:
    """Show one entity: its forms, why they are one, where it stands, and what is in doubt."""
    shown = show_entity(output, entity)
    e = shown.entity
    country = f"{e.country} (by {e.country_source})" if e.country else "country unknown"
    lines = [f"{e.name}  {e.entity_id}  {e.label}  {country}"]
    lines.append(f"{e.n_mentions} mentions in {e.n_documents} documents; also: {'; '.join(e.aliases) or '-'}")
    lines += ["", "why these are one:"] if shown.merges else []
    lines += [f"  {a} = {b}: {why}, {score:.2f}, {n} times" for a, b, why, score, n in shown.merges if a != b]
    lines += ["", "mentions:", *(f"  {source}: ...{text}..." for source, text in shown.mentions)]
    lines += ["", "affiliations:"] if shown.affiliations else []
    lines += [f"  {' | '.join(cell or '-' for cell in row)}" for row in shown.affiliations]
    lines += ["", "may also be:"] if shown.doubts else []
    lines += [f"  {name} ({other}): {why}, {score:.2f}" for other, name, why, score in shown.doubts]
    for line in lines:
        out.print(line, soft_wrap=True, markup=False)


@app.command("review", epilog="Example:  pipeline entities review --to pairs.csv")
def review_command(
    to: Annotated[Path | None, typer.Option(help="CSV file to write; printed where none is named.")] = None,
    output: Outputs = Path("outputs"),
) -> None:
    """Write the doubtful pairs as CSV, each as a line that could go into the overrides file."""
    if to is None:
        print(review(output).to_csv(index=False), end="")
    else:
        out.print(f"{to}: {write_review(output, to)} pairs", soft_wrap=True, markup=False)
