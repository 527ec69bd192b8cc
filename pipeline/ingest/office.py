"""PDF, word processor, presentation, e-mail and Markdown files, by xberg."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import regex
from xberg import ExtractedDocument, ExtractInput, ExtractionConfig, extract

from pipeline.errors import Reason, Rejection
from pipeline.ingest.byline import parse_date
from pipeline.ingest.formats import Extract, lay

Piece = tuple[str, int, str]

BULLET = regex.compile(r"[•●○▪■‣∙·–-]\s")  # a list in large type is taken for headings by xberg

# a bullet at a line's start; symbol fonts leave a delete or a private character for it
_LISTED = regex.compile(r"(?:^|\n|(?<=[.;] ))\s*[•●▪■‣∙\x7f\uf0b7\uf0a7]\s+")
_FRONT_MATTER = regex.compile(r"---\n.*\n---\s*", regex.DOTALL)  # xberg writes a page's head like this
MAX_RUNNING = 100  # characters of a running head or foot

# what writing programs put where an author or a title should stand
_PROGRAMS = regex.compile(
    r"(?i)\b(python-docx|microsoft|word|powerpoint|office|libreoffice|openoffice|acrobat|reportlab|"
    r"unspecified|unknown|anonymous|administrator|admin|user|owner|untitled)\b|^\W*$"
)
# the day that template files of python-docx and python-pptx were made, not the document
_TEMPLATE_DAYS = {date(2013, 12, 23), date(2013, 1, 27)}


def read_office(data: bytes, source: str, media_type: str, timeout_seconds: int) -> Extract:
    """The blocks and properties of a document. Raises Rejection where it cannot be opened."""
    name = PurePosixPath(source).name
    given = ExtractInput(kind="bytes", bytes=data, mime_type=media_type, filename=name)
    config = ExtractionConfig(
        use_cache=False,
        disable_ocr=True,
        include_document_structure=True,
        enable_quality_processing=False,  # it rewrites text; offsets are into what the file says
        output_format="markdown",  # with it, PDF headings and lists are found by their layout
        extraction_timeout_secs=timeout_seconds,
    )
    try:
        # a thread of its own, since a notebook's already runs an event loop
        with ThreadPoolExecutor(1) as pool:
            results = pool.submit(lambda: asyncio.run(extract(given, config))).result().results
    except RuntimeError as error:  # xberg raises nothing more specific
        raise _rejection(str(error)) from error
    if not results:
        raise Rejection(Reason.CORRUPT, "nothing could be extracted")
    found = results[0]
    pieces = list(_pieces(found, media_type))
    meta = found.metadata
    authors = [name for name in meta.authors or [] if not _PROGRAMS.search(name)]
    title = meta.title or _header(found, "Subject")
    # a PDF's date is the day it was printed or exported, which says nothing of its publication
    dated = meta.created_at if media_type != "application/pdf" else None
    created = parse_date(dated) if dated else None
    return Extract(
        *lay(pieces),
        title=title if title and not _PROGRAMS.search(title) else None,
        author="; ".join(dict.fromkeys(authors)) or None,
        published=None if created in _TEMPLATE_DAYS else created,
        trusted=media_type in ("message/rfc822", "text/markdown"),
    )


def _rejection(message: str) -> Rejection:
    if regex.search(r"(?i)password|encrypt", message):
        return Rejection(Reason.ENCRYPTED, "the file is protected by a password")
    if regex.search(r"(?i)time[d ]*out", message):
        return Rejection(Reason.TIMEOUT, "reading took too long; see ingest.timeout_seconds")
    return Rejection(Reason.CORRUPT, message.splitlines()[0][:200])


def _nodes(found: ExtractedDocument) -> list[dict[str, Any]]:
    """The nodes of a document's body without the heads and feet that run through its pages."""
    nodes = [
        # a node's own text form is its JSON; its attributes do not give the text
        (node.page, json.loads(str(node.content)))
        for node in (found.document.nodes if found.document else [])
        if str(node.content_layer).lower() == "body"
    ]
    pages: dict[str, set[int | None]] = {}
    for page, node in nodes:
        pages.setdefault(_running(node), set()).add(page)
    most = max(2, len({page for page, _ in nodes}) // 2)
    return [node for _, node in nodes if not _running(node) or len(pages[_running(node)]) < most]


def _running(node: dict[str, Any]) -> str:
    """A short line without its numbers, by which running heads and feet are known; else empty."""
    text = " ".join((node.get("text") or "").split())
    return regex.sub(r"\d+", "#", text) if len(text) <= MAX_RUNNING else ""


def _header(found: ExtractedDocument, key: str) -> str | None:
    for node in _nodes(found):
        if node["node_type"] == "metadata_block":
            for entry in node["entries"]:
                if entry["key"] == key:
                    return str(entry["value"])
    return None


def _pieces(found: ExtractedDocument, media_type: str) -> Iterator[Piece]:
    if media_type == "message/rfc822" and (subject := _header(found, "Subject")):
        yield "heading", 1, subject
    for node in _nodes(found):
        kind = node["node_type"]
        text = node.get("text") or ""
        if media_type == "application/pdf":
            items = [unwrap(item) for item in _LISTED.split(text)]
            text = items[0]
            listed = [("list_item", 0, f"• {item}") for item in items[1:]]
        else:
            listed = []
        if kind in ("title", "heading") and not BULLET.match(text.strip()):
            yield "heading", node.get("level", 1), " ".join(text.split())
        elif kind in ("list_item", "title", "heading"):
            yield "list_item", 0, " ".join(text.split())
        elif kind == "table":
            yield from _rows(node["grid"])
        elif kind == "definition_item":
            yield "paragraph", 0, f"{node['term']}: {node['definition']}"
        elif kind == "raw_block":
            yield "paragraph", 0, node["content"]
        elif not _FRONT_MATTER.fullmatch(text):
            yield "paragraph", 0, text
        yield from listed


def _rows(grid: dict[str, Any]) -> Iterator[Piece]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid["cells"], key=lambda cell: (cell["row"], cell["col"])):
        rows.setdefault(cell["row"], []).append(" ".join(cell["content"].split()))
    for cells in rows.values():
        yield "table_row", 0, " | ".join(cell for cell in cells if cell)


def unwrap(text: str) -> str:
    """Lines of a printed page as one line; a word cut at the line's end is whole again.

    The hyphen stays before a capital or after one (``Nowak-`` ``Zielińska``), where it
    belongs to the name.
    """
    text = regex.sub(r"(?<=\p{Ll})[-\xad]\s*\n\s*(?=\p{Ll})", "", text)
    text = regex.sub(r"(?<=\p{L}-)\s*\n\s*(?=\p{Lu})", "", text)
    return regex.sub(r"\s*\n\s*", " ", text)
