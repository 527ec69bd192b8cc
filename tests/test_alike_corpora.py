"""Small corpora of look-alikes, made up: which mentions are one entity's and which are not."""

import pytest
import regex

from pipeline.affiliations import affiliations
from pipeline.chains import chains
from pipeline.config import ResolveSettings
from pipeline.gold import parse_record
from pipeline.links import annotated
from pipeline.records import Chain, ChainMention, Document, EntityMention, Mention
from pipeline.resolve import resolve
from pipeline.segment import segment

MARK = regex.compile(r"([POCND])\(([^()|]*)(?:\|(\w\w))?\)")
LABELS = {"P": "PERSON", "O": "ORG", "C": "CODE", "N": "COUNTRY", "D": "DEMONYM"}


def entities(texts: list[str]) -> dict[str, str]:
    """The entity of every mention, as "a VLAIO" for the first VLAIO of the first text, "a VLAIO 2" the next.

    The mark-up is P(Ann Lee), O(VLAIO), and C(BE), N(Belgium|BE), D(Belgian|BE) for countries.
    """
    documents, mentions, stated = [], [], []
    for doc_id, marked in zip("abcdefgh", texts, strict=False):
        text = MARK.sub(
            lambda m: f"[[{LABELS[m[1]]}|{m[2]}{f'|{m[3] or m[2]}' if m[1] in 'CND' else ''}]]", marked
        )
        gold = parse_record(text, "here")
        document = Document(doc_id, "", None, None, None, "en", 1.0, gold.text, 1)
        passages = list(segment([document], []))
        own: list[Mention] = list(annotated([document], passages, [gold]))
        documents.append(document)
        mentions += own
        stated += list(affiliations([document], passages, own))
    made = list(chains(documents, mentions, stated))
    heads = [row for row in made if isinstance(row, Chain)]
    members = [row for row in made if isinstance(row, ChainMention)]
    of = {
        row.mention_id: row.entity_id
        for row in resolve(heads, members, [], ResolveSettings())
        if isinstance(row, EntityMention)
    }
    found: dict[str, str] = {}
    for mention in mentions:
        if mention.label in ("PERSON", "ORG"):
            name, n = f"{mention.doc_id} {mention.text}", 2
            while name in found:
                name, n = f"{mention.doc_id} {mention.text} {n}", n + 1
            found[name] = of[mention.mention_id]
    return found


