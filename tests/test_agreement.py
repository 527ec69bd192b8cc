"""What a document as a whole says of its names: one opinion, lists, initials, short names."""

import pytest
import regex

from pipeline.nlp.agreement import agree
from pipeline.nlp.listed import SCORE as LISTED
from pipeline.nlp.listed import with_listed
from pipeline.nlp.recogniser import Named


def agreed(*passages: tuple[str, dict[str, tuple[str, float]]]) -> list[list[tuple[str, str]]]:
    """The names of passages after the second look, from passages with name: (label, score)."""
    texts = [text for text, _ in passages]
    names = [
        [Named(text.index(n), text.index(n) + len(n), label, score) for n, (label, score) in some.items()]
        for text, some in passages
    ]
    return [
        [(text[n.start : n.end], n.label) for n in some]
        for text, some in zip(texts, agree(texts, names), strict=True)
    ]


def test_a_document_has_one_opinion_of_a_name() -> None:
    assert agreed(
        ("Ann van Lee spoke", {"Ann van Lee": ("PERSON", 0.9)}),
        ("van Lee left", {"van Lee": ("ORG", 0.6)}),
        ("Lee left", {"Lee": ("ORG", 0.7)}),
        ("Movaris sells", {"Movaris": ("PERSON", 0.5)}),
        ("at Movaris", {"Movaris": ("ORG", 0.9)}),
    ) == [[("Ann van Lee", "PERSON")], [("van Lee", "PERSON")], [("Lee", "PERSON")],
          [("Movaris", "ORG")], [("Movaris", "ORG")]]  # fmt: skip


def test_a_sure_name_is_found_wherever_the_document_has_it() -> None:
    first = (
        "the European Innovation Council (EIC)",
        {"European Innovation Council": ("ORG", 0.9), "EIC": ("ORG", 0.9)},
    )
    assert agreed(
        first, ("EIC and EIC-like calls, european innovation council, the European Innovation Council", {})
    )[1] == [("EIC", "ORG"), ("European Innovation Council", "ORG")]
    assert agreed(("met Young there", {"Young": ("PERSON", 0.95)}), ("Young firms", {})) == [
        [("Young", "PERSON")],
        [],
    ]
    assert agreed(("the Forum Nord", {"Forum Nord": ("ORG", 0.4)}), ("Forum Nord", {})) == [
        [("Forum Nord", "ORG")],
        [],
    ]


def test_short_names_where_the_long_one_has_been_named() -> None:
    agency = {"Danish Energy Agency": ("ORG", 0.95)}
    assert agreed(
        ("Danish Energy Agency", agency), ("The Agency pays; the Agency for Wind does not.", {})
    ) == [
        [("Danish Energy Agency", "ORG")],
        [("Agency", "ORG")],
    ]
    assert agreed(("The Agency pays.", {}), ("Danish Energy Agency", agency))[0] == []
    bergen = {"Bergen kommune": ("ORG", 0.95)}
    assert agreed(("Bergen kommune", bergen), ("The Municipality pays.", {}))[1] == [("Municipality", "ORG")]
    graz = {"Energieagentur Graz": ("ORG", 0.95)}
    assert agreed(("Energieagentur Graz", graz), ("The Agency pays.", {}))[1] == [("Agency", "ORG")]
    irish = {"Irish Health Service": ("ORG", 0.9)}
    assert agreed(("Irish Health Service", irish), ("Health Service", {"Health Service": ("ORG", 0.9)})) == [
        [("Health Service", "ORG")],
        [("Health Service", "ORG")],
    ]
    lee = {"Ann Zanuttini": ("PERSON", 0.9)}
    assert agreed(("Ann Zanuttini", lee), ("For Zanuttini it is late.", {}))[1] == [("Zanuttini", "PERSON")]
    stone = {"Ann Stone": ("PERSON", 0.9)}
    assert agreed(("Ann Stone", stone), ("A stone fell. Stone is hard.", {}))[1] == []
    assert agreed(("ecoplus came", {"ecoplus": ("ORG", 0.95)}), ("and ecoplus paid", {}))[1] == [
        ("ecoplus", "ORG")
    ]


