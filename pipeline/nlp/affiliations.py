"""Who holds which role in which organisation, from the names found in a passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import (
    HONORIFICS,
    THE,
    before_organisation,
    before_person,
    clean,
    ends_in_role,
    names_role,
)

MAX_GAP = 170  # characters between a person and an organisation; roles are shorter

_PREPOSITION = r"(?:at|of|for|with|from|in|representing|on behalf of)"
# a person and an organisation with nothing between them but what joins them
_BARE = regex.compile(
    rf"^(?:,?\s+(?:from|of|at|with|representing|on behalf of)\s+{THE}|\s*[,;]\s*{THE}"
    rf"|\s+(?:[–—|/@-]|//)\s+{THE}|\s*\t\s*)$"
)
_WORKS = regex.compile(
    r"(?i)^(?:,?\s+who\s+(?!met|visited|welcomed|asked|thanked|spoke|talked|left)[^.;:()]{0,60}?"
    r"(?:\s(?:for|at|with|of|in)|runs|leads|heads|manages|represents|joined|chairs|directs)"
    r"|\s+(?:works|worked|has worked|comes|came)\s+(?:for|at|with|from)"
    r"|,?\s+(?:formerly|previously)\s+(?:of|with|at)"
    rf"|\s+(?:manages|runs|leads|heads|represents|chairs|directs|coordinates|joins|leaves)"
    rf"(?:\s[^.;:()]{{0,60}}?\s(?:at|of|for))?)\s+{THE}$"
)
_IS = regex.compile(
    r"(?i)^\s+(?:is|was|has been|have been|became|becomes|is now|remains)\s+(?:(?:the|a|an|its)\s+)?"
    rf"(?:(?:new|current|acting|former)\s+)*(?P<role>[^.;:()\n]{{3,100}}?)\s+{_PREPOSITION}\s+{THE}$"
)
_AND_ROLE = regex.compile(rf"^\s+and\s+(?P<role>[^.;:()\n]{{3,80}}?)\s+{_PREPOSITION}\s+{THE}$")
_REPRESENTED = regex.compile(
    r"(?i)^,?\s+(?:\(\s*)?(?:(?:was|is|were)\s+)?(?:represented by|in the person of)\s+"
    rf"(?:its\s+)?{HONORIFICS}$"
)
_APPOINTED = regex.compile(
    rf"(?i)^\s+(?:(?:has|have|had)\s+)?(?:appointed|named|hired|elected|chosen)\s+{HONORIFICS}$"
)
_AS_ROLE = regex.compile(
    r"(?i)^\s+(?:as|to be)\s+(?:(?:its|their|the|a|an|new)\s+)*(?P<role>[^,.;:()\n]{3,80})"
)
# degrees and pronouns after a name, before what the text says of the person
_SUFFIX = regex.compile(
    r"(?:,\s*(?:Ph\.?\s?D\.?|M\.?Sc\.?|M\.?A\.?|MBA|D\.?Sc\.?|MD|Dr\.?|CEng|CSc\.?|Jr\.?)(?!\p{L})(?:\s*\(\p{L}+\.?\))?"
    r"|\s*\((?:she/her|he/him|they/them)\))+"
)
_BRACKET = regex.compile(r"^\s*,?\s*\(")
_APPOSITION = regex.compile(r"^(?:\s*,\s*|\s*;\s*|\s+(?:[–—|/@-]|//)\s+|\s*\t\s*)(?=\S)")
_TAIL = regex.compile(r"(?:\s*,|\s+[–—|-])\s+([^,;.()\n]{2,80})")
_ROLE_OF = regex.compile(
    r"(?:^|[.;:()\n]|,\s|\b(?:As|as|by|said|from|[Tt]he)\s)\s*"
    rf"(?P<role>[^.;:()\n,]{{3,90}}?)\s+(?:of|at|for)\s+{THE}"
    r"(?:\p{Lu}\p{L}+['’]s\s+)?$"
)
_LABELLED = regex.compile(rf"(?:^|[\n|.])[\s*•·–-]*(?P<role>[^.:;\n|]{{3,60}})\s*:\s*{HONORIFICS}$")
# what stands before a colon and names no role that the person holds anywhere
_NO_ROLE = regex.compile(
    r"(?i)^(?:moderators?|moderation|speakers?|panell?ists?|chair|contact.*|photos?|text|words|authors?"
    r"|observer|host)$"
)
_LIST_AND = regex.compile(rf"\s*(?:and|&|,\s*and)\s+{HONORIFICS}")
_LIST = regex.compile(rf"\s*(?:,|and|&|,\s*and)\s+{HONORIFICS}")


@dataclass(frozen=True, slots=True)
class Stated:
    """An affiliation in a passage: the two names, the role's text, the place of the evidence."""

    person: Named
    organisation: Named | None
    role: str | None
    start: int
    end: int
    score: float


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
        after = [replace(stated, person=person) for stated in _after(text, whole, behind, limit)]
        before = _before(text, person, [o for o in organisations if o.end <= person.start], floor)
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


