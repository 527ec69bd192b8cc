"""The tables of one run as pandas DataFrames."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import manifest
from pipeline.errors import ConfigError
from pipeline.records import TABLES
from pipeline.store import read_arrow

ATTEMPTS = 3  # a run that ends while we read takes files away; its own snapshot is then there


@dataclass(frozen=True, slots=True)
class Tables:
    """One consistent snapshot of an outputs folder, a DataFrame a table."""

    sources: pd.DataFrame
    documents: pd.DataFrame
    blocks: pd.DataFrame
    passages: pd.DataFrame
    mentions: pd.DataFrame
    relations: pd.DataFrame
    affiliations: pd.DataFrame
    topics: pd.DataFrame
    vectors: pd.DataFrame
    chains: pd.DataFrame
    chain_mentions: pd.DataFrame
    entities: pd.DataFrame
    entity_mentions: pd.DataFrame
    merges: pd.DataFrame
    doubts: pd.DataFrame
    overrides: pd.DataFrame
    steps: pd.DataFrame
    topic_shares: pd.DataFrame


def load(output: str | Path = "outputs") -> Tables:
    """The tables of an outputs folder, all from the same run.

    Columns are those of CONTRACT.md; ``published`` holds ``datetime.date``, ``aliases`` and
    ``vector`` hold arrays. Raises ConfigError where no run has written the folder.
    """
    folder = Path(output)
    for attempt in range(ATTEMPTS):
        snapshot = manifest.read(folder)
        if snapshot is None:
            raise ConfigError(f"{folder} holds no outputs; run 'pipeline run --output {folder}' first")
        try:
            return Tables(
                **{
                    record.table: read_arrow(
                        [folder / name for name in snapshot.files(record.table)], record
                    ).to_pandas()
                    for record in TABLES
                }
            )
        except FileNotFoundError as error:
            if attempt == ATTEMPTS - 1:
                raise ConfigError(f"{folder} lacks {error.filename}; run again with --force") from error
    raise AssertionError("unreachable")