def test_a_body_is_called_by_a_word_of_its_name() -> None:
    clinic = {"Hospital Clínic de Barcelona": ("ORG", 0.9)}
    assert agreed(("Hospital Clínic de Barcelona", clinic), ("The Clínic and the Hospital pay.", {}))[1] == [
        ("Clínic", "ORG"),
        ("Hospital", "ORG"),
    ]
    norse = {"Norwegian Innovation Board of Bergen": ("ORG", 0.9)}
    text = "the Norwegian side, the Innovation, the Bergen of old, the Board"
    balkans = {"Western Balkans Fund": ("ORG", 0.9), "Office of the President": ("ORG", 0.9)}
    lines = ("Western Balkans Fund, Office of the President", balkans)
    assert agreed(lines, ("in the Balkans the President and the Fund pay", {}))[1] == [("Fund", "ORG")]
    assert agreed(("Norwegian Innovation Board of Bergen", norse), (text, {}))[1] == [("Board", "ORG")]


def test_a_given_name_stands_for_who_was_named_in_full() -> None:
    ann = {"Gráinne Heffernan": ("PERSON", 0.9)}
    assert agreed(("Gráinne Heffernan", ann), ("Best,\nGráinne", {}))[1] == [("Gráinne", "PERSON")]
    georgia = {"Georgia Papadaki": ("PERSON", 0.9)}
    assert agreed(("Georgia Papadaki", georgia), ("flew to Georgia", {}))[1] == []
    mark = {"Mark Byrne": ("PERSON", 0.9), "August Lind": ("PERSON", 0.9)}
    assert agreed(("Mark Byrne, August Lind", mark), ("Mark your calendars for August", {}))[1] == []
    rose = {"Rose Byrne": ("PERSON", 0.9)}
    assert agreed(("Rose Byrne", rose), ("Rose gardens: a rose a day", {}))[1] == []


def test_minutes_call_people_by_their_initials() -> None:
    present = {"Lars-Erik Wallgren": ("PERSON", 0.9), "LEW": ("ORG", 0.9), "Piret Lepik": ("PERSON", 0.9)}
    lines: tuple[tuple[str, dict[str, tuple[str, float]]], ...] = (
        ("Present: Lars-Erik Wallgren (LEW), Piret Lepik (PL)", present),
        ("LEW thanked PL.", {}),
    )
    assert agreed(*lines)[1] == [("LEW", "PERSON"), ("PL", "PERSON")]
    piret = {"Piret Lepik": ("PERSON", 0.9)}
    assert agreed(("Piret Lepik (PL)", piret), ("from PL", {}))[1] == []  # Poland's code
    anna = {"Anna Isaksson": ("PERSON", 0.9)}
    assert agreed(("Anna Isaksson, AI specialist", anna), ("about AI", {}))[1] == []
    assert agreed(("Anna Isaksson, AI and others", anna), ("AI said", {}))[1] == [("AI", "PERSON")]
    ann = {"Ann Lee": ("PERSON", 0.9), "EEN": ("ORG", 0.9)}
    assert agreed(("Ann Lee (EEN)", ann), ("the EEN", {}))[1] == [("EEN", "ORG")]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("Alonso, Rodrigo, VLAIO", "Reis Moura, Ana, VLAIO", "Puig, Núria, VLAIO"), 3),
        (("Alonso, Rodrigo – VLAIO", "de la Cruz, María del Mar – VLAIO", "Puig, Núria – VLAIO"), 3),
        (("ALONSO Rodrigo, VLAIO", "REIS Ana, VLAIO", "PUIG Núria, VLAIO"), 3),
        (("Alonso, Director, VLAIO", "Reis, Mayor, VLAIO", "Puig, Officer, VLAIO"), 0),
        (("Alonso, Rodrigo, VLAIO", "Then came the rest.", "Puig, Núria, VLAIO"), 0),
        (("Ghent, Flanders, VLAIO", "Torino, Piemonte, VLAIO", "Linz, Austria, VLAIO"), 0),
    ],
)
def test_a_list_gives_the_surname_first(lines: tuple[str, ...], people: int) -> None:
    seen = [[Named(0, len(regex.split("[, ]", line)[0]), "PERSON", 0.6)] for line in lines[:2]]
    found = with_listed(lines, [*seen, []])
    assert [name.score for some in found for name in some].count(LISTED) == people


