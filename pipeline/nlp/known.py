"""Bodies of the European Union and other houses that texts name without explaining them."""

from collections.abc import Iterator
from functools import cache

from pipeline.nlp.bodies import BodyName, read_body
from pipeline.nlp.kinds import CITIES, HEADS, SUB_BODIES

_KNOWN = """
European Commission: Commission, EU Commission, EC, Commission of the European Communities
European Parliament: EU Parliament, EP
European Innovation Council: EIC
EISMEA: European Innovation Council and SMEs Executive Agency
European Institute of Innovation and Technology: EIT
European Investment Bank: EIB
European Investment Fund: EIF
Joint Research Centre: JRC, European Commission Joint Research Centre
European Committee of the Regions: Committee of the Regions, CoR
European Economic and Social Committee: EESC
European Court of Auditors: ECA
European Research Council: ERC
European Research Executive Agency: Research Executive Agency
HaDEA: European Health and Digital Executive Agency, Health and Digital Executive Agency
CINEA: European Climate, Infrastructure and Environment Executive Agency
EASME: Executive Agency for Small and Medium-sized Enterprises
European Bank for Reconstruction and Development: EBRD
European Space Agency
European Defence Agency
Organisation for Economic Co-operation and Development: OECD
World Health Organization: WHO
DG GROW: Directorate-General for Internal Market, Industry, Entrepreneurship and SMEs
DG REGIO: Directorate-General for Regional and Urban Policy
DG RTD: Directorate-General for Research and Innovation
DG CONNECT: DG CNECT, Directorate-General for Communications Networks, Content and Technology
DG EMPL: Directorate-General for Employment, Social Affairs and Inclusion
DG AGRI: Directorate-General for Agriculture and Rural Development
DG ENER: Directorate-General for Energy
DG MOVE: Directorate-General for Mobility and Transport
DG SANTE: Directorate-General for Health and Food Safety
DG ENV: Directorate-General for Environment
DG CLIMA: Directorate-General for Climate Action
DG DEFIS: Directorate-General for Defence Industry and Space
DG NEAR: Directorate-General for Neighbourhood and Enlargement Negotiations
DG TRADE: Directorate-General for Trade
DG EAC: Directorate-General for Education, Youth, Sport and Culture
DG REFORM: Directorate-General for Structural Reform Support
DG INTPA: Directorate-General for International Partnerships
DG COMP: Directorate-General for Competition
DG MARE: Directorate-General for Maritime Affairs and Fisheries
"""


@cache
def _keys() -> dict[str, str]:
    return {read_body(form).key: key for form, key in _forms()}


def _forms() -> Iterator[tuple[str, str]]:
    """The names of the well-known bodies, each with the one key of its body."""
    for line in _KNOWN.strip().splitlines():
        name, _, others = line.partition(": ")
        # the long names of directorates have commas of their own
        forms = [others] if "Directorate" in others or "Executive" in others else others.split(", ")
        if name == "DG CONNECT":
            forms = others.split(", ", 1)
        for form in (name, *forms):
            yield form, f"european {read_body(name).key}"


@cache
def _long_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for form, key in _forms():
        if len(read_body(found.get(key, "")).words) < 2:
            found[key] = form
    return found


def known_name(key: str) -> str | None:
    """The name in full of a well-known body for the key of any of its names."""
    return _long_names().get(_keys().get(key, ""))


def known_as(key: str) -> str | None:
    """The one key of a well-known body for the key of any of its names."""
    return _keys().get(key)


_AS = {"hospitals": "hospital", "distretto": "district", "verein": "association", "pole": "cluster"}


def kinds_of(name: BodyName) -> set[str]:
    """The words for a kind of body in a name; a city is a municipality, a university hospital a hospital."""
    words = read_body(known_name(name.key) or "").words or name.words
    words = tuple(_AS.get(word, word) for word in words)
    kinds = {"municipality" if word in CITIES else word for word in words if word in HEADS}
    if "centre" in kinds and "medical" in words:
        kinds.add("hospital")
    return kinds - {"university"} if kinds & SUB_BODIES else kinds  # "University Library"
