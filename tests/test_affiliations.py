"""Person, role and organisation from the forms in which texts state them."""

import pytest

from pipeline.affiliations import affiliations
from pipeline.records import Document, Label, Mention, Passage


def stated(marked: str) -> list[tuple[str, str | None, str | None]]:
    """Affiliations of a text in which people stand in <> and organisations in {}."""
    text, mentions = "", []
    for piece in (
        marked.replace("<", "\0P").replace("{", "\0O").replace(">", "\0").replace("}", "\0").split("\0")
    ):
        if piece[:1] in ("P", "O") and (f"<{piece[1:]}>" in marked or f"{{{piece[1:]}}}" in marked):
            label: Label = "PERSON" if piece[0] == "P" else "ORG"
            start, text = len(text), text + piece[1:]
            mentions.append(
                Mention(f"d-m{start}", "d", "d-p0", start, len(text), piece[1:], label, None, None, 1.0)
            )
        else:
            text += piece
    document = Document("d", "s", None, None, None, "en", 1.0, text, 1)
    passage = Passage("d-p0", "d", 0, "paragraph", None, 0, len(text))
    found = list(affiliations([document], [passage], mentions))
    assert all(text[a.start : a.end].startswith(a.person) for a in found)
    return [(a.person, a.role, a.organisation) for a in found]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("<Ann Lee> (Head of Unit at {VLAIO})", "Head of Unit"),
        ("<Ann Lee> (Head of Unit, {VLAIO})", "Head of Unit"),
        ("<Ann Lee> (President of the {VLAIO})", "President"),
        ("<Ann Lee> ({VLAIO})", None),
        ("<Ann Lee>, Head of Unit at the {VLAIO}, spoke", "Head of Unit"),
        ("<Ann Lee>, Head of Unit, {VLAIO}", "Head of Unit"),
        ("<Ann Lee>, director of {VLAIO}", "director"),
        ("<Ann Lee>, {VLAIO}", None),
        ("<Ann Lee> – Head of Unit, {VLAIO}", "Head of Unit"),
        ("<Ann Lee> from {VLAIO}", None),
        ("<Ann Lee> of the {VLAIO}", None),
    ],
)
def test_forms(text: str, role: str | None) -> None:
    assert stated(text) == [("Ann Lee", role, "VLAIO")]


@pytest.mark.parametrize(
    "text",
    [
        "<Ann Lee> met the {VLAIO}",
        "<Ann Lee> spoke. {VLAIO} did not.",
        "<Ann Lee>, who had visited {VLAIO}",
        "{VLAIO} invited <Ann Lee>",
    ],
)
def test_no_affiliation(text: str) -> None:
    assert stated(text) == []


def test_a_list_of_speakers() -> None:
    text = "<Ann Lee> (Head at {VLAIO}), <Gál Nagy> ({Westpannon}) and <Jo Ek>"
    assert stated(text) == [("Ann Lee", "Head", "VLAIO"), ("Gál Nagy", None, "Westpannon")]
