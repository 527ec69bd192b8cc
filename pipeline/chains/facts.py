"""What a document says beside its people that tells namesakes apart: organisations and countries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from pipeline.records import Mention

NEAR = 150  # characters from a name within which the text says that there are two of it
_TWO = regex.compile(
    r"namesake|(?:same|that|of one|identical|shar(?:es?|ing)(?:\s\p{Ll}+){0,2}) names?\b|confuse"
    r"|mix(?:ed)? up|the other one\b|\bunrelated\b|\bnot? (?:a )?relat(?:ion|ives?|ed)\b",
    regex.IGNORECASE,
)
_OWNER = regex.compile(r"\b(?:the|our|its)\s+(\p{Ll}+)['’]s?\s+$", regex.IGNORECASE)
_OF = regex.compile(r"(?:\s\(\p{Lu}{2}\))?,?\s(?:of|from|at)\s(?:the\s)?(?:\p{Lu}\p{Ll}+\s)?")
_OTHER = regex.compile(r"\b(?:other|second|another)\s+[\"“„'‘«]?$")
_HINT = regex.compile(r"\b(?:other|second|another|as well|too)\b")
_TOO = regex.compile(r"[\"”’'»]?\s+(?:as well|too)\b")
_CALLED = regex.compile(r"\b(?:called|named|known as|abbreviated)\s+(?:the\s+)?[\"“„'‘«]?$")
_AND = regex.compile(r"[\"”’'»]?,?\s+(?:and|or|nor|from)\s+[\"“„'‘«]?(?:the\s+(?:\p{L}+\s+)?)?[\"“„'‘«]?")
_LABEL = regex.compile(r"[\s\p{P}\d]*")  # a bullet or a number
_DASH = regex.compile(r"[^.!?–—]{0,40}\s[–—-]\s(?:\p{L}{1,5}\.?\s)*")
_CELL = regex.compile(r"[;|\t]")


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands beside one mention of a person; ``bodies`` are roots of chains."""

    bodies: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    apart: bool = False  # the text says near it that there are two of the name


@dataclass(slots=True)
class Known:
    """What the mentions of one person taken together say, and which of them was the last."""

    last: int
    bodies: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    apart: bool = False

    def add(self, i: int, fact: Fact) -> None:
        """Take a mention's facts in."""
        self.last = i
        self.bodies |= fact.bodies
        self.countries |= fact.countries
        self.apart = self.apart or fact.apart

    def agrees(self, i: int, fact: Fact, *, full: bool = False) -> int:
        """3 and 1 for a shared organisation or country, -1 where a mention is of somebody else, 0 else.

        A ``full`` name given again is somebody else's if two of three hold: it comes with another
        organisation, the text says that there are two, nobody has been named between.
        """
        if self.bodies & fact.bodies:
            return 3
        if self.countries and fact.countries and not self.countries & fact.countries:
            return -1
        if self.countries & fact.countries and not (self.bodies and fact.bodies):
            return 1
        signs = (fact.apart or self.apart) + (self.last == i - 1) + bool(self.bodies and fact.bodies)
        if full and signs > 1:
            return -1
        return 0


def facts_of(
    text: str,
    people: list[Mention],
    bodies: Mapping[str, set[str]],
    heads: Mapping[str, set[str]],
    countries: Mapping[str, set[str]],
) -> list[Fact]:
    """The facts beside every mention of a person.

    ``bodies`` has the organisations that mentions are stated to belong to, ``heads`` those of
    every kind ("the chamber's Popova"), ``countries`` the codes of mentions and organisations.
    """
    twos = [match.start() for match in _TWO.finditer(text)]
    found = []
    for mention in people:
        before = text[max(0, mention.start - 30) : mention.start]
        own = set(bodies.get(mention.mention_id, ()))
        if not own and (match := _OWNER.search(before)):
            own |= heads.get(match[1].casefold(), set())
        codes = set(countries.get(mention.mention_id, ()))
        if not codes:
            codes = {code for body in own for code in countries.get(body, ())}
        apart = any(-NEAR < two - mention.start < NEAR for two in twos)
        found.append(Fact(frozenset(own), frozenset(codes), apart))
    return found


def others(text: str, mentions: list[Mention], keys: list[str]) -> set[int]:
    """Positions of mentions that the text sets against the one of that name before them.

    "The other AIT", "a second Weber", "is called ADI as well", "the ADI and the ADI".
    """
    found = set()
    hinted = _HINT.search(text)
    for i, mention in enumerate(mentions):
        if not hinted and not (i and keys[i] == keys[i - 1]):
            continue
        before = text[max(0, mention.start - 30) : mention.start]
        other = _OTHER.search(before) or (_CALLED.search(before) and _TOO.match(text, mention.end))
        if not other and i and keys[i] == keys[i - 1]:
            other = _AND.fullmatch(text[mentions[i - 1].end : mention.start])
        if other:
            found.add(i)
    return found


def stated_beside(text: str, mentions: list[Mention]) -> Iterable[tuple[str, str]]:
    """(person, organisation) with a country between: "Ann Lee (BE) of VLAIO", "of the Belgian VLAIO"."""
    for first, second in pairwise(mentions):
        if (
            first.label == "PERSON"
            and second.label == "ORG"
            and _OF.fullmatch(text[first.end : second.start])
        ):
            yield first.mention_id, second.mention_id


def stated_in_rows(text: str, mentions: list[Mention]) -> Iterable[tuple[str, str]]:
    """(person, organisation) of lines that are a row of a list: "Lee, Ann; buyer; VLAIO; BE"."""
    lines: dict[int, list[Mention]] = {}
    for mention in mentions:
        lines.setdefault(text.rfind("\n", 0, mention.start), []).append(mention)
    for start, own in lines.items():
        end = text.find("\n", start + 1)
        people = [mention for mention in own if mention.label == "PERSON"]
        line = text[start + 1 : end if end > start else len(text)]
        if len(people) == 1 and own[-1] is people[0] and _LABEL.fullmatch(text[start + 1 : own[0].start]):
            gap = text[own[-2].end : people[0].start] if len(own) > 1 else ""
            if _DASH.fullmatch(gap):
                yield people[0].mention_id, own[0].mention_id  # "VLAIO (AIO), Belgium – Ann Lee"
        if len(own) == 2 and own[1:] == people and text[: own[1].start].rstrip().endswith(":"):
            yield own[1].mention_id, own[0].mention_id  # "VLAIO, Brussels. Contact: Ann Lee"
        if len(people) == 1 and own[0] is people[0] and len(_CELL.findall(line)) > 1:
            for mention in own[1:]:
                if _CELL.search(text[people[0].end : mention.start]):
                    yield people[0].mention_id, mention.mention_id
