"""What a person's name is made of, and whether two forms can be one person's."""

from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.nlp.forms import CACHE, fold, loosen, one_slip

TITLES = frozenset(
    "dr drs prof professor assoc doc docent univ med rer nat techn habil mr mrs ms miss mme mlle mgr herr"
    " frau sir dame lord lady ing eng mag dipl phd msc mba mep csc drsc judr mudr rndr phdr bc arch avv dott"
    " dottssa dssa sig sigra sra sr don dona hon he minister president mayor commissioner rector senator"
    " director chancellor father sister lic dra ir akad acad pan pani kyrios kyria".split()
)
_FEMALE = frozenset("ms mrs miss mme mlle frau dame lady sra dra pani sigra dottssa dssa".split())
_MALE = frozenset("mr herr sir lord sig pan".split())
_MALE_IN_A = frozenset(
    "luca andrea nikola mika juha jukka pekka ilya sasha nikita attila bela geza gyula zsiga"
    " kuba mattia elia joshua costa kosta danila miska sava vanja aca braca esa veikka jaska toma".split()
)
_TITLE = {
    "professor": "prof",
    "doc": "docent",
    "drs": "dr",
    "doctor": "dr",
    "mag": "mgr",
}  # written in two ways
_SUFFIXES = frozenset("jr junior snr senior ii iii iv".split())
_AFTER = frozenset("phd msc mba mep csc drsc esq obe mbe cbe frs".split())
# small words before a surname; they may be missing, and have capitals or none
_PARTICLES = frozenset(
    "van von der den de het ten ter te zu zum zur vom am af av di da do dos das del della delle dei degli"
    " du des la le les el al bin ben ibn y e i und et of o mac mc ni nic ui san st ap".split()
)
_TITLE_BEFORE = regex.compile(r"(?:(\p{L}+)\.?(?:-?(?:Ing|med|habil)\.?)*\s+)$")
_BESIDES = regex.compile(r"['’]s$|['’]$|\"[^\"]*\"|“[^”]*”|\([^)]*\)")
_APOSTROPHE = regex.compile(r"(?<=\p{L})['’](?=\p{L})")
_SPACE = regex.compile(r"\s+|(?<=\.)(?=\p{L})")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_INITIAL = regex.compile(r"(?:\p{Lu}\.-?)+")
# first names and what friends make of them, English above all; the texts are English
_SHORT = {
    short: full
    for full, shorts in {
        "thomas": "tom tomas", "katherine": "kate cathy kathy katharine catherine katie", "joseph": "joe",
        "william": "bill will", "michael": "mike mick", "robert": "bob rob", "elizabeth": "liz beth lizzie",
        "nicholas": "nick nicolas", "christopher": "chris", "james": "jim jimmy", "edward": "ed ted",
        "richard": "dick rick", "anthony": "tony", "daniel": "dan", "david": "dave", "samuel": "sam",
        "benjamin": "ben", "matthew": "matt", "stephen": "steve steven", "peter": "pete", "andrew": "andy",
        "margaret": "maggie meg", "jennifer": "jenny", "susan": "sue", "deborah": "debbie", "gregory": "greg",
        "jeffrey": "jeff", "philip": "phil", "timothy": "tim", "patrick": "pat paddy", "frederick": "fred",
    }.items()
    for short in shorts.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts: folded, given names first, without titles.

    ``words`` has no particles; hyphenated names count as two words; an initial is a word of
    one letter. ``key`` is equal for the same words in whatever order.
    """

    words: tuple[str, ...]
    key: str
    suffix: str
    written: int  # words as they are written, particles not counted
    has_particle: bool
    surname: tuple[str, ...]  # the last of the written words in parts
    is_full: bool  # whether it has a given name and a surname, written out

    @property
    def has_initials(self) -> bool:
        """Whether given names are initials: "A. Szabó"."""
        return self.written > 1 and not self.is_full

    @property
    def is_single(self) -> bool:
        """Whether it is one written word, a surname or a given name."""
        return self.written == 1


@lru_cache(CACHE)
def read_person(text: str) -> PersonName:
    """The parts of a person's name as it stands in a text."""
    text = _APOSTROPHE.sub("", _BESIDES.sub(" ", text.strip()).strip())
    before, comma, after = text.partition(",")
    words = _words(before)
    told = False  # whether capitals or a comma said which part is the surname
    tail = _words(after)
    if comma and tail and not all(fold(word) in _AFTER | _SUFFIXES for word in tail):
        words, told = tail + words, True
    elif comma:
        words = words + tail
    if not told:
        words = _surname_last(words)
        while len(words) > 1 and _INITIAL.fullmatch(words[-1]) and any(len(fold(w)) > 1 for w in words[:-1]):
            words = words[-1:] + words[:-1]  # "Szabó A.", "Kiss J. P."
    core: list[str] = []
    key: list[str] = []
    surname: list[str] = []
    suffix, written, particle, has_particle = "", 0, "", False
    for i, word in enumerate(words):
        plain = fold(word)
        if plain in _SUFFIXES and i:
            suffix = {"jr": "junior", "snr": "senior"}.get(plain, plain)
        elif (plain in _AFTER and i) or (plain in TITLES and not core and i < len(words) - 1):
            continue
        elif plain in _PARTICLES and not (len(plain) == 1 and word[0].isupper()) and i < len(words) - 1:
            particle = "of "
        else:
            parts = [loosen(part) for part in plain.split()]
            core += parts
            # "Chiara De Luca" is not "Luca De Chiara"
            surname = parts
            key += [f"{particle}{parts[0]}", *parts[1:]] if parts else []
            written, has_particle = written + 1, has_particle or bool(particle)
            particle = ""
    if not core:  # no letters, or nothing but titles
        core, key, written = [fold(text) or text], [fold(text) or text], 1
    whole = " ".join([*sorted(key), suffix]).strip()
    full = written > 1 and len(core[0]) > 1 and len(core[-1]) > 1
    return PersonName(tuple(core), whole, suffix, written, has_particle, tuple(surname), full)


def _words(text: str) -> list[str]:
    return [word for word in _SPACE.split(text) if _LETTER.search(word)]


def _surname_last(words: list[str]) -> list[str]:
    """ "SZABÓ Anna" as "Anna SZABÓ"; the capitals say which is the surname."""
    loud = [len(word) > 1 and word.isupper() and not word.endswith(".") for word in words]
    if not any(loud) or all(loud):
        return words
    first = loud.index(True)
    if first == 0 or all(fold(word) in _PARTICLES for word in words[:first]):
        last = len(loud) - 1 - loud[::-1].index(True)
        return words[last + 1 :] + words[: last + 1]
    return words


def may_be(given: str, gender: str) -> bool:
    """Whether a given name goes with a title, as far as its last letter tells."""
    female = given.endswith("a") and given not in _MALE_IN_A
    return female if gender == "f" else not female


def title_before(text: str, start: int) -> str:
    """The title, folded, that stands before a name; nothing where none does."""
    match = _TITLE_BEFORE.search(text[max(0, start - 24) : start])
    title = fold(match[1]) if match else ""
    return _TITLE.get(title, title) if title in TITLES else ""


def gender_of(title: str) -> str | None:
    """ "f" or "m" by a title, "-" for one that tells neither; None without."""
    if title in _FEMALE:
        return "f"
    if title in _MALE:
        return "m"
    return "-" if title else None


def _same_given(a: str, b: str) -> bool:
    return a == b or _SHORT.get(a, a) == _SHORT.get(b, b)


def match_people(short: PersonName, full: PersonName) -> tuple[str, float] | None:
    """Why two forms can be one person's (a word and a score), or None where they cannot.

    The second is the longer one. Surnames alone are not matched here.
    """
    if short.key == full.key or (short.words == full.words and short.suffix == full.suffix):
        return ("same", 1.0) if short.words == full.words else ("order", 0.97)
    if short.suffix != full.suffix or not short.words or not full.words:
        return None
    a, b = short.words, full.words
    if len(a) < 2 or len(b) < 2:
        return None
    if len(a) < len(b) and a == b[-len(a) :] and not short.has_initials and max(map(len, b[: -len(a)])) == 1:
        return "surname", 0.75  # "Teixeira Pinto", "J. Teixeira Pinto"
    if short.has_initials or full.has_initials or 1 in map(len, a[1:-1]):  # "Kirsten V. Holm"
        return _match_initials(a, b)
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        i = next(i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)
        if i == 0 and _same_given(a[0], b[0]):
            return "short name", 0.85
        if i == len(a) - 1 and one_slip(a[i], b[i]) and not _gendered(a[i], b[i]):
            return "spelling", 0.8
        return None
    if a == b[-len(a) :]:
        return "surname", 0.75
    if set(a) < set(b) and (a[0] == b[0] or a[0] == b[-1]):
        return "part of the name", 0.9 if a[-1] == b[-1] else 0.85
    if _same_given(a[0], b[0]) and set(a[1:]) < set(b[1:]):
        return "short name", 0.8
    return None


def _match_initials(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, float] | None:
    """ "A. Szabó" and "Anna Szabó", "J.-B. Etcheverry" and "Jean-Baptiste Etcheverry"."""
    if sum(map(len, a)) > sum(map(len, b)):
        a, b = b, a
    long_a = [word for word in a if len(word) > 1]
    rest = list(b)
    for word in long_a:
        if word not in rest:
            return None
        rest.remove(word)
    letters = [word for word in a if len(word) == 1]
    if not letters or not rest or (a[-1] not in (b[-1], b[0], b[min(1, len(b) - 1)]) and a[-1] not in b[1:]):
        return None
    position = 0
    for letter in letters:  # in the order of the names, the first among them
        while position < len(rest) and rest[position][:1] != letter:
            position += 1
            if letter == letters[0]:
                return None
        if position == len(rest):
            return None
        position += 1
    return "initials", 0.9


def short_form(a: PersonName, b: PersonName) -> bool:
    """Whether two full names can have a given name and its pet form: "Nikos" and "Nikolaos".

    That needs evidence besides. Dragan and Dragana are two: their endings tell.
    """
    if a.surname != b.surname or len(a.words) != len(b.words) or a.suffix != b.suffix:
        return False
    one, two = a.words[0], b.words[0]
    start = 2 if len(a.surname) > 1 else 3  # few share a double surname
    return (
        one[:start] == two[:start]
        and min(len(one), len(two)) > start
        and (one[-1] == "a") == (two[-1] == "a")
    )


def _gendered(a: str, b: str) -> bool:
    """Whether two surnames are a man's and a woman's of one family."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short[:-1]) and len(long) - len(short) <= 3 and long[-1] in "aue" and long != short


def surname_parts(name: PersonName) -> frozenset[str]:
    """The words of a full name that may stand for the person alone, given names left out."""
    return frozenset(name.words[1:])


def personal_initials(text: str) -> frozenset[str]:
    """What minutes may call a person after "Lars-Erik Wallgren (LEW)", in capitals: LEW, LW.

    The given names and surnames with or without particles, halves of a hyphen and inner capitals.
    """
    words = [word for word in regex.split(r"[\s,]+", text) if _LETTER.search(word)]
    core = [word for word in words if fold(word) not in _PARTICLES] or words
    ways = (words, core, [*core[:1], *core[-1:]])
    parts = [[part for word in way for part in word.split("-") if part] for way in ways]
    found = {"".join(fold(word)[:1] for word in way).upper() for way in (*ways, *parts)}
    found.add(fold("".join(char for char in text if char.isupper())).upper())  # McGettigan, O'Hara
    return frozenset(initials for initials in found if len(initials) > 1)