def _after(text: str, person: Named, organisations: list[Named], limit: int) -> Iterator[Stated]:
    """What the text after a name says."""
    rest = text[person.end : min(limit, person.end + 2 * MAX_GAP)]
    if bracket := _BRACKET.match(rest):
        inside = person.end + bracket.end()
        close = _closing(text, inside)
        if close is not None:
            within = [o for o in organisations if o.end <= close]
            yield from _bracketed(text, person, within, inside, close)
            return
    if apposition := _APPOSITION.match(rest):
        stated = _apposed(text, person, organisations, person.end + apposition.end(), limit)
        if stated:
            yield stated
            return
    if organisations and organisations[0].start - person.end <= MAX_GAP:
        first = organisations[0]
        gap = text[person.end : first.start]
        if match := _IS.match(gap):
            role = clean(match["role"])
            if names_role(role):
                yield Stated(person, first, role, person.start, first.end, 0.85)
                yield from _and_role(text, person, organisations)
        elif "\n" not in gap and (_BARE.match(gap) or _WORKS.match(gap)):
            yield Stated(person, first, None, person.start, first.end, 0.8)


def _and_role(text: str, person: Named, organisations: list[Named]) -> Iterator[Stated]:
    """The second post of "is President of A and Professor at B"."""
    for first, second in pairwise(organisations[:3]):
        match = _AND_ROLE.match(text[first.end : second.start])
        role = clean(match["role"]) if match else None
        if names_role(role):
            yield Stated(person, second, role, person.start, second.end, 0.8)


def _apposed(text: str, person: Named, organisations: list[Named], begin: int, limit: int) -> Stated | None:
    """What stands after a name and a comma or dash: role, organisation, or both in either order."""
    stop = _clause_end(text, begin, limit, organisations)
    first = next((o for o in organisations if o.end <= stop and o.start - person.end <= MAX_GAP), None)
    if first and _BARE.match(text[person.end : first.start]):
        tail = _TAIL.match(text, first.end, limit)
        role = clean(tail[1]) if tail else None
        if tail and names_role(role):
            return Stated(person, first, role, person.start, tail.end(), 0.75)
        return Stated(person, first, None, person.start, first.end, 0.75)
    if first and (role := before_organisation(text[begin : first.start])):
        return Stated(person, first, role, person.start, first.end, 0.85)
    closed = stop == len(text) or text[stop] in ",.;:()\n"  # else it belongs to the next person
    role = clean(regex.split(r"\s(?:of|at) (?:the|a) ", text[begin:stop])[0])
    bracketed = next((o for o in organisations if text[stop : o.start].strip() == "("), None)
    if bracketed and role and names_role(role):
        return Stated(person, bracketed, role, person.start, bracketed.end, 0.8)
    if closed and ends_in_role(role) and role:
        return Stated(person, None, role, person.start, begin + len(role), 0.6)
    return None


