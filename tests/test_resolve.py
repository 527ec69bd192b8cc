"""Across documents: what is one entity, what stays apart, and what a person has decided."""

import random
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.affiliations import affiliations
from pipeline.chains import chains
from pipeline.config import ResolveSettings
from pipeline.gold import parse_record, read_gold
from pipeline.links import annotated, evaluate_links, score_links
from pipeline.records import (
    Affiliation,
    Chain,
    ChainMention,
    Document,
    Doubt,
    Entity,
    EntityMention,
    Mention,
    Merge,
    Override,
    Record,
    Step,
)
from pipeline.resolve import fold, resolve
from pipeline.resolve.found import Found
from pipeline.resolve.ids import give_ids
from pipeline.resolve.people import People
from pipeline.segment import segment
from tests.bench_resolve import World
from tests.bench_resolve import documents as made_up

CLUSTERS = Path(__file__).parent.parent / "corpus" / "gold" / "clusters"
NONE = Path("none.csv")


def rows(
    *texts: str,
    ids: str = "abcdefgh",
    previous: list[EntityMention] | None = None,
    memory: list[Step] | None = None,
    overrides: Path = NONE,
    order: random.Random | None = None,
) -> list[Record]:
    """Everything that resolve gives for documents in the mark-up P(Ann Lee), O(VLAIO)."""
    documents, mentions, stated = [], [], []
    for doc_id, marked in zip(ids, texts, strict=False):
        text = regex.sub(r"([PO])\(([^()]*)\)", lambda m: f"[[{m[1]}|{m[2]}]]", marked)
        text = text.replace("[[P|", "[[PERSON|").replace("[[O|", "[[ORG|")
        gold = parse_record(text, "here")
        document = Document(doc_id, "", None, None, None, "en", 1.0, gold.text, 1)
        passages = list(segment([document], []))
        own: list[Mention] = list(annotated([document], passages, [gold]))
        documents.append(document)
        mentions += own
        stated += list(affiliations([document], passages, own, []))
    made = list(chains(documents, mentions, stated))
    heads = [row for row in made if isinstance(row, Chain)]
    members = [row for row in made if isinstance(row, ChainMention)]
    if order:
        order.shuffle(heads)
        order.shuffle(members)
    return list(resolve(heads, members, previous or [], memory or [], ResolveSettings(overrides=overrides)))


def entities(found: list[Record]) -> list[Entity]:
    return sorted((r for r in found if isinstance(r, Entity)), key=lambda e: (e.label, e.name, e.entity_id))


def names(*texts: str) -> list[tuple[str, ...]]:
    """The entities as their forms, name first."""
    return [(e.name, *sorted(e.aliases)) for e in entities(rows(*texts))]


