"""The tables, one frozen record each; Arrow schemas and column descriptions come from here alone."""

import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

VECTOR_SIZE = 384  # what the encoder gives; a recogniser with shorter vectors has zeros after them

TOPICS = ("cluster_management", "sme_innovation", "public_private_innovation")  # of the shipped classifier
NONE = "none"  # the class of what has none of the topics
CLASSES = (*TOPICS, NONE)

Label = Literal["PERSON", "ORG", "COUNTRY"]
Form = Literal["name", "code", "demonym"]
Status = Literal["ok", "failed", "duplicate", "empty", "unsupported"]
Float16Vector = npt.NDArray[np.float16]
Chances = dict[str, float | None]  # by class; in a table a column p_<class> each


class Record(Protocol):
    """What every table's record has."""

    table: ClassVar[str]


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and where it stands below the input root."""

    path: str
    source: str
    sha256: str
    n_bytes: int
    rejected: tuple[str, str] | None = None  # (reason, detail) where it could not even be read
    duplicate_of: str | None = None  # the source that has the same bytes


@dataclass(frozen=True, slots=True)
class Source:
    """Every input file, whatever became of it."""

    table: ClassVar[str] = "sources"
    source: Annotated[str, "Path relative to the input root, with forward slashes."]
    status: Annotated[Status, "ok, failed, duplicate, empty or unsupported."]
    reason: Annotated[str | None, "One fixed word where there is something to say."]
    detail: Annotated[str | None, "The reason in a sentence."]
    doc_id: Annotated[str | None, "The document made from it; null unless ok or duplicate."]
    media_type: Annotated[str | None, "Media type, from the name and the first bytes."]
    n_bytes: Annotated[int, "Size of the file in bytes."]
    sha256: Annotated[str | None, "SHA-256 of the bytes; null where they could not be read."]
    seconds: Annotated[float, "Time that reading it took."]


@dataclass(frozen=True, slots=True)
class Document:
    """Every document that was read."""

    table: ClassVar[str] = "documents"
    doc_id: Annotated[str, "First 16 hexadecimal digits of the SHA-256 of the file."]
    source: Annotated[str, "The input file; key into sources."]
    title: Annotated[str | None, "From the text's own first lines or the format's metadata."]
    author: Annotated[str | None, "From a byline or the metadata; several are joined by '; '."]
    published: Annotated[date | None, "Day of publication or submission, where one is stated."]
    language: Annotated[str | None, "ISO 639-1 code; null where the text is too short to tell."]
    language_confidence: Annotated[float, "Probability of that language, 0 to 1."]
    text: Annotated[str, "The text that every start and end in other tables points into."]
    n_words: Annotated[int, "Words: runs of characters between white space."]


@dataclass(frozen=True, slots=True)
class Block:
    """Every block whose kind the file's own format states; none for plain text."""

    table: ClassVar[str] = "blocks"
    doc_id: Annotated[str, "Key into documents."]
    ordinal: Annotated[int, "Position in the document, from 0."]
    kind: Annotated[str, "heading, paragraph, list_item or table_row."]
    level: Annotated[int, "Depth of a heading from 1; 0 for every other kind."]
    start: Annotated[int, "First character in documents.text, in code points."]
    end: Annotated[int, "One past the last character."]


@dataclass(frozen=True, slots=True)
class Passage:
    """Every paragraph, list item, table row or heading line."""

    table: ClassVar[str] = "passages"
    passage_id: Annotated[str, "doc_id and ordinal."]
    doc_id: Annotated[str, "Key into documents."]
    ordinal: Annotated[int, "Position in the document, from 0."]
    kind: Annotated[str, "heading, paragraph, list_item or table_row."]
    heading: Annotated[str | None, "The heading it stands under; null above the first."]
    start: Annotated[int, "First character in documents.text, in code points."]
    end: Annotated[int, "One past the last character."]


