"""What spellings of a name have in common: case, accents, punctuation and alphabets taken away."""

import unicodedata
from functools import lru_cache

import regex
from rapidfuzz.distance import OSA

CACHE = 1 << 18  # distinct strings remembered; a corpus repeats the same names
# letters that Unicode does not take apart, and Greek and Cyrillic as passports write them
_LETTERS = str.maketrans(
    {
        **dict(zip("øłđðħŋıəςσ", "oldđhniəss", strict=True)),
        "đ": "d",
        "ð": "d",
        "ə": "e",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ß": "ss",
        **dict(zip("αβγδεζηικλμνξοπρτυφω", "avgdeziiklmnxoprtyfo", strict=True)),
        "θ": "th",
        "χ": "ch",
        "ψ": "ps",
        **dict(zip("абвгдеђзијклљмнњопрстћуфцџыіґєэ", "abvgdedzijkllmnnoprstcufccyigee", strict=True)),
        "ж": "zh",
        "х": "kh",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "a",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "ї": "yi",
        "ё": "e",
    }
)
_BETWEEN = regex.compile(r"[^\p{L}\p{N}&+]+")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ij", "y"))
SHORTEST = 5  # an acronym of four letters is not to lose one


@lru_cache(CACHE)
def fold(name: str) -> str:
    """A name without case, accents, punctuation and repeated spaces; what equal names share."""
    # compatibility forms first: a mathematical capital only has a lower case once it is a letter
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    bare = bare.replace("ου", "ou").translate(_LETTERS)
    return " ".join(_BETWEEN.sub(" ", bare).split())


@lru_cache(CACHE)
def loosen(word: str) -> str:
    """A folded word with "Müller" and "Mueller", "Århus" and "Aarhus" made one."""
    if len(word) >= SHORTEST:
        for two, one in _DIGRAPHS:
            word = word.replace(two, one)
    return word


def one_slip(a: str, b: str) -> bool:
    """Whether two long words differ by a letter added, lost, changed or swapped, not by their first."""
    if a[:1] != b[:1] or min(len(a), len(b)) < 7 or any(char.isdigit() for char in a + b):
        return False
    return int(OSA.distance(a, b, score_cutoff=1)) == 1