def _closing(text: str, inside: int) -> int | None:
    """Where the bracket that is open at a place closes; None where it does not soon."""
    depth = 1
    for i in range(inside, min(len(text), inside + 2 * MAX_GAP)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return None


def _bracketed(
    text: str, person: Named, organisations: list[Named], inside: int, close: int
) -> Iterator[Stated]:
    """What a bracket after a name says: role and organisation in either order, several of them."""
    if not organisations:
        parts = [part for part in (clean(p) for p in regex.split("[,;]", text[inside:close])) if part]
        role = next((part for part in parts if names_role(part)), None)
        if role:
            yield Stated(person, None, role, person.start, close + 1, 0.7)
        return
    position = inside
    for i, organisation in enumerate(organisations):
        gap = text[position : organisation.start]
        if i and regex.fullmatch(r"\s*\(?\s*", gap):  # an acronym in brackets after the full name
            position = organisation.end
            continue
        role = before_organisation(gap)
        after = text[organisation.end : organisations[i + 1].start if i + 1 < len(organisations) else close]
        if role is None and i == 0 and (tail := regex.match(r"\s*[,;–—|-]\s*(.+)$", after)):
            candidate = clean(tail[1])
            role = candidate if names_role(candidate) else None
        if i == 0 or role:
            yield Stated(person, organisation, role, person.start, close + 1, 0.9)
        position = organisation.end


def _clause_end(text: str, begin: int, limit: int, organisations: list[Named]) -> int:
    """Where an apposition ends: a full stop, a line's end, or a comma after its organisation."""
    seen = False
    for i in range(begin, min(limit, len(text))):
        if any(o.start <= i < o.end for o in organisations):
            seen = True
            continue
        char = text[i]
        if char in "\n;:()" or (char == "." and regex.match(r"\.(?:\s|\p{Lu}|$)", text[i:])):
            return i
        if char == "," and (seen or not any(o.start > i for o in organisations)):
            return i
    return min(limit, len(text))


def _before(text: str, person: Named, organisations: list[Named], floor: int) -> Stated | None:
    """What the text before a name says: "VLAIO's director Ann Lee", "the head of VLAIO, Ann Lee"."""
    near = [o for o in organisations if o.start >= floor]
    last = near[-1] if near and person.start - near[-1].end <= MAX_GAP else None
    gap = text[last.end : person.start] if last else ""
    if last and _REPRESENTED.match(gap):
        return Stated(person, last, None, last.start, person.end, 0.8)
    if last and _APPOINTED.match(gap) and (match := _AS_ROLE.match(text[person.end :])):
        return Stated(person, last, clean(match["role"]), last.start, person.end + match.end(), 0.8)
    if last and regex.fullmatch(rf"\s*\(\s*{HONORIFICS}", gap) and text[person.end :].startswith(")"):
        return Stated(person, last, None, last.start, person.end, 0.8)
    if last and regex.fullmatch(rf"['’]s\s+{HONORIFICS}", gap):
        return Stated(person, last, None, last.start, person.end, 0.7)
    if last and regex.fullmatch(rf"\s*:\s+{HONORIFICS}", gap):
        line = text[max(floor, text.rfind("\n", 0, last.start) + 1) : last.start]
        role = before_organisation(line)
        if role and names_role(role):
            return Stated(person, last, role, last.start - len(line), person.end, 0.75)
    if last and regex.fullmatch(rf",?\s+{HONORIFICS}", gap):
        match = _ROLE_OF.search(text[max(floor, last.start - 120) : last.start])
        role = clean(match["role"]) if match else None
        if role and names_role(role):
            return Stated(person, last, role, max(0, text.rfind(role, 0, last.start)), person.end, 0.75)
    if match := _LABELLED.search(text[max(floor, person.start - 90) : person.start]):
        role = clean(match["role"])
        named = any(o.start >= person.start - 90 and o.start >= floor for o in organisations)
        if role and names_role(role) and not named and not _NO_ROLE.match(role):
            return Stated(person, None, role, text.rfind(role, 0, person.start), person.end, 0.7)
    return _premodified(text, person, organisations, last, floor)


def _premodified(
    text: str, person: Named, organisations: list[Named], last: Named | None, floor: int
) -> Stated | None:
    begin = max(floor, last.end if last else 0, person.start - 90)
    found = before_person(text[begin : person.start])
    if not found:
        return None
    role, determiner = found
    start = text.rfind(role, 0, person.start)
    if start < 0:
        return None
    if last and regex.fullmatch(r"(?:['’]s?)?\s+", text[last.end : start]):
        return Stated(person, last, role, last.start, person.end, 0.7)
    if determiner in ("its", "their") and organisations:
        owner = organisations[-1]
        return Stated(person, owner, role, owner.start, person.end, 0.5)
    return Stated(person, None, role, start, person.end, 0.6)


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
