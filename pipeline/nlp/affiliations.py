"""Who holds which role in which organisation, from the names found in a passage."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.nlp.after import after_name
from pipeline.nlp.before import before_name, owner
from pipeline.nlp.countries import Country
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import HONORIFICS
from pipeline.nlp.stated import Stated

# degrees and pronouns after a name, before what the text says of the person
_SUFFIX = regex.compile(
    r"(?:,\s*(?:Ph\.?\s?D\.?|M\.?Sc\.?|M\.?A\.?|MBA|D\.?Sc\.?|MD|Dr\.?|CEng|CSc\.?|Jr\.?)(?!\p{L})(?:\s*\(\p{L}+\.?\))?"
    r"|\s*\((?:she/her|he/him|they/them|Ms|Mrs|Mr|Dr|Prof)\.?\))+"
)
_EVENT = frozenset("moderator chair chairperson facilitator host rapporteur".split())
SURE = 0.9  # score from which what the encoder reads goes before what rules find
_ITS = regex.compile(r",\s+(?:its|their)\s")
_LIST_AND = regex.compile(rf"\s*(?:and|et|und|&|,\s*and)\s+{HONORIFICS}")
_LIST = regex.compile(rf"\s*(?:,|and|et|und|&|,\s*and)\s+{HONORIFICS}")


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
        ahead = [o for o in organisations if o.end <= person.start]
        if ahead and len(after) == 1 and after[0].organisation is None and _ITS.match(text, whole.end):
            after = [replace(after[0], organisation=owner(text, ahead, person.start), score=0.5)]
        found.extend(_together(after, before_name(text, person, ahead, floor)))
    return _shared(text, people, found)


def reconcile(by_rule: list[Stated], read: list[Stated]) -> list[Stated]:
    """One list from what rules find and what the encoder reads of a passage, in order.

    What the encoder is sure of counts, with the organisation of a rule for the same role where
    it has none; of the other people what rules find, and of the rest what it reads as a whole.
    """
    found = [_with_organisation(r, by_rule) for r in read if r.score >= SURE]
    told = {(stated.person, (stated.role or "").lower()) for stated in found}
    found += [s for s in by_rule if _is_of_event(s) and (s.person, (s.role or "").lower()) not in told]
    known = {stated.person for stated in found if stated.organisation or not _is_of_event(stated)}
    found += [s for s in by_rule if s.person not in known and s not in found]
    known = {stated.person for stated in found}
    found += [stated for stated in read if stated.person not in known and stated.is_whole]
    return sorted(dict.fromkeys(found), key=lambda s: (s.person.start, s.start))


def _with_organisation(read: Stated, by_rule: list[Stated]) -> Stated:
    """A role that is read without an organisation with that of a rule which finds the same role."""
    for stated in by_rule:
        same = stated.person == read.person and stated.is_whole and stated.role == read.role
        if same and read.organisation is None:
            return stated
    return read


def _is_of_event(stated: Stated) -> bool:
    """Whether a role without an organisation is one that an event gives."""
    return stated.organisation is None and (stated.role or "").lower() in _EVENT


def _together(after: list[Stated], before: Stated | None) -> list[Stated]:
    if not after:
        return [before] if before else []
    first = after[0]
    if before and first.role is None and before.role:
        return [replace(first, role=before.role, start=min(first.start, before.start)), *after[1:]]
    if before and before.organisation is None and first.role and _is_of_event(before):
        return [before, *after]  # "Moderator: Ann Lee, adviser, VLAIO" has two roles
    if before and before.organisation and first.organisation is None:
        return [replace(first, organisation=before.organisation, start=min(first.start, before.start))]
    return after


def _shared(text: str, people: list[Named], found: list[Stated]) -> list[Stated]:
    """Give all of a list what is said of its last or first: "Ann Lee and Jo Ek from VLAIO".

    A role is shared where the text says so ("both buyers at VLAIO").
    """
    by_person = {stated.person: stated for stated in found}
    extra: list[Stated] = []
    joined: set[Named] = set()  # people whose affiliation holds for the one before them too
    for first, second in reversed(list(pairwise(people))):
        stated = by_person.get(second)
        if first in by_person or not stated or not stated.organisation:
            continue
        gap = text[first.end : second.start]
        both = regex.match(r"\s*[,(]?\s*(?:both|all)\b", text[second.end :])
        listed = _LIST_AND.fullmatch(gap) or ((both or second in joined) and _LIST.fullmatch(gap))
        if listed and stated.organisation.start >= second.end and (stated.role is None or both):
            shared = replace(stated, person=first, start=first.start, score=0.6)
            by_person[first] = shared
            joined.add(first)
            extra.append(shared)
    for first, second in pairwise(people):
        stated = by_person.get(first)
        if second in by_person or not stated or not stated.organisation or stated.role:
            continue
        if stated.organisation.end <= first.start and _LIST.fullmatch(text[first.end : second.start]):
            shared = replace(stated, person=second, end=second.end, score=0.6)
            by_person[second] = shared
            extra.append(shared)
    return sorted([*found, *extra], key=lambda s: (s.person.start, s.start))
