"""A made-up corpus of a million mentions through chains and resolve: ``python -m tests.bench_resolve``."""

import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.chains import chains
from pipeline.config import ResolveSettings
from pipeline.nlp.bodies import read_body
from pipeline.nlp.forms import fold, loosen
from pipeline.nlp.people import read_person
from pipeline.nlp.places import country_in
from pipeline.records import (
    Affiliation,
    Chain,
    ChainMention,
    Document,
    Entity,
    EntityMention,
    Label,
    Mention,
    Record,
    Step,
)
from pipeline.resolve import resolve
from pipeline.run import uncollected

NAMES = Path(__file__).parent.parent / "corpus" / "gold" / "names"
PART = 200  # documents
PER_DOCUMENT = 30  # mentions
KINDS = (
    "Agency",
    "Cluster",
    "Institute",
    "Chamber of Commerce",
    "Foundation",
    "Hospital",
    "Network",
    "Board",
)
FIELDS = ("Innovation", "Energy", "Wood", "Textile", "Health", "Water", "Maritime", "Food", "Photonics")


class World:
    """People and organisations to write about, a few of them often and most of them seldom."""

    def __init__(self, rng: random.Random, people: int, bodies: int) -> None:
        rows = [line.split("\t") for line in (NAMES / "people.tsv").read_text(encoding="utf-8").splitlines()]
        self.people = []
        for _ in range(people):
            _, given, surnames = rng.choice(rows)
            first = rng.choice(given.split(";")).strip()
            last = rng.choice(surnames.split(";")).strip()
            middle = f" {rng.choice(given.split(';')).strip()}" if rng.random() < 0.3 else ""
            self.people.append((f"{first}{middle}", last))
        towns = [last for _, _, surnames in rows for last in surnames.split(";")]
        real = [line.split("\t")[2] for line in (NAMES / "organisations.tsv").read_text("utf-8").splitlines()]
        self.bodies = [
            f"{rng.choice(towns).strip()} {rng.choice(FIELDS)} {rng.choice(KINDS)}"
            if rng.random() < 0.9
            else rng.choice(real)
            for _ in range(bodies)
        ]


def documents(
    world: World, count: int, seed: int
) -> Iterator[tuple[Document, list[Mention], list[Affiliation]]]:
    """Documents that bring names back as surnames, initials, capitals, acronyms and short names."""
    rng = random.Random(seed)
    for n in range(count):
        page = Page(f"{seed:04x}{n:012x}")
        people = [world.people[int(len(world.people) * rng.random() ** 3)] for _ in range(6)]
        bodies = [world.bodies[int(len(world.bodies) * rng.random() ** 3)] for _ in range(5)]
        for k in range(PER_DOCUMENT // 2):
            given, last = people[k % len(people)]
            body = bodies[k % len(bodies)]
            if k < len(people):
                forms = (f"{given} {last}", f"{last.upper()} {given}", f"{given[0]}. {last}")
                person = page.add(rng.choice(forms), "PERSON", ", of the ")
                page.state(person, page.add(rng.choice((body, body.upper(), f"{body} Ltd")), "ORG", ". "))
            else:
                page.add(last, "PERSON", " spoke for the ")
                words = body.split()
                initials = "".join(word[0] for word in words if word[0].isupper())
                short = initials if len(initials) > 2 else body
                page.add(rng.choice((body, " ".join(words[:2]), short)), "ORG", ". ")
        words_ = len(page.text.split())
        document = Document(page.doc_id, "", None, None, None, "en", 1.0, page.text, words_)
        yield document, page.mentions, page.stated


class Page:
    """A document that is being written."""

    def __init__(self, doc_id: str) -> None:
        self.doc_id = doc_id
        self.text = ""
        self.mentions: list[Mention] = []
        self.stated: list[Affiliation] = []

    def add(self, name: str, label: Label, after: str) -> Mention:
        """Write a name and what follows it."""
        start, end, doc_id = len(self.text), len(self.text) + len(name), self.doc_id
        self.text += name + after
        places = (f"{doc_id}-m{start}", doc_id, f"{doc_id}-p0", start, end)
        row = Mention(*places, name, label, None, None, 1.0)
        self.mentions.append(row)
        return row

    def state(self, person: Mention, body: Mention) -> None:
        """Say that a person belongs to an organisation."""
        self.stated.append(
            Affiliation(
                f"{self.doc_id}-a{len(self.stated)}", self.doc_id, f"{self.doc_id}-p0", person.text, None,
                body.text, person.mention_id, body.mention_id, person.start, body.end, 1.0,
            )
        )  # fmt: skip


def main(wanted: int = 1_000_000) -> None:
    """Print seconds and memory for that many mentions, and for ten documents more."""
    rng = random.Random(5)
    world = World(rng, wanted // 8, wanted // 16)
    heads: list[Chain] = []
    rows: list[ChainMention] = []
    inside, total, part = 0.0, 0, 0
    while total < wanted:
        some = list(documents(world, PART, part))
        inside += _chain(some, heads, rows)
        total += sum(len(mentions) for _, mentions, _ in some)
        part += 1
    across, found = _resolve(heads, rows, [])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{total:,} mentions in {part * PART:,} documents, {len(heads):,} chains, {_count(found):,} entities"
    )
    print(f"chains: {inside:.0f} s in one process; resolve: {across:.0f} s; peak memory {peak:.1f} GB")
    more = _chain(list(documents(world, 10, part)), heads, rows)
    whole, anew = _resolve(heads, rows, [row for row in found if not isinstance(row, Step)])
    again, built = _resolve(heads, rows, found)
    print(f"ten documents more: chains {more:.2f} s, resolve {again:.0f} s on the run before")
    print(f"and {whole:.0f} s without its steps; the rows are {'the same' if anew == built else 'OTHERS'}")


def _chain(
    some: list[tuple[Document, list[Mention], list[Affiliation]]],
    heads: list[Chain],
    rows: list[ChainMention],
) -> float:
    started = time.perf_counter()
    mentions = [mention for _, own, _ in some for mention in own]
    stated = [row for _, _, own in some for row in own]
    for row in chains([document for document, _, _ in some], mentions, stated):
        if isinstance(row, Chain):
            heads.append(row)
        else:
            rows.append(row)
    return time.perf_counter() - started


def _resolve(
    heads: list[Chain], rows: list[ChainMention], before: list[Record]
) -> tuple[float, list[Record]]:
    """Seconds, and all rows; names are read anew, as in a process of its own."""
    previous = [row for row in before if isinstance(row, EntityMention)]
    memory = [row for row in before if isinstance(row, Step)]
    for read in (fold, loosen, read_body, read_person, country_in):
        read.cache_clear()
    settings = ResolveSettings(overrides=Path("none"))
    started = time.perf_counter()
    with uncollected():
        found: list[Record] = list(resolve(heads, rows, previous, memory, settings))
    return time.perf_counter() - started, found


def _count(found: list[Record]) -> int:
    return sum(isinstance(row, Entity) for row in found)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
