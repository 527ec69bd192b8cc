"""What must hold for any text and any records."""

import unicodedata
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.arrow import from_arrow, to_arrow
from pipeline.errors import Rejection
from pipeline.ingest.byline import read_byline
from pipeline.ingest.formats import decode, lay
from pipeline.nlp.countries import find_countries
from pipeline.nlp.names import decide
from pipeline.nlp.recogniser import Named
from pipeline.records import VECTOR_SIZE, Block, Document, Entity, Vector
from pipeline.resolve import fold
from pipeline.segment import segment
from pipeline.segment.lines import cut_text

PIECES = [
    *("\n", "\n\n", " ", "• ", "- ", "1. ", ":", ".", "\t", "]", "\x00", "😀", "\u0301", "\u200f", "a" * 90),
    *("Region Skåne", "(BE)", "Danish", "HU/AT", "the", "Dr ", "NO", "Georgia", "3 June 2024", "By Ann Lee"),
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def document(text: str) -> Document:
    return Document("d", "s", None, None, None, "en", 1.0, text, 1)


@given(texts, st.booleans())
def test_passages_cover_the_text_in_order(text: str, headings: bool) -> None:
    position = 0
    for span in cut_text(text, headings=headings):
        assert position <= span.start < span.end
        assert not text[position : span.start].strip()
        position = span.end
    assert not text[position:].strip()


@given(
    st.lists(st.tuples(st.sampled_from(["heading", "paragraph", "list_item"]), st.just(1), texts), max_size=8)
)
def test_laid_blocks_stand_where_they_say(pieces: list[tuple[str, int, str]]) -> None:
    text, laid = lay(pieces)
    blocks = [Block("d", i, b.kind, b.level, b.start, b.end) for i, b in enumerate(laid)]
    position = 0
    for passage in segment([document(text)], blocks):
        assert position <= passage.start < passage.end
        assert not text[position : passage.start].strip()
        position = passage.end
    assert not text[position:].strip()


@given(texts)
def test_countries_are_in_the_text_and_apart(text: str) -> None:
    position = 0
    for country in find_countries(text):
        assert position <= country.start < country.end <= len(text)
        assert len(country.country) == 2
        position = country.end


@given(
    texts, st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30), st.sampled_from(["PERSON", "ORG"])))
)
@example("\r", [(0, 1, "ORG")])
def test_mentions_do_not_overlap(text: str, spans: list[tuple[int, int, str]]) -> None:
    names: list[Named] = []
    for start, length, label in sorted(spans):
        if start >= (names[-1].end if names else 0) and start + length <= len(text):
            names.append(Named(start, start + length, label, 0.5))
    position = 0
    for mention in decide(text, names, find_countries(text)):
        assert position <= mention.start < mention.end <= len(text)
        position = mention.end


@given(texts)
def test_a_plain_text_file_is_its_text(text: str) -> None:
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert decode(text.encode("utf-8")) == wanted


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_rejected(data: bytes) -> None:
    try:
        text = decode(data)
    except Rejection:
        return
    assert "\r" not in text


@given(texts)
@settings(deadline=None)
def test_a_byline_is_what_the_text_says(text: str) -> None:
    found = read_byline(text)
    for name in (found.author or "").split("; "):
        assert name in text
    assert found.title is None or found.title in text


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold(name)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


optional = st.none() | st.text(max_size=20)


dates = st.none() | st.dates(date(1, 1, 1))
documents = st.builds(
    Document,
    st.text(),
    st.text(),
    optional,
    optional,
    dates,
    optional,
    st.floats(0, 1),
    st.text(),
    st.integers(0, 2**62),
)


@given(st.lists(documents))
def test_records_survive_arrow(rows: list[Document]) -> None:
    assert from_arrow(Document, to_arrow(Document, rows)) == rows


@given(st.lists(st.text(), max_size=3))
def test_lists_survive_arrow(aliases: list[str]) -> None:
    rows = [Entity("e", "ORG", "n", tuple(aliases), None, None, 1, 1)]
    assert from_arrow(Entity, to_arrow(Entity, rows)) == rows


@pytest.mark.parametrize("count", [0, 1, 3])
def test_vectors_survive_arrow(count: int) -> None:
    rows = [Vector(f"p{i}", "d", np.arange(VECTOR_SIZE, dtype=np.float16) + i) for i in range(count)]
    back = from_arrow(Vector, to_arrow(Vector, rows))
    assert [(v.passage_id, v.vector.tolist()) for v in back] == [
        (v.passage_id, v.vector.tolist()) for v in rows
    ]
