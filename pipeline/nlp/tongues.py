"""What bodies and their fields are called in the languages of Europe, in English words.

Written by hand from the names of public bodies: no maintained list of them is known. A stem
stands for all endings, of which no language here has longer ones than ``ENDING`` letters.
"""

from functools import lru_cache

from pipeline.nlp.forms import CACHE

ENDING = 9
# stems, then after a bar words that are only meant as they stand
_STEMS = """
university: universit universid univerz uniwersyt sveucilis ulikool yliopist egyetem panepistim unibertsit
university: | haskoli haskola
ministry: ministerst ministarst ministeri ministere ministrstv ministrij miniszteri ministeeri
ministry: | ministero ministerul
agency: agentur agenci agencij agencj agenzi agentsch agjenci ugynoks axenci | agence agentia agentiei
agency: | agentuur virasto
authority: autoritat autoritate autoridad autorid autorita autorite autoriteit
council: consell consili consigli | conseil consejo conselho rada raad tanacs neuvosto radet
commission: comissao comision commissione comisia komise komisj komisij komissio
government: gobiern guvern governo govern landesregierung regjering | vlada rzad regering regierung
office: ufici oficin
institute: instituc institut instytut intezet | instituto istituto
centre: keskus kozpont
centre: | center centro centrum centar centras centrs zentrum senter senteret centret centrul kentro centra
chamber: komor kammar | camara camera kammer izba izby chambre kamara kamer
hospital: sairaal nemocnic bolnic szpital ziekenhui krankenhau hopita ospedal sjukhus sygehus sykehus
hospital: korhaz haigla ligonin slimnic klinikum kliinikum | spital
municipality: gemeind gemeent kommun obcin mairi municip opstin | comune concello
region: regij | regione regio regiao regiune rexion
foundation: fundaci fundaca fundacj fondazion stiftung stichting nadac alapitvan fundati zaklad stiftels
foundation: | fondation saatio
federation: federac federaci federaz federatie foderat federacij forbund | verband
confederation: confederac confederaz konfederac
fund: fundusz | fond fonds fondo fondas fonden fondet
bank: banqu | banca banco banka pankki pank
services: uslug storitv palvelu serviz serwis | servicii servicios servicos dienste dienstleistungen
province: provinci provinz prowincj provinssi
agency: styrels myndighet
port: hafen havn hamn | haven puerto sadam uostas osta
cluster: klast klynge klyngen kluste clusteru
association: asociac associac associaz asociat egyesulet zdruzen sdruzen stowarzysz udruzen udrug
association: vereniging forening foreninge yhdistys
organisation: organizati organizac organizaz organisatie
network: halozat netzwerk reseau nettverk natverk netwerk | retea mreza siec
economy: hospodarstv gospodarstv gospodark privred ekonomi gazdasag | economia economie economiei wirtschaft
economy: gospodarsk
innovation: innovac innovaz inovac innowac innovasj innovaat innovaati
innovation: | innovatie inovatie innovationen inovacao inovare
development: rozwoj rozvoj razvoj desarroll desenvolv desenvolup svilupp entwicklung dezvolt developpement
development: ontwikkeling fejleszt arengu pletr attistib kehitt utvecklin udviklin utviklin | dev
enterprise: entrepreneur antreprenor przedsieb podnik poduzet unternehm entrepris vallalkoz ettevot
enterprise: | enterprises impresa imprese empresa empresas
investment: investic investit investis inversion investicion inwestyc investment
industry: industri przemysl prumysl priemysl
technology: technolog tehnolog teknolog tecnolog texnolog | technol
technical: technisch techniczn technick tehnic tehnisk tehnick teknis tecnic techniqu muszaki
technical: | teknik technique tehniska
research: forschung recherch ricerc investigac cercetar vyzkum vyskum istraziv raziskov kutat onderzoek
research: forsknin tutkimu pesquis
science: wissenschaft nauk znanost
medical: medyczn medicin medizin medisin lekarsk
agricultural: rolnicz polnohospodarsk zemedelsk mezogazdas agrarn
economics: ekonomiczn ekonomick
public: javn verejn publiczn publique offentlich | publico publica pubblico pubblica
administration: upravo uprava verwaltung hallinto valdym
national: narodn nacional nazional nationaal nasjonal nemzeti krajow kansallin narodow | natl
european: europejsk evropsk europaisch europeen europeo europos eiropas euroopa
finance: financi finans finanz | finances
energy: energetik energetick energetyczn energi
education: bildung oswiat obrazov vzdelav educac istruzion oktatas
digitalisation: digitaliz digitalis digitaliseri numerisati cyfryzac
digital: cyfrow digitaln digitale numeriqu
mining: gornictw minier minerij | bergbau
food: zywnosc potravin lebensmittel elelmisz toiduain | partikas alimentacion alimentari alimentare
commerce: comerc comert kereskedel trgovin | commercio
tourism: turism turizm tourism turistic turystyczn
federal: | bundes
state: | staats
city: kaupunki kaupungi | ville stad miasto mesto miestas grad
county: | megye fylke zupanija apskritis maakond
"""
# one word elsewhere, several in English
_COMPOUNDS = {
    "fachhochschule": "university applied science", "hogeschool": "university applied science",
    "ammattikorkeakoulu": "university applied science", "politechnika": "university technology",
    "politechniki": "university technology", "universitetshospital": "university hospital",
    "universitetssjukhus": "university hospital", "universitetssykehus": "university hospital",
    "universitatsklinikum": "university hospital", "universitatsspital": "university hospital",
    "uniklinik": "university hospital", "uniklinikum": "university hospital",
    "universitatsklinik": "university hospital",
}  # fmt: skip
# English words that begin as a stem does and mean something else
_OTHERS = frozenset(
    "universities ministerial ministers institution institutions institutional industrial industries"
    " economics technological technologist energise technologists communal community communities"
    " communication communications kommunikation commune municipal municipale financial financier"
    " financing medicine".split()
)


