"""From a recogniser's spans and the countries found by rule to mentions: who wins."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.edges import acronym_behind, in_address, trim
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import names_role

SURE = 0.75  # score from which a name before a comma and an organisation is believed, whatever it looks like
# a role that goes on after a name, up to its organisation: " Policy & Skills Manager at the "
_ROLE_ON = regex.compile(r"(?:\s+(?:and|&|of|in|for))?(?:\s+\p{Lu}[^,;:()\n.]*)\s(?:at|@)\s+(?:the\s+)?")
_AND = regex.compile(r"\s+(?:and|&)\s")
_AT = regex.compile(r"\s(?:at|@)\s+(?:the\s+)?")
_BESIDE = regex.compile(r"(?:\s+\p{Lu}[^,;:()\n.|]*)?(?:\s*[,|]\s*|\s+[–—-]\s+|\n)")
_SEGMENT = regex.compile(r"[,;:()\n|.–—]")
_THE = regex.compile(r"\bthe\s+$")


def decide(text: str, names: list[Named], countries: list[Country]) -> list[Named | Country]:
    """The mentions of a passage from its trimmed names, in order and without overlap.

    A country inside a longer name belongs to that name; a name that is nothing but a
    country is the country.
    """
    by_place = {(country.start, country.end) for country in countries}
    kept_names = [
        name
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
    for name in sorted(names, key=lambda n: n.start):
        last = joined[-1] if joined else None
        if last and last.label == name.label and text[last.end : name.start] in (" ", " & "):
            joined[-1] = replace(last, end=name.end, score=min(last.score, name.score))
        else:
            joined.append(name)
    found: list[Named] = []
    for name in joined:
        kept = trim(text, name)
        if kept and not in_address(text, kept):
            found.append(kept)
            if kept.label == "ORG" and (acronym := acronym_behind(text, kept)):
                found.append(acronym)
    apart = [n for i, n in enumerate(found) if not i or found[i - 1].end <= n.start]
    return [
        name
        for name, following in zip_longest(apart, apart[1:])
        if following is None or not _in_role(text, name, following)
    ]


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
