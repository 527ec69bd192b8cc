"""The analyst's last word: lines of a CSV file that merge, split, rename, retype, delete, set a country.

Columns ``action,entity,value,note``. An entity is an id or a name, with ``PERSON:`` or ``ORG:``
before it where both have it. Value: for merge, the entity that is taken in; for split, a form
of the name or ``doc:`` and a document's id, which then is an entity of its own; for rename, the
name; for retype, PERSON or ORG; for set_country, a code or a hyphen for none.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from pipeline.nlp.forms import fold
from pipeline.nlp.gazetteer import codes
from pipeline.records import Merge, Override
from pipeline.resolve.found import Found, choose_name
from pipeline.stage import digest

ACTIONS = ("merge", "split", "rename", "retype", "delete", "set_country")
COLUMNS = ["action", "entity", "value"]
NEAR = 60  # of 100: a candidate less alike is no help
LONGEST = 300  # characters of a name; what is longer is text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; ``problem`` says what is wrong with its form, if anything."""

    number: int
    action: str
    entity: str
    value: str
    problem: str = ""


def read_overrides(path: Path) -> Iterator[Line]:
    """The lines of an overrides file that say something; none where there is no file."""
    if not path.is_file():
        return
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    head = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    delimiter = ";" if head.count(";") > head.count(",") else ","
    started = False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(raw), delimiter=delimiter), [])]
        if not started and [cell.lower() for cell in cells[:3]] == COLUMNS:
            started = True
            continue
        started = True
        action, entity, value = (*cells, "", "", "")[:3]
        yield Line(number, action.lower(), entity, value, _problem(action.lower(), entity, value, raw))


def _problem(action: str, entity: str, value: str, raw: str) -> str:
    if "\ufffd" in raw:
        return "not UTF-8; save the file as UTF-8"
    if action not in ACTIONS:
        return f"no such action; there are {', '.join(ACTIONS)}"
    if not entity:
        return "names no entity"
    if not value and action != "delete":
        return f"{action} needs a value in the third column"
    if len(entity) > LONGEST or len(value) > LONGEST:
        return f"a name of {max(len(entity), len(value))} characters; the longest allowed is {LONGEST}"
    if action == "retype" and value not in ("PERSON", "ORG"):
        return "retype needs PERSON or ORG"
    if action == "set_country" and value != "-" and value.upper() not in codes():
        return f"{value} is no ISO 3166-1 alpha-2 code"
    return ""


