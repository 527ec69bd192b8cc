"""The plan of a run: which parts there are, and which stages each of them still needs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from pipeline.config import Settings
from pipeline.manifest import Manifest, Part
from pipeline.records import Record
from pipeline.stage import InputFile, Stage, digest


@dataclass(frozen=True, slots=True)
class Job:
    """A part to do: its inputs, the files it has, and the files that it shall have."""

    name: str
    output: Path
    inputs: tuple[InputFile, ...]
    keep: frozenset[str]  # of its former documents, the doc_ids and sources that stay
    shrunk: bool  # whether some former documents are gone
    old: dict[str, str]
    new: dict[str, str]
    stages: tuple[str, ...]  # the stages to run; the tables of the others are taken over
    settings: Settings


def section(settings: Settings, stage: Stage) -> BaseModel | None:
    """The section of the settings that the stage takes, if it takes one."""
    sections = (getattr(settings, name) for name in type(settings).model_fields)
    return next((part for part in sections if type(part) is stage.settings), None)


def fingerprints(settings: Settings, stages: Sequence[Stage]) -> dict[str, str]:
    """The fingerprint of every stage, from its own and those of the stages that it reads from."""
    writer: dict[type[Record], str] = {}
    prints: dict[str, str] = {}
    for stage in stages:
        upstream = {writer[record] for record in stage.reads}
        prints[stage.name] = stage.fingerprint(section(settings, stage), upstream)
        writer.update(dict.fromkeys(stage.writes, prints[stage.name]))
    return prints


def _identity(item: InputFile) -> str:
    return f"{item.sha256}{item.rejected or ''}{item.duplicate_of or ''}"


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans the parts of one outputs folder for some stages, by the stages' fingerprints."""

    output: Path
    settings: Settings
    stages: Sequence[Stage]
    prints: dict[str, str]

    def plan(self, before: Manifest, inputs: list[InputFile]) -> tuple[list[Job], Manifest, int]:
        """What is to do, the manifest that it will lead to, and how many parts stay as they are."""
        todo = {item.source: item for item in inputs}
        jobs: list[Job] = []
        after = Manifest()
        kept = 0
        for name, part in before.parts.items():
            same = [
                todo.pop(source)
                for source, identity in part.inputs.items()
                if source in todo and _identity(todo[source]) == identity
            ]
            if not same:
                continue
            job, planned = self._job(name, part, same)
            after.parts[name] = planned
            if job.stages or job.shrunk:
                jobs.append(job)
            else:
                kept += 1
        fresh = list(todo.values())
        size = self.settings.run.part_size
        for start in range(0, len(fresh), size):
            batch = fresh[start : start + size]
            name = digest(json.dumps([[item.source, _identity(item)] for item in batch]))
            job, planned = self._job(name, Part(), batch)
            after.parts[name] = planned
            jobs.append(job)
        return jobs, after, kept

    def _job(self, name: str, part: Part, items: list[InputFile]) -> tuple[Job, Part]:
        content = {item.source: _identity(item) for item in items}
        new: dict[str, str] = {}
        for stage in self.stages:
            tag = digest(json.dumps([self.prints[stage.name], content]))[:8]
            for record in stage.writes:
                new[record.table] = f"{record.table}/{name}-{tag}.parquet"
        job = Job(
            name=name,
            output=self.output,
            inputs=tuple(items),
            keep=frozenset({i.source for i in items} | {i.sha256[:16] for i in items}),
            shrunk=len(items) < len(part.inputs),
            old=part.files,
            new=new,
            stages=tuple(s.name for s in self.stages if part.stages.get(s.name) != self.prints[s.name]),
            settings=self.settings,
        )
        planned = Part(content, new, {stage.name: self.prints[stage.name] for stage in self.stages})
        return job, planned
