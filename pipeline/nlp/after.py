"""What the text after a person's name says of role and organisation."""

from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import THE, before_organisation, clean, ends_in_role, names_role
from pipeline.nlp.stated import MAX_GAP, Stated

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
_BRACKET = regex.compile(r"^\s*,?\s*\(")
_APPOSITION = regex.compile(r"^(?:\s*,\s*|\s*;\s*|\s+(?:[–—|/@-]|//)\s+|\s*\t\s*)(?=\S)")
_TAIL = regex.compile(r"(?:\s*,|\s+[–—|-])\s+([^,;.()\n]{2,80})")


def after_name(text: str, person: Named, organisations: list[Named], limit: int) -> Iterator[Stated]:
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
