"""What states are called: names, demonyms, codes and capitals, with their ISO 3166-1 code.

The lists come from two maintained packages, countryinfo (names, official names, demonyms,
capitals) and Babel (the Unicode CLDR's English names). Written here is only what neither has.
"""

from collections import defaultdict
from functools import cache

import regex
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from countryinfo import all_countries

# entries of ISO 3166-1 that are parts of a state, or are no longer: places, not countries
NOT_STATES = frozenset(
    "AI AN AQ AS AW AX BL BM BQ BV CC CK CS CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY"
    " MF MO MP MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split()
)
_PARTS = frozenset(
    {"England", "Scotland", "Wales", "Northern Ireland"}
)  # listed with the code of their state
# short and former English names that the packages lack
_NAMES = {
    "UK": "GB", "U.K.": "GB", "Britain": "GB", "Great Britain": "GB", "USA": "US", "US": "US", "U.S.": "US",
    "U.S.A.": "US", "United States": "US", "Kosovo": "XK", "Türkiye": "TR", "Turkiye": "TR", "TÜRKİYE": "TR",
    "Bosnia": "BA", "Burma": "MM", "Cape Verde": "CV", "Cabo Verde": "CV", "East Timor": "TL",
    "Holy See": "VA", "Vatican": "VA", "Ivory Coast": "CI", "Macedonia": "MK", "Palestine": "PS",
    "Swaziland": "SZ", "Congo": "CG", "DR Congo": "CD", "Moldavia": "MD", "Bielorussia": "BY",
    "Korea": "KR", "UAE": "AE", "Emirates": "AE",
}  # fmt: skip
# adjectives and people nouns that the packages lack; regular plurals are made below
_DEMONYMS = {
    "Argentine": "AR", "Argentinian": "AR", "Belarussian": "BY", "Bosniak": "BA", "Briton": "GB",
    "Burkinabè": "BF", "Croat": "HR", "Dane": "DK", "Dutchman": "NL", "Dutchmen": "NL",
    "Dutchwoman": "NL", "Emirian": "AE", "Filipina": "PH", "Finn": "FI", "Frenchman": "FR",
    "Frenchmen": "FR", "Frenchwoman": "FR", "Hellenic": "GR", "Icelandic": "IS", "Irishman": "IE",
    "Irishmen": "IE", "Irishwoman": "IE", "Kazakh": "KZ", "Korean": "KR", "Kosovan": "XK",
    "Kosovar": "XK", "Kosovo-Albanian": "XK", "Kyrgyz": "KG", "Liechtenstein": "LI",
    "Luxembourgish": "LU", "Moldavian": "MD", "Montenegrin": "ME", "Nepali": "NP",
    "New Zealand": "NZ", "Pole": "PL", "Saudi": "SA", "Serb": "RS", "Slovenian": "SI",
    "Spaniard": "ES", "Swede": "SE", "Tajik": "TJ", "Turk": "TR", "Uzbek": "UZ",
}  # fmt: skip
EUROPE = frozenset(
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS SE SI SK SM TR UA XK".split()
)
_WITH_CASES = frozenset("hr sr bs pl cs sk sl lt lv".split())
_CASES = "a e i o u y ej ega ega iej ij os"
_CODES = {"UK": "GB", "EL": "GR", "XK": "XK"}  # Eurostat's own, and the one for Kosovo in use
# CLDR and countryinfo spell these as a list heads them, not as a text has them
_FORM = regex.compile(
    r"\b(Republic|Kingdom|State|States|Confederation|Federation|Principality|Duchy|Commonwealth|Emirates"
    r"|Holland|Czechia|Montenegro|Bosnia-Herzegovina|Turkiye|Bahamas|Gambia|Eswatini|North Macedonia"
    r"|Great Britain)\b"
)
_LATIN = regex.compile(r"^[\p{Latin}\p{M} .'’&-]+$")


@cache
def names() -> dict[str, str]:
    """Every usual, official and short English name of a state, with its code."""
    found: dict[str, str] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and (code in demonyms_by_state() or code == "XK"):
            for form in {name, name.replace("’", "'"), regex.sub(r"\s*\(.*\)", "", name)}:
                found[form] = code
    for state in all_countries():
        code = str(state.iso(2))
        if code in NOT_STATES or state.name() in _PARTS:
            continue
        forms = [state.name(), *(form for form in state.alt_spellings() if _FORM.search(form))]
        for form in forms:
            if form and _LATIN.match(form) and "," not in form and len(form) > 3:
                found.setdefault(regex.sub("^[Tt]he ", "", form), code)
    found.update(_NAMES)
    for name, code in list(found.items()):
        found[name.replace(" & ", " and ")] = code
        found[name.replace("St. ", "Saint ")] = code
    return {name: code for name, code in found.items() if "&" not in name}


@cache
def local_names() -> dict[str, str]:
    """What European states are called in their own languages, with endings where the languages have cases."""
    found: dict[str, str] = {"Slovenskej republiky": "SK", "Crne Gore": "ME", "Suomen": "FI"}
    for code in EUROPE:
        for language in get_official_languages(code):
            try:
                name = Locale.parse(language).territories.get(code)
            except UnknownLocaleError:
                continue
            if name:
                found[name] = code
            if name and " " not in name and language in _WITH_CASES:
                stem = regex.sub(r"\p{L}$", "", name)
                found.update({stem + ending: code for ending in _CASES.split()})
    del found["Slovenska"]  # of Slovakia and of Slovenia
    return found


@cache
def demonyms_by_state() -> dict[str, list[str]]:
    """The demonyms that countryinfo gives each state; the keys are all states but Kosovo."""
    found: dict[str, list[str]] = defaultdict(list)
    for state in all_countries():
        if state.iso(2) not in NOT_STATES and state.name() not in _PARTS:
            words = regex.split("[,/]", state.demonym() or "")
            found[str(state.iso(2))].extend(word.strip() for word in words if word.strip())
    return found


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and people nouns of one state, singular and plural, with its code."""
    owners: dict[str, set[str]] = defaultdict(set)
    for code, words in demonyms_by_state().items():
        for word in words:
            owners[word].add(code)
    found = {word: next(iter(codes)) for word, codes in owners.items() if len(codes) == 1}
    found.update(_DEMONYMS)
    plurals = {
        f"{word}s": code
        for word, code in found.items()
        if not regex.search(
            r"(ish|ese|French|Dutch|ss|x|z|[cs]hmen|(?:sh|ch)(?:wo)?man|Icelandic|Hellenic|Zealand|Liechtenstein)$",
            word,
        )
    }
    return {**plurals, **found}


@cache
def codes() -> dict[str, str]:
    """Two-letter codes as texts use them, Eurostat's EL and UK among them, with the ISO code."""
    return {**{code: code for code in demonyms_by_state()}, **_CODES}


@cache
def capitals() -> dict[str, str]:
    """The capital of every state, with the state's code: evidence, never a mention."""
    return {
        str(state.capital()): str(state.iso(2))
        for state in all_countries()
        if state.capital() and state.iso(2) not in NOT_STATES
    }
