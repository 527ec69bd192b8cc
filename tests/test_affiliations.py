"""Person, role and organisation from the forms in which texts state them."""

import pytest

from pipeline.affiliations import affiliations
from pipeline.records import Document, Label, Mention, Passage, Relation


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
    found = list(affiliations([document], [passage], mentions, []))
    assert all(a.person in text[a.start : a.end] for a in found)
    return [(a.person, a.role, a.organisation) for a in found]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("<Ann Lee> (Head of Unit at {VLAIO})", "Head of Unit"),
        ("<Ann Lee> (Head of Unit, {VLAIO})", "Head of Unit"),
        ("<Ann Lee> (President of the {VLAIO})", "President"),
        ("<Ann Lee> ({VLAIO})", None),
        ("<Ann Lee> as Head of Unit at {VLAIO}", "Head of Unit"),
        ("<Ann Lee>, in charge of the file at {VLAIO},", "in charge of the file"),
        ("<Ann Lee>, head of the climate department at {VLAIO}", "head of the climate department"),
        ("<Ann Lee> joins {VLAIO} (Brussels) as European officer", "European officer"),
        ("<Ann Lee>, whose family company {VLAIO} makes cheese", None),
        ("{VLAIO} sent <Ann Lee>, programme officer", "programme officer"),
        ("{VLAIO}, whose <Ann Lee> once told me", None),
        ("Speaking for {VLAIO}, <Ann Lee> thanked all", None),
        ("said the man from {VLAIO}, <Ann Lee>", None),
        ("{VLAIO} came. The agency's director, <Ann Lee>, spoke", "director"),
        ("<Ann Lee>, Head of Unit at the {VLAIO}, spoke", "Head of Unit"),
        ("<Ann Lee>, Head of Unit, {VLAIO}", "Head of Unit"),
        ("<Ann Lee>, director of {VLAIO}", "director"),
        ("<Ann Lee>, the {VLAIO}'s head of trade, spoke", "head of trade"),
        ("<Ann Lee>, {VLAIO}", None),
        ("<Ann Lee> – Head of Unit, {VLAIO}", "Head of Unit"),
        ("<Ann Lee> from {VLAIO}", None),
        ("<Ann Lee> of the {VLAIO}", None),
        ("<Ann Lee>, {VLAIO}, Head of Unit", "Head of Unit"),
        ("<Ann Lee> ({VLAIO}, chair)", "chair"),
        ("<Ann Lee>, owner of the Estonian sensor maker {VLAIO}.", "owner"),
        ("<Ann Lee>, Head of the Innovation Desk at {VLAIO}", "Head of the Innovation Desk"),
        ("<Ann Lee>, Innovation Manager ({VLAIO})", "Innovation Manager"),
        ("<Ann Lee>, Owner @ {VLAIO}", "Owner"),
        ("<Ann Lee> / {VLAIO}", None),
        ("<Ann Lee> // {VLAIO}", None),
        ("Deputy Mayor, {VLAIO}: Ms <Ann Lee>", "Deputy Mayor"),
        ("{VLAIO}'s <Ann Lee> admitted", None),
        ("<Ann Lee> leads the additive lab at {VLAIO}.", None),
        ("<Ann Lee>, PhD, Head of Unit, {VLAIO}", "Head of Unit"),
        ("<Ann Lee>, D.Sc. (Tech.), Manager, {VLAIO}", "Manager"),
        ("<Ann Lee> | Head of Unit | {VLAIO}", "Head of Unit"),
        ("{VLAIO}'s director <Ann Lee> spoke", "director"),
        ("{VLAIO} project manager <Ann Lee> spoke", "project manager"),
        ("<Ann Lee>, who works at the {VLAIO}", None),
        ("{VLAIO}, represented by <Ann Lee>", None),
        ("{VLAIO} was represented by <Ann Lee>", None),
        ("{VLAIO} (Dr <Ann Lee>) disagrees", None),
        ("{VLAIO} has appointed <Ann Lee> as its new manager.", "manager"),
        ("The head of the {VLAIO}, Ms <Ann Lee>, opened", "head"),
        ("As Chief Buyer of {VLAIO}, <Ann Lee> signs", "Chief Buyer"),
        ("<Ann Lee> is the new Head of Unit at {VLAIO}.", "Head of Unit"),
        ("<Ann Lee>, who has worked at the {VLAIO}", None),
        ("<Ann Lee>,manager at {VLAIO}.She left", "manager"),
        ("Project manager <Ann Lee> ({VLAIO})", "Project manager"),
        ("{VLAIO} grew; its director <Ann Lee> smiled", "director"),
        ("<LEE, Ann>; {VLAIO}; BE", None),
        ("{VLAIO} – <Ann Lee>, Head of Unit", "Head of Unit"),
        ("{VLAIO} (<Ann Lee>, Head of Unit)", "Head of Unit"),
        ("{VLAIO}: <Ann Lee>", None),
        ("{VLAIO}, whose head of unit, <Ann Lee>, smiled", "head of unit"),
        ("For the {VLAIO}, <Ann Lee> agreed.", None),
        ("<Ann Lee>: manager, {VLAIO}", "manager"),
        ("<Ann Lee>, {VLAIO} Project Manager", "Project Manager"),
        ("<Ann Lee>, {VLAIO} (Head of Unit)", "Head of Unit"),
        ("<Ann Lee>, who heads the audit desk of {VLAIO}, agreed", "heads the audit desk"),
        ("<Ann Lee>, a guest from the {VLAIO}, spoke", None),
        ("<Ann Lee> (formerly {VLAIO})", None),
        ("<Ann Lee>, then director of {VLAIO}, spoke", "director"),
        ('"Yes," says project manager <Ann Lee> from {VLAIO}', "project manager"),
        ("Members of the jury: <Ann Lee>, {VLAIO}", None),
        ("<Ann Lee>\nHead of Unit\n{VLAIO}", "Head of Unit"),
        ("Kind regards\nDr <Ann Lee>, PhD\nHead of Unit | Team A\n{VLAIO} | Ghent", "Head of Unit"),
        ("<Ann Lee>\n{VLAIO}\nwww.vlaio.be", None),
        ("Contact: <Ann Lee>\nHead of Unit, {VLAIO}", "Head of Unit"),
    ],
)
def test_forms(text: str, role: str | None) -> None:
    person = "LEE, Ann" if "LEE" in text else "Ann Lee"
    assert stated(text) == [(person, role, "VLAIO")]