def _read() -> tuple[dict[str, str], dict[str, str]]:
    stems, whole = {}, {}
    for line in _STEMS.strip().splitlines():
        word, _, rest = line.partition(": ")
        some, _, exact = rest.partition("|")
        stems.update(dict.fromkeys((stem.rstrip("-") for stem in some.split()), word))
        whole.update(dict.fromkeys(exact.split(), word))
    return stems, whole


_BY_STEM, _WHOLE = _read()
# what the compounds of Germanic and Finnic languages end in: "Landesgesundheitsagentur"
_KINDS = frozenset(
    "university ministry agency institute hospital foundation chamber bank centre government".split()
)
TAIL = 6  # letters from which the end of a word is a word of its own
SHORTEST = min(map(len, _BY_STEM))


@lru_cache(CACHE)
def in_english(word: str) -> str:
    """The English words, mostly one, for a folded word that many bodies share; or the word itself."""
    if word in _OTHERS:
        return word
    if found := _COMPOUNDS.get(word) or _WHOLE.get(word):
        return found
    if compound := _compound(word):
        return compound
    for size in range(len(word), max(SHORTEST, len(word) - ENDING) - 1, -1):
        if found := _BY_STEM.get(word[:size]):
            return found
    return word


def _compound(word: str) -> str:
    """A compound in two words, the kind of body in English; nothing for any other word."""
    for start in range(3, len(word) - TAIL + 1):
        tail = word[start:]
        sizes = range(len(tail), max(SHORTEST, TAIL, len(tail) - TAIL) - 1, -1)
        kind = _WHOLE.get(tail) or next((_BY_STEM[tail[:n]] for n in sizes if tail[:n] in _BY_STEM), "")
        if kind in _KINDS:
            first = in_english(word[:start])
            return f"{in_english(first.removesuffix('s')) if first == word[:start] else first} {kind}"
    return ""
