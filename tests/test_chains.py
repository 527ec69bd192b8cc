"""Within a document: which mentions are one person's or one organisation's."""

import pytest
import regex

from pipeline.chains import chains
from pipeline.gold import parse_record
from pipeline.links import annotated
from pipeline.nlp.alike import shortens
from pipeline.nlp.bodies import read_body
from pipeline.nlp.people import match_people, read_person
from pipeline.records import Chain, ChainMention, Document
from pipeline.segment import segment


def found(marked: str) -> list[list[str]]:
    """The chains of an annotated text: P(Ann Lee), O(VLAIO)."""
    text = regex.sub(
        r"([PO])\(([^()]*)\)", lambda m: f"[[{'PERSON' if m[1] == 'P' else 'ORG'}|{m[2]}]]", marked
    )
    gold = parse_record(text, "here")
    documents = [Document("d", "", None, None, None, "en", 1.0, gold.text, 1)]
    passages = list(segment(documents, []))
    rows = list(chains(documents, list(annotated(documents, passages, [gold])), []))
    members: dict[str, list[str]] = {row.chain_id: [] for row in rows if isinstance(row, Chain)}
    for row in rows:
        if isinstance(row, ChainMention):
            members[row.chain_id].append(row.text)
    return [sorted(chain) for chain in members.values()]


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Anna Szabó", "SZABÓ Anna", "same"),
        ("Ion Popescu", "Popescu, Ion", "same"),
        ("A. Szabó", "Anna Szabó", "initials"),
        ("J.-B. Etcheverry", "Jean-Baptiste Etcheverry", "initials"),
        ("E. Kövesdi", "Eszter Kövesdi", "initials"),
        ("VAN DER ELST Wim", "Wim van der Elst", "same"),
        ("Heike Mueller", "Heike Müller", "same"),
        ("Marta Nowak", "Marta Nowak-Zielińska", "part of the name"),
        ("Anna Szabó", "Anna Mária Szabó", "part of the name"),
        ("Tom Byrne", "Thomas Byrne", "short name"),
        ("Νίκος Παπαδόπουλος", "Nikos Papadopoulos", "same"),
        ("Seán O'Brien", "Sean OBrien", "same"),
        ("B. Szabó", "Anna Szabó", None),
        ("Jan Novák", "Jana Nováková", None),
        ("Jan Novák Jr", "Jan Novák", None),
        ("Luca De Chiara", "Chiara De Luca", None),
        ("Dragan Petrović", "Dragana Petrović", None),
        ("Nikos Papadopoulos", "Katerina Papadopoulou", None),
    ],
)
def test_forms_of_people(a: str, b: str, reason: str | None) -> None:
    one, two = sorted((read_person(a), read_person(b)), key=lambda name: sum(map(len, name.words)))
    match = match_people(one, two)
    assert (match[0] if match else None) == reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("University of Tartu", "Tartu University"),
        ("Univ. of Tartu", "the University of Tartu"),
        ("Universität Wien", "University of Vienna"),
        ("Sensorika d.o.o.", "Sensorika"),
        ("Polo Innovazione Alimentare S.c.a r.l.", "POLO INNOVAZIONE ALIMENTARE"),
        ("Center for Wood", "Centre for Wood"),
        ("City of Odense", "Odense Municipality"),
        ("Region Auvergne-Rhône-Alpes", "Region Auvergne-Rhone-Alpes"),
    ],
)
def test_forms_of_organisations(a: str, b: str) -> None:
    assert read_body(a).key == read_body(b).key


