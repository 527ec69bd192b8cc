"""What the text before a person's name says of role and organisation."""

import regex

from pipeline.nlp.recogniser import Named
from pipeline.nlp.roles import BODY, HONORIFICS, THE, before_organisation, before_person, clean, names_role
from pipeline.nlp.stated import MAX_GAP, Stated

_REPRESENTED = regex.compile(
    r"(?i)^,?\s+(?:\(\s*)?(?:(?:was|is|were)\s+)?(?:represented by|in the person of)\s+"
    rf"(?:its\s+)?{HONORIFICS}$"
    rf"|^,?\s+whose\s+{HONORIFICS}$|^\s+(?:(?:has|have|had)\s+)?(?:also\s+)?(?:sent|sends|seconded)\s+{HONORIFICS}$"
)
_WHOSE = regex.compile(rf"^,?\s+whose\s+(?P<role>[^.;:()\n,]{{3,80}}),?\s+{HONORIFICS}$")
_APPOINTED = regex.compile(
    rf"(?i)^\s+(?:(?:has|have|had)\s+)?(?:appoint(?:s|ed)|name[sd]|hire[sd]|elect(?:s|ed)|chooses|chose|chosen|welcome[sd])\s+{HONORIFICS}$"
)
_AS_ROLE = regex.compile(
    r"(?i)^\s+(?:as|to be)\s+(?:(?:its|their|the|a|an|new)\s+)*(?P<role>[^,.;:()\n]{3,80})"
)
_ROLE_OF = regex.compile(
    r"(?:^|[.;:()\n]|,\s|\b(?:As|as|by|said|from|[Tt]he)\s)\s*"
    rf"(?P<role>[^.;:()\n,]{{3,90}}?)\s+(?:of|at|for)\s+{THE}"
    r"(?:\p{Lu}\p{L}+['’]s\s+)?$"
)
# "For VLAIO, Ann Lee said"
_FOR = regex.compile(
    rf"(?:^|[.;:]\s+|\b(?:and|while)\s+)(?:(?:[Ss]peaking )?[Ff]or|[Ff]rom|[Oo]n behalf of)\s+{THE}$"
)
# "said the man from VLAIO, Jo Ek"
_SOMEBODY = regex.compile(
    rf"\b(?:man|woman|lady|gentleman|person|colleague|somebody|someone|speaker)\s+(?:from|of|at)\s+{THE}$"
)
# "the agency's director": the agency was named before
_BODYS = regex.compile(rf"(?i)\b(?:the|this|that)\s+(?:[\p{{L}}-]+\s+)?(?:{BODY}|region|city|town)['’]s?\s")
# "VLAIO, Brussels, Belgium – Ann Lee"
_TOWN_AND_DASH = regex.compile(
    rf"(?:\s*\([^()\n]{{1,20}}\))?(?:,\s\p{{Lu}}[\p{{L}} .-]{{1,25}}){{0,2}}\s+[–—-]\s+{HONORIFICS}"
)
_STOP = regex.compile(r"[.!?]['”\"]?\s+(?=\p{Lu})|\n")
_LABELLED = regex.compile(rf"(?:^|[\n|.])[\s*•·–-]*(?P<role>[^.:;\n|]{{3,60}})\s*:\s*{HONORIFICS}$")
_DASH = regex.compile(r"\s[–—-]\s")
# what stands before a colon and names no role that the person holds anywhere
_NO_ROLE = regex.compile(
    r"(?i)^(?:moderators|moderation|speakers?|panell?ists?|photos?|text|words|authors?"
    r"|(?:.*\b)?(?:contacts?(?: person)?|responsible|members|managers|experts|partners|participants|board"
    r"|team|stage|jury|say|present|attending.*|represented.*|partners? (?:in|from|of) .*))$"
)