@pytest.mark.parametrize(
    "text",
    [
        "<Ann Lee> met the {VLAIO}",
        "<Ann Lee> spoke. {VLAIO} did not.",
        "<Ann Lee>, who had visited {VLAIO}",
        "{VLAIO} invited <Ann Lee>",
        "<Ann Lee>\nThe firms of {VLAIO} met in Ghent.",
        "<Ann Lee>\nwww.vlaio.be\n{VLAIO}",
    ],
)
def test_no_affiliation(text: str) -> None:
    assert stated(text) == []


def test_a_role_without_an_organisation() -> None:
    assert stated("Managing Director <Ann Lee> spoke.") == [("Ann Lee", "Managing Director", None)]
    assert stated("Then <Ann Lee>, chief purchaser of the region, spoke.") == [
        ("Ann Lee", "chief purchaser", None)
    ]
    assert stated("<Ann Lee>, mayor of Ghent, spoke.") == [("Ann Lee", "mayor", None)]
    assert stated("<Ann Lee> (Minister for Trade)") == [("Ann Lee", "Minister for Trade", None)]


def test_a_role_that_an_event_gives_stands_beside_another() -> None:
    assert stated("Moderator: <Ann Lee>, adviser, {VLAIO}") == [
        ("Ann Lee", "Moderator", None),
        ("Ann Lee", "adviser", "VLAIO"),
    ]
    assert stated("Moderator: <Ann Lee>, {VLAIO}") == [("Ann Lee", "Moderator", "VLAIO")]


def test_two_organisations_and_shared_ones() -> None:
    assert stated("<Ann Lee> (President of {Alfa} and Engineer at the {Beta})") == [
        ("Ann Lee", "President", "Alfa"),
        ("Ann Lee", "Engineer", "Beta"),
    ]
    assert stated("<Ann Lee> is President of {Alfa} and Professor at {Beta}.") == [
        ("Ann Lee", "President", "Alfa"),
        ("Ann Lee", "Professor", "Beta"),
    ]
    assert stated("<Ann Lee>, <Jo Ek> (both {Alfa})") == [("Ann Lee", None, "Alfa"), ("Jo Ek", None, "Alfa")]
    assert stated("<Ann Lee>, <Jo Ek> and <Bo Li> of {Alfa}") == [
        ("Ann Lee", None, "Alfa"),
        ("Jo Ek", None, "Alfa"),
        ("Bo Li", None, "Alfa"),
    ]
    assert stated("{Alfa}: <Ann Lee>, <Jo Ek>") == [("Ann Lee", None, "Alfa"), ("Jo Ek", None, "Alfa")]
    assert stated("<Ann Lee> and <Jo Ek>, both buyers at {Alfa}") == [
        ("Ann Lee", "buyers", "Alfa"),
        ("Jo Ek", "buyers", "Alfa"),
    ]
    assert stated("{Flemish Agency} ({VLAIO}) was represented by <Ann Lee>") == [
        ("Ann Lee", None, "Flemish Agency")
    ]
    assert stated("<Ann Lee> and <Jo Ek> from {Alfa}") == [("Ann Lee", None, "Alfa"), ("Jo Ek", None, "Alfa")]


def test_a_list_of_speakers() -> None:
    text = "<Ann Lee> (Head at {VLAIO}), <Gál Nagy> ({Westpannon}) and <Jo Ek>"
    assert stated(text) == [("Ann Lee", "Head", "VLAIO"), ("Gál Nagy", None, "Westpannon")]


