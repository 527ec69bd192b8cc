"""From a recogniser's spans and the countries found by rule to mentions: who wins."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.edges import acronym_behind, in_address, trim
from pipeline.nlp.forms import fold
from pipeline.nlp.kinds import HEADS
from pipeline.nlp.people import TITLES
from pipeline.nlp.places import is_place
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import names_role
from pipeline.nlp.whole import (
    bodies_in,
    is_adjective,
    is_town,
    named_after,
    people_in,
    with_beginning,
    with_brand,
    with_country,
    with_slogan,
)

SURE = 0.75  # score from which a name before a comma and an organisation is believed, whatever it looks like
# a role that goes on after a name, up to its organisation: " Policy & Skills Manager at the "
_ROLE_ON = regex.compile(r"(?:\s+(?:and|&|of|in|for))?(?:\s+\p{Lu}[^,;:()\n.]*)\s(?:at|@)\s+(?:the\s+)?")
_AND = regex.compile(r"\s+(?:and|&)\s")
_AT = regex.compile(r"\s(?:at|@)\s+(?:the\s+)?")
_BESIDE = regex.compile(r"(?:\s+\p{Lu}[^,;:()\n.|]*)?(?:\s*[,|]\s*|\s+[–—-]\s+|\n)")
_SEGMENT = regex.compile(r"[,;:()\n|.–—]")
_LINE_START = regex.compile(
    r"(?:^|\n)[\s•*·–\d.)-]*$|(?:^|\n|[.;]\s)\s*(?!Actions?:)\p{L}[\p{L}\s]{1,30}:\s$"
)
ROW = 0.9  # score of a person whom the look of a row tells
_ROW = regex.compile(
    r"(?m)^[\s•*·–-]*(\p{Lu}[\p{Lu}'’]+(?:[ -]\p{Lu}[\p{Lu}'’]+){0,2}, "
    r"(?P<given>\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?))(?=\s*(?:$|[;|(\t,]|[–—-]\s))"
)
_SURNAME = regex.compile(r"(?:\p{Ll}+\s){0,2}\p{L}[\p{L}\p{M}'’-]*|(?:\p{Lu}+[\s-]?)+")
_ROW_GOES_ON = regex.compile(r"\s*(?:$|[\n;|/(\t,]|[–—-]\s)")
# a given name behind a comma that the recogniser has not found, in a row: "Lee, Ann / VLAIO"
_GIVEN = regex.compile(r", (\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?)(?=\s*[;|/(\t])")
_THE = regex.compile(r"\bthe\s+$")
TITLED = 0.9  # score of a person whom only a title tells
BELIEVED = 0.9  # a recogniser that is surer of an organisation with a title is believed: "Dr. Oetker"
_TITLED = regex.compile(
    r"\b(?:Mr|Ms|Mrs|Miss|Dr|Prof|Professor)\b\.?[^\S\n]+(?P<name>\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?)"
    r"(?![\p{L}\p{N}]|\s\p{Lu})"
)
_NICKNAME = regex.compile(
    r"\p{Lu}\p{Ll}+\s\(?(?:(?P<quote>[\"“„])\p{Lu}?[\p{Ll} ]{2,14}[\"”]\)?|\(\p{Lu}\p{Ll}{2,12}\))"
    r"\s\p{Lu}[\p{L}'’-]+"
)
_NO_NAMES = TITLES | frozenset(
    "justice speaker chair chairman chairwoman ambassador emeritus emerita priv secretary vice deputy".split()
)


def decide(text: str, names: list[Named], countries: list[Country]) -> list[Named | Country]:
    """The mentions of a passage from its trimmed names, in order and without overlap.

    A country inside a longer name belongs to that name; a name that is nothing but a
    country is the country.
    """
    names = list(_surnames_first(text, names))  # of what the document has added since they were tidied
    by_place = {(country.start, country.end) for country in countries}
    kept_names = [
        with_country(text, name, countries)
        for name in names
        if (name.start, name.end) not in by_place and not _only_countries(text, name, countries)
    ]
    outside = [
        country
        for country in countries
        if not any(name.start < country.end and country.start < name.end for name in kept_names)
    ]
    return sorted([*kept_names, *outside], key=lambda mention: mention.start)


def tidy(text: str, names: Sequence[Named]) -> list[Named]:
    """A recogniser's names in the form that counts.

    Parts of one name are joined and each is trimmed; what is part of an address or of a role
    ("Head of Cluster Policy and Skills at VLAIO") is left out, and an acronym in brackets
    behind an organisation is one too.
    """
    joined: list[Named] = []
    for name in _with_titled(text, _with_nicknames(text, _with_rows(text, names))):
        last = joined[-1] if joined else None
        gap = text[last.end : name.start] if last else ""
        whole = last and any(ties(text, last, name) for ties in (with_slogan, with_brand, named_after))
        parts = gap == " " or (gap == " & " and name.label == "ORG")
        if last and (whole or (last.label == name.label and parts)):
            joined[-1] = replace(last, end=name.end, score=min(last.score, name.score))
        else:
            joined.append(name)
    found: list[Named] = []
    for name in _surnames_first(text, joined):
        kept = trim(text, with_beginning(text, name))
        if kept and kept.label == "ORG" and is_adjective(text[kept.start : kept.end]):
            continue
        if kept and not in_address(text, kept) and not is_town(text, kept):
            found += bodies_in(text, kept) if kept.label == "ORG" else people_in(text, kept)
            if kept.label == "ORG" and (acronym := acronym_behind(text, kept)):
                found.append(acronym)
    apart = [n for i, n in enumerate(found) if not i or found[i - 1].end <= n.start]
    return [
        name
        for name, following in zip_longest(apart, apart[1:])
        if following is None or not _in_role(text, name, following)
    ]


def _with_rows(text: str, names: Sequence[Named]) -> list[Named]:
    """The names in order, with those of rows that begin "LEE, Ann –", whatever was found there."""
    rows = [
        Named(match.start(1), match.end(1), "PERSON", ROW)
        for match in _ROW.finditer(text)
        if not is_place(fold(match["given"]))
    ]
    others = [name for name in names if all(name.end <= row.start or row.end <= name.start for row in rows)]
    return sorted([*others, *rows], key=lambda name: name.start)


def _with_nicknames(text: str, names: Sequence[Named]) -> list[Named]:
    """The names, with given name, nickname and surname as one: "Otar "Oto" Javakhadze"."""
    kept = list(names)
    for match in _NICKNAME.finditer(text):
        inside = [n for n in kept if n.start < match.end() and match.start() < n.end]
        people = [
            n for n in inside if n.label == "PERSON" and (n.start <= match.start() or n.end >= match.end())
        ]
        single = inside and inside[0].start >= match.start()
        if people and (single or match["quote"]):
            start, end = min(n.start for n in inside), max(n.end for n in inside)
            whole = Named(start, max(end, match.end()), "PERSON", max(n.score for n in people))
            kept = [n for n in kept if n not in inside] + [whole]
    return sorted(kept, key=lambda name: name.start)


def _with_titled(text: str, names: Sequence[Named]) -> list[Named]:
    """The names, of which whoever has a title is a person, also where only that tells it: "Dr Reis"."""
    kept = list(names)
    for match in _TITLED.finditer(text):
        start, end = match.span("name")
        inside = [n for n in kept if n.start < end and match.start() < n.end]
        words = fold(match["name"]).split()
        if words[0] in _NO_NAMES or (inside and words[-1] in HEADS):
            continue
        if not inside:
            kept.append(Named(start, end, "PERSON", TITLED))
        elif len(inside) == 1 and match.start() <= inside[0].start and inside[0].score < BELIEVED:
            person = replace(inside[0], label="PERSON", score=TITLED)
            kept = [person if n is inside[0] else n for n in kept]
    return sorted(kept, key=lambda name: name.start)


def _surnames_first(text: str, names: Sequence[Named]) -> Iterator[Named]:
    """The names, with "Lee, Ann" at the beginning of a line as one; a list of surnames stays one of many."""
    last: Named | None = None  # given out when it is known what follows
    names = [_with_given(text, name, following) for name, following in zip_longest(names, names[1:])]
    for name, following in zip_longest(names, names[1:]):
        if last and last.label == name.label == "PERSON" and _is_row(text, last, name, following):
            yield replace(last, end=name.end, score=min(last.score, name.score))
            last = None
        else:
            if last:
                yield last
            last = name
    if last:
        yield last


def _with_given(text: str, name: Named, following: Named | None) -> Named:
    """A surname at the beginning of a row with the given name behind it, which is no name found."""
    given = _GIVEN.match(text, name.end) if name.label == "PERSON" else None
    if given is None or names_role(given[1]) or is_place(fold(given[1])):
        return name
    apart = following is None or given.end() <= following.start
    begins = _LINE_START.search(text[: name.start]) and _SURNAME.fullmatch(text[name.start : name.end])
    return replace(name, end=given.end()) if apart and begins else name


def _is_row(text: str, surname: Named, given: Named, following: Named | None) -> bool:
    """Whether a line begins with a surname, a comma and a given name, and goes on with no other person."""
    listed = following and following.label == "PERSON" and "\n" not in text[given.end : following.start]
    return bool(
        text[surname.end : given.start] == ", "
        and _LINE_START.search(text[: surname.start])
        and _SURNAME.fullmatch(text[surname.start : surname.end])
        and _ROW_GOES_ON.match(text, given.end)
        and not listed
    )


def _in_role(text: str, name: Named, following: Named) -> bool:
    """Whether an organisation is but the capitals of a role, which goes on up to its own organisation."""
    if name.label != "ORG" or following.label != "ORG":
        return False
    between = text[name.end : following.start]
    before = _SEGMENT.split(text[: name.start])[-1]
    if _ROLE_ON.fullmatch(between):
        return not (_AND.match(between) and names_role(between))
    if _THE.search(before) or not names_role(text[name.start - len(before) : following.start]):
        return False
    return bool(_AT.fullmatch(between) or (name.score < SURE and _BESIDE.fullmatch(between)))


def _only_countries(text: str, name: Named, countries: list[Country]) -> bool:
    """Whether a name holds nothing but countries and what joins them."""
    inside = [c for c in countries if name.start <= c.start and c.end <= name.end]
    if not inside:
        return False
    rest = "".join(
        char
        for i, char in enumerate(text[name.start : name.end], name.start)
        if not any(c.start <= i < c.end for c in inside)
    )
    return not regex.search(r"\p{L}{3,}|\p{Lu}", rest)
