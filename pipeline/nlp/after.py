"""What the text after a person's name says of role and organisation."""

from collections.abc import Iterator
from itertools import pairwise

import regex

from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import BODY, THE, before_organisation, clean, ends_in_role, names_role
from pipeline.nlp.stated import MAX_GAP, Stated

_PREPOSITION = r"(?:at|of|for|with|from|in|representing|on behalf of)"
# a person and an organisation with nothing between them but what joins them
_BARE = regex.compile(
    rf"^(?:,?\s+(?:from|of|for|at|with|representing|on behalf of)\s+{THE}|\s*[,;]\s*{THE}"
    rf"|,?\s+(?:from|of|at|with)\s+(?:the|an?)\s+(?:[\p{{L}}-]+\s+){{0,3}}{BODY}\s+(?:(?:of|at)\s+{THE})?"
    rf"|,?\s+whose\s+(?:\p{{Ll}}+\s+){{0,2}}{BODY},?\s+|,?\s+ex[- ]"
    rf"|\s+(?:[–—|/@•·-]|//)\s+{THE}|/|\s*\t\s*|[ ])$"
)
_WORKS = regex.compile(
    r"(?i)^(?:,?\s+who\s+(?!met|visited|welcomed|asked|thanked|spoke|talked|left)[^.;:()]{0,60}?"
    r"(?:\s(?:for|at|with|of|in)|runs|leads|heads|manages|represents|joined|chairs|directs)"
    r"|,?\s+(?:a|an|our|the)\s+(?:\p{Ll}+\s+)?(?:guest|colleague|visitor|participant|delegate)s?"
    r"\s+(?:from|of|at)"
    r"|\s+(?:works|worked|has worked|comes|came|speaks|spoke|retires|retired|moved|is|was)"
    r"\s+(?:for|at|with|from)"
    r"|,?\s+(?:formerly|previously)\s+(?:of|with|at)"
    r"|\s+(?:has\s+|had\s+)?(?:manage[sd]|runs?|ran|leads?|led|head(?:s|ed)|represent(?:s|ed)|chair(?:s|ed)"
    r"|direct(?:s|ed)|coordinate[sd]|join(?:s|ed)|leaves|left|advise[sd]|found(?:s|ed)"
    r"|(?:takes|took) over)"
    rf"(?:\s[^.;:()]{{0,60}}?\s(?:at|of|for))?)\s+{THE}$"
)
_WHO = regex.compile(
    r"^,?\s+who\s+(?P<role>(?:heads|leads|runs|manages|directs|chairs|coordinates|oversees)\s+[^.;:()\n]{3,60}?)"
    rf"\s+(?:of|at|for)\s+{THE}$"
)
_IS = regex.compile(
    r"(?i)^\s+(?:is|was|has been|have been|became|becomes|is now|remains|as)\s+(?:(?:the|a|an|its)\s+)?"
    rf"(?:(?:new|current|acting|former)\s+)*(?P<role>[^.;:()\n]{{3,100}}?)\s+{_PREPOSITION}\s+{THE}$"
)
_AND_ROLE = regex.compile(rf"^\s+and\s+(?P<role>[^.;:()\n]{{3,80}}?)\s+{_PREPOSITION}\s+{THE}$")
_FORMERLY = regex.compile(
    r"(?i)^\s*(?:formerly|previously|ex|then|now|until \d{4})[\s-]+(?:of\s+|at\s+|with\s+)?$"
)
_AS_ROLE = regex.compile(
    r"(?:\s*\([^()]{1,60}\))?\s+as\s+(?:(?:its|their|the|a|an|new)\s+)*(?P<role>[^,.;:()\n]{3,60})"
)
# a role that ends before what the person does: "Ann Lee, deputy mayor, insists"
_ASIDE = regex.compile(
    r"(?P<role>[^,.;:()\n]{3,60}),\s+(?!(?:of|at|for|from|in|and|with|the|a|an|representing|both|all|who|as|but)\b)\p{Ll}"
)
_BY_BODY = regex.compile(rf"\s*,\s+{THE}$")
_OWNED = regex.compile(r"['’]s?\s(?P<role>[^,.;:()\n]{3,80})(?=[,.;:()\n]|$)")
_AND = regex.compile(r",\s+and\s")
_SECOND = regex.compile(r",\s+and\s+(?:an?|another|her|his|their)\s")
# what a post may be "of the": a part of the organisation, which belongs to the role
_OF_THE = regex.compile(
    r"\s(?:of|at) (?:the|a) "
    r"(?!(?:[\p{L}-]+ ){0,3}(?:department|division|unit|section|directorate|board|team|programme))"
)
_POSSESSIVE = regex.compile("['’]")
_BRACKET = regex.compile(r"^\s*,?\s*\(")
_APPOSITION = regex.compile(r"^(?:\s*,\s*|:\s+|\s*;\s*|\s+(?:[–—|/@-]|//)\s+|\s*\t\s*)(?=\S)")
_SEPARATOR = regex.compile(r"(?:[|/•·;\t]|//)\s*$")
_TAIL = regex.compile(
    r"(?:(?:\s*,|\s+[–—|-])\s+|\s+(?=\p{Lu}))([^,;.:()\n]{2,80})|\s*\((?P<bracket>[^()\n]{3,80})\)"
)


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
        elif match := _WHO.match(gap):
            yield Stated(person, first, match["role"], person.start, first.end, 0.7)
        elif (
            "\n" not in gap
            and (_BARE.match(gap) or _WORKS.match(gap))
            and not _POSSESSIVE.match(text, first.end)
        ):
            role_after = _AS_ROLE.match(text, first.end)
            role = clean(role_after["role"]) if role_after else None
            yield Stated(
                person, first, role, person.start, role_after.end() if role_after else first.end, 0.8
            )


