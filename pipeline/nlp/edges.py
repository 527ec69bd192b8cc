"""Where a name begins and ends, and what is none."""

import regex
from cleanco.termdata import terms_by_country, terms_by_type

from pipeline.nlp.gazetteer import EUROPE, demonyms
from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import BODY, TITLES

_HONORIFIC = regex.compile(
    rf"^(?:(?:{TITLES}|Assoc|med|rer|nat|techn|habil|Univ|PhD|MSc|MEP|Minister|President|Mayor|Commissioner|Rector"
    r"|Senator|Panellists?|Speakers?|Moderator)\b\.?(?:-Ing\.?)?,?\s+)+"
)
# of a country, at the head of a row; Flemish surnames begin with "De"
_CODE = regex.compile(r"^(?!DE )\p{Lu}{2}\s+(?=\p{Lu}\p{Ll}+\s+\p{L})")
_LEADING = regex.compile(r"^(?:[Tt]he|[Aa]n?)\s+")
_TRAILING = regex.compile(
    r"(?:['’]s?|[\s,;:.–—(|/*†-]+|\s+(?:and|or|of|in|for|at|with|the|to|from|by|on|und|et|e|i|y|&))$"
)
_OPENING = regex.compile(r"^[\s\"“”'‘’(\[•*|.,;:–—-]+")
# a body that begins with a name in quotation marks, which are its own: "Gheorghe Asachi" Technical University
_NAMED_AFTER = regex.compile(r"^[\"“„«][^\"“”„«»]+[\"”“»]\s\p{Lu}")
_LEGAL_FORMS = sorted(
    {term.strip() for terms in (*terms_by_type.values(), *terms_by_country.values()) for term in terms}
    | {"státní podnik", "z. s.", "z.o.o.", "spol. s r. o.", "e. v.", "příspěvková organizace"},
    key=lambda term: (-len(term), term),
)
# what ends in a dot that belongs to the name: initials, dotted abbreviations, legal forms
_DOTTED = regex.compile(
    r"(?:(?<!\p{L})\p{L}|(?<![\p{L}.])\p{L}{1,3}(?:\.\s?\p{L}{1,3})+|(?<!\p{L})(?:Jr|Sr|"
    + "|".join(term[:-1] for term in _LEGAL_FORMS if regex.fullmatch(r"\p{L}+\.", term))
    + r"))$",
    regex.IGNORECASE,
)
# at the end of a sentence the dot is the sentence's after legal forms that are mostly written without one
_QUOTED = regex.compile(r"[„“”\"«]")  # a quotation mark at the end of a name has one before it
_FULL_STOP = regex.compile(r"\.(?:\s+\p{Lu}|\s*$|\n)")
_UNDOTTED = regex.compile(r"\s(?:Ltd|plc|\p{Lu}{2,4})$")
_LEGAL_TAIL = regex.compile(
    rf",\s(?P<form>{'|'.join(regex.escape(form) for form in _LEGAL_FORMS if len(form) > 2)})"
    r"(?![\p{L}\p{N}])",
    regex.IGNORECASE,
)
# what follows a name without a gap and belongs to it: "vakt.no", "E-Nov+"
_GLUED = regex.compile(r"(?:\.\p{L}{2,}(?![\p{L}'’]))+|\+(?!\w)")
# a legal form behind a name, as it is written there and nowhere else
_LEGAL_BEHIND = regex.compile(
    r"[^\S\n](?:gGmbH|(?:GmbH|SE|AG)(?: [&+] Co\. ?KG(?:aA)?)?|KG"
    r"|e\.\s?V\.|B\.V\.|N\.V\.|BV|NV|S\.p\.A\.|SpA|S\.r\.l\.|S\.A\."
    r"|S\.L\.|SAS|SARL|A/S|ApS|ASA|Oyj?|AB|OÜ|d\.\s?o\.\s?o\.|d\.\s?d\.|s\.\s?r\.\s?o\.|a\.\s?s\."
    r"|sp\. z o\.\s?o\.|Kft\.?|Zrt\.?|Nyrt\.?|Lda\.?|EOOD|OOD|IKE|EPE|Ltd|plc)(?![\p{L}\p{N}])"
)
_FORM_AT_END = regex.compile(rf",?(?:{_LEGAL_BEHIND.pattern})$")
# of a daughter that has its country in the name: "Thalassa Foods (Cyprus) Ltd"
_COUNTRY_AND_FORM = regex.compile(rf" \(\p{{L}}[\p{{L}} ]{{2,20}}\)(?={_LEGAL_BEHIND.pattern})")
# an initial before a surname; after other words it ends a sentence: "in annex C. Lee"
_INITIALS = regex.compile(
    r"(?:^|\n|[;(|/–—]|\b(?:by|with|from|Dr\.?|Prof\.?|Mr\.?|Ms\.?|Mrs\.?))\s?"
    r"(?P<name>(?:\p{Lu}\.[ -]?){1,3})$"
)
_EMPTY = regex.compile(r"^[^\p{L}]*$")
_ACRONYM = regex.compile(r"\p{Lu}{2,6}")
SURE = 0.9  # a recogniser that is surer of a person in capitals, or of a name in an address, is believed
# what kind of body it is, in front of its name: "the defence cluster OSSA"
_DESCRIBED = regex.compile(
    rf"^(?:(?P<adjective>\p{{L}}[\p{{L}}-]*)\s)?(?:\p{{Ll}}[\p{{Ll}}-]*\s)?{BODY}\s(?=\p{{Lu}})"
)
_GENERIC = regex.compile(rf"^(?:(?:national|regional|local|public|county|city|vocational)\s)?{BODY}s?$")
# what policy texts write in capitals without naming an organisation
_NOT_ORG = regex.compile(
    r"^(?:SMEs?|PPI|PCP|PPP|R&D|R&I|RDI|R\+D|ICT|IT|AI|EU|ERDF|ESF|KPIs?|Q&A|COVID-19|Covid|GDP|NGOs?|VAT|HR|IP|IPR"
    r"|CEO|CTO|CFO|PhD|MoU|USP|B2B|RIS3|S3|TRL|EUR|Q|A|Email|Tel|Phone|Twitter|LinkedIn|Facebook|YouTube)$"
)
_ELECTRONIC = regex.compile(r"[\w.+-]*@[\w.-]*|(?:https?://|www\.)\S+")
_HOUSE_NUMBER = regex.compile(r"\s\d{1,4}(?:/\d+)?\p{L}?(?=,|$|\s[–—|]|\s\d{4})")
_IN_BRACKETS = regex.compile(r"\s\((\p{Lu}[\p{L}&+-]{1,9})\)")


