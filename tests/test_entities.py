"""Countries by rule, and what becomes of a recogniser's spans."""

import pytest

from pipeline.config import EntitiesSettings
from pipeline.entities import entities
from pipeline.errors import ConfigError
from pipeline.nlp.countries import find_countries
from pipeline.nlp.gazetteer import codes, demonyms, names
from pipeline.nlp.names import decide, tidy
from pipeline.nlp.recogniser import MAX_CHARS, OVERLAP, Named, load_recogniser, windows
from pipeline.records import Document, Mention, Passage, Vector

# code: usual name, another name, adjective, people
STATES = {
    "AT": ("Austria", "Republic of Austria", "Austrian", "Austrians"),
    "BE": ("Belgium", "Kingdom of Belgium", "Belgian", "Belgians"),
    "BG": ("Bulgaria", "Republic of Bulgaria", "Bulgarian", "Bulgarians"),
    "HR": ("Croatia", "Republic of Croatia", "Croatian", "Croats"),
    "CY": ("Cyprus", "Republic of Cyprus", "Cypriot", "Cypriots"),
    "CZ": ("Czechia", "Czech Republic", "Czech", "Czechs"),
    "DK": ("Denmark", "Kingdom of Denmark", "Danish", "Danes"),
    "EE": ("Estonia", "Republic of Estonia", "Estonian", "Estonians"),
    "FI": ("Finland", "Republic of Finland", "Finnish", "Finns"),
    "FR": ("France", "French Republic", "French", "Frenchmen"),
    "DE": ("Germany", "Federal Republic of Germany", "German", "Germans"),
    "GR": ("Greece", "Hellenic Republic", "Greek", "Greeks"),
    "HU": ("Hungary", "Republic of Hungary", "Hungarian", "Hungarians"),
    "IE": ("Ireland", "Republic of Ireland", "Irish", "Irishmen"),
    "IT": ("Italy", "Italian Republic", "Italian", "Italians"),
    "LV": ("Latvia", "Republic of Latvia", "Latvian", "Latvians"),
    "LT": ("Lithuania", "Republic of Lithuania", "Lithuanian", "Lithuanians"),
    "LU": ("Luxembourg", "Grand Duchy of Luxembourg", "Luxembourgish", "Luxembourgers"),
    "MT": ("Malta", "Republic of Malta", "Maltese", "Maltese"),
    "NL": ("Netherlands", "Kingdom of the Netherlands", "Dutch", "Dutchmen"),
    "PL": ("Poland", "Republic of Poland", "Polish", "Poles"),
    "PT": ("Portugal", "Portuguese Republic", "Portuguese", "Portuguese"),
    "RO": ("Romania", "ROMANIA", "Romanian", "Romanians"),
    "SK": ("Slovakia", "Slovak Republic", "Slovak", "Slovaks"),
    "SI": ("Slovenia", "Republic of Slovenia", "Slovenian", "Slovenes"),
    "ES": ("Spain", "Kingdom of Spain", "Spanish", "Spaniards"),
    "SE": ("Sweden", "Kingdom of Sweden", "Swedish", "Swedes"),
    "IS": ("Iceland", "Republic of Iceland", "Icelandic", "Icelanders"),
    "LI": ("Liechtenstein", "Principality of Liechtenstein", "Liechtensteiner", "Liechtensteiners"),
    "NO": ("Norway", "Kingdom of Norway", "Norwegian", "Norwegians"),
    "CH": ("Switzerland", "Swiss Confederation", "Swiss", "Swiss"),
    "AL": ("Albania", "Republic of Albania", "Albanian", "Albanians"),
    "BA": ("Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnian", "Bosnians"),
    "GE": ("Georgia", "Republic of Georgia", "Georgian", "Georgians"),
    "MD": ("Moldova", "Republic of Moldova", "Moldovan", "Moldovans"),
    "ME": ("Montenegro", "Republic of Montenegro", "Montenegrin", "Montenegrins"),
    "MK": ("North Macedonia", "Republic of North Macedonia", "Macedonian", "Macedonians"),
    "RS": ("Serbia", "Republic of Serbia", "Serbian", "Serbs"),
    "TR": ("Türkiye", "Turkey", "Turkish", "Turks"),
    "UA": ("Ukraine", "UKRAINE", "Ukrainian", "Ukrainians"),
    "XK": ("Kosovo", "Republic of Kosovo", "Kosovar", "Kosovars"),
    "GB": ("United Kingdom", "Great Britain", "British", "Britons"),
}