def ids(found: list[Record]) -> dict[str, str]:
    return {r.mention_id: r.entity_id for r in found if isinstance(r, EntityMention)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Region Auvergne-Rhône-Alpes", "REGION  AUVERGNE RHONE ALPES"),
        ("Łódź University", "lodz university"),
        ("Straße", "STRASSE"),
        ("Lindøya", "LINDOYA"),
    ],
)
def test_fold(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(
    "texts",
    [
        ("P(Anna Szabó) spoke.", "P(SZABÓ Anna) wrote."),
        ("P(Anna Szabó) of O(Metron) spoke.", "P(A. Szabó) of O(Metron) wrote."),
        ("O(Region Auvergne-Rhône-Alpes) pays.", "O(Region Auvergne-Rhone-Alpes) pays."),
        ("O(University of Tartu) measures.", "O(Tartu University) measures."),
        ("O(Welfare Tech) opens.", "O(Welfare Tech Cluster) closes."),
        ("O(ecoplus) pays.", "O(ecoplus. The Business Agency of Lower Austria) pays."),
        ("O(Sensorika d.o.o.) sells.", "O(SENSORIKA) buys."),
        ("O(Agency for Boats) (O(AFB)) pays.", "O(AFB) pays."),
        ("O(TU Chemnitz) teaches.", "O(Technische Universität Chemnitz) learns."),
        ("O(Slovak Ministry of Economy) pays.", "The O(Ministry of Economy) of Slovakia pays."),
        (
            "O(Centro Hospitalar do Douro) (O(CHDO)) opens.",
            "O(Douro Hospital Centre) (O(CHDO)) closes.",
        ),
        ("O(European Commission) pays.", "The O(Commission) pays."),
        ("O(Nokta. The Wood Agency of Tyrol) pays.", "O(Nokta. Tiroler Holz GmbH) pays."),
        ("O(Debreceni Egyetem) teaches.", "O(University of Debrecen) learns."),
        ("O(UGent) teaches.", "O(University of Ghent) learns."),
        ("O(Agence de la Recherche) pays.", "O(Agence de la Recherche) (FR) pays."),
        ("O(Malta Agency for Rope) pays.", "O(MAR) of Malta pays."),
        (  # two countries beside them, but one company
            "P(Eva Maier) of O(Kupfer) (DE) met P(Jan Kos) and P(Ada Lind).",
            "P(Eva Maier) of O(Sodexa) (AT) met P(Jan Kos) and P(Ada Lind).",
        ),
        ("The O(Danish Energy Agency) pays.", "O(Energistyrelsen) (DK) pays."),
        ("O(Esbjerg Havn) lends.", "O(Port of Esbjerg) borrows."),
        ("O(Wood Lab Tyrol) (AT) saws.", "O(Wood Lab Tyrol) (IT) sells."),
        ("O(Foundation for Research) (O(FORE)) pays.", "O(Foundation for Research) (O(FORE)) tests."),
        (  # the local and the English name of a body to which one person belongs
            "P(Ana Perić), Director, O(Institut za more) (HR).",
            "P(Ana Perić) (Director, O(Sea Institute)) spoke.",
        ),
        (
            "P(Eva Maier) of the O(Ministry of Energy) (AT) spoke. O(Ministry of Energy) (PL) too.",
            "P(Eva Maier) (O(Ministry of Energy)) spoke.",
        ),
        (  # a lone given name
            "P(Eva Maier) of O(Solaris) met P(Jan Kos) of O(Kupfer).",
            "At O(Solaris) and O(Kupfer), P(Eva) and P(Jan Kos) met.",
        ),
        (  # a given name and a surname of one document
            "P(Eva Maier) of O(Solaris) met P(Jan Kos) of O(Kupfer).",
            "At O(Solaris) and O(Kupfer), P(Jan Kos) sends P(Eva). P(Maier) pays.",
        ),
        (  # pet forms: by the organisation, by a double surname
            "P(Nikos Stavrou) of O(Metron) spoke.",
            "P(Nikolaos Stavrou) of O(Metron) wrote.",
        ),
        (
            "P(Kasia Maj-Lipa) of O(Metron) met P(Jan Kos).",
            "P(Katarzyna Maj-Lipa) of O(Metron) met P(Jan Kos).",
        ),
    ],
)
def test_one_entity(texts: tuple[str, str]) -> None:
    found = rows(*texts)
    people = {e.entity_id for e in entities(found) if e.label == "PERSON"}
    shared = {e.entity_id for e in entities(found) if e.n_documents == 2}
    assert shared >= people
    assert shared


@pytest.mark.parametrize(
    "texts",
    [
        ("P(Jan Novák) spoke.", "P(Jana Nováková) wrote."),
        ("P(Szabó) spoke.", "P(Szabó) wrote."),
        ("P(Anna Szabó) spoke.", "Mr P(Szabó) wrote."),
        ("P(Anna Kiss) of O(Metron) (HU) spoke.", "P(Anna Kiss) of O(Sodexa) (SK) wrote."),
        ("O(DG GROW) pays.", "O(European Commission) pays."),
        ("O(Ministry of Economy) of Slovakia pays.", "The O(Hungarian Ministry of Economy) pays."),
        (
            "O(North-West Regional Development Agency) pays.",
            "O(South-West Regional Development Agency) pays.",
        ),
        ("O(Biotech Alliance) (O(BIA)) pays.", "O(Borsod Innovation Agency) (O(BIA)) pays."),
        ("O(University of Tartu) pays.", "O(University of Tartu Library) reads."),
        ("O(Institute for Testing) in Serbia tests.", "O(Institute for Testing) in Bulgaria tests."),
        ("O(Route 66 Cluster) pays.", "O(Route 67 Cluster) pays."),
        ("O(Solar Textile) weaves.", "O(Solar Textile Services S.R.L.) tests."),
        ("O(Solar Textile) weaves.", "O(Solar Textile Logistics GmbH) drives."),
        ("O(University of Tartu), institute A.", "O(University of Tartu. Institute of Law) pays."),
        ("O(FAIN) (Galicia) pays.", "O(FAIN) in Malta pays."),
        (
            "The O(Axencia de Fibras de Galicia) (O(AFGA)) pays.",
            "The O(Agency for Fibre in Gozo Area) (O(AFGA)) pays.",
        ),
        ("O(Silesian Board of Art) (O(SBA)) pays.", "O(SBA) in Bratislava pays."),
        ("P(Eva) spoke at O(Solaris).", "P(Eva Maier) wrote."),
        ("P(Nikos Stavrou) spoke.", "P(Nikolaos Stavrou) wrote."),
        ("P(Dragan Perić) of O(Metron) spoke.", "P(Dragana Perić) of O(Kupfer) wrote."),
        ("P(Eva Maier) of O(Solaris) (DE).", "P(E. Maier) of O(Kupfer) (AT)."),
    ],
)
def test_look_alikes_stay_apart(texts: tuple[str, str]) -> None:
    assert all(e.n_documents == 1 for e in entities(rows(*texts)))


def test_namesakes_find_their_own_across_documents() -> None:
    both = "P(Eva Maier); buyer; O(Solaris); DE\nP(Eva Maier); buyer; O(Kupfer); AT"
    found = rows(
        both, "O(Kupfer) sells. Its founder P(Eva Maier) spoke.", "P(Eva Maier) of O(Solaris) spoke."
    )
    people = [e for e in entities(found) if e.label == "PERSON"]
    assert [(e.country, e.n_documents) for e in people] in ([("AT", 2), ("DE", 2)], [("DE", 2), ("AT", 2)])


def test_names_and_counts() -> None:
    assert names(
        "P(Anna Szabó) of O(Sensorika d.o.o.). P(Szabó) spoke.", "P(SZABÓ Anna), O(Sensorika). P(Anna Szabó)."
    ) == [("Sensorika", "Sensorika d.o.o."), ("Anna Szabó", "SZABÓ Anna", "Szabó")]
    (body, person) = entities(rows("P(Anna Szabó) of O(VLAIO). P(Szabó) spoke.", "P(Anna Szabó), O(VLAIO)."))
    assert (person.n_mentions, person.n_documents, body.n_mentions) == (3, 2, 2)


@pytest.mark.parametrize(
    ("text", "country", "source"),
    [
        ("O(Metron) ([[CODE|GR|GR]]) pays.", "GR", "code"),
        ("O(Metron), Athens, Greece, pays.", "GR", "code"),
        ("The Greek O(Metron) pays.", "GR", "code"),
        ("O(Danish Wood Board) pays.", "DK", "name"),
        ("O(University of Tartu) pays.", "EE", "place"),
        ("O(Region Skåne) pays.", "SE", "place"),
        ("O(Wien Tartu Bridge) pays.", None, None),
        ("O(South-East Innovation Centre) pays.", None, None),
        ("O(Metron) pays.", None, None),
    ],
)
def test_country(text: str, country: str | None, source: str | None) -> None:
    (entity,) = entities(rows(text.replace("[[CODE|GR|GR]]", "GR")))
    assert (entity.country, entity.country_source) == (country, source)


def test_a_person_has_the_country_of_the_organisation() -> None:
    found = entities(rows("P(Anna Szabó) (Director at O(University of Tartu)) spoke."))
    assert [(e.country, e.country_source) for e in found] == [("EE", "place"), ("EE", "affiliation")]


TEXTS = (
    "P(Anna Szabó) of O(Borsod Agency) (O(BA)) spoke. P(Szabó) left.",
    "P(A. Szabó), O(BA), Hungary. P(Jan Novák) of O(Sensorika d.o.o.)",
    "P(SZABÓ Anna) met P(Jana Nováková) at O(Sensorika). O(Innovation Agency) came.",
    "P(Petr Dvořák), O(Lithuanian Innovation Agency); O(Ministry of Economy) of Slovakia.",
)


@given(st.randoms(use_true_random=False), st.permutations(range(len(TEXTS))))
@settings(deadline=None, max_examples=25)
def test_the_order_does_not_matter(rng: random.Random, order: list[int]) -> None:
    names_ = "abcd"
    shuffled = rows(*(TEXTS[i] for i in order), ids="".join(names_[i] for i in order), order=rng)
    plain = rows(*TEXTS, ids=names_)
    assert shuffled == plain


def test_ids_stay_as_documents_are_added() -> None:
    before = rows(*TEXTS[1:], ids="bcd")
    kept = [row for row in before if isinstance(row, EntityMention)]
    after = ids(rows(*TEXTS, previous=kept))
    assert {mention: after[mention] for mention in ids(before)} == ids(before)


def test_a_merge_says_which_id_it_took() -> None:
    before = rows("P(A. Szabó) spoke.", "P(Anna Szabó) of O(Metron) wrote. P(Szabó) left.", ids="ab")
    kept = [
        EntityMention(m, f"per-{m[0]}", f"per-{m[0]}") if r.startswith("per") else EntityMention(m, r, r)
        for m, r in ids(before).items()
    ]
    found = rows("P(A. Szabó) spoke.", "P(Anna Szabó) of O(Metron) wrote. P(Szabó) left.", previous=kept)
    (merge,) = (row for row in found if isinstance(row, Merge) and row.reason == "id")
    assert (merge.form, merge.other, merge.entity_id) == ("per-a", "per-b", "per-b")


def test_an_entity_never_gets_the_id_of_another() -> None:
    def person(mention: str) -> Found:
        return Found("PERSON", [(mention, "a", "Anna Szabó")], None, None)

    before = [person("m1"), person("m3")]
    assert not list(give_ids(before, []))
    one, two = (entity.entity_id for entity in before)  # the second is made of the mention m3 too
    found = [person("m1"), person("m2"), person("m3")]
    previous = [EntityMention("m1", one, one), EntityMention("m2", two, two)]
    assert not list(give_ids(found, previous))
    assert len({entity.entity_id for entity in found}) == 3


def test_merges_have_reasons_and_doubts_are_kept() -> None:
    found = rows("P(Anna Szabó) spoke. P(Szabó) left.", "P(SZABÓ Anna) wrote.", "P(Szabó) came.")
    merges = {(m.form, m.other, m.reason) for m in found if isinstance(m, Merge)}
    assert ("Szabó", "Anna Szabó", "surname") in merges
    assert any(reason.startswith("same") for form, _, reason in merges if form == "SZABÓ Anna")
    assert [d.reason for d in found if isinstance(d, Doubt)] == ["surname"]


def decided(folder: Path, text: str, *texts: str) -> tuple[list[tuple[int, str]], list[Record]]:
    path = folder / "overrides.csv"
    path.write_text(text, encoding="utf-8")
    found = rows(*(texts or TEXTS), overrides=path)
    return [(row.line, row.status) for row in found if isinstance(row, Override)], found


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        ("merge,Jan Novák,Jana Nováková", ["applied"]),
        ("merge,PERSON:Jan Novák,Jana Nováková\nmerge,Jana Nováková,Jan Novák", ["applied", "contradiction"]),
        ("merge,Jan Novák,Jan Novák", ["contradiction"]),
        ("merge,Jan Novák,Sensorika", ["contradiction"]),
        ("rename,Sensorika,Sensor\nrename,Sensorika,Sensory", ["applied", "contradiction"]),
        ("delete,Sensorika\nrename,Sensorika,X", ["applied", "contradiction"]),
        ("split,Anna Szabó,A. Szabó\nmerge,Anna Szabó,A. Szabó", ["applied", "contradiction"]),
        ("split,Anna Szabó,B. Szabó", ["unmatched"]),
        ("set_country,Sensorika,SI", ["applied"]),
        ("set_country,Sensorika,Slovenia", ["invalid"]),
        ("retype,Sensorika,PERSON", ["applied"]),
        ("retype,Sensorika,COUNTRY", ["invalid"]),
        ("rename,org-0000000000000000,X", ["unmatched"]),
        ("rename,Sensorica,X", ["unmatched"]),
        ("rename,12345,X", ["unmatched"]),
        (f"rename,{'x' * 400},X", ["invalid"]),
        ("abolish,Sensorika,X", ["invalid"]),
        ("rename,Sensorika,", ["invalid"]),
        ("merge", ["invalid"]),
    ],
)
def test_every_override_is_applied_or_reported(tmp_path: Path, lines: str, statuses: list[str]) -> None:
    reported, _ = decided(tmp_path, f"action,entity,value\n# a remark\n{lines}\n")
    assert reported == [(3 + n, status) for n, status in enumerate(statuses)]


