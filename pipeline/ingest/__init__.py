"""Ingest: files become documents, or rows of ``sources`` that say why not."""

import time
from collections.abc import Iterator
from datetime import date

from pipeline.config import IngestSettings
from pipeline.errors import Reason, Rejection
from pipeline.ingest.byline import Byline, read_byline
from pipeline.ingest.formats import Extract, media_type, read
from pipeline.ingest.language import SURE, detect
from pipeline.records import Block, Document, Source, Status
from pipeline.stage import InputFile

_STATUS: dict[Reason, Status] = {
    Reason.EMPTY: "empty",
    Reason.NO_TEXT: "empty",
    Reason.UNSUPPORTED: "unsupported",
    Reason.DUPLICATE: "duplicate",
}


def ingest(inputs: list[InputFile], *, settings: IngestSettings) -> Iterator[Source | Document | Block]:
    """A row of ``sources`` for every file, and a document with its blocks where it has text."""
    for item in inputs:
        started = time.perf_counter()
        records: list[Document | Block] = []
        status: Status = "ok"
        reason: Reason | None = None
        detail: str | None = None
        doc_id: str | None = item.sha256[:16] or None
        try:
            if item.duplicate_of:
                raise Rejection(Reason.DUPLICATE, f"same bytes as {item.duplicate_of}")
            records, reason, detail = _documents(item, settings)
        except Rejection as rejection:
            reason, detail = rejection.reason, rejection.detail
            status = _STATUS.get(reason, "failed")
            if status != "duplicate":
                doc_id = None
        yield Source(
            source=item.source,
            status=status,
            reason=reason,
            detail=detail,
            doc_id=doc_id,
            media_type=media_type(item.source),
            n_bytes=item.n_bytes,
            sha256=item.sha256 or None,
            seconds=time.perf_counter() - started,
        )
        yield from records


def _documents(
    item: InputFile, settings: IngestSettings
) -> tuple[list[Document | Block], Reason | None, str | None]:
    if item.rejected:
        raise Rejection(Reason(item.rejected[0]), item.rejected[1])
    extract = read(item.path, item.source, item.n_bytes, settings)
    text = extract.text
    if not text.strip():
        scan = "; a scan needs OCR first" if item.source.lower().endswith(".pdf") else ""
        raise Rejection(Reason.NO_TEXT, f"the document holds no text{scan}")
    byline = read_byline(text, extract.title)
    language, confidence = detect(text)
    doc_id = item.sha256[:16]
    document = Document(
        doc_id=doc_id,
        source=item.source,
        title=_title(extract, byline),
        author=_author(extract, byline),
        published=_published(extract, byline),
        language=language,
        language_confidence=confidence,
        text=text,
        n_words=len(text.split()),
    )
    blocks = [
        Block(doc_id, i, block.kind, block.level, block.start, block.end)
        for i, block in enumerate(extract.blocks)
    ]
    if language not in (None, "en") and confidence >= SURE:
        note = f"language {language}: people, organisations and topics are read in English only"
        return [document, *blocks], Reason.LANGUAGE, note
    return [document, *blocks], None, None


def _title(extract: Extract, byline: Byline) -> str | None:
    """A format's own title is often a template's or a file's name, so a page's heading wins."""
    if extract.trusted and extract.title:
        return extract.title
    return byline.title or extract.title


def _author(extract: Extract, byline: Byline) -> str | None:
    return byline.author or extract.author


def _published(extract: Extract, byline: Byline) -> date | None:
    """What the page says is what its readers were told; a file's properties come second."""
    return byline.published or extract.published