def countries(text: str) -> list[tuple[str, str, str]]:
    return [(text[c.start : c.end], c.form, c.country) for c in find_countries(text)]


@pytest.mark.parametrize("code", STATES)
def test_a_state_by_every_form(code: str) -> None:
    usual, other, adjective, people = STATES[code]
    text = f"Firms from {usual} met in the {other}. Several {adjective} firms met, and the {people} left."
    assert countries(text) == [
        (usual, "name", code),
        (other, "name", code),
        (adjective, "demonym", code),
        (people, "demonym", code),
    ]


@pytest.mark.parametrize("code", [*STATES, "EL", "UK"])
def test_a_code_in_brackets(code: str) -> None:
    assert countries(f"the agency ({code}) and its staff") == [
        (code, "code", {"EL": "GR", "UK": "GB"}.get(code, code))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("partners (HU/AT) and (DE, LU, FR)", "HU AT DE LU FR"),
        ("three clusters (all three LV)", "LV"),
        ("a lab (Rijeka, HR) opened", "HR"),
        ("Oulu, FI\nTartu, EE", "FI EE"),
        ("PT: two firms", "PT"),
        ("the teams of AT/SI/HU met", "AT SI HU"),
        ("the IT department; IN THE END IT IS NO USE", ""),
        ("machine learning (ML) and information technology (IT)", ""),
        ("BE PART OF IT", ""),
        ("state aid AT the border", ""),
        ("BASF SE and others", ""),
        ("PORTUGAL: a report", "PT"),
        ("held in Polish and translated into Hungarian", ""),
        ("the Danish version, the Swedish-speaking guide", ""),
        ("in Swedish krona", "SE"),
        ("speaks only Dutch. Language: Slovenian or English.", ""),
        ("Luxembourg City and Atlanta, Georgia", ""),
        ("TÜRKİYE AND UKRAINE", "TR UA"),
        ("a town (DE/AT) and De Smet\tPOM\tBE", "DE AT BE"),
        ("interviews in Greek, Croatian and Portuguese by a team", ""),
        ("Slovenian and Hungarian interpretation", ""),
        ("Slovenian and Hungarian firms", "SI HU"),
        ("it exists in German and Ukrainian, and Irish lawyers read it", "IE"),
        ("Spanish–Portuguese and Catalan-French", "ES PT FR"),
        ("Lower Austria, Region of Southern Denmark, Northern Ireland", ""),
        ("the United States of America and the US", "US US"),
        ("Papua New Guinea and Guinea-Bissau", "PG GW"),
        ("contact us, Europe and the EU in Brussels", ""),
    ],
)
def test_countries_in_context(text: str, found: str) -> None:
    assert [code for _, _, code in countries(text)] == found.split()


def test_every_state_has_a_name_and_a_code() -> None:
    assert set(names().values()) >= set(codes().values()) - {"EH"}
    assert len(set(names().values())) >= 193  # the members of the United Nations
    assert set(demonyms()) & set(names()) <= {"Djibouti", "Liechtenstein", "New Zealand"}


def kept(text: str, *spans: tuple[str, str]) -> list[str]:
    named = [Named(text.index(s), text.index(s) + len(s), label, 0.8) for s, label in spans]
    return [text[m.start : m.end] for m in decide(text, tidy(text, named), find_countries(text))]


