"""What a role is called: the nouns that name one, and how it is cut out of the text around it."""

import regex

from pipeline.nlp.gazetteer import demonyms

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
    r"|therapist|entrepreneur|investor|accountant|evaluator|policymaker|administrator|scout|official|counsel|clerk"
    r"|pharmacist|psychologist|geographer|statistician|programmer|operator|negotiator|translator|archivist|host"
    r"|photographer|correspondent|columnist|ombudsman|envoy|undersecretary|superintendent|steward|midwife|boss|chef"
    r"|note-?taker|observer|convenor|bookkeeper|alderm[ae]n|alderwoman|prefect|vice-?rector|postdoc|matron|secretariat"
    r"|gesch[äa]ftsf[üu]hrer(?:in)?|b[üu]rgermeister(?:in)?|re[ck]tor(?:in)?|referent(?:in)?|obfrau|obmann|leiter(?:in)?"
    r"|direct(?:eur|rice|ora|ore)|dirett(?:ore|rice)|diretora?|presidente?|presidenta|president[aă]|wethouder"
    r"|vorstand|vorsitzender?|pr[äa]sident(?:in)?|coordinat(?:ore|rice)|coordinador(?:a)?|responsa(?:bile|vel|ble)"
    r"|gerente|jef[ea]|consejer[oa]|t[ée]cnic[oa]|alcalde(?:sa)?|sindac[oa]|maire|charg[ée]e?|stagiaire"
    r"|dyrektor(?:ka)?|kierowni(?:k|czka)|prezes(?:ka)?|burmistrz|[řr]editel(?:ka)?|riadite[ľl](?:ka)?|vedouc[íi]"
    r"|igazgat[óo]ja?|eln[öo]ke?|vezet[őo]je?|direktor(?:ica|ka|in)?|[žz]upan(?:ja)?|pre[șs]edinte|primarul?"
    r"|johtaja|juhataja|vadovas|vad[īi]t[āa]j[as]|daglig leder|styreleder|sjef|f[öo]rest[åa]ndare"
    r"|interpreter|consul|fore(?:man|woman)|apprentice|student|farmer|captain|teacher|instructor|supervisor"
    r"|controller|inventor|chemist|biologist|physicist|historian|surveyor|carpenter|baker|driver|librarian)s?"
)
# what kind of body an organisation is, as texts say before its name
BODY = (
    r"(?:cluster|centre|center|agency|association|university|hospital|company|firm|institute|network|municipality"
    r"|ministry|chamber|council|committee|authority|office|bank|foundation|federation|organisation|start-up|supplier"
    r"|maker|producer|school|college|department|unit|group|team|lab|laboratory|park|hub|operator|consultancy|utility)"
)
# before a name; "DI" is an Austrian engineer's, unless a surname in capitals begins with it
TITLES = (
    r"(?:Dr|Drs|Prof|Professor|Mr|Mrs|Ms|Miss|MM|Mme|Mmes|Mlle|Herr|Frau|Sir|Dame|Sig|Signora?|Dott|Mevrouw|Mevr"
    r"|Meneer|Graf|Gräfin|Sœur|Sra?(?=\.)|Jhr|Dhr|Dosentti|Pfr|Ing|Ir|Eng|Mag|Mgr|Bc|Doc|Dipl|MUDr|RNDr|PhDr|JUDr|Arch|Avv|Arq|Lic|PD"
    r"|H\.\s?E|HE|DI(?=\.|\s+(?:Dr|\p{Lu}\p{Ll})))"
)
HONORIFICS = rf"(?:{TITLES}\b\.?(?:-Ing\.?)?\s+)*"
THE = r"(?:the\s+|The\s+|our\s+|its\s+)?"
_ENDS_IN_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){NOUN}$")
_HOLDS_NOUN = regex.compile(rf"(?i)(?<!\p{{L}}){NOUN}(?!\p{{L}})")
_VERB = regex.compile(
    r"(?i)\b(?:is|was|were|are|be|been|has|have|had|will|would|can|could|said|says|who|which|that|whom|met|presented"
    r"|opened|spoke|welcomed|explained|told|joined|visited|thanked|asked|showed|described|argued|added|noted|comes"
    r"|came|works|worked|formerly|guest|then|but|while|thanks|thank|congratulations|commented|comments|wrote|writes"
    r"|confirmed|concluded|stressed|underlined|reported|warned|joked|recalled|recalls|summed|says|notes|adds|asks)\b"
)
# what may stand before a role and is no part of it
_BEFORE_ROLE = frozenset(
    "the a an our its their his her my your own by with and to from as when while whose new then now once"
    " says said explains explained adds added notes noted asks asked replies replied recalls recalled"
    " such including incl. where incl for".split()
)
_CLEAN = regex.compile(
    r"(?i)^(?:(?:and|as|also|the|our|your|a|an|its|their|her|his|my|new|both|then|now|once|currently|previously"
    r"|formerly|former|retired|outgoing|incoming|respectively|long-?time|(?:newly |re-?)(?:appointed|elected)"
    r"|today|for [\p{L}\d]+ (?:years|decades)"
    r"|(?:until|since|from) (?:now|recently|last \p{L}+|\p{Lu}\p{L}+|\d{4})"
    r"|\P{L}*[“\"][^”\"]*[”\"][\s–—-]*),?\s+)+"
)
_FROM = regex.compile(r"\s+from\s+\p{Lu}[\p{L} -]*$")  # "carpenter from Graz"
_NO_ROLE = regex.compile(r"(?!in charge of\s)(?:in|on|at|by|to|of|from|with|for|via|under|not|no|please)\s")
# a post in a place or for a state, which are no organisations
_PLACE = regex.compile(
    r"(?i)^(?P<role>.*?\b(?:mayor|mayoress|alderman|governor|prefect|bishop|ambassador))\s+(?:of|to|in)\s.*$"
)
# what joins a role to the organisation after it; what kind of body it is may stand before its name
_JOIN = regex.compile(
    r"^(?P<role>.*\S)(?:\s+(?:at|of|for|(?P<loose>with|from|in|to|on behalf of|representing))\s+"
    rf"(?:{THE}|(?:the|an?)\s+(?:[\p{{L}}-]+\s+){{1,4}})"
    rf"|(?:\s*[,;|/@.\t]|\s+[–—-]|\s*//)\s*{THE})$",
    regex.DOTALL,
)
_PREMODIFIER = regex.compile(rf"(?i)((?:[\p{{L}}&'’-]+\s+){{0,6}}{NOUN}),?\s+$")
_POSSESSIVE = regex.compile(r"['’]s?\s+(?:[\p{L}-]+\s+)?sister,?\s+$")
_HONORIFICS_BEHIND = regex.compile(rf"(?<=\s){HONORIFICS}$")


