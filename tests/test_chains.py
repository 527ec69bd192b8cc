"""Within a document: which mentions are one person's or one organisation's."""

import pytest
import regex

from pipeline.affiliations import affiliations
from pipeline.chains import chains
from pipeline.gold import parse_record
from pipeline.links import annotated
from pipeline.nlp.alike import shortens, spells
from pipeline.nlp.bodies import read_body
from pipeline.nlp.people import match_people, read_person
from pipeline.records import Chain, ChainMention, Document
from pipeline.segment import segment


def found(marked: str) -> list[list[str]]:
    """The chains of an annotated text: P(Ann Lee), O(VLAIO)."""
    members: dict[str, list[str]] = {}
    for row in all_rows(marked):
        if isinstance(row, Chain):
            members[row.chain_id] = []
        else:
            members[row.chain_id].append(row.text)
    return [sorted(chain) for chain in members.values()]


def all_rows(marked: str) -> list[Chain | ChainMention]:
    """What chains gives for a text in the same mark-up, every chain before its mentions."""
    text = regex.sub(
        r"([PO])\(([^()]*)\)", lambda m: f"[[{'PERSON' if m[1] == 'P' else 'ORG'}|{m[2]}]]", marked
    )
    gold = parse_record(text, "here")
    documents = [Document("d", "", None, None, None, "en", 1.0, gold.text, 1)]
    passages = list(segment(documents, []))
    mentions = list(annotated(documents, passages, [gold]))
    return list(chains(documents, mentions, list(affiliations(documents, passages, mentions, []))))


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
        ("Nyström K.", "Karin Nyström", "initials"),
        ("Kirsten V. Holm", "Kirsten Vestergaard Holm", "initials"),
        ("Etcheverry J.-B.", "Jean-Baptiste Etcheverry", "initials"),
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
        ("Szegedi Tudományegyetem", "Szegedi Tudományegyetem Kft"),
        ("Debreceni Egyetem", "University of Debrecen"),
        ("Vilniaus universitetas", "Vilnius University"),
        ("Politechnika Łódzka", "Lodz University of Technology"),
        ("Oulun kaupunki", "City of Oulu"),
        ("Turun kaupunki", "Turun kaupunki Oy"),
        ("Uniwersytet Warszawski", "University of Warsaw"),
        ("Zürcher Fachhochschule", "Zürcher Fachhochschule AG"),
        ("Ministerstvo financií SR", "Ministerstvo financií"),
        ("Polska Agencja Rozwoju", "Polish Development Agency"),
        ("Innovation Fund of Croatia", "Fond za inovacije Hrvatske"),
        ("Land Oberösterreich", "State of Upper Austria"),
        ("UGent", "University of Gent"),
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
        ("Ministry of Agriculture", "Ministry of Agriculture, Fisheries and Food", False),
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
    ("acronym", "name", "one"),
    [
        ("cerise", "Centre de Recherche en Industries du Sel", True),
        ("sarna", "Saarland Research and Nature Alliance", True),
        ("umbra", "Andrej Bánik University of Bratislava", False),
        ("cimma", "European Commission Office for Maps", False),
        ("moss", "Ministry of Economy of Serbia", False),
    ],
)
def test_letters(acronym: str, name: str, one: bool) -> None:
    assert spells(acronym, name) == one


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
        (  # one name, two people: by country, by organisations one after the other, by what the text says
            "P(Eva Maier) of O(Solaris) (DE) met P(Eva Maier) of O(Kupfer) (AT). P(Maier) (DE) paid.",
            [["Eva Maier", "Maier"], ["Solaris"], ["Eva Maier"], ["Kupfer"]],
        ),
        (
            "P(Eva Maier) (O(Solaris)) and P(Eva Maier) (O(Kupfer)) spoke.",
            [["Eva Maier"], ["Solaris"], ["Eva Maier"], ["Kupfer"]],
        ),
        (
            "P(Eva Maier), head of O(Solaris), saw P(Ann Lee). "
            "Her namesake P(Eva Maier), head of O(Kupfer), too.",
            [["Eva Maier"], ["Solaris"], ["Ann Lee"], ["Eva Maier"], ["Kupfer"]],
        ),
        (
            "P(Eva Maier), head of O(Solaris), spoke. P(Ann Lee) left. P(Eva Maier) also chairs O(Kupfer).",
            [["Eva Maier", "Eva Maier"], ["Solaris"], ["Ann Lee"], ["Kupfer"]],
        ),
        (  # rows of a list
            "P(Maier, Eva); buyer; O(Solaris); DE\nP(Maier, Eva); buyer; O(Kupfer); AT",
            [["Maier, Eva"], ["Solaris"], ["Maier, Eva"], ["Kupfer"]],
        ),
        (
            "P(Eva Maier) of the O(Linz Chamber) and P(Jan Maier) of O(Kupfer) spoke. "
            "The chamber's P(Maier) left.",
            [["Eva Maier", "Maier"], ["Linz Chamber"], ["Jan Maier"], ["Kupfer"]],
        ),
        ("P(Tom Berg) of O(Metron) (NO). The Danish P(Berg) left.", [["Tom Berg"], ["Metron"], ["Berg"]]),
        (  # a whole surname rather than part of one, and as it is spelt
            "P(Karl Wolf) met P(Lea Wolf-Sand). P(Wolf) left.",
            [["Karl Wolf", "Wolf"], ["Lea Wolf-Sand"]],
        ),
        (
            "P(Ana Perić) met P(Jan Perič). P(Perić) left.",
            [["Ana Perić", "Perić"], ["Jan Perič"]],
        ),
        (
            "P(Nyström K.), P(Nyström A.). P(Karin Nyström) spoke.",
            [["Karin Nyström", "Nyström K."], ["Nyström A."]],
        ),
        (
            "O(European Innovation Council) (O(EIC)). O(EIC) pays.",
            [["EIC", "EIC", "European Innovation Council"]],
        ),
        ("O(EIC) (O(European Innovation Council)).", [["EIC", "European Innovation Council"]]),
        ("(O(Split Chamber of Crafts) – O(ZUT))", [["Split Chamber of Crafts", "ZUT"]]),
        ("O(Split Chamber of Crafts) – O(ZUT) won.", [["Split Chamber of Crafts"], ["ZUT"]]),
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
        (
            "Prof. P(Wolf), P(A. Wolf). P(Adele Wolf) read. P(Karl Wolf) wrote.",
            [["A. Wolf", "Adele Wolf"], ["Karl Wolf", "Wolf"]],
        ),
        ("P(Lea Wolf-Sand) spoke. P(Sand) left.", [["Lea Wolf-Sand"], ["Sand"]]),
        (
            "P(Eva Maier), the singer, is mixed up with the buyer, P(Éva Maier).",
            [["Eva Maier"], ["Éva Maier"]],
        ),
        ("The O(Port of Water) opens (O(Powat)).", [["Port of Water"], ["Powat"]]),
        ("The O(Tartu Water Society) (O(Tawas)) opens.", [["Tartu Water Society", "Tawas"]]),
        ("Paid at O(Solaris), O(Kupfer) or O(VUB).", [["Solaris"], ["Kupfer"], ["VUB"]]),
        (
            "The O(Fond za vode), the O(Water Fund), pays.",
            [["Fond za vode", "Water Fund"]],
        ),
        (
            "O(Blauwe Haven). The O(Blue Harbour), the Belgian partner formerly listed as O(Blauwe Haven).",
            [["Blauwe Haven", "Blauwe Haven", "Blue Harbour"]],
        ),
        (
            "O(Nordic Salt Enterprises) (O(NSC)) pays the O(Danish Centre for Seas). "
            "The centre is known as O(NSC).",
            [["NSC", "Nordic Salt Enterprises"], ["Danish Centre for Seas", "NSC"]],
        ),
        (
            "O(Cork Institute of Tides), now O(Tides). "
            "The other O(CIT), the Czech one, is the O(Czech Institute of Tea).",
            [["Cork Institute of Tides", "Tides"], ["CIT", "Czech Institute of Tea"]],
        ),
        (
            "O(Baltic Agency for Innovation) (O(BAIN)). "
            "The second O(BAIN) is the O(Basque Agency for Innovation).",
            [["BAIN", "Baltic Agency for Innovation"], ["BAIN", "Basque Agency for Innovation"]],
        ),
        ("O(FAIN) (Galicia) met O(FAIN) (Malta).", [["FAIN"], ["FAIN"]]),
        ("O(SBC) in Bratislava met O(Swedish Business Council).", [["SBC"], ["Swedish Business Council"]]),
        (
            "O(Ministry of Energy) in Skopje met O(Ministry of Energy) in Belgrade.",
            [["Ministry of Energy"], ["Ministry of Energy"]],
        ),
        (
            "O(Linz Board) met O(SPRINT), the trade agency of the country, and the O(Hemp Agency). "
            "O(SPRINT) pays. The O(Agency) left.",
            [["Linz Board"], ["Agency", "SPRINT", "SPRINT"], ["Hemp Agency"]],
        ),
        (
            "The O(City of Oulu) and O(Oulu Fund). The O(City) pays.",
            [["City", "City of Oulu"], ["Oulu Fund"]],
        ),
    ],
)
def test_chains(text: str, chains_: list[list[str]]) -> None:
    assert sorted(found(text)) == sorted(chains_)


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