def test_names_are_trimmed_and_win_over_countries_inside() -> None:
    assert kept("Dr Ann Lee came", ("Dr Ann Lee", "PERSON")) == ["Ann Lee"]
    assert kept("Ann Lee’s firm", ("Ann Lee’s", "PERSON")) == ["Ann Lee"]
    assert kept("at the Bank of Greece", ("the Bank of Greece", "ORG")) == ["Bank of Greece"]
    assert kept("visited Greece", ("Greece", "ORG")) == ["Greece"]
    assert kept("for SMEs", ("SMEs", "ORG")) == []
    assert kept("of Alfa Sp. z o.o.", ("Alfa Sp. z o.o.", "ORG")) == ["Alfa Sp. z o.o."]
    assert kept("with Dr. med. Ann Lee", ("med. Ann Lee", "PERSON")) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("of Alfa Kft. in Pécs", "Alfa Kft", "Alfa Kft."),
        ("of Forno Ravera S.n.c., Alba", "Forno Ravera S.n.c", "Forno Ravera S.n.c."),
        ("by Cluster Ústí, z. s. and others", "Cluster Ústí, z. s", "Cluster Ústí, z. s."),
        ("we met VLAIO.", "VLAIO.", "VLAIO"),
        ("firms like vakt.no came", "vakt", "vakt.no"),
        ("paid by Grand E-Nov+ in May", "Grand E-Nov", "Grand E-Nov+"),
        ("the Chamber of Commerce and Pannon", "Chamber of Commerce and", "Chamber of Commerce"),
        ("of be-nova AG. Coaching", "be-nova", "be-nova AG"),
        (
            "Expert, Investment and Development Agency of X",
            "Development Agency of X",
            "Investment and Development Agency of X",
        ),
        ("Head, Northern and Western Assembly", "Western Assembly", "Northern and Western Assembly"),
        ("by Vinnova and Development Agency of X", "Development Agency of X", "Development Agency of X"),
        ("Partners: Industry and University of Graz", "University of Graz", "University of Graz"),
        ("by Vinnova\nAB Volvo came", "Vinnova", "Vinnova"),
        ("by Holz GmbH & Co. KG in", "Holz", "Holz GmbH & Co. KG"),
    ],
)
def test_where_an_organisation_ends(text: str, found: str, name: str) -> None:
    assert kept(text, (found, "ORG")) == [name]


@pytest.mark.parametrize(
    ("text", "found", "organisation", "remain"),
    [
        ("(Head of Cluster and Trade Affairs at VLAIO)", "Cluster and Trade", "VLAIO", False),
        ("(Economic & Skills Project Manager at the VLAIO)", "Economic & Skills", "VLAIO", False),
        ("(Adviser in Health Services at VLAIO)", "Health Services", "VLAIO", False),
        ("(Director of Alfa and Engineer at VLAIO)", "Alfa", "VLAIO", True),
        ("(President of the Alfa, VLAIO)", "Alfa", "VLAIO", True),
        ("met Alfa, VLAIO and others", "Alfa", "VLAIO", True),
        ("shown by Alfa at VLAIO", "Alfa", "VLAIO", True),
    ],
)
def test_the_capitals_of_a_role_are_no_organisation(
    text: str, found: str, organisation: str, remain: bool
) -> None:
    names = kept(text, (found, "ORG"), (organisation, "ORG"))
    assert names == ([found] if remain else []) + [organisation]


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("said Bjørgo.\n\nŠ. Kranjc", "Kranjc", ["Š. Kranjc"]),
        ("by J.-P. Roux", "Roux", ["J.-P. Roux"]),
        ("so in annex C. Kranjc asked", "Kranjc", ["Kranjc"]),
        ("5. A.O.B. Femke Hoekstra leaves", "Femke Hoekstra", ["Femke Hoekstra"]),
        ("Ir. Joost van Dam", "Ir. Joost van Dam", ["Joost van Dam"]),
        ("Ir. Joost van Dam", "Ir", []),
        ("Mevrouw Ann van Dam", "Mevrouw Ann van Dam", ["Ann van Dam"]),
        ("DI Ann Berger", "DI Ann Berger", ["Ann Berger"]),
        ("DI MAIO Luigi", "DI MAIO Luigi", ["DI MAIO Luigi"]),
        ("LI Wei", "LI Wei", ["LI Wei"]),
        ("DE Smet Jan", "DE Smet Jan", ["DE Smet Jan"]),
        ("in groups A and B. Kranjc asked", "Kranjc", ["Kranjc"]),
    ],
)
def test_where_a_person_begins(text: str, found: str, names: list[str]) -> None:
    assert kept(text, (found, "PERSON")) == names