@dataclass(frozen=True, slots=True)
class Mention:
    """Every named person, organisation and country."""

    table: ClassVar[str] = "mentions"
    mention_id: Annotated[str, "doc_id and start."]
    doc_id: Annotated[str, "Key into documents."]
    passage_id: Annotated[str, "Key into passages."]
    start: Annotated[int, "First character in documents.text, in code points."]
    end: Annotated[int, "One past the last character."]
    text: Annotated[str, "documents.text[start:end]."]
    label: Annotated[Label, "PERSON, ORG or COUNTRY."]
    form: Annotated[Form | None, "COUNTRY only: name, code or demonym."]
    country: Annotated[str | None, "COUNTRY only: ISO 3166-1 alpha-2 code (XK for Kosovo)."]
    score: Annotated[float, "Confidence, 0 to 1."]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Every stated person, role and organisation."""

    table: ClassVar[str] = "affiliations"
    affiliation_id: Annotated[str, "doc_id and a running number."]
    doc_id: Annotated[str, "Key into documents."]
    passage_id: Annotated[str, "Key into passages."]
    person: Annotated[str, "The person's name as it stands."]
    role: Annotated[str | None, "The role verbatim, without the organisation."]
    organisation: Annotated[str | None, "The organisation's name as it stands."]
    person_mention_id: Annotated[str, "Key into mentions."]
    organisation_mention_id: Annotated[str | None, "Key into mentions."]
    start: Annotated[int, "First character of the evidence in documents.text."]
    end: Annotated[int, "One past its last character."]
    score: Annotated[float, "Confidence, 0 to 1."]


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of every passage."""

    table: ClassVar[str] = "topics"
    passage_id: Annotated[str, "Key into passages."]
    doc_id: Annotated[str, "Key into documents."]
    topic: Annotated[str | None, "The topic or none; null where the classifier abstains."]
    also: Annotated[str | None, "A second topic that the passage covers."]
    confidence: Annotated[float | None, "Probability of the likeliest class, 0 to 1."]
    chances: Annotated[Chances, "Probability of each class."]


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The sentence vector of every passage."""

    table: ClassVar[str] = "vectors"
    passage_id: Annotated[str, "Key into passages."]
    doc_id: Annotated[str, "Key into documents."]
    vector: Annotated[Float16Vector, "Unit length; all zero where there was nothing to read."]


@dataclass(frozen=True, slots=True)
class Entity:
    """Every distinct person or organisation of the corpus."""

    table: ClassVar[str] = "entities"
    entity_id: Annotated[str, "Made from the label and the folded name."]
    label: Annotated[Label, "PERSON or ORG."]
    name: Annotated[str, "The commonest form of the name."]
    aliases: Annotated[tuple[str, ...], "Every other form that occurs."]
    country: Annotated[str | None, "ISO 3166-1 alpha-2 code; null where unsure."]
    n_mentions: Annotated[int, "Mentions in the corpus."]
    n_documents: Annotated[int, "Documents that mention it."]


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Every mention that belongs to an entity."""

    table: ClassVar[str] = "entity_mentions"
    mention_id: Annotated[str, "Key into mentions."]
    entity_id: Annotated[str, "Key into entities."]


@dataclass(frozen=True, slots=True)
class TopicShare:
    """Every topic's share of the passages, by country and month."""

    table: ClassVar[str] = "topic_shares"
    country: Annotated[str | None, "A country that the documents name; null for all documents."]
    month: Annotated[str | None, "Month of publication as 2024-05; null for all documents."]
    topic: Annotated[str, "A class of the classifier, none included."]
    n_documents: Annotated[int, "Documents in the group."]
    n_passages: Annotated[int, "Their passages that were classified, headings left out."]
    classified: Annotated[float, "Share of these that got the topic; the rest got others or silence."]
    share: Annotated[float, "Share in truth, corrected for the classifier's errors on the hold-out."]
    low: Annotated[float, "Lower bound of the share's 95 % interval."]
    high: Annotated[float, "Upper bound."]


TABLES: tuple[type[Record], ...] = (
    Source, Document, Block, Passage, Mention, Affiliation, Topic, Vector, Entity, EntityMention, TopicShare,
)  # fmt: skip

_CHANCE = "p_"  # begins the columns of probabilities; no other column begins so
_ARROW: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
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