def trim(text: str, name: Named) -> Named | None:
    """The name in the form that counts as its mention; None where nothing is left.

    It has no honorific, no leading article and no possessive, but the dot of a legal form.
    """
    start, end = name.start, name.end
    if (line_end := text.find("\n\n", start, end)) >= 0:
        end = line_end
    while True:
        surface = text[start:end]
        head = None if _NAMED_AFTER.match(surface) else _OPENING.match(surface)
        if head is None and name.label == "PERSON":
            head = _HONORIFIC.match(surface)
        heads = name.label == "PERSON" and surface[:2] in EUROPE and text[start - 1 : start] in ("", "\n")
        if head is None and heads:
            head = _CODE.match(surface)
        if head is None and name.label == "ORG":
            head = _LEADING.match(surface) or _described(surface)
        if head is None:
            break
        start += head.end()
    while (tail := _TRAILING.search(text, start, end)) and tail.start() > start:
        end = tail.start()
    if name.label == "ORG" and (country := _COUNTRY_AND_FORM.match(text, end)):
        end = country.end()
    if name.label == "ORG" and (glued := _GLUED.match(text, end) or _LEGAL_BEHIND.match(text, end)):
        end = glued.end()
    surname = name.label == "PERSON" and " " not in text[start:end]
    if surname and (initials := _INITIALS.search(text, max(0, start - 16), start)):
        start = initials.start("name")
    if name.label == "ORG" and (legal := _LEGAL_TAIL.match(text, end)) and not legal["form"].islower():
        end = legal.end()
    while text[start:end].endswith(("”", "“", '"', "’’")) and not _QUOTED.search(text, start, end - 1):
        end -= 1
    if text.startswith(".", end) and _DOTTED.search(text, max(start, end - 12), end):
        stop = _FULL_STOP.match(text, end) and _UNDOTTED.search(text, start, end)
        end += 0 if stop else 1
    surface = text[start:end]
    if surface.endswith(")") and surface.count(")") > surface.count("("):
        end -= 1
        surface = text[start:end]
    if _EMPTY.match(surface) or (name.label == "PERSON" and _HONORIFIC.fullmatch(f"{surface} ")):
        return None
    if name.label == "ORG" and (_NOT_ORG.match(surface) or _GENERIC.match(surface)):
        return None
    label = name.label
    if label == "PERSON" and _ACRONYM.fullmatch(surface) and name.score < SURE and not text.isupper():
        label = "ORG"
    return Named(start, end, label, name.score)


def _described(surface: str) -> regex.Match[str] | None:
    """What describes an organisation before its name, if only small words and a demonym do."""
    match = _DESCRIBED.match(surface)
    adjective = match["adjective"] if match else None
    return match if not adjective or adjective.islower() or adjective in demonyms() else None


def without_legal_form(surface: str) -> str:
    """An organisation's name as a text goes on to write it: "Brandt Maschinen" of "Brandt Maschinen GmbH"."""
    return _FORM_AT_END.sub("", surface)


def in_address(text: str, name: Named) -> bool:
    """Whether a name is part of an e-mail or web address, or a street."""
    near = range(max(0, name.start - 80), name.end + 1)
    for match in _ELECTRONIC.finditer(text, near.start, min(len(text), name.end + 80)):
        if match.start() < name.end and name.start < match.end():
            return True
    return name.score < SURE and bool(_HOUSE_NUMBER.match(text, name.end))


def acronym_behind(text: str, organisation: Named) -> Named | None:
    """The acronym in brackets that follows an organisation, if its letters are the name's in order."""
    match = _IN_BRACKETS.match(text, organisation.end)
    if match is None:
        return None
    letters = iter(text[organisation.start : organisation.end].casefold())
    capitals = [char for char in match[1] if char.isupper()]
    if len(capitals) < 2 or match[1] in EUROPE or match[1] in ("EU", "UK", "EL"):
        return None
    spelt = all(char.casefold() in letters for char in match[1] if char.isalpha())
    initials = {
        word[0] for word in regex.findall(r"\p{L}+", text[organisation.start : organisation.end].upper())
    }
    if not spelt or not set(capitals) <= initials:
        return None
    return Named(match.start(1), match.end(1), "ORG", organisation.score)
