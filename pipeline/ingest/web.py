"""Web pages: the article without navigation and banners, by trafilatura."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import regex
from lxml.etree import _Element
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document as Article

from pipeline.ingest.byline import author_in, date_in
from pipeline.ingest.formats import Extract, lay
from pipeline.ingest.office import read_office

MIN_BLOCKS = 2  # where trafilatura finds less it has put a short page's text into one
Piece = tuple[str, int, str]


def read_web(data: bytes, source: str, timeout_seconds: int) -> Extract:
    """The article of a web page, with its title, author and date from meta tags and markup.

    A page too short or too odd for article extraction is given whole, as xberg reads it.
    """
    tree = load_html(data)
    page = load_html(data)  # the extraction takes its tree apart
    article = None
    if tree is not None and page is not None:
        article = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,  # a passage too many can be dropped by a reader, a lost one cannot
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if page is None or not isinstance(article, Article) or len(article.body) < MIN_BLOCKS:
        whole = read_office(data, source, "text/html", timeout_seconds)
        if page is None:
            return whole
        author, published = _visible_byline(page)
        return replace(whole, author=whole.author or author, published=whole.published or published)
    title = _clean(article.title)
    pieces = list(_pieces(article.body))
    if title and not any(_same(title, text) for _, _, text in pieces[:4]):
        pieces.insert(0, ("heading", 1, title))
    text, blocks = lay(pieces)
    author, published = _visible_byline(page)
    if article.date:
        published = date.fromisoformat(article.date)
    return Extract(text, blocks, title, _clean(article.author) or author, published, trusted=True)


def _visible_byline(page: _Element) -> tuple[str | None, date | None]:
    """Author and date from the page's short lines, which an article's extraction leaves out."""
    author, published = None, None
    for element in page.iter("p", "span", "div", "time", "address", "li", "td", "small", "em"):
        line = " ".join("".join(element.itertext()).split()) if len(element) < 6 else ""
        if line and len(line) < 160 and (found := author_in(line)):
            author = author or found
            published = published or date_in(line, event=False)
    return author, published


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _same(a: str, b: str) -> bool:
    return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()


def _pieces(element: _Element) -> Iterator[Piece]:
    """The blocks of an extracted body, in reading order."""
    for child in element:
        if child.tag == "head":
            level = regex.sub(r"\D", "", child.get("rend") or "") or "2"
            yield "heading", int(level), _text(child)
        elif child.tag == "list":
            yield from _items(child)
        elif child.tag == "table":
            for row in child.iter("row"):
                cells = [" ".join(_text(cell).split()) for cell in row.iter("cell")]
                yield "table_row", 0, " | ".join(cell for cell in cells if cell)
        elif child.tag in ("quote", "div", "main", "article", "body") and len(child):
            yield "paragraph", 0, child.text or ""
            yield from _pieces(child)
        else:
            yield "paragraph", 0, _text(child)
        yield "paragraph", 0, child.tail or ""


def _items(element: _Element) -> Iterator[Piece]:
    for item in element:
        nested = list(item.iter("list")) if item.tag == "item" else []
        yield "list_item", 0, _text(item, without=nested)
        for inner in nested:
            yield from _items(inner)


def _text(element: _Element, without: list[_Element] | None = None) -> str:
    """All text inside an element; a line break element is a newline, source line ends are not."""
    pieces = [(element.text or "").replace("\n", " ")]
    for child in element:
        if child.tag == "lb":
            pieces.append("\n")
        elif not without or child not in without:
            pieces.append(_text(child, without))
        pieces.append((child.tail or "").replace("\n", " "))
    return "".join(pieces)
