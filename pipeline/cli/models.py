"""``pipeline models``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.shared import Config, out
from pipeline.config import load_settings
from pipeline.training import versions

app = typer.Typer(help="Versions of the topic classifier: list, promote, roll back.", no_args_is_help=True)
Models = Annotated[Path | None, typer.Option(help="Folder of topic classifiers.")]


def _folder(models: Path | None, config: Path | None) -> Path:
    return models or load_settings(config).topics.models


@app.command("list", epilog="Example:  pipeline models list")
def list_command(models: Models = None, config: Config = None) -> None:
    """List the versions with their figures; the one in use has a star."""
    folder = _folder(models, config)
    table = Table("", "version", "labels", "macro F1", "topics", box=None, pad_edge=False)
    for version in versions.list_versions(folder):
        star = "*" if version.in_use else ""
        table.add_row(
            star, version.name, f"{version.labels:,}", f"{version.macro_f1:.3f}", ", ".join(version.classes)
        )
    if table.row_count:
        out.print(table)
    else:
        out.print(f"{folder} holds no topic classifier; run 'pipeline train topics'", soft_wrap=True)


@app.command("promote", epilog="Example:  pipeline models promote v-1a2b3c4d")
def promote_command(
    version: Annotated[str, typer.Argument(help="A version that 'pipeline models list' shows.")],
    models: Models = None,
    config: Config = None,
) -> None:
    """Use a version from the next run on."""
    versions.promote(_folder(models, config), version)
    out.print(f"{version} is in use; 'pipeline run' will work on the topics again")


@app.command("rollback", epilog="Example:  pipeline models rollback")
def rollback_command(models: Models = None, config: Config = None) -> None:
    """Go back to the version that was in use before."""
    version = versions.roll_back(_folder(models, config))
    out.print(f"{version} is in use again; 'pipeline run' will work on the topics again")