def before_name(text: str, person: Named, organisations: list[Named], floor: int) -> Stated | None:
    """What the text before a name says: "VLAIO's director Ann Lee", "the head of VLAIO, Ann Lee"."""
    near = [o for o in organisations if o.start >= floor]
    last = near[-1] if near and person.start - near[-1].end <= MAX_GAP else None
    gap = text[last.end : person.start] if last else ""
    if last and len(near) > 1 and regex.fullmatch(r"\s*\(", text[near[-2].end : last.start]):
        last, gap = near[-2], gap.removeprefix(")")  # the acronym in brackets stands for the full name
    if last and (match := _WHOSE.match(gap)) and names_role(role := clean(match["role"])):
        return Stated(person, last, role, last.start, person.end, 0.75)
    if last and _REPRESENTED.match(gap):
        return Stated(person, last, None, last.start, person.end, 0.8)
    if last and _APPOINTED.match(gap) and (match := _AS_ROLE.match(text[person.end :])):
        return Stated(person, last, clean(match["role"]), last.start, person.end + match.end(), 0.8)
    if last and regex.fullmatch(rf"\s*\(\s*{HONORIFICS}", gap) and text[person.end :].startswith((")", ",")):
        return Stated(person, last, None, last.start, person.end, 0.8)
    if last and regex.fullmatch(rf"['’]s\s+{HONORIFICS}", gap):
        return Stated(person, last, None, last.start, person.end, 0.7)
    if last and _TOWN_AND_DASH.fullmatch(gap) and _starts_line(text, last):
        return Stated(person, last, None, last.start, person.end, 0.7)
    if last and regex.fullmatch(rf"(?:,\s*\p{{Lu}}{{2}})?(?:\s*\([^()]{{1,20}}\))?\s*:\s+{HONORIFICS}", gap):
        line = text[max(floor, text.rfind("\n", 0, last.start) + 1) : last.start]
        role = before_organisation(line)
        if role and names_role(role):
            return Stated(person, last, role, last.start - len(line), person.end, 0.75)
        if _starts_line(text, last):
            return Stated(person, last, None, last.start, person.end, 0.7)
    if last and regex.fullmatch(rf",\s+{HONORIFICS}", gap) and _FOR.search(text[floor : last.start]):
        return Stated(person, last, None, last.start, person.end, 0.7)
    if last and regex.fullmatch(rf",\s+{HONORIFICS}", gap) and _SOMEBODY.search(text[floor : last.start]):
        return Stated(person, last, None, last.start, person.end, 0.7)
    if last and regex.fullmatch(rf",?\s+{HONORIFICS}", gap):
        match = _ROLE_OF.search(text[max(floor, last.start - 120) : last.start])
        role = clean(match["role"]) if match else None
        if role and names_role(role):
            return Stated(person, last, role, max(0, text.rfind(role, 0, last.start)), person.end, 0.75)
    if match := _LABELLED.search(text[max(floor, person.start - 90) : person.start]):
        role = clean(_DASH.split(match["role"])[-1])
        named = any(o.start >= person.start - 90 and o.start >= floor for o in organisations)
        if role and names_role(role) and not named and not _NO_ROLE.match(role):
            return Stated(person, None, role, text.rfind(role, 0, person.start), person.end, 0.7)
    return _premodified(text, person, organisations, last, floor)


def owner(text: str, organisations: list[Named], place: int) -> Named:
    """Whose "its director" is at a place: the first organisation of the sentence, or of one before it.

    ``organisations`` stand before the place; there is at least one.
    """
    sentence = max((match.end() for match in _STOP.finditer(text, 0, place)), default=0)
    inside = [o for o in organisations if o.start >= sentence]
    if inside:
        return inside[0]
    begin = max((match.end() for match in _STOP.finditer(text, 0, organisations[-1].start)), default=0)
    return next(o for o in organisations if o.start >= begin)


def _starts_line(text: str, organisation: Named) -> bool:
    """Whether an organisation stands at the beginning of a line or list entry."""
    return bool(regex.search(r"(?:^|[\n;•|])[\s*·–-]*$", text[: organisation.start]))


def _premodified(
    text: str, person: Named, organisations: list[Named], last: Named | None, floor: int
) -> Stated | None:
    begin = max(floor, last.end if last else 0, person.start - 90)
    found = before_person(text[begin : person.start])
    if not found:
        return None
    role, determiner = found
    if organisations and (body := _BODYS.search(text[begin : person.start])):
        inside = regex.sub(rf"(?i)^.*?(?:{BODY}|region|city|town)['’]s?\s+", "", role)
        start = begin + body.end()
        holder = owner(text, organisations, person.start)
        return Stated(person, holder, clean(inside) or role, min(start, holder.start), person.end, 0.5)
    start = text.rfind(role, 0, person.start)
    if start < 0:
        return None
    if last and regex.fullmatch(r"(?:['’]s?)?\s+", text[last.end : start]):
        return Stated(person, last, role, last.start, person.end, 0.7)
    if determiner in ("its", "their") and organisations:
        owned = owner(text, organisations, person.start)
        return Stated(person, owned, role, owned.start, person.end, 0.5)
    return Stated(person, None, role, start, person.end, 0.6)
