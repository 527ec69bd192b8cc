"""What the classifier reads of labelled passages, kept in a file so that training need not read text."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.config import EntitiesSettings
from pipeline.label.rows import Labelled, digest
from pipeline.nlp.classifier import Vectors, features
from pipeline.nlp.recogniser import load_recogniser, vectors_version
from pipeline.records import VECTOR_SIZE, Float16Vector
from pipeline.store import write_arrow

FILE = "vectors.parquet"  # beside the labels
VERSION = b"encoder"  # in the file's metadata: whose vectors these are
SOME = 500  # texts between two lines of the log
log = logging.getLogger("pipeline")


def label_features(rows: Sequence[Labelled], settings: EntitiesSettings, folder: Path | None) -> Vectors:
    """The features of labelled passages, one row each.

    Vectors are kept in ``vectors.parquet`` in a folder, and only texts that are not in it are
    read; with another encoder all of them are.
    """
    zeros = np.zeros(VECTOR_SIZE, np.float16)
    texts = [text for row in rows for text in (row.text, row.heading or "")]
    known = text_vectors([text for text in texts if text], settings, folder)
    own = [known[digest(row.text)] for row in rows]
    return features(own, [known[digest(row.heading)] if row.heading else zeros for row in rows])


def text_vectors(
    texts: Sequence[str], settings: EntitiesSettings, folder: Path | None
) -> dict[str, Float16Vector]:
    """The vector of every text by the text's digest."""
    version = vectors_version(settings.recogniser)
    known = _read(folder / FILE, version) if folder else {}
    missing = {digest(text): text for text in texts if digest(text) not in known}
    if missing:
        readings = load_recogniser(settings.recogniser).read(missing.values())
        for count, (key, reading) in enumerate(zip(missing, readings, strict=True), 1):
            known[key] = reading.vector
            if count % SOME == 0:
                log.info("%s of %s texts read", f"{count:,}", f"{len(missing):,}")
        if folder:
            _write(folder / FILE, version, known)
    return known


def _read(path: Path, version: str) -> dict[str, Float16Vector]:
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowInvalid):
        return {}
    if (table.schema.metadata or {}).get(VERSION) != version.encode():
        return {}
    flat = table["vector"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return dict(zip(table["text"].to_pylist(), flat.reshape(-1, VECTOR_SIZE), strict=True))


def _write(path: Path, version: str, known: dict[str, Float16Vector]) -> None:
    keys = sorted(known)
    flat = np.concatenate([known[key] for key in keys])
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(flat, pa.float16()), VECTOR_SIZE)
    table = pa.table({"text": keys, "vector": vectors})
    write_arrow(path, table.replace_schema_metadata({VERSION: version.encode()}))
