"""Tables on disk: the only module that writes them, under a temporary name and then by rename."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.arrow import from_arrow, schema, to_arrow
from pipeline.records import CLASSES, R, Record


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_arrow(path: Path, table: pa.Table) -> None:
    """Write an Arrow table as a Parquet file, whole or not at all."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    write_file(path, sink.getvalue().to_pybytes())


def write_records(
    path: Path, record: type[Record], rows: Iterable[Any], classes: tuple[str, ...] = CLASSES
) -> None:
    """Write records as a Parquet file with the schema and descriptions of their table."""
    write_arrow(path, to_arrow(record, rows, classes))


def read_records(paths: Iterable[Path], record: type[R]) -> list[R]:
    """The records of some Parquet files of one table, in the files' order."""
    return from_arrow(record, read_arrow(paths, record))


def read_arrow(paths: Iterable[Path], record: type[Record]) -> pa.Table:
    """Some Parquet files of one table as one Arrow table; empty, with its schema, for no files."""
    tables = [pq.ParquetFile(path).read() for path in paths]
    return pa.concat_tables(tables) if tables else schema(record).empty_table()


def keep_rows(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    """The rows whose column holds one of the values."""
    wanted = pa.array(list(values), pa.string())
    return table.filter(pc.is_in(table.column(column), value_set=wanted))
