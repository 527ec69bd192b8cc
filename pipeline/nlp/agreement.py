"""One document, one opinion: a name means the same wherever the document writes it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.nlp.edges import without_legal_form
from pipeline.nlp.forms import fold
from pipeline.nlp.gazetteer import EUROPE, demonyms
from pipeline.nlp.kinds import FIELDS, HEADS
from pipeline.nlp.listed import with_listed
from pipeline.nlp.people import personal_initials
from pipeline.nlp.places import is_place
from pipeline.nlp.recogniser import Named
from pipeline.nlp.tongues import in_english

SURE = 0.7  # score of a name that speaks for the places where it was overlooked
VERY_SURE = 0.9  # the same, of a name of fewer letters or of none but its own look
ECHO = 0.8  # what such a place's score is of the name's own
SHORT = 0.75  # score of "the Agency" where an agency has been named
_THE_BODY = regex.compile(
    r"\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|this)\s(\p{Lu}\p{Ll}+)(?![\p{L}\p{N}]|\s\p{Lu}|\sof\b|\sfor\b|-)"
)
_BRAND = regex.compile(r"\p{Ll}[\p{L}\d]{3,}|\p{Lu}\p{Ll}+[\p{L}\d-]*\p{Lu}[\p{L}\d]*")
_PARTICLE = regex.compile(r"^\p{Ll}")
_KINDS = HEADS - frozenset("region city state province union".split())  # these may be but places, or the EU
# behind a comma no word follows: "Ann Ivanova, AI specialist"
_INITIALS = regex.compile(
    r"(?:\s\(|\s=\s|,\s(?P<bare>))(?P<short>\p{Lu}{2,4})(?![\p{L}\p{N}-])(?(bare)(?!\s(?!and\b)\p{L}))"
)
# names that mean something else at the beginning of a sentence or before a year
_WORDS = frozenset("march april june august mark grant dean frank will grace hope faith rich major".split())


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What a document thinks of a string: its label, and the best score it got."""

    label: str
    score: float


def agree(texts: Sequence[str], names: Sequence[Sequence[Named]]) -> list[list[Named]]:
    """The names of one document's passages after a second look at those that contradict each other.

    A string that is labelled in several ways gets the label with the higher sum of scores;
    a surname counts with the full name, and the beginning of a body's name with the body. A name of
    several words, or an acronym, that was found with a high score in one passage is found wherever the
    document has it, and so are "the Agency" where an agency has been named, "Lee, Ann" and her initials.
    """
    names = _apart(texts, with_listed(texts, names))
    initials = _initials(texts, names)
    opinions = _opinions(texts, names) | initials
    names = [_without_initials(text, some, initials) for text, some in zip(texts, names, strict=True)]
    known = {name for name, opinion in opinions.items() if _distinct(name, opinion.score)}
    for short, score in _alone(texts, opinions):
        if opinions.setdefault(short, _Opinion("PERSON", score)).label == "PERSON":
            known.add(short)
    known.update(initials)
    for whole, opinion in list(opinions.items()):
        if opinion.label == "PERSON" and opinion.score >= SURE:
            for listed in _surname_first(whole):
                known.add(listed)
                opinions[listed] = opinion
    overlooked = _pattern(list(known))
    agreed = []
    parts: set[str] = set()  # words of the bodies named so far by which a text may call them
    for text, some in zip(texts, names, strict=True):
        kept = [replace(n, label=opinions[text[n.start : n.end]].label) for n in some]
        kept = [_without_adjective(text, n, opinions) for n in kept]
        cut: set[Named] = set()
        echoes: list[Named] = []
        for match in overlooked.finditer(text) if overlooked else ():
            near = _near(kept, *match.span())
            if all(_cut_short(n, match, opinions) for n in near):
                found = opinions[match[0]]
                cut.update(near)
                echoes.append(Named(*match.span(), found.label, ECHO * found.score))
        kept = sorted([*(n for n in kept if n not in cut), *echoes], key=lambda n: n.start)
        for name in some:
            parts |= _parts(text[name.start : name.end]) if name.label == "ORG" else set()
        bodies = [
            Named(*match.span(1), "ORG", SHORT)
            for match in _THE_BODY.finditer(text)
            if match[1] in parts and not _near(kept, *match.span(1))
        ]
        agreed.append(sorted([*kept, *bodies], key=lambda n: n.start))
    return agreed


