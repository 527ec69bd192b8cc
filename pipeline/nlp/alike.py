"""Whether two names can be one organisation's: acronyms, shorter names, slips of the pen."""

from functools import lru_cache

import regex
from rapidfuzz.distance import OSA

from pipeline.nlp.bodies import BodyName
from pipeline.nlp.forms import CACHE, fold, loosen, one_slip
from pipeline.nlp.kinds import BY_FIELD, FIELDS, HEADS, OPPOSED, SMALL, SUB_BODIES, TAILS
from pipeline.nlp.places import is_place, is_state


def expands(short: BodyName, full: BodyName) -> bool:
    """Whether a part of the first is an acronym of the rest of the second: "TU Split", "North-West RDA"."""
    if len(short.words) < 2 or len(full.words) < len(short.words) + (not short.acronym):
        return False  # "CCDR-N" is CCDR Norte
    rest = _rest(tuple(word for word in short.words if word in full.words), full.words)
    others = [word for word in short.words if word not in full.words]
    if not rest or len(others) != 1:
        return False
    initials, last = "".join(word[0] for word in rest), others[0]
    if last == initials or (len(last) > 2 and last == initials[::-1]):
        return True  # "ADR" is RDA: Romance languages turn the words round
    # the initials of one long word: "NÖ LGA"
    return (
        2 < len(last) < 6
        and last not in FIELDS
        and last not in HEADS
        and spells(last, " ".join(rest), whole=True)
    )


def spells_university(acronym: str, full: BodyName) -> bool:
    """Whether the first is "UGent" or "UniBas" of a university of that town."""
    match = regex.fullmatch(r"(?:uni|u|tu)i?(\p{L}{3,})", acronym)
    if match is None or "university" not in full.words:
        return False
    rest = loosen(match[1])
    return any(word.startswith(rest) or OSA.distance(word, rest) <= 1 < len(rest) - 1 for word in full.words)


def spells(acronym: str, text: str, *, whole: bool = False) -> bool:
    """Whether an acronym can be read off a name: each letter begins a word or goes on in one that it began.

    "TUIASI" is the Technical University of Iași, whatever it leaves out before; of the words
    between, it leaves out fewer than it takes, and none
    if it is to take the ``whole``: "GAIN" is read off Galician Institute for Economic Promotion too.
    """
    words = [word for word in fold(text).split() if word not in SMALL]
    letters = "".join(char for char in acronym if char.isalpha())
    return bool(letters) and any(
        word[0] == letters[0] and _reads(letters, tuple(words[i:]), whole=whole)
        for i, word in enumerate(words)
    )


@lru_cache(CACHE)
def _reads(letters: str, words: tuple[str, ...], *, whole: bool) -> bool:
    """Whether letters can be taken from the words in order, some from each, no more than half left out."""
    most = 0 if whole else len(words)
    states = {(0, 0)}  # letters taken, words left out
    for word in words:
        following = {(taken, left + 1) for taken, left in states if left * 2 < most}
        for taken, left in states:
            if taken < len(letters) and word[0] == letters[taken]:
                position = 0
                while taken < len(letters) and (found := word.find(letters[taken], position)) >= 0:
                    taken, position = taken + 1, found + 1
                    following.add((taken, left))
        states = following
    return any(taken == len(letters) and left * 2 <= most for taken, left in states)


