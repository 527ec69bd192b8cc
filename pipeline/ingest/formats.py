"""File formats to plain text with the structure that they state.

Plain text is decoded here, web pages go through trafilatura's article extraction, and every
other format goes through xberg. Cleaning ends here: the text never changes afterwards.
"""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import regex
from charset_normalizer import from_bytes

from pipeline.config import IngestSettings
from pipeline.errors import Reason, Rejection

TEXT = {".txt": "text/plain", ".text": "text/plain"}
WEB = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
OTHER = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".doc": "application/msword",
    ".odt": f"{_OPEN}.text",
    ".rtf": "application/rtf",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".ppt": "application/vnd.ms-powerpoint",
    ".odp": f"{_OPEN}.presentation",
    ".epub": "application/epub+zip",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
}
FORMATS = {**TEXT, **WEB, **OTHER}

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# single-byte code pages of Europe; charset-normalizer picks the one whose letters make words
_CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859_2", "iso8859_15"]
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f]")
MAX_CONTROL = 0.05  # a larger share of control characters means a binary file


@dataclass(frozen=True, slots=True)
class Laid:
    """A block of the text, at its place."""

    kind: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format gave: text, the structure it states, and the properties of the file."""

    text: str
    blocks: tuple[Laid, ...] = ()
    title: str | None = None
    author: str | None = None
    published: date | None = None
    trusted: bool = False  # the title is the publisher's own, as a web page's is


def media_type(source: str) -> str | None:
    """The media type that a file's name stands for; None for a format that is not read."""
    return FORMATS.get(PurePosixPath(source).suffix.lower())


def read(path: str, source: str, n_bytes: int, settings: IngestSettings) -> Extract:
    """The text and properties of a file. Raises Rejection with the reason why there is none."""
    suffix = PurePosixPath(source).suffix.lower()
    if n_bytes == 0:
        raise Rejection(Reason.EMPTY, "the file is empty")
    if suffix not in FORMATS:
        known = " ".join(sorted(name.lstrip(".") for name in FORMATS))
        raise Rejection(Reason.UNSUPPORTED, f"'{suffix}' is not among the formats read: {known}")
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise Rejection(Reason.UNREADABLE, error.strerror or type(error).__name__) from error
    if not data.strip():
        raise Rejection(Reason.EMPTY, "the file holds only white space")
    if suffix in TEXT:
        return Extract(decode(data))
    if suffix in WEB:
        from pipeline.ingest.web import read_web  # lxml and friends, only where needed

        return read_web(data, source, settings.timeout_seconds)
    from pipeline.ingest.office import read_office

    return read_office(data, source, FORMATS[suffix], settings.timeout_seconds)


def decode(data: bytes) -> str:
    """The text of a plain text file: no byte-order mark, every line end one newline.

    UTF-8 where the bytes allow it, else UTF-16 or 32 by its mark, else the European code page
    whose letters fit best. Raises Rejection where the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return _newlines(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise Rejection(Reason.NOT_TEXT, f"not valid {encoding}: {error}") from error
    if len(data) >= 8 and data[1::2].count(0) > len(data) / 4 > 2 * data[::2].count(0):
        return _newlines(data.decode("utf-16-le", errors="replace"))  # without its mark
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_CODE_PAGES).best()
        text = str(best) if best else data.decode("cp1252", errors="replace")
        if len(_CONTROL.findall(text)) > MAX_CONTROL * len(text):
            raise Rejection(Reason.NOT_TEXT, "named like text, but its bytes are not") from None
    return _newlines(text)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lay(blocks: Iterable[tuple[str, int, str]]) -> tuple[str, tuple[Laid, ...]]:
    """Blocks (kind, level, text) one under the other: the whole text, and where each stands."""
    text, laid, previous = "", [], ""
    pieces: list[str] = []
    length = 0
    for kind, level, raw in blocks:
        text = "\n".join(line for line in map(_squeeze, raw.split("\n")) if line)
        if not text:
            continue
        together = kind == previous and kind in ("list_item", "table_row")
        gap = "" if not pieces else "\n" if together else "\n\n"
        pieces.append(gap + text)
        start = length + len(gap)
        length = start + len(text)
        laid.append(Laid(kind, level, start, length))
        previous = kind
    structured = any(block.kind != "paragraph" for block in laid)
    return "".join(pieces), tuple(laid) if structured else ()


def _squeeze(line: str) -> str:
    return regex.sub(r"[ \t\xa0\u200b\xad]+", lambda m: "" if m[0] in "\u200b\xad" else " ", line).strip()