def _near(names: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Those of the names, in order and apart, that overlap a place; a passage may have thousands."""
    first = bisect_right(names, start, key=lambda n: n.end)
    return names[first : bisect_left(names, end, lo=first, key=lambda n: n.start)]


def _cut_short(name: Named, match: regex.Match[str], opinions: Mapping[str, _Opinion]) -> bool:
    """Whether a name is but a part of a body's name that the document has as a whole elsewhere."""
    longer = (
        match.start() <= name.start and name.end <= match.end() and match.span() != (name.start, name.end)
    )
    first, _, rest = match[0].partition(" ")
    return longer and opinions[match[0]].label == "ORG" and bool(rest) and first not in demonyms()


def _opinions(texts: Sequence[str], names: Sequence[Sequence[Named]]) -> dict[str, _Opinion]:
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[str, float] = defaultdict(float)
    for text, some in zip(texts, names, strict=True):
        for n in some:
            surface = text[n.start : n.end]
            sums[surface][n.label] += n.score
            best[surface] = max(best[surface], n.score)
    words = {word for name, by in sums.items() if by["PERSON"] > by["ORG"] for word in name.split()[1:]}
    for name, by_label in list(sums.items()):
        if by_label["PERSON"] > by_label["ORG"]:
            for surname in _surnames(name):
                if surname in sums:
                    sums[surname]["PERSON"] += by_label["PERSON"]
        else:
            for start in _beginnings(name):
                person = start in sums and sums[start]["PERSON"] > sums[start]["ORG"]
                if start in sums and start not in words and not (person and _is_after(name, start)):
                    sums[start]["ORG"] += by_label["ORG"]
            whole = without_legal_form(name)
            best[whole] = max(best[whole], best[name])
            sums[whole]["ORG"] += by_label["ORG"] * (whole != name)
    return {
        name: _Opinion(max(sorted(by_label), key=by_label.__getitem__), best[name])
        for name, by_label in sums.items()
    }


def _is_after(body: str, person: str) -> bool:
    """Whether a body is named after a person by whom its name begins: "Tomas Bata University"."""
    return " " in person and any(in_english(fold(w)) in HEADS for w in body[len(person) :].split())


def _beginnings(body: str) -> Iterator[str]:
    """What a body's name begins with: "Duero Alimenta" of "Duero Alimenta Servicios"."""
    words = body.split()
    for n in range(1, len(words)):
        yield " ".join(words[:n])


def _apart(texts: Sequence[str], names: Sequence[Sequence[Named]]) -> list[list[Named]]:
    """The names, less what stands before a person of the document: "At VLAIO Ann Lee", "In Ghent Ann Lee"."""
    people = {
        text[n.start : n.end]
        for text, some in zip(texts, names, strict=True)
        for n in some
        if n.label == "PERSON" and n.score >= SURE
    }
    return [
        [part for name in _rejoined(text, some, people) for part in _parted(text, name, people)]
        for text, some in zip(texts, names, strict=True)
    ]


def _rejoined(text: str, names: Sequence[Named], people: set[str]) -> Iterator[Named]:
    """The names, of which "TNO Joost" and "van der Velde" side by side are as one for the time being."""
    last: Named | None = None
    for name in names:
        beside = last and text[last.end : name.start] == " " and last.label == "ORG" != name.label
        if last and beside and _cut(text[last.start : name.end], people):
            last = replace(last, end=name.end)
            continue
        if last:
            yield last
        last = name
    if last:
        yield last


def _parted(text: str, name: Named, people: set[str]) -> Iterator[Named]:
    """A name, as two where a person ends it; what is but a kind of body is named after its person."""
    surface = text[name.start : name.end]
    cut = _cut(surface, people)
    kinds = cut and all(in_english(fold(word)) in HEADS | FIELDS for word in surface[:cut].split())
    if cut is None or kinds or not (name.label == "ORG" or is_place(fold(surface[:cut]))):
        yield name
        return
    if name.label == "ORG":
        yield replace(name, end=name.start + cut)
    yield replace(name, start=name.start + cut + 1, label="PERSON")


def _cut(surface: str, people: set[str]) -> int | None:
    """Where the full name of one of the people begins that ends a longer name."""
    cuts = (match.start() for match in regex.finditer(r"(?<=\p{L}) ", surface))
    return next((i for i in cuts if " " in surface[i + 1 :] and surface[i + 1 :] in people), None)


def _initials(texts: Sequence[str], names: Sequence[Sequence[Named]]) -> dict[str, _Opinion]:
    """The initials by which a document goes on to call its people: "Lars-Erik Wallgren (LEW)".

    What is a country's code too counts in brackets, and beside other initials only.
    """
    found = {}
    for text, some in zip(texts, names, strict=True):
        for n in some:
            match = _INITIALS.match(text, n.end) if n.label == "PERSON" else None
            if match is None or (match["bare"] is not None and match["short"] in EUROPE):
                continue
            if fold(match["short"]).upper() in personal_initials(text[n.start : n.end]):
                found[match["short"]] = _Opinion("PERSON", n.score)
    return found if any(short not in EUROPE for short in found) else {}


def _without_initials(text: str, names: Sequence[Named], initials: Mapping[str, _Opinion]) -> list[Named]:
    """The names without those that are the initials of a person; these are found anew."""
    return [n for n in names if text[n.start : n.end] not in initials]


def _surname_first(name: str) -> Iterator[str]:
    """A full name as lists have it: "Lee, Ann"."""
    words = name.split()
    for n in range(1, len(words)) if "," not in name else ():
        yield f"{' '.join(words[n:])}, {' '.join(words[:n])}"


def _alone(texts: Sequence[str], opinions: Mapping[str, _Opinion]) -> Iterator[tuple[str, float]]:
    """What people named in full may be called alone, where it is no word and no place, with a score."""
    people = [(name, o.score) for name, o in opinions.items() if o.label == "PERSON" and o.score >= SURE]
    words = _WORDS | {word for text in texts for word in regex.findall(r"\b\p{Ll}[\p{L}-]+", text)}
    for name, score in people:
        for short in (*_surnames(name), *_given(name)):
            word = short.split()[-1]
            own = word.lower() not in words and not is_place(fold(word))
            if len(word) > 3 and word[0].isupper() and own:
                yield short, score


def _given(name: str) -> Iterator[str]:
    """The given name of a full name, which stands alone below a letter."""
    first, *rest = name.split()
    if rest and first.isalpha() and not rest[-1].isupper():
        yield first


def _parts(body: str) -> set[str]:
    """The kinds of body in a body's name, which can stand for it, also in English."""
    words = body.split()
    english = {part.capitalize() for word in words for part in in_english(fold(word)).split()}
    return {word for word in {*words, *english} if len(words) > 1 and in_english(fold(word)) in _KINDS}


def _without_adjective(text: str, name: Named, opinions: Mapping[str, _Opinion]) -> Named:
    """A body less its country's adjective, where the document also has it without: "Irish Health Service"."""
    first, _, rest = text[name.start : name.end].partition(" ")
    if name.label == "ORG" and rest in opinions and first in demonyms():
        return replace(name, start=name.end - len(rest))
    return name


def _surnames(name: str) -> Iterator[str]:
    """What a person of a full name may be called alone: the last word, or all from a particle on."""
    words = name.split()
    if len(words) > 1:
        yield words[-1]
        particle = next((i for i, word in enumerate(words) if i and _PARTICLE.match(word)), None)
        if particle:
            yield " ".join(words[particle:])


def _distinct(name: str, score: float) -> bool:
    """Whether a string can hardly mean anything else.

    Several words, an acronym of three capitals, and with a higher score one of two that is no
    country's code, or a word that is written as no other is ("ecoplus", "LiivaLabor").
    """
    if score < SURE or " " in name:
        return score >= SURE
    if name.isupper() and name.isalpha() and len(name) > 2:
        return True
    short = name.isupper() and name.isalpha() and len(name) == 2 and name not in EUROPE
    return score >= VERY_SURE and (short or bool(_BRAND.fullmatch(name)))


def _pattern(names: Sequence[str]) -> regex.Pattern[str] | None:
    """Any of the names as whole words, the longest first; None without names."""
    if not names:
        return None
    any_of = "|".join(regex.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}@./-])(?:{any_of})(?![\p{{L}}\p{{N}}@]|[-.]\p{{L}})")
