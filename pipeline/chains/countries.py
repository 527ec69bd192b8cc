"""The country that stands beside an organisation or a person: a code, a name, an adjective, a town."""

from bisect import bisect_left

import regex

from pipeline.nlp.bodies import read_body
from pipeline.nlp.forms import fold
from pipeline.nlp.known import known_as
from pipeline.nlp.places import country_in, country_of_adjective, is_state
from pipeline.nlp.roles import names_role
from pipeline.records import Mention

# "(HU)", ", HU", "; HU", ", Brăila (RO)", "of the Czech Republic", "in Lisbon, Portugal", " – Spain"
_CODE_BEHIND = regex.compile(
    r"\)?[,;]?\s*(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?)?,?\s*[(\[|–—/-]?\s*|\),?\s*[(\[]\s*"
)
_NAME_BEHIND = regex.compile(
    r"\)?[,;]?\s*(?:(?:of|in|from)\s+)?(?:the\s+)?(?:\p{Lu}[\p{L}-]+,?\s+(?:in\s+|\()?)?(?:the\s+)?[(\[|–—-]?\s*"
)
_TOWN_BEHIND = regex.compile(
    r"(?:\)?,?\s+in\s+(\p{Lu}[\p{L}-]+)(?!\s\p{Lu})|(?:\)?,\s+|\s*\()(\p{Lu}[\p{L}-]+)(?=[),.;:\n]|\sand\b|$))"
)
_IN = regex.compile(r"\s+in\s+(?:the\s+)?")
_CLOSES = regex.compile(r"\s*(?:[),.;:|\n]|$|[–—-]\s|and\s)")
_REGIONAL = regex.compile(r"\b[Tt]he\s+(\p{Lu}\p{Ll}+)\s+$")  # "the Istrian IDA"
_COMES = regex.compile(r"\s(?:came\s|comes\s)?|,\s(?:the\s)?")
_FROM = regex.compile(r"\b(?:[Ff]rom|[Ii]n)\s+(?:the\s+)?$")
REACH = 40  # characters after a name in which its country may stand
SURE, TOLD, TOWN = 1.0, 0.8, 0.6  # of a code, a name or adjective, a town


def countries_beside(
    text: str, mentions: list[Mention], countries: list[Mention]
) -> dict[str, tuple[str, float]]:
    """Country codes by mention_id, with how surely they belong to it; both lists in order.

    A code, a country's name or a town counts behind the mention, an adjective before it.
    """
    starts = [country.start for country in countries]
    found: dict[str, tuple[str, float]] = {}
    for n, mention in enumerate(mentions):
        limit = mentions[n + 1].start if n + 1 < len(mentions) else len(text)
        i = bisect_left(starts, mention.end)
        behind = countries[i] if i < len(countries) and countries[i].start < limit else None
        before = countries[i - 1] if i else None
        after = mentions[n + 1] if n + 1 < len(mentions) else None
        if behind and after and _before(text, after, behind):
            behind = None  # "(PBN), from Croatia Ivana Horvat"
        told = (
            (_behind(text, mention, behind) if behind else None)
            or (_before(text, mention, before) if before else None)
            or _regional(text, mention)
            or _town(text, mention, limit)
        )
        if told:
            found[mention.mention_id] = told
    return found


def _behind(text: str, mention: Mention, country: Mention) -> tuple[str, float] | None:
    gap = text[mention.end : country.start]
    if len(gap) >= REACH or not country.country or "\n" in gap:
        return None
    if country.form == "demonym":  # "the other AIT, the Austrian one"
        one = text.startswith(" one", country.end) and gap in (", the ", " (the ")
        return (country.country, TOLD) if one else None
    pattern = _CODE_BEHIND if country.form == "code" else _NAME_BEHIND
    if not pattern.fullmatch(gap) or (country.form == "name" and not _closes(text, gap, country.end)):
        return None
    if country.form == "name" and _IN.fullmatch(gap) and not _is_shared(mention.text):
        return None  # "the loan of Wood Lab in Portugal"
    return country.country, SURE if country.form == "code" else TOLD


def _is_shared(name: str) -> bool:
    """Whether bodies of several countries are likely to have a name."""
    body = read_body(name)
    return body.is_generic or bool(body.acronym)


def _closes(text: str, gap: str, end: int) -> bool:
    """Whether a country's name ends what is said of the body before: not "VLAIO; France by Ann Lee"."""
    return bool(gap.strip(" ,;")) or bool(_CLOSES.match(text, end))


def _before(text: str, mention: Mention, country: Mention) -> tuple[str, float] | None:
    gap = text[country.end : mention.start]
    if not country.country or len(gap) > REACH:
        return None
    if country.form == "demonym" and gap == " ":
        return country.country, TOLD
    if country.form == "name" and _COMES.fullmatch(gap) and _FROM.search(text[: country.start][-12:]):
        return country.country, TOWN
    return None


def _regional(text: str, mention: Mention) -> tuple[str, float] | None:
    if mention.label != "ORG" or text[mention.start - 2 : mention.start] != "n ":
        return None
    match = _REGIONAL.search(text[max(0, mention.start - REACH) : mention.start])
    code = country_of_adjective(match[1]) if match else None
    return (code, TOWN) if code else None


def _town(text: str, mention: Mention, limit: int) -> tuple[str, float] | None:
    match = _TOWN_BEHIND.match(text, mention.end)
    if match is None or match.end() > limit or known_as(read_body(mention.text).key):
        return None
    if mention.label == "ORG" and country_in(mention.text)[0]:
        return None  # its own name says more
    if names_role(match[1] or match[2]):  # "(VLAIO, Chair)", which is a part of Skopje too
        return None
    if match[1] and is_state(fold(match[1])) and not _is_shared(mention.text):
        return None
    code = country_in(match[1] or match[2])[0]
    return (code, TOWN) if code else None