def test_parts_of_one_name_are_joined() -> None:
    assert kept("by Metron Policy Advisors IKE", ("Metron Policy", "ORG"), ("Advisors IKE", "ORG")) == [
        "Metron Policy Advisors IKE"
    ]
    assert kept("Ann Lee, Jo Ek", ("Ann Lee", "PERSON"), ("Jo Ek", "PERSON")) == ["Ann Lee", "Jo Ek"]
    people = ("van der Lee", "PERSON"), ("Ann", "PERSON")
    assert kept("1. van der Lee, Ann – buyer", *people) == ["van der Lee, Ann"]
    assert kept("LEE, Ann; VLAIO", ("LEE", "PERSON"), ("Ann", "PERSON")) == ["LEE, Ann"]
    assert kept("with van der Lee, Ann", *people) == ["van der Lee", "Ann"]
    three = ("Lee", "PERSON"), ("Ek", "PERSON"), ("Roe", "PERSON")
    assert kept("Lee, Ek, Roe", *three) == ["Lee", "Ek", "Roe"]


def test_a_long_text_is_read_in_windows_that_overlap() -> None:
    text = "".join(chr(97 + i % 26) for i in range(3 * MAX_CHARS))
    pieces = list(windows(text))
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert all(len(piece) <= MAX_CHARS for _, piece in pieces)
    ends = [start + len(piece) for start, piece in pieces]
    assert ends[-1] == len(text)
    assert all(end - start >= OVERLAP for end, (start, _) in zip(ends, pieces[1:], strict=False))


def test_a_name_far_down_a_long_passage_is_found() -> None:
    text = "The firms of the region met again. " * 3000 + "Then Angela Merkel spoke in Denmark."
    found = run(text)
    assert found[-1] == ("Denmark", "COUNTRY")
    assert ("Angela Merkel", "PERSON") in found


def run(text: str, language: str = "en") -> list[tuple[str, str]]:
    document = Document("d", "s", None, None, None, language, 1.0, text, len(text.split()))
    passage = Passage("d-p0", "d", 0, "paragraph", None, 0, len(text))
    records = list(entities([document], [passage], settings=EntitiesSettings()))
    assert sum(isinstance(r, Vector) for r in records) == 1
    return [(r.text, r.label) for r in records if isinstance(r, Mention)]


def test_no_mentions_in_a_language_that_is_not_known() -> None:
    assert run("Angela Merkel sprach in Denmark.", "de") == []


@pytest.mark.parametrize(
    "text", ["\x00", "😀" * 50, "مرحبا بكم في الاجتماع", "x" * 50_000, "\u200f(BE)\u200f"]
)
def test_odd_text_gives_the_same_answer_twice(text: str) -> None:
    assert run(text) == run(text)