CASES = {
    "a name of one word in brackets": (
        [
            "O(Uppsala University Hospital) (O(Akademiska)) tests a bed. O(Akademiska) is glad.",
            "P(Eva Holm) works at O(Akademiska). O(Fyndig) (the O(Skåne Institute for Trade Promotion)) pays.",
            "O(Fyndig) lends, the O(Institute of Physics) (O(Siemens AG)) does not.",
        ],
        ["a Uppsala University Hospital = b Akademiska", "b Fyndig = b Skåne Institute for Trade Promotion"],
        ["b Fyndig = b Akademiska"],
    ),
    "letters that several names have": (
        [
            "The O(Estonian Wind Energy Association) met O(EWINA) in Tallinn.",
            "The O(Enterprise and Innovation Agency of Narva) (O(EWINA)) has moved.",
        ],
        ["a EWINA = b Enterprise and Innovation Agency of Narva"],
        ["a EWINA = a Estonian Wind Energy Association"],
    ),
    "a name with its own acronym gets no other": (
        [
            "The O(Fédération Laine Nord Est) (O(FLNE)) is small. O(FLANOS) is the national body.",
            "O(FLNE) met O(FLANOS).",
        ],
        ["a FLNE = b FLNE", "a FLANOS = b FLANOS"],
        ["a FLNE = a FLANOS", "b FLNE = b FLANOS"],
    ),
    "an acronym before what it stands for": (
        [
            "O(SINTAK Technical Research Centre of Norway) is in Oslo. O(SINTAK) has labs;"
            " O(SINTAK Ventures) buys firms.",
        ],
        ["a SINTAK = a SINTAK Technical Research Centre of Norway"],
        ["a SINTAK = a SINTAK Ventures"],
    ),
    "an acronym that ends in the first letter of a region": (
        [
            "The O(Southern Commission for Regional Coordination) (O(CRC-S)) signed for O(CRC Sul)."
            " O(CRC Centro) did not.",
        ],
        ["a CRC-S = a CRC Sul"],
        ["a CRC-S = a CRC Centro"],
    ),
    "a field left out": (
        [
            "The O(South-West Regional Development Agency) and the O(South-East Regional Development Agency) met.",
            "The O(South-West Agency) asks the O(South-East Regional Development Agency) for help.",
        ],
        ["a South-West Regional Development Agency = b South-West Agency"],
        ["a South-East Regional Development Agency = b South-West Agency"],
    ),
    "ministries differ by their field": (
        [
            "The O(Flemish Ministry of Mobility) and the O(Flemish Ministry of Culture) agree.",
            "The O(Flemish Ministry of Culture and Media) agrees with the O(Flemish Ministry of Mobility).",
        ],
        ["a Flemish Ministry of Mobility = b Flemish Ministry of Mobility"],
        ["b Flemish Ministry of Mobility = b Flemish Ministry of Culture and Media"],
    ),
    "a founder's name left out": (
        [
            "P(Jan Wit) of the O(Stefan Bator Technical University of Radom) (O(SBTUR)) spoke.",
            "P(Jan Wit) (O(Technical University of Radom)) and the O(Radom University of Medicine) agree.",
        ],
        ["a SBTUR = b Technical University of Radom"],
        ["b Technical University of Radom = b Radom University of Medicine"],
    ),
    "what people call it": (
        [
            "The nurse of the O(Azienda Sanitaria di Parma), the hospital that everybody calls O(Maggiore), sang.",
            "The O(Regional Government of Andalusia), as the O(Junta) is called in English, pays.",
            "The O(Government of Upper Carniola) gave in: the O(Ured gorenjske vlade), as the office of the"
            " government is called at home, signed.",
            "The work begins at the O(University Medical Centre Rijeka). The hospital, known as O(KBC Rijeka), and"
            " the O(University of Rijeka) pay. The O(University) will watch.",
        ],
        [
            "a Azienda Sanitaria di Parma = a Maggiore",
            "b Regional Government of Andalusia = b Junta",
            "c Government of Upper Carniola = c Ured gorenjske vlade",
            "d University Medical Centre Rijeka = d KBC Rijeka",
            "d University of Rijeka = d University",
        ],
        ["d University Medical Centre Rijeka = d University"],
    ),
    "the agency of a well-known acronym": (
        ["The O(Maltese Agency for Trade) left. Then O(EISMEA) spoke: the O(Agency) wants two reports."],
        ["a EISMEA = a Agency"],
        ["a Maltese Agency for Trade = a Agency"],
    ),
    "a double surname without its given name": (
        [
            "P(A. Reis Moura) (O(Polo do Mar)) and P(Inês Vaz) were there. P(Reis Moura) will write.",
            "P(Ana Reis Moura) is a diver. According to P(Reis Moura), it is cold. P(Rui Reis Moura) agrees.",
            "P(Mirela Pop-Dragan) spoke. P(Pop) was brief.",
            "P(Mirela Pop-Dragan) and P(Ion Pop) spoke. P(Pop) was brief.",
        ],
        [
            "a A. Reis Moura = a Reis Moura",
            "b Ana Reis Moura = b Reis Moura",
            "c Mirela Pop-Dragan = c Pop",
            "d Ion Pop = d Pop",
        ],
        ["b Ana Reis Moura = b Rui Reis Moura", "d Mirela Pop-Dragan = d Pop"],
    ),
    "no relation": (
        [
            "P(Petr Malý), head of O(Agentura Morava), met P(Ota Suk). The owner of O(Sklo Liberec) shares his name"
            ' with him. "No relation," says P(Petr Malý), owner of O(Sklo Liberec).',
        ],
        [],
        ["a Petr Malý = a Petr Malý 2"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_look_alikes(case: str) -> None:
    texts, one, two = CASES[case]
    of = entities(texts)
    wrong = [pair for pair in one if len({of[name] for name in pair.split(" = ")}) == 2]
    wrong += [f"not {pair}" for pair in two if len({of[name] for name in pair.split(" = ")}) == 1]
    assert not wrong
