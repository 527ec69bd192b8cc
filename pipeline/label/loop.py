"""The loop on files: a batch to label out of the outputs, labels in, labels out, labels to doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.config import Settings, TopicsSettings
from pipeline.errors import ConfigError
from pipeline.label.anchor import Imported, place
from pipeline.label.formats import WRITERS, label_studio_config, read_answers, write_csv
from pipeline.label.review import Doubt, doubtful
from pipeline.label.rows import classes_of, digest, load_labels, write_labels
from pipeline.label.suggest import choose
from pipeline.label.tasks import Task
from pipeline.label.vectors import label_features
from pipeline.load import Tables, load
from pipeline.nlp.classifier import history, load_classifier, promoted
from pipeline.records import NONE
from pipeline.store import write_file
from pipeline.training.topics import out_of_fold

MIN_WORDS = 6  # shorter passages say too little to be worth a label
BATCH = 50


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of a batch, and how many passages it holds of how many there were."""

    files: list[Path]
    passages: int
    pool: int


def suggest(
    outputs: Path,
    to: Path,
    *,
    labels: Path | None = None,
    count: int = BATCH,
    settings: TopicsSettings | None = None,
    topics: Sequence[str] | None = None,
) -> Batch:
    """Write the passages that are most worth labelling, as a file a format: ``to`` and an ending.

    They are chosen by doubt and diversity from the passages of an outputs folder that ``labels``
    does not hold. With ``topics`` other than the promoted classifier's, by diversity alone.
    """
    settings = settings or TopicsSettings()
    pool = _pool(load(outputs), labels)
    if pool.empty:
        raise ConfigError(f"{outputs} holds no passages of {MIN_WORDS} words or more without a label")
    names = tuple(topics or settings.names)
    known = load_classifier(promoted(settings.models)).classes if history(settings.models) else ()
    doubted = set(names) == set(known) - {NONE} and bool(pool.confidence.notna().any())
    if doubted:
        pool = pool[pool.confidence.notna()]
    chances = pool[[f"p_{name}" for name in known]].to_numpy(float) if doubted else None
    chosen = choose(np.stack(list(pool.vector)).astype(np.float32), chances, count)
    tasks = [
        Task(
            id=row["passage_id"],
            text=row["text"],
            heading=row["heading"] if isinstance(row["heading"], str) else None,
            doc_id=row["doc_id"],
            start=int(row["start"]),
            end=int(row["end"]),
            suggested=max(known, key=lambda name: float(row[f"p_{name}"])) if doubted else None,
            confidence=float(row["confidence"]) if doubted else None,
        )
        for row in pool.iloc[chosen].to_dict("records")
    ]
    return Batch(_write(tasks, to, (*names, NONE)), len(tasks), len(pool))


def _pool(tables: Tables, labels: Path | None) -> pd.DataFrame:
    """The passages worth a label with text, vector and topic; of equal texts only the first."""
    joined = (
        tables.passages[tables.passages.kind != "heading"]
        .merge(tables.vectors.drop(columns="doc_id"), on="passage_id")
        .merge(tables.topics.drop(columns="doc_id"), on="passage_id")
        .sort_values(["doc_id", "ordinal"])
    )
    texts = tables.documents.set_index("doc_id").text.to_dict()
    joined["text"] = [texts[row.doc_id][row.start : row.end] for row in joined.itertuples()]
    joined["digest"] = joined.text.map(digest)
    joined = joined[joined.text.str.split().str.len() >= MIN_WORDS].drop_duplicates("digest")
    if labels and labels.exists():
        seen = load_labels(labels, check=False)
        ids, digests = {row.id for row in seen}, {digest(row.text) for row in seen}
        joined = joined[~joined.passage_id.isin(ids) & ~joined.digest.isin(digests)]
    return joined.reset_index(drop=True)


def _write(tasks: Sequence[Task], to: Path, topics: Sequence[str]) -> list[Path]:
    """A file for each format, and the interface that Label Studio needs."""
    files = []
    for ending, writer in WRITERS.values():
        files.append(to.with_name(to.name + ending))
        write_file(files[-1], writer(tasks, topics))
    files.append(to.with_name(to.name + ".labelstudio.xml"))
    write_file(files[-1], label_studio_config(topics))
    return files


def import_labels(
    files: Iterable[Path],
    into: Path,
    *,
    outputs: Path | None = None,
    topics: Iterable[str] | None = None,
) -> Imported:
    """Take labels from files of any format into a JSONL file, beside those that it holds.

    A passage that is labelled again gets the new label. With ``outputs`` every label is
    verified against its document. What cannot be placed is given back, and not written.
    """
    texts = None
    if outputs is not None:
        documents = load(outputs).documents
        texts = dict(zip(documents.doc_id, documents.text, strict=True))
    imported = place((answer for file in files for answer in read_answers(file)), texts, topics)
    before = load_labels(into, check=False) if into.exists() else []
    merged = {row.id: row for row in before} | {row.id: row for row in imported.rows}
    if imported.rows:
        write_labels(into, merged.values())
    return imported


def export_labels(labels: Path, to: Path) -> list[Path]:
    """Write labels as a file a format, to look at them again in any of the tools."""
    rows = load_labels(labels, check=False)
    tasks = [
        Task(row.id, row.text, row.heading, row.doc_id, row.start, row.end, None, None, row.topic, row.also)
        for row in rows
    ]
    return _write(tasks, to, classes_of(rows))


def review(labels: Path, settings: Settings | None = None) -> list[Doubt]:
    """The labels that are likely errors, likeliest first, by cross-validated confidence."""
    settings = settings or Settings()
    rows = load_labels(labels)
    classes = classes_of(rows)
    given = label_features(rows, settings.entities, labels if labels.is_dir() else labels.parent)
    chances = out_of_fold(given, np.array([row.topic for row in rows]), rows, classes)
    return doubtful(rows, chances, classes)


def write_doubts(doubts: Sequence[Doubt], to: Path) -> None:
    """Write doubted labels as a spreadsheet that ``pipeline label import`` reads back."""
    tasks = [
        Task(
            d.row.id, d.row.text, d.row.heading, d.row.doc_id, d.row.start, d.row.end,
            d.suggested, d.likelihood, d.row.topic, d.row.also,
        )
        for d in doubts
    ]  # fmt: skip
    write_file(to, write_csv(tasks, ()))
