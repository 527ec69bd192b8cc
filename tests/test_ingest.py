"""Files to text, title, author, date and language; every bad file to its reason."""

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.config import IngestSettings
from pipeline.ingest import ingest
from pipeline.ingest.byline import read_byline
from pipeline.ingest.files import find_inputs
from pipeline.ingest.formats import decode
from pipeline.ingest.language import detect
from pipeline.ingest.office import unwrap
from pipeline.records import Block, Document, Source

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"


def read(folder: Path) -> tuple[dict[str, Source], dict[str, Document]]:
    records = list(ingest(find_inputs([folder], 10_000_000), settings=IngestSettings()))
    sources = {r.source: r for r in records if isinstance(r, Source)}
    return sources, {r.source: r for r in records if isinstance(r, Document)}


@pytest.mark.parametrize(
    ("text", "title", "author", "published"),
    [
        ("A title\n\nSubmitted by Ida Holm on 27 October 2020\n\nText.", "A title", "Ida Holm", "2020-10-27"),
        ("A title\nBy Inês Calado | 3 June 2024\n\nText.", "A title", "Inês Calado", "2024-06-03"),
        ("A title\n12 March 2023 - Jan van der Meer, Oost", "A title", "Jan van der Meer", "2023-03-12"),
        ("A title\nPublished: 2022-05-17\nText.", "A title", None, "2022-05-17"),
        ("A title\nPosted on May 3, 2021 by Ann Lee\n", "A title", "Ann Lee", "2021-05-03"),
        ("A title\n\nBILBAO, 4 May 2023 – The agency opened.", "A title", None, "2023-05-04"),
        ("A title\nAuthor: Dr Eva Nowak-Zielińska and Tom O’Hara (VLAIO), 5.6.2021", "A title",
         "Eva Nowak-Zielińska; Tom O’Hara", "2021-06-05"),
        ("Titel\nVon Karl Huber | 5. Mai 2022", "Titel", "Karl Huber", "2022-05-05"),
        ("A visit\n3-4 June 2024, Bilbao\nBy the end of 2023 all was done", "A visit", None, None),
        ("Agenda of the meeting\n12 March 2023\nRiga", "Agenda of the meeting", None, None),
        ("On 16 October 2020, 79 people met and talked about what they had done in the last years of it.",
         None, None, None),
    ],
)  # fmt: skip
def test_byline(text: str, title: str | None, author: str | None, published: str | None) -> None:
    found = read_byline(text)
    assert (found.title, found.author) == (title, author)
    assert found.published == (date.fromisoformat(published) if published else None)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        (b"\xef\xbb\xbfmark\r\nand\rlines", "mark\nand\nlines"),
        ("Łódź".encode("utf-16"), "Łódź"),
        ("The café in Besançon, à côté de l’hôtel, and the naïve façade of Málaga".encode("cp1252"),
         "The café in Besançon, à côté de l’hôtel, and the naïve façade of Málaga"),
        ("Wójt gminy Łęczna, pani Świątek, przyjęła gości z Żor w świetlicy".encode("cp1250"),
         "Wójt gminy Łęczna, pani Świątek, przyjęła gości z Żor w świetlicy"),
        ("The firms met".encode("utf-16-le"), "The firms met"),
        (b"a\x00b", "a\x00b"),
    ],
)  # fmt: skip
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("the innova-\ntion agency", "the innovation agency"),
        ("Ewa Nowak-\nZielińska", "Ewa Nowak-Zielińska"),
        ("one\ntwo", "one two"),
    ],
)
def test_unwrap(printed: str, text: str) -> None:
    assert unwrap(printed) == text


