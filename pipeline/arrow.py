"""Records as Arrow tables and back; the schema comes from the record, never from data."""

import types
import typing
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from pipeline.records import CLASSES, VECTOR_SIZE, Chances, Float16Vector, R, Record

_CHANCE = "p_"  # begins the columns of probabilities; no other column begins so
_ARROW: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    float: pa.float64(),
    date: pa.date32(),
    tuple[str, ...]: pa.list_(pa.string()),
    Float16Vector: pa.list_(pa.float16(), VECTOR_SIZE),
}


def _arrow_type(hint: object) -> tuple[pa.DataType, bool]:
    """The Arrow type of a field's annotation, and whether it may be null."""
    nullable = False
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        args = typing.get_args(hint)
        nullable = type(None) in args
        (hint,) = (arg for arg in args if arg is not type(None))
    if typing.get_origin(hint) is Literal:
        hint = str
    return _ARROW[hint], nullable


@cache
def schema(record: type[Record], classes: tuple[str, ...] = CLASSES) -> pa.Schema:
    """The Arrow schema of a record's table; every column carries its description.

    ``classes`` are those that probabilities are given for, where the record has some.
    """
    hints = typing.get_type_hints(record, include_extras=True)
    columns = []
    for field in fields(record):  # type: ignore[arg-type]  # every Record is a dataclass
        hint, description = typing.get_args(hints[field.name])
        if hint == Chances:
            columns += [
                pa.field(f"{_CHANCE}{name}", pa.float64(), True, {"description": f"Probability of {name}."})
                for name in classes
            ]
            continue
        kind, nullable = _arrow_type(hint)
        columns.append(pa.field(field.name, kind, nullable, {"description": description}))
    return pa.schema(columns, {"description": (record.__doc__ or "").strip()})


def to_arrow(record: type[Record], rows: Iterable[Any], classes: tuple[str, ...] = CLASSES) -> pa.Table:
    """An Arrow table of the records, in their order, with the record's schema."""
    rows = list(rows)
    wanted = schema(record, classes)
    arrays = []
    for column in wanted:
        name = column.name.removeprefix(_CHANCE)
        values = [row.chances[name] if name != column.name else getattr(row, name) for row in rows]
        if pa.types.is_fixed_size_list(column.type):
            flat = np.concatenate(values) if values else np.empty(0, np.float16)
            flat_array = pa.array(flat.astype(np.float16), pa.float16())
            arrays.append(pa.FixedSizeListArray.from_arrays(flat_array, VECTOR_SIZE))
        else:
            arrays.append(pa.array(values, column.type))
    return pa.Table.from_arrays(arrays, schema=wanted)


def from_arrow(record: type[R], table: pa.Table) -> list[R]:
    """The records of an Arrow table that was written with :func:`to_arrow`."""
    columns: list[list[Any]] = []
    classes = tuple(n.removeprefix(_CHANCE) for n in table.column_names if n.startswith(_CHANCE))
    for column in schema(record, ()):
        values = table.column(column.name)
        if pa.types.is_fixed_size_list(column.type):
            flat = values.combine_chunks().flatten().to_numpy(zero_copy_only=False)
            columns.append(list(flat.reshape(-1, VECTOR_SIZE)))
        elif pa.types.is_list(column.type):
            columns.append([tuple(value) for value in values.to_pylist()])
        else:
            columns.append(values.to_pylist())
    if classes:
        by_class = zip(*(table.column(_CHANCE + name).to_pylist() for name in classes), strict=True)
        columns.append([dict(zip(classes, row, strict=True)) for row in by_class])
    return [record(*row) for row in zip(*columns, strict=True)]