def test_the_encoder_reads_what_no_rule_does() -> None:
    text = "Whoever calls VLAIO about a voucher will hear Ann Lee, and she is the buyer."
    places = {
        word: (text.index(word), text.index(word) + len(word)) for word in ("VLAIO", "Ann Lee", "buyer")
    }
    document = Document("d", "s", None, None, None, "en", 1.0, text, 1)
    passage = Passage("d-p0", "d", 0, "paragraph", None, 0, len(text))
    labels: tuple[tuple[str, Label], ...] = (("VLAIO", "ORG"), ("Ann Lee", "PERSON"))
    mentions = [
        Mention(f"d-m{places[name][0]}", "d", "d-p0", *places[name], name, label, None, None, 1.0)
        for name, label in labels
    ]
    read = Relation("d-p0-r0", "d", "d-p0", *places["Ann Lee"], *places["buyer"], *places["VLAIO"], 0.9)
    (found,) = affiliations([document], [passage], mentions, [read])
    assert (found.person, found.role, found.organisation, found.score) == ("Ann Lee", "buyer", "VLAIO", 0.9)
    assert text[found.start : found.end] == text[text.index("VLAIO") : text.index("buyer") + 5]
    assert not list(affiliations([document], [passage], mentions, []))
    lines = "The buyer of\nVLAIO is new.\nAnn Lee"
    own = {word: (lines.index(word), lines.index(word) + len(word)) for word in ("VLAIO", "Ann Lee", "buyer")}
    apart = [
        Passage(f"d-p{i}", "d", i, "paragraph", None, a, b) for i, (a, b) in enumerate(((0, 26), (27, 34)))
    ]
    named = [
        Mention(f"d-m{own[name][0]}", "d", f"d-p{i}", *own[name], name, label, None, None, 1.0)
        for i, (name, label) in enumerate(labels)
    ]
    over = Relation("d-r0", "d", "d-p1", *own["Ann Lee"], *own["buyer"], *own["VLAIO"], 0.95)
    document_of_lines = Document("d", "s", None, None, None, "en", 1.0, lines, 1)
    (found,) = affiliations([document_of_lines], apart, named, [over])
    assert (found.person, found.role, found.organisation) == ("Ann Lee", "buyer", "VLAIO")
    nobody = Relation("d-p0-r0", "d", "d-p0", 0, 7, *places["buyer"], None, None, 0.9)
    assert not list(affiliations([document], [passage], mentions, [nobody]))  # no mention stands there


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Moldovan State Secretary <Ann Lee> came.", [("Ann Lee", "State Secretary", None)]),
        ("<Ann Lee>, a carpenter from Graz, came.", [("Ann Lee", "carpenter", None)]),
        ("Thanks to Professor <Ann Lee>.", []),
        ("{VLAIO}, Brussels, Belgium – <Ann Lee>", [("Ann Lee", None, "VLAIO")]),
        ("The chair, Prof. <Ann Lee> of {VLAIO}, spoke", [("Ann Lee", "chair", "VLAIO")]),
        ("<Ann Lee>, until last month buyer at {VLAIO},", [("Ann Lee", "buyer", "VLAIO")]),
        ("<Ann Lee>, re-elected president of {VLAIO}.", [("Ann Lee", "president", "VLAIO")]),
        ("<Ann Lee>, a retired director of {VLAIO}.", [("Ann Lee", "director", "VLAIO")]),
        ("His elder sister <Ann> laughed.", []),
        ("Room 2 – Facilitators: <Ann Lee>, {VLAIO}", [("Ann Lee", "Facilitators", "VLAIO")]),
        (
            "Manager: <Ann Lee> | Chair: <Jo Ek>, {VLAIO}",
            [("Ann Lee", "Manager", None), ("Jo Ek", "Chair", "VLAIO")],
        ),
        ("{VLAIO}, Ghent\nContact: <Ann Lee>, manager", [("Ann Lee", "manager", "VLAIO")]),
        (
            "{VLAIO} ({FIO})\n- <Ann Lee>\n- <Jo Ek> (chair)",
            [("Ann Lee", None, "VLAIO"), ("Jo Ek", "chair", "VLAIO")],
        ),
        ("<Bo Li>\n{VLAIO}\n<Ann Lee>\n{Alfa}", [("Bo Li", None, "VLAIO"), ("Ann Lee", None, "Alfa")]),
        ("{VLAIO} opens a lab\n<Ann Lee> came", []),
        ("{VLAIO}\n<Ann Lee>\nFrom outside\n<Jo Ek>", [("Ann Lee", None, "VLAIO")]),
        ("{VLAIO}\nSpeakers:\n<Jo Ek>", []),
        ("The minister's sister <Ann> came.", []),
        ("Managing Partner Austria: <Ann Lee>", [("Ann Lee", "Managing Partner Austria", None)]),
        ("Moderator: <Ann Lee> ({VLAIO})", [("Ann Lee", "Moderator", "VLAIO")]),
        ("Speakers: <Ann Lee> ({VLAIO})", [("Ann Lee", None, "VLAIO")]),
    ],
)
def test_what_is_a_role_and_what_is_not(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    assert stated(text) == found