def test_bad_files_become_rows_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good text about a meeting of the region and its firms.")
    (tmp_path / "same.txt").write_text("A good text about a meeting of the region and its firms.")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\t\n")
    (tmp_path / "mark.txt").write_bytes(b"\xef\xbb\xbf")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "noname").write_bytes(b"text")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing follows")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing follows")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "blank.html").write_text("<html><head><title>T</title></head><body></body></html>")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / ".hidden.txt").write_text("not an input")
    sources, documents = read(tmp_path)
    assert {name: (row.status, row.reason) for name, row in sources.items()} == {
        "good.txt": ("ok", None),
        "same.txt": ("duplicate", "duplicate"),
        "empty.txt": ("empty", "empty"),
        "blank.txt": ("empty", "empty"),
        "mark.txt": ("empty", "no_text"),
        "picture.png": ("unsupported", "unsupported"),
        "noname": ("unsupported", "unsupported"),
        "broken.pdf": ("failed", "corrupt"),
        "broken.docx": ("failed", "corrupt"),
        "binary.txt": ("failed", "not_text"),
        "gone.txt": ("failed", "unreadable"),
        "blank.html": ("empty", "no_text"),
        "pipe.txt": ("failed", "unreadable"),
    }
    assert list(documents) == ["good.txt"]
    assert sources["same.txt"].doc_id == sources["good.txt"].doc_id == documents["good.txt"].doc_id
    assert all(row.detail for row in sources.values() if row.status != "ok")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("x" * 100)
    (item,) = find_inputs([tmp_path], 99)
    assert item.rejected is not None
    assert item.rejected[0] == "too_large"


def test_a_document_in_another_language_says_so(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(
        "Die Gemeinde hat gestern beschlossen, das neue Förderprogramm für kleine Betriebe zu verlängern."
    )
    sources, documents = read(tmp_path)
    assert (sources["de.txt"].status, sources["de.txt"].reason) == ("ok", "language")
    assert documents["de.txt"].language == "de"


def test_language_of_names_alone_is_unknown() -> None:
    assert detect("Gál Körmendy, Annie Renders")[0] is None


def test_several_paths_share_a_root(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name)
    found = find_inputs([tmp_path / "a", tmp_path / "b" / "x.txt"], 100)
    assert [item.source for item in found] == ["a/x.txt", "b/x.txt"]


def test_a_web_page_without_its_navigation(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        """<html><head><title>Vouchers extended | Agency</title>
        <meta name="author" content="Rui Mota"><meta property="article:published_time" content="2023-04-05">
        </head><body><nav><a href="/">Home</a> <a href="/c">Contact us here</a></nav>
        <div id="cookie-banner">We use cookies to improve your experience. Accept all</div>
        <main><article><h1>Vouchers extended</h1>
        <p>The regional agency has extended its voucher scheme for small firms by another two years,
        after a first round in which three hundred of them took part &amp; were content.</p>
        <h2>Who can apply</h2>
        <ul><li>Firms with fewer than fifty staff</li><li>Cooperatives of the region</li></ul>
        <p>Applications open in May, and the jury of the agency will decide on them before the summer.</p>
        </article></main><footer>Imprint and privacy</footer></body></html>"""
    )
    records = list(ingest(find_inputs([tmp_path], 10_000), settings=IngestSettings()))
    (document,) = (r for r in records if isinstance(r, Document))
    assert (document.title, document.author) == ("Vouchers extended", "Rui Mota")
    assert document.published == date(2023, 4, 5)
    assert "cookies" not in document.text
    assert "Contact us" not in document.text
    assert "took part & were content" in document.text
    kinds = [r.kind for r in records if isinstance(r, Block)]
    assert kinds == ["heading", "paragraph", "heading", "list_item", "list_item", "paragraph"]


@pytest.mark.parametrize(
    ("page", "text", "author"),
    [
        (
            "<html><body><nav><a href='/'>Home</a></nav><h1>Cluster day</h1><p>By Jo Ek | 3 June 2024</p>"
            "<p>Forty managers &amp; brokers met (LV).</p><ul><li>one</li><li>two</li></ul></body></html>",
            "Cluster day\n\nBy Jo Ek | 3 June 2024\n\nForty managers & brokers met (LV).\n\none\ntwo",
            "Jo Ek",
        ),
        ("<p>A fragment on the clusters of Denmark.</p>", "A fragment on the clusters of Denmark.", None),
    ],
)
def test_a_page_too_short_for_article_extraction(
    tmp_path: Path, page: str, text: str, author: str | None
) -> None:
    (tmp_path / "page.html").write_text(page)
    _, documents = read(tmp_path)
    assert (documents["page.html"].text, documents["page.html"].author) == (text, author)


def test_every_sample_document_is_read() -> None:
    sources, documents = read(CORPUS)
    assert {row.status for row in sources.values()} == {"ok"}
    assert len(documents) >= 24
    assert len({Path(name).suffix for name in documents}) >= 9
