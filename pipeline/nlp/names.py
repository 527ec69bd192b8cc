"""From a recogniser's spans and the countries found by rule to mentions: who wins, where a name ends."""

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.recogniser import Named

_HONORIFIC = regex.compile(
    r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mme|Herr|Frau|Sir|Dame|Ing|Eng|Mag|Dipl|Doc|PhD|MSc|MEP|HE|H\.E"
    r"|Minister|President|Mayor|Commissioner|Rector|Senator|Panellists?|Speakers?|Moderator)\b\.?(?:-Ing\.?)?,?\s+)+"
)
_LEADING = regex.compile(r"^(?:[Tt]he|[Aa]n?)\s+")
_TRAILING = regex.compile(r"(?:['’]s?|[\s,;:.–—(|/-]+)$")
_OPENING = regex.compile(r"^[\s\"“”'‘’(\[•*|,;:–—-]+")
_LEGAL_DOT = regex.compile(
    r"\b(?:Ltd|Inc|Co|Corp|S\.A|S\.L|S\.r\.l|s\.r\.o|d\.o\.o|o\.o|a\.s|e\.V|B\.V|N\.V|z\.ú|S\.p\.A|Jr|Sr)\.$"
)
_EMPTY = regex.compile(r"^[^\p{L}]*$")
# what policy texts write in capitals without naming an organisation
_NOT_ORG = regex.compile(
    r"^(?:SMEs?|PPI|PCP|PPP|R&D|R&I|RDI|R\+D|ICT|IT|AI|EU|ERDF|ESF|KPIs?|Q&A|COVID-19|Covid|GDP|NGOs?|VAT|HR|IP|IPR"
    r"|CEO|CTO|CFO|PhD|MoU|USP|B2B|RIS3|S3|TRL|EUR|Q|A|Email|Tel|Phone|Twitter|LinkedIn|Facebook|YouTube)$"
)


def decide(text: str, names: list[Named], countries: list[Country]) -> list[Named | Country]:
    """The mentions of a passage, in order and without overlap.

    A name is trimmed to the form that counts as its mention: no honorific, no leading
    article, no possessive. A country inside a longer name belongs to that name; a name that
    is nothing but a country is the country.
    """
    trimmed = [kept for name in names if (kept := trim(text, name))]
    by_place = {(country.start, country.end) for country in countries}
    kept_names = [
        name
        for name in trimmed
        if (name.start, name.end) not in by_place and not _only_countries(text, name, countries)
    ]
    outside = [
        country
        for country in countries
        if not any(name.start < country.end and country.start < name.end for name in kept_names)
    ]
    return sorted([*kept_names, *outside], key=lambda mention: mention.start)


def trim(text: str, name: Named) -> Named | None:
    """The name without what does not belong to it; None where nothing is left."""
    start, end = name.start, name.end
    if (line_end := text.find("\n\n", start, end)) >= 0:
        end = line_end
    while True:
        surface = text[start:end]
        head = _OPENING.match(surface)
        if head is None and name.label == "PERSON":
            head = _HONORIFIC.match(surface)
        if head is None and name.label == "ORG":
            head = _LEADING.match(surface)
        if head is None:
            break
        start += head.end()
    while (tail := _TRAILING.search(text, start, end)) and not _LEGAL_DOT.search(text, start, end):
        if tail.start() <= start:
            break
        end = tail.start()
    surface = text[start:end]
    if surface.endswith(")") and surface.count(")") > surface.count("("):
        end -= 1
        surface = text[start:end]
    if _EMPTY.match(surface) or (name.label == "ORG" and _NOT_ORG.match(surface)):
        return None
    return Named(start, end, name.label, name.score)


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
