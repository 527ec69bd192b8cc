"""Plain text and blocks to passages."""

import pytest

from pipeline.records import Block, Document
from pipeline.segment import segment
from pipeline.segment.lines import cut_text

WRAPPED = """\
The regional agency has extended its voucher scheme for small firms by
another two years, and three hundred of them took part in the round of
last spring.
A new paragraph begins here although no blank line stands above it, as
in many mails.
"""


def cut(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in cut_text(text)]


def kinds(text: str) -> str:
    return "".join(span.kind[0] for span in cut_text(text))


@pytest.mark.parametrize("mark", ["•", "-", "–", "*", "·", "▪", "1.", "1)", "a)", "(a)", "(1)", "iv.", "→"])
def test_every_bullet_makes_a_list_item(mark: str) -> None:
    text = f"We agreed on two things, which stand below this line.\n{mark} the first\n{mark} the second"
    assert kinds(text) == "pll"


def test_one_paragraph_a_line_where_lines_are_long() -> None:
    text = "word " * 60 + "\n" + "another " * 60
    assert kinds(text) == "pp"


def test_wrapped_lines_are_joined() -> None:
    assert [body.split()[0] for _, body in cut(WRAPPED)] == ["The", "A"]


def test_a_wrapped_list_item_goes_on() -> None:
    text = (
        "The board decided on the following points at its meeting in the spring:\n"
        "- to extend the voucher scheme for the small firms of the region by two\n"
        "  years\n"
        "- to meet again"
    )
    assert kinds(text) == "pll"


def test_headings_stand_alone_above_something_longer() -> None:
    text = (
        "Vouchers in the regions\n\nSubmitted by Ida Holm on 27 October 2020\n\n"
        "Who took part\n\n" + "The firms of the region took part. " * 4 + "\n\n"
        "What they said\n\n• one\n• two\n\n" + "They said much. " * 9 + "\n\nShare this page"
    )
    assert [body for kind, body in cut(text) if kind == "heading"] == [
        "Vouchers in the regions",
        "Who took part",
        "What they said",
    ]


def test_a_numbered_heading_is_no_list_item() -> None:
    text = "1. Introduction\n\n" + "Long text follows here. " * 9 + "\n\n2. Method\n\n" + "And more. " * 20
    assert kinds(text) == "hphp"


def test_passages_know_their_heading() -> None:
    text = "Title\n\nPart\n\nbody"
    document = Document("d", "s", None, None, None, "en", 1.0, text, 3)
    blocks = [
        Block("d", 0, "heading", 1, 0, 5),
        Block("d", 1, "heading", 2, 7, 11),
        Block("d", 2, "paragraph", 0, 13, 17),
    ]
    assert [p.heading for p in segment([document], blocks)] == [None, "Title", "Part"]


def test_a_paragraph_of_the_format_with_line_breaks_is_cut_at_them() -> None:
    text = "Title\n\nAnn Lee\nRegion Skåne"
    document = Document("d", "s", None, None, None, "en", 1.0, text, 4)
    blocks = [Block("d", 0, "heading", 1, 0, 5), Block("d", 1, "paragraph", 0, 7, len(text))]
    assert [text[p.start : p.end] for p in segment([document], blocks)] == [
        "Title",
        "Ann Lee",
        "Region Skåne",
    ]


def test_a_long_passage_is_one_passage() -> None:
    assert kinds("word " * 40_000) == "p"