def test_a_person_of_the_document_is_parted_from_what_stands_before() -> None:
    joost = {"Joost van der Velde": ("PERSON", 0.9)}
    tno = {"TNO Joost": ("ORG", 0.8), "van der Velde": ("PERSON", 0.8)}
    assert agreed(("Joost van der Velde", joost), ("At TNO Joost van der Velde spoke", tno))[1] == [
        ("TNO", "ORG"),
        ("Joost van der Velde", "PERSON"),
    ]
    ghent = {"Ghent Joost van der Velde": ("PERSON", 0.8)}
    assert agreed(("Joost van der Velde", joost), ("In Ghent Joost van der Velde", ghent))[1] == [
        ("Joost van der Velde", "PERSON")
    ]


def test_a_body_is_one_without_its_legal_form_too() -> None:
    brandt = {"Brandt Maschinen GmbH": ("ORG", 0.9)}
    assert agreed(
        ("Brandt Maschinen GmbH", brandt),
        ("Brandt Maschinen sells", {"Brandt Maschinen": ("PERSON", 0.8)}),
        ("to Brandt Maschinen, which", {}),
        ("and Brandt too", {"Brandt": ("PERSON", 0.6)}),
    )[1:] == [[("Brandt Maschinen", "ORG")], [("Brandt Maschinen", "ORG")], [("Brandt", "ORG")]]
    harald = {"Brandt Maschinen GmbH": ("ORG", 0.9), "Harald Brandt": ("PERSON", 0.9)}
    assert agreed(
        ("Brandt Maschinen GmbH, Harald Brandt", harald), ("Brandt left", {"Brandt": ("PERSON", 0.6)})
    )[1] == [("Brandt", "PERSON")]


def test_a_name_that_is_cut_short_is_mended_by_the_whole_one() -> None:
    whole = {"Ministry of Development, Works and Administration": ("ORG", 0.9)}
    cut = {"Ministry of Development": ("ORG", 0.9), "Administration": ("ORG", 0.6)}
    text = "Ministry of Development, Works and Administration"
    assert agreed((text, whole), (f"the {text} pays", cut))[1] == [(text, "ORG")]


def test_a_body_named_after_a_person_is_one_and_the_person_another() -> None:
    kessler = {"Bruno Kessler": ("PERSON", 0.9)}
    foundation = {"Fondazione Bruno Kessler": ("ORG", 0.95)}
    assert agreed(("Bruno Kessler", kessler), ("Fondazione Bruno Kessler", foundation)) == [
        [("Bruno Kessler", "PERSON")],
        [("Fondazione Bruno Kessler", "ORG")],
    ]
    university = ("Tomas Bata University", {"Tomas Bata University": ("ORG", 0.95)})
    bata = ("Tomas Bata", {"Tomas Bata": ("PERSON", 0.9)})
    assert agreed(university, university, bata)[2] == [("Tomas Bata", "PERSON")]


def test_a_surname_right_behind_a_body_stays_one() -> None:
    novak = {"VLAIO": ("ORG", 0.9), "Novak": ("PERSON", 0.9)}
    assert agreed(("At VLAIO Novak spoke", novak)) == [[("VLAIO", "ORG"), ("Novak", "PERSON")]]


def test_a_long_list_takes_no_long_time() -> None:
    text = "Absent: " + ", ".join(["Lee"] * 50_000) + " went"
    assert with_listed([text], [[]]) == [[]]
