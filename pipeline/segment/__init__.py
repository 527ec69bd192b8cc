"""Segment: documents become passages with exact offsets, each under its heading."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.records import Block, Document, Passage
from pipeline.segment.lines import Span, cut_text


def segment(documents: list[Document], blocks: list[Block]) -> Iterator[Passage]:
    """The passages of every document, in order and without overlap.

    Every character that is not white space stands in exactly one passage. Where the
    format states its structure the blocks are followed; plain text is cut by its lines.
    """
    by_document: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_document[block.doc_id].append(block)
    for document in documents:
        stated = by_document[document.doc_id]
        spans = _from_blocks(document.text, stated) if stated else cut_text(document.text)
        yield from _under_headings(document, spans)


def _from_blocks(text: str, blocks: list[Block]) -> Iterator[Span]:
    for block in blocks:
        inside = text[block.start : block.end]
        if block.kind != "paragraph":
            yield Span(block.kind, block.level, block.start, block.end)
        elif "\n" in inside:
            for span in cut_text(inside, headings=False):
                yield Span(span.kind, 0, block.start + span.start, block.start + span.end)
        else:
            for span in cut_text(inside, headings=False):  # a typed bullet is a list item
                yield Span(span.kind, 0, block.start, block.end)


def _under_headings(document: Document, spans: Iterator[Span]) -> Iterator[Passage]:
    open_headings: list[tuple[int, str]] = []  # (level, text), outermost first
    for ordinal, span in enumerate(spans):
        if span.kind == "heading":
            open_headings = [pair for pair in open_headings if pair[0] < span.level]
        yield Passage(
            passage_id=f"{document.doc_id}-p{ordinal}",
            doc_id=document.doc_id,
            ordinal=ordinal,
            kind=span.kind,
            heading=open_headings[-1][1] if open_headings else None,
            start=span.start,
            end=span.end,
        )
        if span.kind == "heading":
            words = document.text[span.start : span.end].split()
            open_headings.append((span.level, " ".join(words)))