@pytest.mark.parametrize(
    ("short", "full", "one"),
    [
        ("Welfare Tech", "Welfare Tech Cluster", True),
        ("ecoplus", "ecoplus. The Business Agency of Lower Austria", True),
        ("Innovation Agency", "Lithuanian Innovation Agency", True),
        ("Aristotle University", "Aristotle University of Thessaloniki", True),
        ("Ministry", "Ministry of Economy", True),
        ("University of Tartu", "University of Tartu Library", False),
        ("European Commission", "European Commission Representation in Malta", False),
        ("Tartu", "University of Tartu", False),
        ("Ministry of Economy", "Ministry of Energy", False),
        ("Flanders Port Company", "North Flanders Port Company", False),
    ],
)
def test_short_names(short: str, full: str, one: bool) -> None:
    assert (shortens(read_body(short), read_body(full)) is not None) == one


@pytest.mark.parametrize(
    ("text", "chains_"),
    [
        ("P(Anna Szabó) spoke. Dr P(Szabó) left. P(Anna) came back.", [["Anna", "Anna Szabó", "Szabó"]]),
        (
            "P(Anna Szabó) met P(András Kiss). P(Szabó) and P(Kiss) agreed.",
            [["Anna Szabó", "Szabó"], ["András Kiss", "Kiss"]],
        ),
        (
            "Mr P(Ivan Horvat) and Ms P(Ivana Horvat) spoke. Mr P(Horvat) left.",
            [["Horvat", "Ivan Horvat"], ["Ivana Horvat"]],
        ),
        ("P(Petra Novak) met P(Jan Novak).", [["Petra Novak"], ["Jan Novak"]]),
        (
            "O(European Innovation Council) (O(EIC)). O(EIC) pays.",
            [["EIC", "EIC", "European Innovation Council"]],
        ),
        ("O(EIC) (O(European Innovation Council)).", [["EIC", "European Innovation Council"]]),
        (
            "O(EIC) pays. Later, O(European Innovation Council) came.",
            [["EIC", "European Innovation Council"]],
        ),
        (
            "O(Sveučilište u Rijeci) / O(University of Rijeka)",
            [["Sveučilište u Rijeci", "University of Rijeka"]],
        ),
        (
            "The O(Ministerstvo hospodárstva) (O(Ministry of Economy)) pays.",
            [["Ministerstvo hospodárstva", "Ministry of Economy"]],
        ),
        (
            "O(Vlaams Centrum), known in English as O(Flemish House), sails.",
            [["Flemish House", "Vlaams Centrum"]],
        ),
        (
            "O(Institute of Physics) (O(University of Tartu)) measured.",
            [["Institute of Physics"], ["University of Tartu"]],
        ),
        ("O(DG GROW) of the O(European Commission)", [["DG GROW"], ["European Commission"]]),
        (
            "O(Technical University of Split) and O(TU Split); O(University of Split)",
            [["TU Split", "Technical University of Split"], ["University of Split"]],
        ),
        (
            "O(European Innovation Council) (O(EIC)) met O(European Industry Council), also O(EIC).",
            [["EIC", "European Innovation Council"], ["EIC", "European Industry Council"]],
        ),
    ],
)
def test_chains(text: str, chains_: list[list[str]]) -> None:
    assert found(text) == chains_


def test_every_mention_is_in_one_chain_with_its_reason() -> None:
    gold = parse_record("[[PERSON|Ann Lee]] of [[ORG|VLAIO]] ([[CODE|BE|BE]]). [[PERSON|Lee]] left.", "here")
    documents = [Document("d", "", None, None, None, "en", 1.0, gold.text, 1)]
    mentions = list(annotated(documents, list(segment(documents, [])), [gold]))
    rows = list(chains(documents, mentions, []))
    members = [row for row in rows if isinstance(row, ChainMention)]
    assert sorted(m.mention_id for m in members) == sorted(
        m.mention_id for m in mentions if m.label != "COUNTRY"
    )
    assert [(m.text, m.reason, m.other) for m in members] == [
        ("Ann Lee", "first", None),
        ("Lee", "surname", "Ann Lee"),
        ("VLAIO", "first", None),
    ]
    assert [(c.forms, c.country) for c in rows if isinstance(c, Chain)][1] == (("VLAIO",), "BE")