def test_a_recogniser_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="no spaCy pipeline 'nobody'"):
        load_recogniser("nobody")


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("Divers of Centro do Mar – CDM look", "Centro do Mar – CDM", ["Centro do Mar", "CDM"]),
        ("the Chamber of Economy – HGK)", "Chamber of Economy – HGK", ["Chamber of Economy", "HGK"]),
        ("built by Frigo SRL. The company", "Frigo SRL", None),
        ("built by Frigo Kft. The company", "Frigo Kft", ["Frigo Kft."]),
        ("VŠB – Technical University of Ostrava", "VŠB – Technical University of Ostrava", None),
        ("the Ministry of Economy in Zagreb", "Ministry of Economy in Zagreb", ["Ministry of Economy"]),
        ("the Marshal's Office in Kraków", "Marshal's Office in Kraków", ["Marshal's Office"]),
        ("the University of Warmia in Olsztyn", "University of Warmia in Olsztyn", None),
        ("about PPI” and", "PPI”", []),
        ("the Centre “Pod Lipami” and", "Centre “Pod Lipami”", None),
        ("The Irish IDA and", "Irish IDA", ["Irish", "IDA"]),
        ("the Romanian Ministry had", "Romanian Ministry", ["Romanian", "Ministry"]),
        ("the Danish Energy Agency had", "Danish Energy Agency", None),
    ],
)
def test_what_stands_in_one_span(text: str, found: str, names: list[str] | None) -> None:
    assert kept(text, (found, "ORG")) == ([found] if names is None else names)


def test_rows_of_capitals_hold_people() -> None:
    assert kept("LEE, Ann – VLAIO", ("LEE", "ORG"), ("VLAIO", "ORG")) == ["LEE, Ann", "VLAIO"]
    assert kept("BERLIN, Germany – the fair") == ["Germany"]
    assert kept("Contact: Lee, Ann – VLAIO", ("Lee", "PERSON"), ("Ann", "PERSON")) == ["Lee, Ann"]
    assert kept("Lee-Roy, Ann / VLAIO / head", ("Lee-Roy", "PERSON")) == ["Lee-Roy, Ann"]
    assert kept("Contact: Hoek, Alfa (Ghent)", ("Hoek", "PERSON"), ("Alfa", "ORG")) == ["Hoek", "Alfa"]
    assert kept("Contact: Hoek, Director (VLAIO)", ("Hoek", "PERSON")) == ["Hoek"]
    assert kept("Lee, Vienna / VLAIO", ("Lee", "PERSON")) == ["Lee"]
    assert kept("CY Ann Lee, VLAIO", ("CY Ann Lee", "PERSON"))[-1] == "Ann Lee"
    assert kept("Ann Lee & Jo Ek", ("Ann Lee", "PERSON"), ("Jo Ek", "PERSON")) == ["Ann Lee", "Jo Ek"]
    assert kept("Action: Lee, Ek – invitation", ("Lee", "PERSON"), ("Ek", "PERSON")) == ["Lee", "Ek"]


def test_bodies_named_after_people() -> None:
    text = "the University Hospital Carl Carus"
    body, person = Named(4, 23, "ORG", 0.97), Named(24, 34, "PERSON", 0.5)
    assert [text[n.start : n.end] for n in tidy(text, [body, person])] == ["University Hospital Carl Carus"]
    assert len(tidy(text, [body, Named(24, 34, "PERSON", 0.9)])) == 2


def test_a_name_in_small_letters_and_what_it_says_it_is() -> None:
    two = ("ecoplus", "ORG"), ("Business Agency of Lower Austria", "ORG")
    assert kept("(Head, ecoplus. The Business Agency of Lower Austria)", *two) == [
        "ecoplus. The Business Agency of Lower Austria"
    ]
    assert len(kept("We met ecoplus. The Business Agency of Lower Austria pays.", *two)) == 2


def test_a_brand_and_what_it_says_it_is_after_a_dash() -> None:
    two = ("LiNK", "ORG"), ("Razvojna agencija za metal", "ORG")
    assert kept("LiNK – Razvojna agencija za metal seeks", *two) == ["LiNK – Razvojna agencija za metal"]
    assert len(kept("LiNK and Razvojna agencija za metal", *two)) == 2
    assert len(kept("VLAIO\n- Ghent School", ("VLAIO", "ORG"), ("Ghent School", "ORG"))) == 2
    assert len(kept("Alfa – University of Graz", ("Alfa", "ORG"), ("University of Graz", "ORG"))) == 2
    assert len(kept("LiNK – Holzer Werke", ("LiNK", "ORG"), ("Holzer Werke", "ORG"))) == 2