def clean(text: str) -> str | None:
    """The text as a role, without articles, origin and punctuation around it; None where it cannot be one."""
    role = _FROM.sub("", _CLEAN.sub("", text.strip(" ,;:–—|/\t-."))).strip()
    first, _, rest = role.partition(" ")
    if rest and first in demonyms():
        role = rest
    if place := _PLACE.match(role):
        role = place["role"]
    if not regex.search(r"\p{L}{2}", role) or len(role.split()) > MAX_ROLE_WORDS or "\n" in role:
        return None
    return None if _VERB.search(role) or _NO_ROLE.match(role) else role


def names_role(text: str | None) -> bool:
    """Whether a text holds a noun that names a role."""
    return bool(text and _HOLDS_NOUN.search(text))


def ends_in_role(text: str | None) -> bool:
    """Whether a text ends in a noun that names a role."""
    return bool(text and _ENDS_IN_NOUN.search(text))


def before_organisation(gap: str) -> str | None:
    """The role in the text between a person and an organisation, without what joins the two."""
    joined = _JOIN.match(gap)
    role = clean(joined["role"]) if joined else None
    loose = joined and joined["loose"]  # what follows may be no employer
    word = role and role.islower() and " " not in role  # more likely a verb
    return None if (loose or word) and not names_role(role) else role


def before_person(text: str) -> tuple[str, str] | None:
    """A role that ends right before a person's name, and the word before it ("its", "the" or nothing)."""
    untitled = _HONORIFICS_BEHIND.sub("", text)
    clause = regex.split(r"[.;:()\n]|,(?=\s+\p{Lu}\p{Ll}+\s+\p{Lu})", untitled)[-1]
    match = _PREMODIFIER.search(clause)
    if not match:
        return None
    words = regex.sub(r"^(?:['’]s?\s+|\P{L}+)", "", match[1]).split()
    cuts = (i + 1 for i, word in enumerate(words) if word.lower() in _BEFORE_ROLE or _VERB.fullmatch(word))
    first = max(cuts, default=0)
    determiner = words[first - 1].lower() if first else ""
    words = words[first:]
    while len(words) > 1 and words[0].islower() and any(word[:1].isupper() for word in words[1:]):
        words = words[1:]
    role = " ".join(words[1:] if len(words) > 1 and words[0] in demonyms() else words)
    if not role or _VERB.search(role) or role == "Professor":  # a title
        return None
    if words[-1] == "sister" and (determiner in ("his", "her", "my") or _POSSESSIVE.search(text)):
        return None  # a relative
    return role, determiner
