"""What kinds of body there are, and the words that names of organisations share."""

from pipeline.nlp.forms import fold
from pipeline.nlp.tongues import in_english

# words that names lose and gain without becoming another's
SMALL = frozenset(
    "the a an of for and in on at to by & de del della delle dei degli di do da dos das du des d la le"
    " l les el los dell dall nell sull las il lo gli i y e et und der die den dem fur van voor het en och"
    " og pa za na pri u v w z ze s si als as pentru pt cu al ai ale per con din pre vid im studi".split()
)
# abbreviations and other spellings, with the word that they stand for
SAME = {
    variant: word
    for word, variants in {
        "university": "univ", "centre": "center", "organisation": "organization",
        "organisations": "organizations", "labour": "labor", "defence": "defense", "programme": "program",
        "ministry": "min", "department": "dept", "association": "assoc assn", "international": "intl",
        "national": "natl", "development": "dev", "technology": "tech technologies technol",
        "technical": "technological", "medical": "med medicine", "government": "govt gov", "saint": "st",
        "and": "&", "directorate": "dir", "institute": "inst", "science": "sciences", "system": "systems",
    }.items()
    for variant in variants.split()
}  # fmt: skip
del SAME["tech"], SAME["med"]  # "Welfare Tech" is a name
# what many bodies are called; a name of nothing else is none without its country
HEADS = frozenset(
    "agency authority association alliance academy administration assembly bank board body bureau"
    " center centre chamber city clinic club cluster college commission committee company confederation"
    " consortium cooperative corporation council county department directorate district division"
    " executive faculty federation foundation forum fund government group hospital house hub incubator"
    " institute institution laboratory lab library ministry municipality museum network office"
    " organisation park parliament partnership platform polytechnic port press province region school"
    " secretariat section service services society state team trust union unit university ventures"
    " grozd polo pole distretto verband verein land landkreis stadt ayuntamiento provincia powiat urzad"
    " delegation mission embassy canton".split()
)
FIELDS = frozenset(
    "economy economic economics affairs commerce industry industrial trade regional local national"
    " federal state public development innovation investment investments business enterprise enterprises"
    " small medium technology technologies technical digital digitalisation energy environment climate"
    " transport health healthcare welfare education research science finance finances labour social"
    " rural agriculture food tourism culture european general county city urban municipal export"
    " promotion support advisory management cluster clusters applied central royal foreign internal home"
    " regulation procurement materials testing standards metrology crafts employers employment justice"
    " interior university hospital infrastructure construction housing water planning policy projects"
    " funds entrepreneurship sme smes cooperation competitiveness growth productivity patent statistics"
    " emergency teaching clinical community agency".split()
)
# a body inside a body: the whole is not the part
SUB_BODIES = frozenset(
    "hospital institute library department faculty school centre center laboratory lab press museum"
    " clinic division section unit office directorate college academy ventures incubator council board"
    " committee foundation fund bank representation delegation secretariat students alumni park hub"
    " campus chair service services executive agency studio consulting capital sports parliament hospitals"
    " logistics management operations trading properties publishing".split()
)
# what a shortened name loses at its end or its front without becoming another's
TAILS = frozenset(
    "cluster network group association company organisation gruppe holding initiative"
    " partners international europe federation society alliance partnership platform corporation"
    " national agency consortium foundation".split()
)
COMPASS = {
    word: point
    for point, words in {
        "north": "nord norte", "south": "sud sul syd", "east": "est ost",
        "west": "vest ovest ouest oest oeste",
    }.items()
    for word in words.split()
}  # fmt: skip
OPPOSED = frozenset(
    "north south east west northern southern eastern western northeast northwest southeast southwest"
    " upper lower central middle outer inner new old great little first second third junior senior men"
    " women medicine law applied technical technology catholic protestant private veterinary"
    " agricultural medical economics business pedagogical military".split()
)
# bodies that only their field tells from the next: "Ministry of Economy"
BY_FIELD = frozenset(
    "ministry department directorate faculty institute school section division committee university".split()
)
_ENGLISH = HEADS & frozenset(
    "agency authority association alliance academy administration board body bureau centre chamber city"
    " clinic college commission committee company council county department directorate faculty"
    " federation foundation fund government hospital house institution library ministry municipality"
    " network office organisation park partnership society state trust union".split()
)
_SMALL_ENGLISH = frozenset("of the for and in on".split())
CITIES = frozenset("city municipality town stadt".split())
REGIONS = frozenset("region land state province provincia county fylke lan".split())


def looks_english(text: str) -> bool:
    """Whether a name has English words for a kind of body, or joins its words in English."""
    words = fold(text).split()
    if any(word in _ENGLISH for word in words):
        return True
    # "innovation" is French and "for" Norwegian too
    plain = all(in_english(word) == word or word in FIELDS or word in HEADS for word in words)
    return plain and any(word in FIELDS or (n and word in _SMALL_ENGLISH) for n, word in enumerate(words))