def test_towns_are_no_organisations_unless_surely_so() -> None:
    text = "a former nurse from Vaasa"
    assert kept(text, ("Vaasa", "ORG")) == []
    assert [n.score for n in tidy(text, [Named(20, 25, "ORG", 0.95)])] == [0.95]


def test_a_public_body_with_its_state() -> None:
    text = "the Authority for Data of Romania, Vinnova of Sweden"
    names = [Named(4, 22, "ORG", 0.9), Named(35, 42, "ORG", 0.9)]
    found = decide(text, names, find_countries(text))
    assert [text[m.start : m.end] for m in found] == ["Authority for Data of Romania", "Vinnova", "Sweden"]


def test_whom_only_a_title_tells() -> None:
    assert kept("We can show Dr Monteiro the rest") == ["Monteiro"]
    assert kept("Could Dr Fonseca receive it", ("Fonseca", "ORG")) == ["Fonseca"]
    assert kept("Mr President, Prof. Dr, Mrs Justice") == []
    assert kept("Mr Vice-President, Prof. Emeritus, Prof. Priv.-Doz. Dr") == []
    assert kept("the Dr. Max Group and", ("Dr. Max Group", "ORG")) == ["Dr. Max Group"]


@pytest.mark.parametrize(
    ("text", "found", "names"),
    [
        ("how the Karlstad cluster sells", ("Karlstad cluster", "ORG"), []),
        ("means the Lithuanian university", ("Lithuanian university", "ORG"), ["Lithuanian"]),
        ("of the Silesian machinery cluster", ("Silesian", "ORG"), []),
        ("by Bergen kommune", ("Bergen kommune", "ORG"), ["Bergen kommune"]),
        ("the Malmö university", ("Malmö university", "ORG"), ["Malmö university"]),
        ("In Ghent Ann Lee spoke", ("Ghent Ann Lee", "PERSON"), ["Ann Lee"]),
        ("In MADRID Ana Lee spoke", ("MADRID Ana Lee", "PERSON"), ["Ana Lee"]),
        ("At VITO Ann Lee spoke", ("VITO Ann Lee", "PERSON"), ["VITO", "Ann Lee"]),
        ("thanks from Sofia Ann Lee", ("Sofia Ann Lee", "PERSON"), ["Sofia Ann Lee"]),
        ("thanks from SILVA Ana Paula", ("SILVA Ana Paula", "PERSON"), ["SILVA Ana Paula"]),
        ("by Thalassa Foods (Cyprus) Ltd in", ("Thalassa Foods", "ORG"), ["Thalassa Foods (Cyprus) Ltd"]),
        ("by TRUMPF SE + Co. KG in", ("TRUMPF", "ORG"), ["TRUMPF SE + Co. KG"]),
        ("Dr. Hensel needed", (". Hensel", "PERSON"), ["Hensel"]),
        ("X. Castro, H. Weiss", ("X. Castro, H. Weiss", "PERSON"), ["X. Castro", "H. Weiss"]),
        ("Castro, X.; VLAIO", ("Castro, X.", "PERSON"), ["Castro, X."]),
        ("Lepik, Kadri* – EE", ("Lepik, Kadri*", "PERSON"), ["Lepik, Kadri"]),
        (
            'the "Asachi" University of Iași',
            ('"Asachi" University of Iași', "ORG"),
            ['"Asachi" University of Iași'],
        ),
        ('by "Asachi University"', ('"Asachi University"', "ORG"), ["Asachi University"]),
        (
            "Chamber of Commerce of the Republic of Moldova",
            ("Chamber of Commerce of the Republic", "ORG"),
            ["Chamber of Commerce of the Republic of Moldova"],
        ),
    ],
)
def test_what_a_name_is(text: str, found: tuple[str, str], names: list[str]) -> None:
    assert kept(text, found) == names