def shortens(short: BodyName, full: BodyName) -> tuple[str, float] | None:
    """Why the first can be a shorter name of the second in a text that has both; None where not.

    The caller sees to it that there is only one such second.
    """
    a, b = short.words, full.words
    if not a or len(a) >= len(b) or (short.acronym and (full.acronym or len(short.acronym) < 3)):
        return None
    if len(a) > 1 and BY_FIELD.intersection(a) and set(b[len(a) :]) & FIELDS and a == b[: len(a)]:
        return None  # "Ministry of Agriculture" and "Ministry of Agriculture, Fisheries and Food" are of two
    if a == full.title and not (short.has_head and set(b[len(a) :]) & SUB_BODIES - set(a)):
        return "title of the name", 0.9
    if short.is_head:
        return ("kind of body", 0.7) if a[0] in (b[0], b[-1]) or a[0] in b else None
    place = is_place(" ".join(a))
    rest = _rest(a, b)
    if rest is None or place:
        return None
    if short.acronym and a == b[:1] and _describes(rest):
        return "acronym before the name", 0.85
    if set(rest) & OPPOSED or any(char.isdigit() for word in rest for char in word):
        return None
    where = " ".join(rest)
    if is_place(where) or all(is_place(word) for word in rest):
        daughter = (short.is_legal or full.is_legal) and not short.has_head and any(map(is_state, rest))
        return None if daughter else ("without place", 0.85)  # "ArcelorMittal Belgium N.V."
    if (short.has_head or short.acronym) and set(rest) & SUB_BODIES:
        return None
    if all(word in TAILS for word in rest):
        return "without kind", 0.85
    if short.is_legal or (short.acronym and a == b[:1]):  # of a subsidiary: "PPC" and "PPC Renewables"
        return None
    if not short.has_head and (a == b[: len(a)] or a == b[-len(a) :]):
        return None if set(rest) & SUB_BODIES else ("part of the name", 0.8)
    if not short.has_head and len(a) == 1 and len(a[0]) > 4 and _distinct(a):
        return "word of the name", 0.72
    if a == b[: len(a)] and len(a) > 1:
        return "beginning of the name", 0.7
    if a == b[-len(a) :] and len(a) > 2 and not short.is_generic and len(rest) in (1, _distinct(rest)):
        return "end of the name", 0.75  # "Technical University of X", which bears a founder's name too
    if (
        a[-1] == b[-1]
        and a[0] == b[0]
        and short.has_head
        and _distinct(a)
        and not (_distinct(rest) or set(a) & BY_FIELD)
    ):
        return "without field", 0.75  # "North-East Agency"
    if (
        len(a) == 2
        and short.has_head
        and not short.is_generic
        and a[0] != a[1]
        and _distinct(rest) == len(rest)
    ):
        return "words of the name", 0.72
    if a == b[-len(a) :] and len(a) > 1 and short.is_generic:
        return "end of the name", 0.7
    if short.is_generic and len(a) > 1 and set(a) < set(b) and a[-1] == b[-1]:
        return "words of the name", 0.65
    return None


def _describes(rest: tuple[str, ...]) -> bool:
    """Whether words behind an acronym say what and where it is: "Technical Research Centre of Finland"."""
    kind = any(word in HEADS for word in rest) and rest[0] not in SUB_BODIES
    return kind and any(is_place(word) for word in rest)


def _distinct(words: tuple[str, ...]) -> int:
    """How many words name no kind of body and no field."""
    return sum(word not in HEADS and word not in FIELDS for word in words)


def misspelt(a: BodyName, b: BodyName) -> bool:
    """Whether one slip of the pen in one long word is all that parts two names."""
    if len(a.words) != len(b.words) or a.acronym or b.acronym:
        return False
    rest_a = [word for word in a.words if word not in b.words]
    rest_b = [word for word in b.words if word not in a.words]
    if len(rest_a) != 1 or len(rest_b) != 1 or (is_place(rest_a[0]) and is_place(rest_b[0])):
        return False
    return rest_a[0] not in OPPOSED and one_slip(rest_a[0], rest_b[0])


def _rest(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...] | None:
    """The words of the longer name that the shorter has not; None if it has others or another order."""
    rest, wanted = [], list(a)
    for word in b:
        if wanted and word == wanted[0]:
            wanted.pop(0)
        else:
            rest.append(word)
    if wanted:  # "Tartu University" of "University of Tartu Observatory": any order
        counts = list(b)
        for word in a:
            if word not in counts:
                return None
            counts.remove(word)
        return tuple(counts)
    return tuple(rest)