def _and_role(text: str, person: Named, organisations: list[Named]) -> Iterator[Stated]:
    """The second post of "is President of A and Professor at B"."""
    for first, second in pairwise(organisations[:3]):
        match = _AND_ROLE.match(text[first.end : second.start])
        role = clean(match["role"]) if match else None
        if names_role(role):
            yield Stated(person, second, role, person.start, second.end, 0.8)


def _apposed(text: str, person: Named, organisations: list[Named], begin: int, limit: int) -> Stated | None:
    """What stands after a name and a comma or dash: role, organisation, or both in either order."""
    aside = _ASIDE.match(text, begin, limit)
    if aside and not any(o.start < aside.end() for o in organisations):
        limit = aside.end("role")
    if second := _SECOND.search(text, begin, limit):  # what follows is said of somebody else
        limit = second.start()
    stop = _clause_end(text, begin, limit, organisations)
    if text.startswith(":", stop) and _SEPARATOR.search(text, begin - 3, begin):
        return None  # the role of who stands behind the colon
    first = next((o for o in organisations if o.end <= stop and o.start - person.end <= MAX_GAP), None)
    if first and _BY_BODY.match(text[person.end : first.start]) and (owned := _OWNED.match(text, first.end)):
        role = clean(owned["role"])
        if names_role(role):  # "Ann Lee, the Agency's head of trade"
            return Stated(person, first, role, person.start, owned.end(), 0.8)
    if first and _BARE.match(text[person.end : first.start]):
        tail = _TAIL.match(text, first.end, limit)
        role = clean(tail["bracket"] or tail[1]) if tail else None
        if tail and names_role(role):
            return Stated(person, first, role, person.start, tail.end(), 0.75)
        return Stated(person, first, None, person.start, first.end, 0.75)
    if first and (role := before_organisation(text[begin : first.start])):
        return Stated(person, first, role, person.start, first.end, 0.85)
    closed = stop == len(text) or text[stop] in ",.;:()\n"  # else it belongs to the next person
    role = clean(_OF_THE.split(text[begin:stop])[0])
    bracketed = next((o for o in organisations if text[stop : o.start].strip() == "("), None)
    if bracketed and role and names_role(role):
        return Stated(person, bracketed, role, person.start, bracketed.end, 0.8)
    # nothing follows that could be the organisation
    last = aside or second or stop == len(text) or text[stop] in ").;\n" or _AND.match(text, stop)
    if role and ((closed and ends_in_role(role)) or (last and names_role(role))):
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
        role = None if _FORMERLY.match(gap) else before_organisation(gap)
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
