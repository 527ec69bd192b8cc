"""Who holds which role in which organisation, from the names found in a passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline.nlp.countries import Country
from pipeline.nlp.recogniser import Named

MAX_GAP = 170  # characters between a person and an organisation; roles are shorter
MAX_ROLE_WORDS = 14

# nouns that end the name of a role; before them stand what the role is about, after them of what
_NOUN = (
    r"(?:(?:vice|deputy|co|ex|sub|under|pro)-?)?(?:director|director[- ]general|head|manager|president|chief"
    r"|chair(?:man|woman|person)?|officer|coordinator|co-ordinator|minister|secretary|mayor|professor|lecturer"
    r"|researcher|scientist|fellow|advis[eo]r|expert|engineer|consultant|analyst|founder|owner|partner|leader|lead"
    r"|specialist|spokes(?:man|woman|person)|commissioner|councillor|counsellor|governor|rector|dean|lawyer|nurse"
    r"|doctor|strategist|buyer|purchaser|economist|ceo|cto|cfo|coo|cio|member|representative|delegate|ambassador"
    r"|attach[ée]|editor|journalist|reporter|assistant|agent|associate|auditor|broker|facilitator|moderator|trainer"
    r"|mentor|coach|technician|technologist|executive|rapporteur|mep|senator|treasurer|board|responsible|team"
    r"|architect|designer|developer|planner|inspector|principal|trainee|intern|curator|librarian|physician|surgeon"
    r"|therapist|entrepreneur|investor|accountant|evaluator|policymaker|administrator)s?"
)
_ENDS_IN_NOUN = regex.compile(rf"(?i)\b{_NOUN}$")
_HOLDS_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){_NOUN}(?!\p{{L}})")
_VERB = regex.compile(
    r"(?i)\b(?:is|was|were|are|be|been|has|have|had|will|would|can|could|said|says|who|which|that|whom|met|presented|opened|spoke"
    r"|welcomed|explained|told|joined|visited|thanked|asked|showed|described|argued|added|noted|formerly|guest|then|but|while)\b"
)
_THE = r"(?:the\s+|The\s+|our\s+|its\s+)?"
_JOIN = regex.compile(
    rf"(?:\s+(?:at|of|for|with|from|in|to|on behalf of|representing)|\s*[,;|/]|\s+[–—-])\s+{_THE}$"
)
_BARE = regex.compile(
    rf"^(?:,?\s+(?:from|of|at|with|representing|on behalf of)\s+{_THE}|\s*,\s*{_THE}|\s+[–—|-]\s+{_THE}"
    r"|\s*\t\s*)$"
)
_WORKS = regex.compile(
    r"(?i)^,?\s+(?:who|has|had|is|was)?\s*(?:has|had)?\s*(?:worked|works|working|employed|runs|leads|heads|manages|managing|represents"
    rf"|representing|joined)\b[^.;:()]{{0,40}}?(?:\s(?:at|for|with|in|by))?\s+{_THE}$|^\s+(?:manages|runs|leads|heads|represents)\s+{_THE}$"
)
_REPRESENTED = regex.compile(
    r"(?i)^,?\s+(?:\(\s*)?(?:represented by|through|in the person of)\s+(?:its\s+)?$"
)
_BRACKET = regex.compile(r"^\s*,?\s*\(")
_APPOSITION = regex.compile(r"^(?:\s*,\s+|\s+[–—|-]\s+|\s*\t\s*)(?=\S)")
# what may stand before a role and is no part of it
_SMALL = frozenset(
    "the a an our its their his her by with and to of from for as when while said whose".split()
)
_TAIL = regex.compile(r"(?:\s*,|\s+[–—|-])\s+([^,;.()\n]{2,80})")
_CLEAN = regex.compile(r"^(?:and\s+|as\s+|also\s+|the\s+|our\s+|a\s+|an\s+|its\s+)+")


@dataclass(frozen=True, slots=True)
class Stated:
    """An affiliation in a passage: places in ``names``, the role's text, the evidence's place."""

    person: Named
    organisation: Named | None
    role: str | None
    start: int
    end: int
    score: float


def find_affiliations(text: str, names: Sequence[Named | Country]) -> list[Stated]:
    """The affiliations that a passage states of the people found in it, in order.

    Roles are verbatim, without the organisation. An organisation belongs to the person named
    last before it, unless the text says otherwise ("VLAIO's director Ann Lee").
    """
    people = [name for name in names if isinstance(name, Named) and name.label == "PERSON"]
    organisations = [name for name in names if isinstance(name, Named) and name.label == "ORG"]
    found: list[Stated] = []
    for person, following in pairwise([*people, None]):
        assert person is not None
        limit = following.start if following else len(text)
        after = [o for o in organisations if person.end <= o.start and o.end <= limit]
        before = [o for o in organisations if o.end <= person.start]
        stated = list(_after(text, person, after, limit))
        stated = stated or list(_before(text, person, before, people))
        found.extend(stated)
    return _shared(text, people, found)


def _after(text: str, person: Named, organisations: list[Named], limit: int) -> Iterator[Stated]:
    rest = text[person.end : min(limit, person.end + 2 * MAX_GAP)]
    if bracket := _BRACKET.match(rest):
        inside = person.end + bracket.end()
        close = _closing(text, inside)
        if close is not None:
            within = [o for o in organisations if o.end <= close]
            yield from _bracketed(text, person, within, inside, close)
            return
    if apposition := _APPOSITION.match(rest):
        begin = person.end + apposition.end()
        stop = _clause_end(text, begin, limit, organisations)
        within = [o for o in organisations if o.end <= stop]
        if within and within[0].start - person.end <= MAX_GAP:
            first = within[0]
            if _BARE.match(text[person.end : first.start]):
                tail = _TAIL.match(text, first.end, limit)
                role = _role(tail[1]) if tail else None
                if tail and role and _HOLDS_NOUN.search(role):
                    yield Stated(person, first, role, person.start, tail.end(), 0.75)
                else:
                    yield Stated(person, first, None, person.start, first.end, 0.75)
                return
            role = _role_before(text[begin : first.start])
            if role:
                yield Stated(person, first, role, person.start, first.end, 0.85)
                return
        role = _role(text[begin:stop].split(" of the ")[0])
        if role and _ENDS_IN_NOUN.search(role) and not any(o.start < stop for o in within):
            yield Stated(person, None, role, person.start, begin + len(role), 0.6)
            return
    if organisations:
        first = organisations[0]
        gap = text[person.end : first.start]
        if len(gap) <= MAX_GAP and "\n" not in gap.strip(" ") and (_BARE.match(gap) or _WORKS.match(gap)):
            yield Stated(person, first, None, person.start, first.end, 0.8)


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
        role = _role(text[inside:close].split(";")[0])
        if role and _HOLDS_NOUN.search(role):
            yield Stated(person, None, role, person.start, close + 1, 0.7)
        return
    position = inside
    for i, organisation in enumerate(organisations):
        gap = text[position : organisation.start]
        if i and regex.fullmatch(r"\s*\(?\s*", gap):  # an acronym in brackets after the full name
            position = organisation.end
            continue
        role = _role_before(gap)
        after = text[organisation.end : organisations[i + 1].start if i + 1 < len(organisations) else close]
        if role is None and i == 0 and (tail := regex.match(r"\s*[,;–—|-]\s*(.+)$", after)):
            candidate = _role(tail[1])
            role = candidate if candidate and _HOLDS_NOUN.search(candidate) else None
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
        if char in "\n;:()" or (char == "." and regex.match(r"\.(?:\s|$)", text[i:])):
            return i
        if char == "," and (seen or not any(o.start > i for o in organisations)):
            return i
    return min(limit, len(text))


def _role_before(gap: str) -> str | None:
    """The role in the text before an organisation, without what joins the two."""
    joined = _JOIN.search(gap)
    return _role(gap[: joined.start()]) if joined else None


def _role(text: str) -> str | None:
    role = _CLEAN.sub("", text.strip(" ,;:–—|/\t-.")).strip()
    if not regex.search(r"\p{L}{2}", role) or len(role.split()) > MAX_ROLE_WORDS or "\n" in role:
        return None
    return None if _VERB.search(role) else role


_PREMODIFIER = regex.compile(
    rf"(?i)((?:[\p{{L}}&'’-]+\s+(?:(?:of|for|and)\s+)?){{0,5}}{_NOUN})\s+(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs|Ing)\.?\s+)*$"
)


def _before(text: str, person: Named, organisations: list[Named], people: list[Named]) -> Iterator[Stated]:
    """A role or an organisation that stands before the name: "VLAIO's director Ann Lee"."""
    floor = max([p.end for p in people if p.end <= person.start], default=0)
    near = [o for o in organisations if o.start >= floor and person.start - o.end <= 80]
    last = near[-1] if near else None
    gap = text[last.end : person.start] if last else ""
    if last and _REPRESENTED.match(gap):
        yield Stated(person, last, None, last.start, person.end, 0.8)
        return
    window = text[max(floor, last.end if last else 0, person.start - 80) : person.start]
    window = regex.split(r"[.;:()\n,]", window)[-1]
    match = _PREMODIFIER.search(window)
    if not match:
        return
    role = regex.sub(r"^(?:['’]s?\s+|\P{L}+)", "", match[1])
    words = role.split()
    capitals = any(word[:1].isupper() for word in words[1:])
    while len(words) > 1 and (words[0].lower() in _SMALL or (capitals and words[0].islower())):
        words = words[1:]
    role = " ".join(words)
    start = text.rfind(role, 0, person.start)
    if start < 0 or _VERB.search(role):
        return
    between = text[last.end : start] if last else None
    owner = last if between is not None and regex.fullmatch(r"(?:['’]s?)?\s+", between) else None
    yield Stated(person, owner, role, owner.start if owner else start, person.end, 0.7 if owner else 0.6)


def _shared(text: str, people: list[Named], found: list[Stated]) -> list[Stated]:
    """Give "Ann Lee and Jo Ek from VLAIO" an affiliation each."""
    by_person = {stated.person: stated for stated in found}
    extra: list[Stated] = []
    for first, second in pairwise(people):
        stated = by_person.get(second)
        gap = text[first.end : second.start]
        if (
            first not in by_person
            and stated
            and stated.organisation
            and stated.role is None
            and stated.organisation.start > second.end
            and regex.fullmatch(r"\s*(?:,|and|&|,\s*and)\s+(?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)*", gap)
            and regex.match(r",?\s+(?:from|of|both)", text[second.end : stated.organisation.start])
        ):
            extra.append(Stated(first, stated.organisation, None, first.start, stated.end, 0.6))
    return sorted([*found, *extra], key=lambda s: (s.person.start, s.start))
