"""Two names of one organisation side by side: brackets, "or", "known as", "in English"."""

from collections import Counter
from collections.abc import Iterator

import regex

from pipeline.nlp.alike import spells, spells_university
from pipeline.nlp.bodies import BodyName
from pipeline.nlp.forms import fold
from pipeline.nlp.kinds import FIELDS, HEADS, looks_english
from pipeline.nlp.places import is_place, state_name
from pipeline.nlp.tongues import in_english
from pipeline.records import Mention

_CUE = (
    r"(?:or|also (?:known|called)(?: as| by the name)?|also|locally(?: known as)?|i\.\s?e\.|alias|=|abbr\.?"
    r"|known(?: locally| abroad| at home| in \p{Lu}\p{Ll}+)? as|that is(?: to say)?|in short|a\.?k\.?a\.?"
    r"|short(?:ened)?(?: for| to)?|abbreviated(?: as| to)?|hereafter|hereinafter|henceforth"
    r"|(?:until|since) (?:recently|(?-i:\p{Lu}\p{Ll}+ )?\d{4})"
    r"|(?:formerly|previously)(?: (?:known|called|named|listed)(?: as)?)?|née|now"
    r"|now called|now renamed|renamed(?: to| as)?"
    r"|then called|called|better known as|which stands for|stands for"
    r"|(?:in this \p{Ll}+ )?(?:means|refers to)|meaning|trading as|better|simply"
    r"|the \p{Ll}+ (?:that |which |whom |who )?(?:everybody|everyone|people|locals|most|many|we|they) calls?"
    r"|or simply|or just|an acronym for|acronym|local(?:ly)? name|its acronym(?: is)?|the former"
    r"|(?:in|by its) (?-i:\p{Lu}\p{Ll}+)(?: name)?|(?-i:\p{Lu}\p{Ll}+) for|in full|full name|officially"
    r"|as it is (?:called|known)(?: in \p{Lu}\p{Ll}+)?)"
)
_QUOTE = r"[\"“„'‘«»”]?"
_BY_CUE = regex.compile(
    rf"\s*\)?\s*[,(:;–—-]?\s*(?:(?:the|an?)\s[\p{{L}}\s-]{{2,40}}\s(?=formerly|previously|also|known))?(?:{_CUE}[,:]?\s*(?:the\s+)?){{1,2}}{_QUOTE}(?:[Tt]he\s+)?",
    regex.IGNORECASE,
)
_BY_BRACKET = regex.compile(rf"\s*[(\[]\s*{_QUOTE}(?:the\s+|The\s+)?")
_BY_SLASH = regex.compile(r"\s*/\s*")
_BY_COMMA = regex.compile(rf"{_QUOTE},\s+the\s+|\s[–—-]\s(?:the\s+)?")
_DASHES, _ENDS = ("–", "—", "-"), regex.compile(r"\s*(?:[)(,;.\n]|$)")
_CALLS = regex.compile(
    r"(?:as\s+the\s+|as\s+)?,?\s*(?:calls itself|is (?:called|known)|are known|is named|is abbreviated)"
)
_AS = regex.compile(r",?\s+as\s+(?:the\s+)?")
_THE = regex.compile(r",\s+(?:(?:in|also)\s\p{Lu}\p{Ll}+,?\s+)?the\s+")
_OR = regex.compile(r"\s*,?\s+or\s+(?:the\s+)?")
_BARE_OR = regex.compile(r"\s+or\s+(?:the\s+)?")  # a choice as often as another name
_HAS_A_KIND = regex.compile(
    r",\s+as\s+(?:the|our|its|his|her|their)\s+((?:\p{Ll}+\s){1,6})(?:is|are)\s+(?:called|known|named)"
)
_KIND_CALLED = regex.compile(
    r"\b[Tt]he\s+(?:(\p{Lu}\p{Ll}+)\s+)?(\p{Ll}+)(?:,|\s+(?:is|are))\s+(?:also\s+|better\s+)?(?:known|called|abbreviated)"
    r"(?:\s+as)?\s+(?:the\s+)?$"
)
_CLOSES = regex.compile(rf"{_QUOTE}(?:\s+in\s+\p{{Lu}}\p{{L}}+)?\s*[)\],;/]")
LONGEST_GAP = 60
SYLLABLES = 8  # letters of a word in brackets that may be made of a name's syllables


def tied(text: str, mentions: list[Mention], names: list[BodyName]) -> Iterator[tuple[int, int, str, float]]:
    """Pairs of neighbouring organisations that the text gives as two names of one.

    Each is (the shorter, the longer, reason, score). "Institute of Physics (University of
    Tartu)" is none: two bodies of one language that share no word.
    """
    for j in range(1, len(mentions)):
        first, second = mentions[j - 1], mentions[j]
        gap = text[first.end : second.start]
        if len(gap) > LONGEST_GAP or "\n\n" in gap:
            continue
        i = j - 1
        after = text[second.end : second.end + 40]
        pair = (i, j) if len(second.text) >= len(first.text) else (j, i)
        short, full = names[pair[0]], names[pair[1]]
        if _OR.fullmatch(gap) and i and _listed(text, mentions[i - 1], first):
            continue  # "at imec, VITO or KU Leuven"
        if _BARE_OR.fullmatch(gap) and not _akin(short, full, first.text, second.text):
            continue
        if _BY_CUE.fullmatch(gap) or (
            " as" in gap[:4] and _AS.fullmatch(gap) and _CALLS.match(after.strip())
        ):
            yield (*pair, "said to be the same", 0.95)
        elif _BY_BRACKET.fullmatch(gap) and _two_in_brackets(text, mentions[j : j + 2], names[j : j + 2]):
            yield (j, i, "name in brackets", 0.85)
            yield (j + 1, j, "acronym in brackets", 0.9)
        elif _BY_BRACKET.fullmatch(gap) and (closes := _CLOSES.match(after)):
            if _abbreviates(short, full, mentions[pair[1]].text) or _syllables(short, mentions[pair[1]].text):
                yield (*pair, "acronym in brackets", 0.97)
            elif closes[0].strip()[-1:] in ")]" and _named_short(
                mentions[pair[0]].text, short, full, gap, inside=j == pair[0]
            ):
                yield (*pair, "brackets", 0.8)
            elif _translates(first.text, second.text) or _alike(short, full):
                yield (*pair, "name in brackets", 0.85)
        elif _BY_SLASH.fullmatch(gap) and (
            _translates(first.text, second.text) or _abbreviates(short, full, mentions[pair[1]].text)
        ):
            yield (*pair, "name beside", 0.85)
        elif _apposed(gap, after, first, second, short, full, ahead=pair[0] == i):
            yield (*pair, "apposition", 0.8)


