"""The country that stands beside an organisation or a person: a code, a name or an adjective."""

from bisect import bisect_left

import regex

from pipeline.records import Mention

# "(HU)", ", HU", ", Brăila (RO)", "of the Czech Republic", "in Lisbon, Portugal", " – Spain"
_CODE_BEHIND = regex.compile(
    r"\)?,?\s*(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?)?,?\s*[([–—/-]?\s*$|\),?\s*[([]\s*$"
)
_NAME_BEHIND = regex.compile(
    r"\)?,?\s*(?:(?:of|in|from)\s+)?(?:the\s+)?(?:\p{Lu}[\p{L}-]+,?\s+(?:in\s+|\()?)?(?:the\s+)?[([–—-]?\s*$"
)
REACH = 40  # characters after a name in which its country may stand


def countries_beside(
    text: str, mentions: list[Mention], countries: list[Mention]
) -> dict[str, tuple[str, float]]:
    """Country codes by mention_id, with how surely they belong to it; both lists in order.

    A code or a country's name counts behind the mention, an adjective before it.
    """
    starts = [country.start for country in countries]
    found: dict[str, tuple[str, float]] = {}
    for n, mention in enumerate(mentions):
        limit = mentions[n + 1].start if n + 1 < len(mentions) else len(text)
        i = bisect_left(starts, mention.end)
        if i < len(countries):
            behind = countries[i]
            gap = text[mention.end : behind.start]
            if behind.start < limit and len(gap) < REACH and behind.country and "\n" not in gap:
                pattern = _CODE_BEHIND if behind.form == "code" else _NAME_BEHIND
                if behind.form != "demonym" and pattern.fullmatch(gap):
                    sure = 1.0 if behind.form == "code" else 0.8
                    found[mention.mention_id] = (behind.country, sure)
                    continue
        if i and mention.label == "ORG":
            before = countries[i - 1]
            gap = text[before.end : mention.start]
            if before.form == "demonym" and before.country and gap == " ":
                found[mention.mention_id] = (before.country, 0.8)
    return found
