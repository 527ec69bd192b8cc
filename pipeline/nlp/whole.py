"""What a recogniser takes for one organisation, and what it is: two names, a name less its town, or more."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.forms import fold
from pipeline.nlp.gazetteer import demonyms
from pipeline.nlp.kinds import FIELDS, HEADS, OPPOSED
from pipeline.nlp.places import country_of_adjective, is_place
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import names_role
from pipeline.nlp.tongues import in_english

DOUBTED = 0.6  # a person right behind a body, of whom the recogniser is less sure, is part of its name
SURE = 0.9  # a recogniser that is surer than this of a town's name means something else
# authorities, which texts tell apart by their town: "the Ministry of Economy in Zagreb"
_AUTHORITY = regex.compile(
    r"(?:\p{L}+['’]s\s|Federal\s|State\s)?(?:Ministry|Office|Directorate|Department)\b"
)
_IN_TOWN = regex.compile(r"\sin\s((?:\p{Lu}[\p{L}-]+\s?){1,3})$")
_AND_ACRONYM = regex.compile(r"(.+\s.+?)\s[–—-]\s(\p{Lu}[\p{L}&]{0,6}\p{Lu}[\p{L}&]{0,3})")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}&-]{1,7}")
_ONE_A_TOWN = frozenset("university municipality hospital".split())  # "Malmö university" is a name
_OF_COUNTRY = regex.compile(r"\sof\s(?:the\s)?")
_FIELD_AND = regex.compile(r"(?:^|[,;:(|]\s|\n|\bthe\s)(\p{Lu}\p{Ll}+)\s(?:and|&)\s$")
_IN_OR_AT = regex.compile(r"\b(?:(?P<town>[Ii]n)|[Aa]t|From|For)\s$")  # not "thanks from SILVA Ana Paula"
_BEFORE_PERSON = regex.compile(r"(\p{Lu}[\p{L}-]+|\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+)\s(?=\p{Lu}\p{Ll}+.*\s\p{Lu})")
_ROLE_BEHIND = regex.compile(r"(?<=\p{L}{2}), (\p{L}[^,]{3,60})$")
_NEXT_PERSON = regex.compile(r"(?<=\p{L}\p{L}), (?=(?:\p{Lu}\.[ -]?){1,3}\p{Lu}\p{Ll})")
_DASH = regex.compile(r" [–—-] ")
_SLOGAN = regex.compile(r"\.\s(?:The\s)?")  # between a name in small letters and what it says it is
_BRAND = regex.compile(r"\p{Ll}[\p{L}\p{N}-]+")
_CLOSES = regex.compile(r"\s*(?:[),;|\]]|$|\n)")


def bodies_in(text: str, name: Named) -> Iterator[Named]:
    """The one or two names in what a recogniser takes for one organisation.

    "Centro do Mar – CETMAR" is two, "Irish IDA" is IDA, "Ministry of Economy in Zagreb" ends before
    its town.
    """
    surface = text[name.start : name.end]
    if match := _AND_ACRONYM.fullmatch(surface):
        yield replace(name, end=name.start + match.end(1))
        yield replace(name, start=name.start + match.start(2))
        return
    told_apart = _AUTHORITY.match(surface) or name.score < DOUBTED
    if told_apart and (town := _IN_TOWN.search(surface)) and is_place(fold(town[1])):
        yield replace(name, end=name.start + town.start())
        return
    first, _, rest = surface.partition(" ")
    if first in demonyms() and (_ACRONYM.fullmatch(rest) or _is_head(rest)):
        yield replace(name, start=name.end - len(rest))
        return
    yield name


def people_in(text: str, name: Named) -> Iterator[Named]:
    """The one or more names in what a recogniser takes for one person.

    "X. Castro, H. Weiss" are two, and what stands before a name in "In Ghent Ann Lee", "At VITO Ann Lee"
    is a town or a body; "ANN LEE, Deputy Mayor" ends before the role.
    """
    role = _ROLE_BEHIND.search(text, name.start, name.end)
    if role and names_role(role[1]):
        name = replace(name, end=role.start())
    start = name.start
    begins = _IN_OR_AT.search(text[max(0, name.start - 6) : name.start])
    if begins and (before := _BEFORE_PERSON.match(text, name.start, name.end)):
        place = is_place(fold(before[1]))
        if before[1].isupper() and not place:
            yield replace(name, end=before.end(1), label="ORG")
        if before[1].isupper() or (place and begins["town"]):
            start = before.end()
    for match in _NEXT_PERSON.finditer(text, name.start, name.end):
        yield replace(name, start=start, end=match.start())
        start = match.end()
    yield replace(name, start=start)


def _is_head(word: str) -> bool:
    return word[:1].isupper() and " " not in word and _is_kind(word)


def _is_kind(word: str) -> bool:
    return in_english(fold(word)) in HEADS


def is_town(text: str, name: Named) -> bool:
    """Whether a name is nothing but a town or region, and the recogniser not sure that it is more."""
    return name.score < SURE and is_place(fold(text[name.start : name.end]))


def is_adjective(surface: str) -> bool:
    """Whether a name is but the adjective of a place, alone or with a kind of body: "Karlstad cluster"."""
    first, *rest = surface.split()
    of_place = first in demonyms() or country_of_adjective(first) or (rest and is_place(fold(first)))
    kinds = {"one", *HEADS} if first in demonyms() else {"one", *HEADS} - _ONE_A_TOWN
    return bool(of_place) and all(word.islower() and word in kinds for word in rest)


def with_country(text: str, name: Named, countries: list[Country]) -> Named:
    """A public body with the state that its name ends in: "Authority for Data of Romania".

    Of "Republic of Moldova" the recogniser may have but the first word.
    """
    if name.label != "ORG" or not _is_head(next(iter(text[name.start : name.end].split()), "")):
        return name
    for country in countries:
        if country.form == "name" and name.start < country.start < name.end < country.end:
            return replace(name, end=country.end)
        if country.form == "name" and _OF_COUNTRY.fullmatch(text[name.end : country.start]):
            return replace(name, end=country.end)
    return name


def with_beginning(text: str, name: Named) -> Named:
    """A body with the field or region that "and" joins to it: "Investment and Development Agency"."""
    if name.label == "ORG" and (before := _FIELD_AND.search(text, max(0, name.start - 40), name.start)):
        word = fold(before[1])
        first, *rest = text[name.start : name.end].split()
        if (word in FIELDS or word in OPPOSED) and not _is_head(first) and any(map(_is_head, rest)):
            return replace(name, start=before.start(1))
    return name


def named_after(text: str, body: Named, name: Named) -> bool:
    """Whether a doubted person is part of a body's name: "University Hospital Carl Carus"."""
    doubted = body.label == "ORG" and name.label == "PERSON" and name.score < DOUBTED
    return doubted and text[body.end : name.start] == " "


def with_slogan(text: str, brand: Named, name: Named) -> bool:
    """Whether two organisations are one that writes itself small: "ecoplus. The Business Agency of ..."."""
    return bool(
        brand.label == name.label == "ORG"
        and _SLOGAN.fullmatch(text[brand.end : name.start])
        and _BRAND.fullmatch(text[brand.start : brand.end])
        and _CLOSES.match(text, name.end)
    )


def with_brand(text: str, brand: Named, name: Named) -> bool:
    """Whether two organisations are one that says after a dash what it is: "LiNK – Agency for Metal"."""
    both = brand.label == name.label == "ORG" and _DASH.fullmatch(text[brand.end : name.start])
    if not both or " " in text[brand.start : brand.end]:
        return False
    words = text[name.start : name.end].split()
    return len(words) > 1 and words[1] not in ("of", "for") and any(map(_is_kind, words))