def _two_in_brackets(text: str, mentions: list[Mention], names: list[BodyName]) -> bool:
    """Whether brackets give another name and its acronym: "JSC Ukrainian Railways (Ukrzaliznytsia, UZ)"."""
    if len(mentions) < 2 or text[mentions[0].end : mentions[1].start] != ", " or not names[1].acronym:
        return False
    letters = iter(mentions[0].text.casefold())
    spelt = all(letter in letters for letter in names[1].acronym.casefold())
    return spelt and text.startswith(")", mentions[1].end) and mentions[0].text[0] == mentions[1].text[0]


def _apposed(
    gap: str, after: str, first: Mention, second: Mention, short: BodyName, full: BodyName, *, ahead: bool
) -> bool:
    """Whether the second of two names explains the first: "MSIC, the ...", "RVO, the Enterprise Agency"."""
    if _THE.fullmatch(gap) and after[:1] in ",.;)" and _translates(first.text, second.text):
        return True
    if not _BY_COMMA.fullmatch(gap):
        return False
    if short.acronym and _abbreviates(short, full, max(first.text, second.text, key=len)):
        return True
    if short.acronym and gap.strip() in _DASHES and not ahead:  # of another language: "Chamber of X – HGK"
        return len(full.words) > 2 and bool(_ENDS.match(after))
    alone = not short.has_head and len(short.words) == 1 and full.has_head
    return alone and ahead and ", " in gap and after[:1] in ",.;"


def _listed(text: str, first: Mention, second: Mention) -> bool:
    """Whether two names are items of a list."""
    return text[first.end : second.start].strip() in (",", "/", ";")


def called(
    text: str, mentions: list[Mention], names: list[BodyName]
) -> Iterator[tuple[int, int, str, float]]:
    """Names given to a body that is named by its kind: "The Norwegian centre is known as NSE"."""
    for i, mention in enumerate(mentions):
        before = text[max(0, mention.start - 80) : mention.start]
        told = any(word in before for word in ("known", "called", "abbreviated"))
        if told and not names[i].is_head and (match := _KIND_CALLED.search(before)):
            adjective, kind = fold(match[1] or ""), in_english(fold(match[2]))
            state = state_name(adjective)
            kinds = {kind, "centre"} if kind == "hospital" else {kind}
            for j in range(i - 1, -1, -1):
                if not kinds.isdisjoint(names[j].words) and (not state or state in names[j].words):
                    yield i, j, "said to be the same", 0.9
                    break
        elif text.startswith(", as", mention.end) and (match := _HAS_A_KIND.match(text, mention.end)):
            kinds = {*map(in_english, match[1].split())} & HEADS
            for j in range(i - 1, -1, -1):
                if not kinds.isdisjoint(names[j].words):
                    yield (i, j, "said to be the same", 0.9)
                    break


def _abbreviates(short: BodyName, full: BodyName, text: str) -> bool:
    return bool(short.acronym) and (
        short.acronym in full.initials
        or (not full.acronym and spells(short.acronym, text))
        or spells_university(short.acronym, full)
    )


def _named_short(text: str, short: BodyName, full: BodyName, gap: str, *, inside: bool) -> bool:
    """Whether brackets give a name of one word: "Agency for Innovation (Vinnova)", "Igape (the ...)"."""
    one = (len(short.words) == 1 or " " not in text) and not short.is_head and not is_place(fold(text))
    if not one and not short.acronym:
        return False
    explains = (full.has_head or full.is_legal) and not full.acronym and len(full.words) > 1
    return (bool(short.acronym) or explains) if inside else explains and gap.rstrip().lower().endswith("the")


def _syllables(short: BodyName, text: str) -> bool:
    """Whether a short name is made of the beginnings of a long one's words: "Tays" """
    word = short.words[0]
    return len(short.words) == 1 and 2 < len(word) <= SYLLABLES < len(text) and spells(word, text)


def _akin(short: BodyName, full: BodyName, a: str, b: str) -> bool:
    """Whether two names show that they can be one body's: by letters, by language or by a rare word."""
    longer = max(a, b, key=len)
    letters = Counter(word[0] for word in fold(longer).split())  # in the order of another language: "LIAA"
    read = _abbreviates(short, full, longer) or (bool(short.acronym) and Counter(short.acronym) <= letters)
    return read or _syllables(short, longer) or _translates(a, b) or _alike(short, full)


def _translates(a: str, b: str) -> bool:
    return looks_english(a) != looks_english(b) and min(len(a.split()), len(b.split())) > 1


def _alike(short: BodyName, full: BodyName) -> bool:
    """Whether two names share a word that few have, or one is made of the other's."""
    shared = {word for word in short.words if word in full.words}
    return any(word not in HEADS and word not in FIELDS for word in shared)
