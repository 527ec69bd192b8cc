"""What an organisation's name is made of: core words, acronym, initials, what kind of body it is."""

from dataclasses import dataclass
from functools import cache, lru_cache

import regex
from cleanco.termdata import terms_by_country, terms_by_type

from pipeline.nlp.forms import CACHE, fold, loosen
from pipeline.nlp.kinds import CITIES, COMPASS, FIELDS, HEADS, REGIONS, SAME, SMALL
from pipeline.nlp.places import is_place, is_state, main_names, with_slovak
from pipeline.nlp.tongues import in_english

_ACRONYM = regex.compile(
    r"\p{Lu}{2,4}/\p{Ll}|\p{Lu}[\p{Lu}\p{N}&+./-]{1,11}|\p{L}{1,6}\p{Lu}{1,6}\p{L}{0,3}(?:-\p{Lu}{2,6})?"
)
_SHORT = {  # before a town
    "tu": "university technology", "uni": "university", "ukc": "university medical centre",
    "umc": "university medical centre",
}  # fmt: skip
_OF_STATE = regex.compile(r"(\p{Lu}\p{Ll}{3,})\s(\p{Lu}{2,6})")
_UNIVERSITY = regex.compile(r"(?:U|Uni)(\p{Lu}\p{Ll}{2,})")
_STATES = ("republic", "kingdom", "republika", "republike", "sr", "cr", "rp")  # beside a state's name
_APOSTROPHE = regex.compile(r"['’]s$|['’]$|(?<=\p{L})['’](?=\p{L})")
_ELISION = regex.compile(
    r"(?<=\b(?:[dl]|dell|dall|nell|all|sull))['’](?=\p{L})", regex.IGNORECASE
)  # "d'Innovation"
_SUBTITLE = regex.compile(r"(?<=\p{L}{5})\.\s|[:,|]\s|\s[–—|-]\s|\s/\s")
_BRACKETED = regex.compile(r"^(.{4,}?)\s*\(([^()]{2,30})\)$")


@dataclass(frozen=True, slots=True)
class BodyName:
    """An organisation's name in parts: folded, without legal form, articles and small words.

    ``words`` keep their order; ``key`` is equal for the same words in whatever order;
    ``initials`` are the acronyms that the words would give. ``acronym`` is set where the
    name itself looks like one.
    """

    words: tuple[str, ...]
    key: str
    acronym: str
    initials: frozenset[str]
    title: tuple[str, ...]  # the words up to the first full stop, colon, dash or comma
    bracketed: str  # what stands in brackets at the end of the name
    is_legal: bool = False  # whether it has a legal form, as names in full do

    @property
    def is_generic(self) -> bool:
        """Whether many countries or towns have a body of this name."""
        return all(word in HEADS or word in FIELDS for word in self.words)

    @property
    def is_head(self) -> bool:
        """Whether it is one word for a kind of body: "the Agency"."""
        return len(self.words) == 1 and self.words[0] in HEADS

    @property
    def has_head(self) -> bool:
        """Whether it says what kind of body it is."""
        return any(word in HEADS for word in self.words)


@cache
def _legal_forms() -> frozenset[str]:
    terms = {
        term for source in (terms_by_type, terms_by_country) for terms in source.values() for term in terms
    }
    more = (
        "státní podnik;z. s.;zs;z.o.o.;e. v.;o.p.s.;ry;rf;nonprofit kft;nonprofit zrt;scarl;scrl;aisbl;asbl"
    )
    more += ";ivzw;amba;clg;dac;gmbh und co kg;mbh;ike;kgaa;hf;s l u;slu;seu;cic;fmba;bv;nv;oy ab"
    more += ";příspěvková organizace;se & co kg;se + co kg;gmbh + co kg;ag & co kg;ag & co kgaa"
    joined = {fold(term).replace(" ", "") for term in (*terms, *more.split(";"))}
    return frozenset(
        joined - {"at", "uk", "co", "company", "corporation", "pt", "nl", "ok", "private", "bl"} - {""}
    )


def _without_legal_form(words: list[str]) -> list[str]:
    forms = _legal_forms()
    while len(words) > 1:
        for size in range(min(5, len(words) - 1), 0, -1):
            if "".join(words[-size:]) in forms:
                words = words[:-size]
                break
        else:
            break
    if len(words) > 1 and words[0] in ("uab", "sia", "ooo", "zao", "tov", "ab", "oy"):
        words = words[1:]
    return words


