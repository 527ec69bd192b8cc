"""What a role is called: the nouns that name one, and how it is cut out of the text around it."""

import regex

MAX_ROLE_WORDS = 14

# nouns that name a role: before them stands what it is about, after them of what
NOUN = (
    r"(?:(?:vice|deputy|co|ex|sub|under|pro)-?)?(?:director|director[- ]general|head|manager|president|chief"
    r"|chair(?:man|woman|person)?|officer|coordinator|co-ordinator|minister|secretary|mayor|professor|lecturer"
    r"|researcher|scientist|fellow|advis[eo]r|expert|engineer|consultant|analyst|founder|owner|partner|leader|lead"
    r"|specialist|spokes(?:man|woman|person)|commissioner|sister|councillor|counsellor|governor|rector|dean|lawyer|nurse"
    r"|doctor|strategist|buyer|purchaser|economist|ceo|cto|cfo|coo|cio|member|representative|delegate|ambassador"
    r"|attach[ée]|editor|journalist|reporter|assistant|agent|associate|auditor|broker|facilitator|moderator|trainer"
    r"|mentor|coach|technician|technologist|executive|rapporteur|mep|senator|treasurer|board|responsible|team"
    r"|architect|designer|developer|planner|inspector|principal|trainee|intern|curator|librarian|physician|surgeon"
    r"|therapist|entrepreneur|investor|accountant|evaluator|policymaker|administrator|scout|official)s?"
)
HONORIFICS = r"(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs|Ing|Mag|Eng|Sir|Dame)\b\.?\s+)*"
THE = r"(?:the\s+|The\s+|our\s+|its\s+)?"
_ENDS_IN_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){NOUN}$")
_HOLDS_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){NOUN}(?!\p{{L}})")
_VERB = regex.compile(
    r"(?i)\b(?:is|was|were|are|be|been|has|have|had|will|would|can|could|said|says|who|which|that|whom|met|presented"
    r"|opened|spoke|welcomed|explained|told|joined|visited|thanked|asked|showed|described|argued|added|noted|comes"
    r"|came|works|worked|formerly|guest|then|but|while|thanks|thank|congratulations)\b"
)
# what may stand before a role and is no part of it
_BEFORE_ROLE = frozenset(
    "the a an our its their his her my your own by with and to from as when while said whose as new".split()
)
_CLEAN = regex.compile(r"(?i)^(?:(?:and|as|also|the|our|a|an|its|their|new|both)\s+)+")
# what joins a role to the organisation after it; what kind of body it is may stand before its name
_JOIN = regex.compile(
    r"^(?P<role>.*\S)(?:\s+(?:at|of|for|with|from|in|to|on behalf of|representing)\s+"
    rf"(?:{THE}|(?:the|an?)\s+(?:[\p{{L}}-]+\s+){{1,4}})"
    rf"|(?:\s*[,;|/@.]|\s+[–—-]|\s*//)\s*{THE})$",
    regex.DOTALL,
)
_PREMODIFIER = regex.compile(rf"(?i)((?:[\p{{L}}&'’-]+\s+){{0,6}}{NOUN}),?\s+{HONORIFICS}$")


def clean(text: str) -> str | None:
    """The text as a role, without articles and punctuation around it; None where it cannot be one."""
    role = _CLEAN.sub("", text.strip(" ,;:–—|/\t-.")).strip()
    if not regex.search(r"\p{L}{2}", role) or len(role.split()) > MAX_ROLE_WORDS or "\n" in role:
        return None
    return None if _VERB.search(role) else role


def names_role(text: str | None) -> bool:
    """Whether a text holds a noun that names a role."""
    return bool(text and _HOLDS_NOUN.search(text))


def ends_in_role(text: str | None) -> bool:
    """Whether a text ends in a noun that names a role."""
    return bool(text and _ENDS_IN_NOUN.search(text))


def before_organisation(gap: str) -> str | None:
    """The role in the text between a person and an organisation, without what joins the two."""
    joined = _JOIN.match(gap)
    return clean(joined["role"]) if joined else None


def before_person(text: str) -> tuple[str, str] | None:
    """A role that ends right before a person's name, and the word before it ("its", "the" or nothing)."""
    clause = regex.split(r"[.;:()\n]|,(?=\s+\p{Lu}\p{Ll}+\s+\p{Lu})", text)[-1]
    match = _PREMODIFIER.search(clause)
    if not match:
        return None
    words = regex.sub(r"^(?:['’]s?\s+|\P{L}+)", "", match[1]).split()
    first = max((i + 1 for i, word in enumerate(words) if word.lower() in _BEFORE_ROLE), default=0)
    determiner = words[first - 1].lower() if first else ""
    words = words[first:]
    while len(words) > 1 and words[0].islower() and any(word[:1].isupper() for word in words[1:]):
        words = words[1:]
    role = " ".join(words)
    return None if not role or _VERB.search(role) else (role, determiner)