class Overrides:
    """Applies lines in their order to the entities that were found."""

    def __init__(self, entities: list[Found]) -> None:
        self._by_id = {entity.entity_id: entity for entity in entities}
        self._final = {entity.entity_id: entity.entity_id for entity in entities}
        self._by_form: dict[str, list[Found]] | None = None
        self._done: dict[tuple[str, str], tuple[int, str]] = {}  # what an earlier line said
        self._deleted: dict[str, int] = {}
        self._apart: dict[frozenset[str], int] = {}
        self._merges: list[Merge] = []

    def entities(self) -> list[Found]:
        """The entities as they stand now."""
        return list(self._by_id.values())

    def final_ids(self) -> dict[str, str]:
        """For every id that was found, the one that has its mentions now; none where it was deleted."""
        return {old: new for old, new in self._final.items() if new in self._by_id}

    def merges(self) -> list[Merge]:
        """What the lines joined."""
        return self._merges

    def apply(self, line: Line) -> Override:
        """Do what a line says, or report why not."""
        status, detail = ("invalid", line.problem) if line.problem else self._apply(line)
        return Override(line.number, line.action, line.entity, status, detail)

    def _apply(self, line: Line) -> tuple[str, str]:
        entity = self._find(line.entity)
        if not isinstance(entity, Found):
            return entity
        if line.action == "merge":
            return self._merge(line, entity)
        if line.action == "split":
            return self._split(line, entity)
        if line.action == "delete":
            del self._by_id[entity.entity_id]
            self._deleted[entity.entity_id] = line.number
            for form in {fold(text) for text in entity.forms()}:
                self._deleted.setdefault(form, line.number)
            return "applied", f"deleted {entity.entity_id} with {len(entity.mentions)} mentions"
        before = self._done.get((line.action, entity.entity_id))
        if before and before[1] != line.value:
            return "contradiction", f"line {before[0]} says {before[1]}"
        self._done[line.action, entity.entity_id] = (line.number, line.value)
        if line.action == "rename":
            entity.name = " ".join(line.value.split())
        elif line.action == "retype":
            entity.label = "PERSON" if line.value == "PERSON" else "ORG"
        else:
            entity.country = None if line.value == "-" else codes()[line.value.upper()]
            entity.country_source = "override"
        return "applied", f"{entity.entity_id}: {line.action} {line.value}"

    def _merge(self, line: Line, entity: Found) -> tuple[str, str]:
        other = self._find(line.value)
        if not isinstance(other, Found):
            return other
        if other is entity:
            return "contradiction", f"{line.entity} and {line.value} are one already: {entity.entity_id}"
        if entity.label != other.label:
            return (
                "contradiction",
                f"{entity.label} and {other.label} cannot be one; retype one of them first",
            )
        pair = frozenset((entity.entity_id, other.entity_id))
        if pair in self._apart:
            return "contradiction", f"line {self._apart[pair]} has taken them apart"
        for action in ("rename", "set_country"):
            mine, theirs = (self._done.get((action, e.entity_id)) for e in (entity, other))
            if mine and theirs and mine[1] != theirs[1]:
                return "contradiction", f"lines {mine[0]} and {theirs[0]} {action} them differently"
            if theirs and not mine:
                self._done[action, entity.entity_id] = theirs
                entity.name = other.name or entity.name
                if action == "set_country":
                    entity.country, entity.country_source = other.country, other.country_source
        names = [choose_name(e.label, e.forms()) for e in (entity, other)]
        first = other.mentions[0][0]
        self._merges.append(
            Merge(entity.entity_id, names[1], names[0], "override", 1.0, 1, first, entity.mentions[0][0])
        )
        entity.mentions = sorted([*entity.mentions, *other.mentions])
        entity.joined += [other.entity_id, *other.joined]
        if entity.country is None:
            entity.country, entity.country_source = other.country, other.country_source
        del self._by_id[other.entity_id]
        for old, new in self._final.items():
            if new == other.entity_id:
                self._final[old] = entity.entity_id
        return "applied", f"{other.entity_id} is now {entity.entity_id}"

    def _split(self, line: Line, entity: Found) -> tuple[str, str]:
        if line.value.startswith("doc:"):
            wanted = line.value[4:].strip()
            out = [mention for mention in entity.mentions if mention[1] == wanted]
        else:
            wanted = " ".join(line.value.split())
            out = [mention for mention in entity.mentions if " ".join(mention[2].split()) == wanted]
        rest = [mention for mention in entity.mentions if mention not in set(out)]
        if not out:
            near = process.extract(wanted, sorted(entity.forms()), limit=3)
            return (
                "unmatched",
                f"{entity.entity_id} has no {line.value}; it has {_listed([n[0] for n in near])}",
            )
        if not rest:
            return "contradiction", f"nothing would be left of {entity.entity_id}"
        prefix = entity.entity_id.split("-")[0]
        new_id = f"{prefix}-{digest(f'split {entity.entity_id} {wanted}')}"
        if new_id in self._by_id:
            return "contradiction", f"an earlier line has split {line.value} off"
        self._by_id[new_id] = Found(entity.label, out, None, None, new_id)
        entity.mentions = rest
        self._apart[frozenset((entity.entity_id, new_id))] = line.number
        self._by_form = None
        return "applied", f"{len(out)} mentions are now {new_id}"

    def _find(self, text: str) -> Found | tuple[str, str]:
        """The entity that a line names, or what to report."""
        if text in self._by_id:
            return self._by_id[text]
        if text in self._deleted:
            return "contradiction", f"line {self._deleted[text]} has deleted it"
        if (final := self._final.get(text)) in self._by_id:
            return self._by_id[final]
        label, _, name = text.partition(":")
        if label not in ("PERSON", "ORG"):
            label, name = "", text
        if self._by_form is None:
            self._by_form = defaultdict(list)
            for entity in self._by_id.values():
                for form in {fold(form) or form for form in entity.forms()}:
                    self._by_form[form].append(entity)
        key = fold(name) or name.strip()
        found = {self._final.get(e.entity_id, e.entity_id) for e in self._by_form.get(key, ())}
        live = [self._by_id[i] for i in sorted(found) if i in self._by_id]
        live = [entity for entity in live if not label or entity.label == label]
        named = [e for e in live if fold(e.name or choose_name(e.label, e.forms())) == key]
        if len(live) == 1 or len(named) == 1:
            return (named or live)[0]
        if live:
            return (
                "ambiguous",
                f"it may be {_listed([self._title(entity) for entity in live[:5]])}; use the id",
            )
        if key in self._deleted:
            return "contradiction", f"line {self._deleted[key]} has deleted it"
        near = process.extract(key, list(self._by_form), scorer=fuzz.WRatio, limit=3, score_cutoff=NEAR)
        titles = [self._title(e) for match in near for e in self._by_form[match[0]][:1]]
        return "unmatched", f"nearest: {_listed(titles)}" if titles else "nothing like it in the corpus"

    def _title(self, entity: Found) -> str:
        return f"{entity.entity_id} ({entity.name or choose_name(entity.label, entity.forms())})"


def _listed(items: list[str]) -> str:
    return ", ".join(dict.fromkeys(items)) or "nothing"