@lru_cache(CACHE)
def read_body(text: str) -> BodyName:
    """The parts of an organisation's name as it stands in a text."""
    text = " ".join(text.split())
    bracketed = ""
    if match := _BRACKETED.match(text):
        text, bracketed = match[1], match[2]
    bare = _APOSTROPHE.sub("", _ELISION.sub(" ", text) if "'" in text or "’" in text else text)
    if (match := _OF_STATE.fullmatch(bare)) and is_state(fold(match[1])):
        bare = match[2]  # "the Irish AIT"
    if (match := _UNIVERSITY.fullmatch(bare)) and is_place(fold(match[1])):
        bare = f"University {match[1]}"  # "UGent"
    words = _core(bare)
    before = _SUBTITLE.split(bare, maxsplit=1)[0]
    title = words if before == bare else _core(before)
    acronym, initials = "", _initials(bare)
    if len(words) == 1 and fold(first := bare.split(" ")[0]) == words[0]:
        bare = first  # "SINTEF AS"
    if _ACRONYM.fullmatch(bare) and not (bare.isupper() and sum(map(str.isalpha, bare)) > 6):
        acronym = fold(bare).replace(" ", "")
    key = " ".join(sorted(map(loosen, words)))
    if len(words) > 1:  # "Istarska razvojna agencija" is IDA
        initials |= {"".join(word[0] for word in words)}
    folded = fold(text).split()
    return BodyName(
        words, key, acronym, initials, title, bracketed, len(_without_legal_form(folded)) < len(folded)
    )


def _core(text: str) -> tuple[str, ...]:
    folded = fold(with_slovak(text)).split()
    words = _without_legal_form(folded)
    core = [word for word in words if word not in SMALL] or words or folded or [text]
    if len(core) == 1 and len(words) == 2 and len(words[1]) == 1 and "-" in text:
        core = words  # "CCDR-A"
    if len(core) > 1:
        core = [_SHORT.get(word, word) for word in core]
    found = [in_english(SAME.get(word, word)) for word in core]
    found = " ".join(found).split()
    public = any(word in HEADS for word in found)
    found = [loosen(word) for word in main_names(found, public=public)]
    found = [COMPASS.get(word, word) for word in found]
    rest = [word for word in found if word not in _STATES]
    if len(rest) > 1 and (any(map(is_state, rest)) or all(word in HEADS or word in FIELDS for word in rest)):
        found = rest  # "of the Republic of Moldova", "Ministerstvo dopravy SR"
    if "municipal" in found and (office := {"chamber", "council", "office"}.intersection(found)):
        # "Câmara Municipal do Porto"
        found = ["municipality" if word == "municipal" else word for word in found if word not in office]
    if "university" in found:  # "Technical University of X" and "X University of Technology" translate alike
        found = ["technology" if word == "technical" else word for word in found]
    if len(found) == 2:
        for kinds, kind in ((CITIES, "municipality"), (REGIONS, "region")):
            # the City of X and the Municipality of X sign alike, and so do regions
            if not kinds.isdisjoint(found) and (kind != "region" or any(map(is_place, found))):
                found = [kind if word in kinds else word for word in found]
    return tuple(found)


def without_state(name: BodyName) -> str:
    """The key of a name without its state: "Slovak Ministry of Economy" as "economy ministry".

    A ministry loses its town too: no state has two of one name.
    """
    ministry = "ministry" in name.words
    words = [
        word
        for word in name.words
        if not (is_state(word) or word in _STATES or (ministry and word not in FIELDS and is_place(word)))
    ]
    return " ".join(sorted(words))


def _initials(text: str) -> frozenset[str]:
    """The acronyms that a name's first letters give, with and without its small words."""
    words = fold(text).split()
    if len(words) < 2:
        return frozenset()
    kept = _without_legal_form(words)
    some = [[w for w in chosen if w not in SMALL] for chosen in (words, kept)]
    found = {"".join(word[0] for word in chosen) for chosen in (words, kept, *some)}
    long = [w for w in some[1] if w]
    if len(long) > 1 and is_place(long[-1]):  # "Odense University Hospital, Odense"
        found.add("".join(word[0] for word in long[:-1]))
    return frozenset(name for name in found if len(name) > 1)