def test_overrides_change_the_tables(tmp_path: Path) -> None:
    text = (
        "action;entity;value\nmerge;Jan Novák;Jana Nováková\nrename;Jan Novák;J. N.\n"
        "set_country;Sensorika;si\ndelete;Borsod Agency;\nsplit;Anna Szabó;doc:c\n"
        "retype;Innovation Agency;PERSON\n"
    )
    reported, found = decided(tmp_path, text)
    assert {status for _, status in reported} == {"applied"}
    by_name = {e.name: e for e in entities(found)}
    assert by_name["J. N."].n_mentions == 2
    assert (by_name["Sensorika"].country, by_name["Sensorika"].country_source) == ("SI", "override")
    assert "Borsod Agency" not in by_name
    assert by_name["SZABÓ Anna"].n_mentions == 1
    assert any(m.reason == "override" for m in found if isinstance(m, Merge))
    kept = [row for row in found if isinstance(row, EntityMention)]
    again = rows(*TEXTS, overrides=tmp_path / "overrides.csv", previous=kept)
    assert entities(again) == entities(found)


def test_an_override_that_matches_nothing_names_the_nearest(tmp_path: Path) -> None:
    _, found = decided(tmp_path, "action,entity,value\nrename,Sensorica,X\n")
    (row,) = (row for row in found if isinstance(row, Override))
    assert "Sensorika" in row.detail