@pytest.mark.parametrize(
    ("text", "chains_"),
    [
        (  # the initials of minutes
            "P(Lars-Erik Wallgren) (P(LEW)), P(Ann Lee) (P(AL))\n\nP(AL) thanked P(LEW).",
            [["LEW", "LEW", "Lars-Erik Wallgren"], ["AL", "AL", "Ann Lee"]],
        ),
        (
            "O(University of Galway) and O(Galway University Hospitals) met. The O(University) pays.",
            [["University", "University of Galway"], ["Galway University Hospitals"]],
        ),
        (  # a daughter has a state in its name
            "O(Clachan Digital Ltd) set up O(Clachan Digital Ireland Ltd).",
            [["Clachan Digital Ltd"], ["Clachan Digital Ireland Ltd"]],
        ),
        (
            "O(Airbus SE) is silent. O(Airbus) pays, O(Airbus Defence) flies.",
            [["Airbus", "Airbus SE"], ["Airbus Defence"]],
        ),
        (
            "O(JSC Ukrainian Railways) (O(Ukrzaliznytsia), O(UZ)) came.",
            [["JSC Ukrainian Railways", "UZ", "Ukrzaliznytsia"]],
        ),
        ("O(Wood Alliance) (O(VITO), O(TNO)) came.", [["Wood Alliance"], ["VITO"], ["TNO"]]),
        (
            "O(Distretto della Pesca) has boats. The O(District) pays.",
            [["Distretto della Pesca", "District"]],
        ),
    ],
)
def test_what_a_document_calls_one(text: str, chains_: list[list[str]]) -> None:
    assert sorted(found(text)) == sorted(map(sorted, chains_))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("O(VLAIO) (BE) pays.", "BE"),
        ("O(VLAIO) in Belgium pays.", "BE"),
        ("Austria sent O(Holz GmbH); France by another.", None),
        ("Match the loan of O(Wood Lab) in Portugal.", None),
        ("Present: O(CCCI), Chair", None),  # Čair is a part of Skopje
        ("O(Ministry of Tourism), in Lisbon Rita Reis.", None),
        ("O(Ministry of Tourism) in Lisbon.", "PT"),
    ],
)
def test_the_country_beside_a_body(text: str, country: str | None) -> None:
    assert [row.country for row in all_rows(text) if isinstance(row, Chain)] == [country]
