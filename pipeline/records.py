"""The tables, one frozen record each; Arrow schemas and column descriptions come from here alone."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

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
class Relation:
    """Every person with the role and organisation that the encoder reads as belonging together."""

    table: ClassVar[str] = "relations"
    relation_id: Annotated[str, "doc_id, the person's first character and a running number."]
    doc_id: Annotated[str, "Key into documents."]
    passage_id: Annotated[str, "Key into passages."]
    person_start: Annotated[int, "First character of the person in documents.text."]
    person_end: Annotated[int, "One past the last character."]
    role_start: Annotated[int | None, "First character of the role."]
    role_end: Annotated[int | None, "One past the last character."]
    organisation_start: Annotated[int | None, "First character of the organisation."]
    organisation_end: Annotated[int | None, "One past the last character."]
    score: Annotated[float, "Probability that they belong together, 0 to 1."]


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
class Chain:
    """Every person or organisation of one document."""

    table: ClassVar[str] = "chains"
    chain_id: Annotated[str, "doc_id and the start of the first mention."]
    doc_id: Annotated[str, "Key into documents."]
    label: Annotated[Label, "PERSON or ORG."]
    forms: Annotated[tuple[str, ...], "The forms of the name, the commonest first."]
    country: Annotated[str | None, "ISO 3166-1 alpha-2 code that stands beside the name."]
    around: Annotated[tuple[str, ...], "Codes of the countries named in the same passages."]
    affiliated: Annotated[tuple[str, ...], "Chains of the people or organisations it is stated to belong to."]


@dataclass(frozen=True, slots=True)
class ChainMention:
    """Every mention's place in a chain, and why it stands there."""

    table: ClassVar[str] = "chain_mentions"
    mention_id: Annotated[str, "Key into mentions."]
    chain_id: Annotated[str, "Key into chains."]
    doc_id: Annotated[str, "Key into documents."]
    text: Annotated[str, "The mention's text."]
    other: Annotated[str | None, "The form that it was joined to; null for the chain's first."]
    reason: Annotated[str, "first, or a fixed word for why it was joined."]
    score: Annotated[float, "Confidence in that, 0 to 1."]


@dataclass(frozen=True, slots=True)
class Entity:
    """Every distinct person or organisation of the corpus."""

    table: ClassVar[str] = "entities"
    entity_id: Annotated[str, "Kept from run to run; a merged entity keeps that of its larger part."]
    label: Annotated[Label, "PERSON or ORG."]
    name: Annotated[str, "The fullest of the common forms of the name."]
    aliases: Annotated[tuple[str, ...], "Every other form that occurs."]
    country: Annotated[str | None, "ISO 3166-1 alpha-2 code; null where unsure."]
    country_source: Annotated[str | None, "How it was found: override, code, name, place or affiliation."]
    n_mentions: Annotated[int, "Mentions in the corpus."]
    n_documents: Annotated[int, "Documents that mention it."]


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Every mention that belongs to an entity."""

    table: ClassVar[str] = "entity_mentions"
    mention_id: Annotated[str, "Key into mentions."]
    entity_id: Annotated[str, "Key into entities."]
    found_id: Annotated[str, "The id before overrides, by which ids are kept from run to run."]


@dataclass(frozen=True, slots=True)
class Merge:
    """Every pair of forms that became one entity, and why."""

    table: ClassVar[str] = "merges"
    entity_id: Annotated[str, "Key into entities."]
    form: Annotated[str, "One form of the name."]
    other: Annotated[str, "The form that it was joined to."]
    reason: Annotated[str, "A fixed word; 'id' tells that form, an older entity_id, was given up for other."]
    score: Annotated[float, "Confidence, 0 to 1; the lowest where it happened more than once."]
    n_times: Annotated[int, "How often it happened in the corpus."]
    mention_id: Annotated[str | None, "A mention of the form."]
    other_mention_id: Annotated[str | None, "A mention of the other, where they are of two documents."]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Every pair of entities that may be one, or not, for a person to judge."""

    table: ClassVar[str] = "doubts"
    entity_id: Annotated[str, "Key into entities."]
    other_id: Annotated[str, "Key into entities."]
    name: Annotated[str, "The name of the first."]
    other: Annotated[str, "The name of the second."]
    reason: Annotated[str, "A fixed word for what speaks for one entity, or against."]
    score: Annotated[float, "How likely they are one, 0 to 1."]


@dataclass(frozen=True, slots=True)
class Override:
    """Every line of the overrides file, and what became of it."""

    table: ClassVar[str] = "overrides"
    line: Annotated[int, "Line of the file, from 1."]
    action: Annotated[str, "merge, split, rename, retype, delete, set_country, or what stands there."]
    entity: Annotated[str, "The entity named, as it stands."]
    status: Annotated[str, "applied, unmatched, ambiguous, contradiction or invalid."]
    detail: Annotated[str, "What was done, or the nearest candidates."]


@dataclass(frozen=True, slots=True)
class Step:
    """Every join of two chains that was weighed, in order, for the next run to build on."""

    table: ClassVar[str] = "steps"
    step: Annotated[str, "What was decided: bodies, or same, full or part and the name; empty for documents."]
    chain_id: Annotated[str, "Key into chains; of a document its first."]
    onto_id: Annotated[str | None, "The chain that it was to be joined to; null for documents."]
    form: Annotated[str, "The form of the name that was compared."]
    other: Annotated[str | None, "The form of the other; null for documents."]
    reason: Annotated[str, "A fixed word for why; document where one is only listed as read."]
    score: Annotated[float, "How likely they are one, 0 to 1."]
    joined: Annotated[bool, "Whether they were joined."]


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
    Source, Document, Block, Passage, Mention, Relation, Affiliation, Topic, Vector, Chain, ChainMention,
    Entity, EntityMention, Merge, Doubt, Override, Step, TopicShare,
)  # fmt: skip