@pytest.mark.parametrize("name", ["x" * 400, "12345", "-", "©", "A", "Ж", "de", "Dr", "( )", "the"])
def test_odd_names_are_entities_too(name: str) -> None:
    for label in ("PERSON", "ORG"):
        text = f"[[{label}|{name}]] spoke."
        assert sum(e.n_mentions for e in entities(rows(text, text))) == 2


def test_countries_are_no_entities() -> None:
    assert rows("Norway pays.") == []


def test_figures_of_links() -> None:
    gold = {("d", n, n): e for n, e in enumerate("aaab")}
    perfect = score_links(gold, gold)
    assert (perfect.link_f1, perfect.b_f1) == (1.0, 1.0)
    split = score_links(gold, {key: str(n // 2) for n, key in enumerate(gold)})
    assert (split.link_precision, split.link_recall) == (0.5, 1 / 3)


@pytest.mark.parametrize(("part", "floor"), [("develop", 0.94), ("held-out", 0.92)])
def test_own_texts(part: str, floor: float) -> None:
    assert evaluate_links(read_gold(CLUSTERS / part)).link_f1 >= floor


def test_a_person_of_two_full_names_who_was_joined_by_one_is_found_by_the_other() -> None:
    texts = (
        "P(Anna Berg Holm) spoke.",
        "P(Anna Berg Holm) spoke. P(Anna Holm) left.",
        "P(Anna Holm) came.",
    )
    assert names(*texts) == [("Anna Berg Holm", "Anna Holm")]


class Growing:
    """A corpus that grows, resolved after each addition with what the run before has left."""

    def __init__(self) -> None:
        self.heads: list[Chain] = []
        self.members: list[ChainMention] = []
        self.previous: list[EntityMention] = []
        self.memory: list[Step] = []

    def add(self, documents: list[Document], mentions: list[Mention], stated: list[Affiliation]) -> None:
        """Resolve with some documents more, and anew, which must give the same rows."""
        for row in chains(documents, mentions, stated):
            if isinstance(row, Chain):
                self.heads.append(row)
            else:
                self.members.append(row)
        found = self._rows(self.previous, self.memory)
        assert found == self._rows(self.previous, [])
        self.previous = [row for row in found if isinstance(row, EntityMention)]
        self.memory = [row for row in found if isinstance(row, Step)]

    def check(self) -> None:
        """From nothing the steps and the entities are the same; ids may be others."""
        found = self._rows([], [])
        assert self.memory == [row for row in found if isinstance(row, Step)]
        assert parts(self.previous) == parts([row for row in found if isinstance(row, EntityMention)])

    def _rows(self, previous: list[EntityMention], memory: list[Step]) -> list[Record]:
        settings_ = ResolveSettings(overrides=NONE)
        return list(resolve(self.heads, self.members, previous, memory, settings_))


def parts(found: list[EntityMention]) -> list[list[str]]:
    by_id: dict[str, list[str]] = {}
    for row in found:
        by_id.setdefault(row.entity_id, []).append(row.mention_id)
    return sorted(map(sorted, by_id.values()))


@given(
    st.integers(0, 1 << 16),
    st.sampled_from([20, 60, 200]),
    st.lists(st.integers(1, 80), min_size=2, max_size=3),
)
@settings(deadline=None, max_examples=20)
def test_what_is_added_gives_what_it_gives_from_the_start(seed: int, size: int, counts: list[int]) -> None:
    rng = random.Random(seed)
    world = World(rng, size, size // rng.choice([1, 2, 5]))
    if rng.random() < 0.5:  # many of few names, so that they have much to do with each other
        world.people = [world.people[rng.randrange(3 + size // 8)] for _ in range(size)]
    made = list(made_up(world, sum(counts), seed))
    rng.shuffle(made)
    corpus = Growing()
    for count in counts:
        some, made = made[:count], made[count:]
        corpus.add(
            [document for document, _, _ in some],
            [mention for _, own, _ in some for mention in own],
            [row for _, _, own in some for row in own],
        )
    corpus.check()


@pytest.mark.parametrize("part", ["develop", "press"])
@pytest.mark.parametrize("seed", range(3))
def test_texts_that_are_added_give_what_they_give_from_the_start(part: str, seed: int) -> None:
    gold = read_gold(CLUSTERS / part)
    order = list(range(len(gold)))
    rng = random.Random(seed)
    rng.shuffle(order)
    cut = rng.randrange(1, len(gold))
    corpus = Growing()
    for some in (order[:cut], order[cut:]):
        texts = [gold[n] for n in some]
        documents = [
            Document(f"{n:016}", "", None, None, None, "en", 1.0, text.text, 1)
            for n, text in zip(some, texts, strict=True)
        ]
        passages = list(segment(documents, []))
        mentions = list(annotated(documents, passages, texts))
        corpus.add(documents, mentions, list(affiliations(documents, passages, mentions, [])))
    corpus.check()


@pytest.mark.parametrize(
    "texts",
    [
        (  # a join is given up, and what another name reads of the one that it was joined to
            "P(Anna Berg) of O(Solaris) spoke.",
            "P(Anna Berg Holm) wrote.",
            "P(A. B. Holm) of O(Solaris) came.",
            "P(Anna Berg Lund) left.",
        ),
        (  # a join stays, with one who is now known to belong to another organisation
            "P(Anna Holm) of O(BFX) spoke.",
            "P(Anna Berg Holm) spoke. P(Anna Holm) left.",
            "P(A. B. Holm) of O(Wood Centre) wrote.",
            "The O(Wood Centre) (O(BFX)) pays.",
        ),
    ],
)
def test_what_is_added_reaches_names_that_it_has_not(texts: tuple[str, ...]) -> None:
    before = rows(*texts[:-1])
    after = rows(*texts, memory=[row for row in before if isinstance(row, Step)])
    assert after == rows(*texts)
    old, new = ({(m.form, m.score) for m in some if isinstance(m, Merge)} for some in (before, after))
    assert {score for form, score in old if form == "A. B. Holm"} != {
        score for form, score in new if form == "A. B. Holm"
    }


def test_what_is_not_touched_is_not_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    decided_: list[set[str]] = []
    join = People._join_block

    def counted(self: People, block: dict[int, str]) -> None:
        decided_.append(set(block.values()))
        join(self, block)

    monkeypatch.setattr(People, "_join_block", counted)
    texts = ("P(Anna Szabó) met P(Jan Novák).", "P(Anna Szabó) left.", "P(Jan Novák) came.")
    first = rows(*texts)
    assert sorted(decided_, key=str) == [{"Anna Szabó"}, {"Jan Novák"}]
    decided_.clear()
    memory = [row for row in first if isinstance(row, Step)]
    again = rows(*texts, "P(Jan Novák) went.", memory=memory)
    assert decided_ == [{"Jan Novák"}]
    decided_.clear()
    assert rows(*texts, "P(Jan Novák) went.") == again
    assert rows(*texts[:2], memory=memory) == rows(*texts[:2])  # one is gone
    assert len(decided_) == 4
