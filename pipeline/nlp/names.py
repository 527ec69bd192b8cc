"""From a recogniser's spans and the countries found by rule to mentions: who wins."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.edges import acronym_behind, in_address, trim
from pipeline.nlp.recogniser import Named


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

    Parts of one name are joined and each is trimmed; what is part of an address is left
    out, and an acronym in brackets behind an organisation is one too.
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
    return [n for i, n in enumerate(found) if not i or found[i - 1].end <= n.start]


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
