"""Look at entities: list and search them, show one with its evidence, write out what is in doubt."""

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from pipeline.errors import ConfigError
from pipeline.load import Tables, load
from pipeline.nlp.forms import fold
from pipeline.records import Entity
from pipeline.store import write_file

UNSURE = 0.7  # merges inside documents with a lower score are for review too
NEAR = 60  # of 100, for names that are nearly the one asked for
CONTEXT = 60  # characters of text on each side of a mention


@dataclass(frozen=True, slots=True)
class Shown:
    """One entity with its evidence."""

    entity: Entity
    merges: list[tuple[str, str, str, float, int]]  # form, other, reason, score, times
    mentions: list[tuple[str, str]]  # source, the mention in its surroundings
    affiliations: list[tuple[str, str | None, str | None]]  # person, role, organisation
    doubts: list[tuple[str, str, str, float]]  # other_id, name, reason, score


def list_entities(
    output: Path, *, label: str | None = None, country: str | None = None, search: str | None = None
) -> list[Entity]:
    """The entities of an outputs folder that fit, the most mentioned first.

    ``search`` is looked for in names and aliases, without case and accents.
    """
    frame = load(output).entities
    if label:
        frame = frame[frame.label == label.upper()]
    if country:
        frame = frame[frame.country == country.upper()]
    entities = [_entity(row) for row in frame.to_dict("records")]
    if search:
        wanted = fold(search)
        entities = [e for e in entities if any(wanted in fold(form) for form in (e.name, *e.aliases))]
    return sorted(entities, key=lambda entity: (-entity.n_mentions, entity.name, entity.entity_id))


def _entity(row: dict[str, object]) -> Entity:
    values = {key: _stated(value) for key, value in row.items()}
    values["aliases"] = tuple(values["aliases"])
    return Entity(**values)  # the columns are the fields


def _stated(value: Any) -> Any:
    """A cell's value, None where pandas has its own sign for nothing."""
    return None if isinstance(value, float) and math.isnan(value) else value


def find_entity(tables: Tables, wanted: str) -> Entity:
    """The entity with an id, or the one with a name; ConfigError with the nearest where there is none."""
    entities = [_entity(row) for row in tables.entities.to_dict("records")]
    by_id = [entity for entity in entities if entity.entity_id == wanted]
    key = fold(wanted)
    named = [e for e in entities if fold(e.name) == key]
    aliased = [e for e in entities if any(fold(alias) == key for alias in e.aliases)]
    for found in (by_id, named, aliased):
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(f"{e.entity_id} ({e.label}, {e.n_mentions} mentions)" for e in found[:5])
            raise ConfigError(f"{wanted} may be {ids}; use the id")
    given_up = tables.merges[(tables.merges.reason == "id") & (tables.merges.form == wanted)]
    if len(given_up):
        return find_entity(tables, str(given_up.entity_id.iloc[0]))
    names = {i: fold(entity.name) for i, entity in enumerate(entities)}
    near = process.extract(key, names, scorer=fuzz.WRatio, limit=3, score_cutoff=NEAR)
    hint = ", ".join(f"{entities[i].name} ({entities[i].entity_id})" for _, _, i in near)
    raise ConfigError(f"no entity {wanted}" + (f"; nearest: {hint}" if hint else ""))


def show_entity(output: Path, wanted: str, most: int = 20) -> Shown:
    """One entity, by id or name, with merges, up to ``most`` mentions, affiliations and doubts."""
    t = load(output)
    entity = find_entity(t, wanted)
    own = t.entity_mentions[t.entity_mentions.entity_id == entity.entity_id]
    mentions = t.mentions[t.mentions.mention_id.isin(own.mention_id)]
    documents = t.documents.set_index("doc_id")
    lines = []
    for row in mentions.sort_values(["doc_id", "start"]).head(most).itertuples():
        text = documents.text[row.doc_id]
        around = text[max(0, row.start - CONTEXT) : row.end + CONTEXT]
        lines.append((str(documents.source[row.doc_id]), " ".join(around.split())))
    merges = t.merges[t.merges.entity_id == entity.entity_id].sort_values("n_times", ascending=False)
    stated = t.affiliations[
        t.affiliations.person_mention_id.isin(own.mention_id)
        | t.affiliations.organisation_mention_id.isin(own.mention_id)
    ].drop_duplicates(["person", "role", "organisation"])
    doubts = []
    for d in t.doubts.itertuples():
        if entity.entity_id in (d.entity_id, d.other_id):
            first = d.entity_id == entity.entity_id
            other = (d.other_id, d.other) if first else (d.entity_id, d.name)
            doubts.append((*other, d.reason, d.score))
    return Shown(
        entity,
        [(m.form, m.other, m.reason, m.score, m.n_times) for m in merges.itertuples()],
        lines,
        [(a.person, _stated(a.role), _stated(a.organisation)) for a in stated.itertuples()],
        doubts,
    )


def review(output: Path) -> pd.DataFrame:
    """What a person should look at: pairs that were nearly joined, and joins that were nearly not.

    A row can be pasted into the overrides file: its first three columns are those of a line
    that would change what was done.
    """
    t = load(output)
    names = dict(zip(t.entities.entity_id, t.entities.name, strict=True))
    pairs = [
        ("merge", d.entity_id, d.other_id, d.reason, d.score, d.name, d.other) for d in t.doubts.itertuples()
    ]
    unsure = t.merges[(t.merges.score < UNSURE) & (t.merges.reason != "id")]
    for m in unsure.sort_values(["score", "entity_id", "form"]).itertuples():
        document = str(_stated(m.mention_id) or "").rsplit("-", 1)[0]
        pairs.append(("split", m.entity_id, f"doc:{document}", m.reason, m.score, m.form, names[m.entity_id]))
    return pd.DataFrame(pairs, columns=["action", "entity", "value", "reason", "score", "name", "other"])


def write_review(output: Path, to: Path) -> int:
    """Write the review as CSV, whole or not at all; the number of its rows."""
    frame = review(output)
    text = io.StringIO()
    frame.to_csv(text, index=False, quoting=csv.QUOTE_MINIMAL)
    write_file(to, text.getvalue().encode())
    return len(frame)
