"""Who holds which role in which organisation, from the names found in a passage."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.nlp.after import after_name
from pipeline.nlp.before import before_name
from pipeline.nlp.countries import Country
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import HONORIFICS
from pipeline.nlp.stated import Stated

# degrees and pronouns after a name, before what the text says of the person
_SUFFIX = regex.compile(
    r"(?:,\s*(?:Ph\.?\s?D\.?|M\.?Sc\.?|M\.?A\.?|MBA|D\.?Sc\.?|MD|Dr\.?|CEng|CSc\.?|Jr\.?)(?!\p{L})(?:\s*\(\p{L}+\.?\))?"
    r"|\s*\((?:she/her|he/him|they/them)\))+"
)
_LIST_AND = regex.compile(rf"\s*(?:and|&|,\s*and)\s+{HONORIFICS}")
_LIST = regex.compile(rf"\s*(?:,|and|&|,\s*and)\s+{HONORIFICS}")


def find_affiliations(text: str, names: Sequence[Named | Country]) -> list[Stated]:
    """The affiliations that a passage states of the people found in it, in order.

    Roles are verbatim, without the organisation. What follows a name says more than what
    stands before it; the two are put together where each has one half ("project manager
    Ann Lee (VLAIO)").
    """
    people = [name for name in names if isinstance(name, Named) and name.label == "PERSON"]
    organisations = [name for name in names if isinstance(name, Named) and name.label == "ORG"]
    found: list[Stated] = []
    if not people:
        return found
    for previous, person, following in zip([None, *people[:-1]], people, [*people[1:], None], strict=True):
        floor, limit = previous.end if previous else 0, following.start if following else len(text)
        suffix = _SUFFIX.match(text, person.end, limit)
        whole = replace(person, end=suffix.end()) if suffix else person
        behind = [o for o in organisations if whole.end <= o.start < limit]
        after = [replace(stated, person=person) for stated in after_name(text, whole, behind, limit)]
        before = before_name(text, person, [o for o in organisations if o.end <= person.start], floor)
        found.extend(_together(after, before))
    return _shared(text, people, found)


def _together(after: list[Stated], before: Stated | None) -> list[Stated]:
    if not after:
        return [before] if before else []
    first = after[0]
    if before and first.role is None and before.role:
        return [replace(first, role=before.role, start=min(first.start, before.start)), *after[1:]]
    if before and before.organisation and first.organisation is None:
        return [replace(first, organisation=before.organisation, start=min(first.start, before.start))]
    return after


def _shared(text: str, people: list[Named], found: list[Stated]) -> list[Stated]:
    """Give each of "Ann Lee and Jo Ek from VLAIO" or "Ann Lee, Jo Ek (both VLAIO)" their affiliation."""
    by_person = {stated.person: stated for stated in found}
    extra: list[Stated] = []
    for first, second in reversed(list(pairwise(people))):
        stated = by_person.get(second)
        if (
            first in by_person
            or not stated
            or not stated.organisation
            or stated.organisation.start < second.end
        ):
            continue
        gap = text[first.end : second.start]
        both = regex.match(r"\s*\(?\s*(?:both|all)\b", text[second.end :])
        if stated.role is None and (_LIST_AND.fullmatch(gap) or (both and _LIST.fullmatch(gap))):
            shared = Stated(first, stated.organisation, None, first.start, stated.end, 0.6)
            by_person[first] = shared
            extra.append(shared)
    return sorted([*found, *extra], key=lambda s: (s.person.start, s.start))
