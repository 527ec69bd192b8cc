"""The run: which stages there are, which parts need them, and one snapshot at the end."""

import gc
import json
import logging
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from pipeline import manifest, store
from pipeline.affiliations import affiliations
from pipeline.chains import chains
from pipeline.config import Settings
from pipeline.entities import entities
from pipeline.entities import version as entities_version
from pipeline.errors import ConfigError, PipelineError, StageError
from pipeline.executors import choose
from pipeline.ingest import ingest
from pipeline.ingest.files import find_inputs
from pipeline.manifest import Manifest
from pipeline.plan import Job, Planner, fingerprints, section
from pipeline.records import CLASSES, TABLES, Override, Record
from pipeline.report import report
from pipeline.resolve import resolve
from pipeline.resolve import version as overrides_version
from pipeline.segment import segment
from pipeline.stage import Stage, check_order, digest
from pipeline.topics import check_vectors, topics
from pipeline.topics import classes as topics_classes
from pipeline.topics import version as topics_version

PART_STAGES = (
    Stage.of(ingest),
    Stage.of(segment),
    Stage.of(entities, model=entities_version),
    Stage.of(affiliations),
    Stage.of(topics, model=topics_version, classes=topics_classes),
    Stage.of(chains),
)
CORPUS_STAGES = (Stage.of(resolve, model=overrides_version), Stage.of(report))

PENDING = ".pending"  # finished files of a run that is not; the next run takes them up
LOCK = ".lock"
log = logging.getLogger("pipeline")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, for a progress bar or a log line."""

    done: int
    total: int
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run wrote."""

    output: Path
    rows: dict[str, int]
    statuses: dict[str, int]
    failures: list[tuple[str, str, str]]  # (source, reason, detail)
    overrides: list[tuple[int, str, str, str, str]]  # (line, action, entity, status, detail)
    parts_done: int
    parts_kept: int
    seconds: float


def run(
    paths: Iterable[str | Path],
    output: str | Path = "outputs",
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    force: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Analyse files and folders into the tables of ``output``, and tell what was written.

    Afterwards ``output`` holds exactly these inputs. Documents, stages and models that have
    not changed since the last run are not worked on again, unless ``force`` is set.
    ``workers`` defaults to the machine's processors. Raises ConfigError where nothing can be
    done, StageError where a stage breaks; a bad file raises nothing, it is a row of ``sources``.
    """
    started = time.perf_counter()
    settings = settings or Settings()
    folder = Path(output).absolute()
    check_order((*PART_STAGES, *CORPUS_STAGES))
    check_vectors(settings.entities.recogniser, settings.topics)
    inputs = find_inputs([Path(path) for path in paths], settings.ingest.max_bytes)
    if not inputs:
        raise ConfigError("no files found; name a file, or a folder that holds some")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=0):
            if force:
                _clear(folder / PENDING)
            before = None if force else manifest.read(folder)
            prints = fingerprints(settings, (*PART_STAGES, *CORPUS_STAGES))
            planner = Planner(folder, settings, PART_STAGES, prints)
            jobs, after, kept = planner.plan(before or Manifest(), inputs)
            _do(jobs, workers, scheduler, on_progress)
            with uncollected():
                _corpus(after, before or Manifest(), planner, on_progress)
            _commit(folder, after)
    except Timeout as error:
        raise ConfigError(f"another run is writing {folder}; wait for it to end") from error
    except OSError as error:
        if isinstance(error, PermissionError | FileExistsError | NotADirectoryError):
            raise ConfigError(f"cannot write {folder}: {error.strerror}") from error
        raise
    return _summary(folder, after, len(jobs), kept, time.perf_counter() - started)


def do_part(job: Job) -> tuple[str, int, float]:
    """Run a part's stages and leave its files pending: its name, documents and seconds."""
    started = time.perf_counter()
    for stage in PART_STAGES:
        targets = {record: _pending(job, record) for record in stage.writes}
        if all(path.is_file() for path in targets.values()):
            continue
        if stage.name in job.stages:
            tables = {record: store.read_records([_here(job, record)], record) for record in stage.reads}
            try:
                written = stage(section(job.settings, stage), tables, list(job.inputs))
            except PipelineError:
                raise
            except Exception as error:
                first = job.inputs[0].source
                raise StageError(
                    f"stage {stage.name} failed on the part that begins with {first}: {error!r}"
                ) from error
            classes = stage.classes(section(job.settings, stage)) if stage.classes else CLASSES
            for record, path in targets.items():
                store.write_records(path, record, written[record], classes)
        elif job.shrunk:
            for record, path in targets.items():
                column = "source" if record.table == "sources" else "doc_id"
                table = store.read_arrow([job.output / job.old[record.table]], record)
                store.write_arrow(path, store.keep_rows(table, column, job.keep))
    return job.name, len(job.inputs), time.perf_counter() - started


def _pending(job: Job, record: type[Record]) -> Path:
    return job.output / PENDING / job.new[record.table]


def _here(job: Job, record: type[Record]) -> Path:
    """The file of a table that a stage reads: just made, or taken over as it is."""
    pending = _pending(job, record)
    return pending if pending.is_file() else job.output / job.old[record.table]


def _do(
    jobs: list[Job],
    workers: int | None,
    scheduler: str | None,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    total = sum(len(job.inputs) for job in jobs)
    _tell(on_progress, Progress(0, total, f"{total} files to analyse in {len(jobs)} parts"))
    done = 0
    execute = choose(workers or os.cpu_count() or 1, scheduler, len(jobs))
    for name, count, seconds in execute(do_part, jobs):
        done += count
        _tell(on_progress, Progress(done, total, f"part {name[:8]}: {count} files, {seconds:.1f} s"))


def _tell(on_progress: Callable[[Progress], None] | None, progress: Progress) -> None:
    log.info("%s/%s %s", progress.done, progress.total, progress.message)
    if on_progress:
        on_progress(progress)


def _corpus(
    after: Manifest,
    before: Manifest,
    planner: Planner,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    """Run the stages that need all documents at once, where anything they read has changed."""
    output = planner.output
    for stage in CORPUS_STAGES:
        reads = {record: sorted(after.files(record.table)) for record in stage.reads}
        tag = f"{planner.prints[stage.name]}-{digest(json.dumps(sorted(reads.values())))}"
        after.corpus.stages[stage.name] = tag
        for record in stage.writes:
            after.corpus.files[record.table] = f"{record.table}/corpus-{digest(tag)[:8]}.parquet"
        old = before.corpus.stages.get(stage.name, "")
        if old == tag:
            continue
        files = sum(len(part.inputs) for part in after.parts.values())
        _tell(on_progress, Progress(files, files, f"{stage.name} over the whole corpus"))
        tables = {
            record: store.read_records([_either(output, name) for name in names], record)
            for record, names in reads.items()
        }
        grown = old.split("-")[0] == planner.prints[stage.name] and all(
            set(before.files(record.table)) <= set(names) for record, names in reads.items()
        )
        previous = _previous(output, before, stage.previous)
        memory = _previous(output, before, stage.memory) if grown else []
        written = stage(section(planner.settings, stage), tables, [], previous, memory)
        for record, rows in written.items():
            store.write_records(output / PENDING / after.corpus.files[record.table], record, rows)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python's garbage collector from looking through millions of records, which have no cycles.

    That would take a quarter of the time that it takes to resolve 300 000 mentions.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _previous(output: Path, before: Manifest, record: type[Record] | None) -> list[Any]:
    """What the run before wrote into the table that a stage wants back; nothing if that cannot be read."""
    name = before.corpus.files.get(record.table) if record else None
    if record is None or name is None:
        return []
    try:
        return store.read_records([output / name], record)
    except (OSError, KeyError):  # removed, or written when the table had other columns
        return []


def _either(output: Path, name: str) -> Path:
    pending = output / PENDING / name
    return pending if pending.is_file() else output / name


def _commit(output: Path, after: Manifest) -> None:
    """Move the pending files into place, name them in the manifest, then drop what it names no more."""
    wanted = after.all_files()
    for name in sorted(wanted):
        pending = output / PENDING / name
        if pending.is_file():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            pending.replace(output / name)
    manifest.write(output, after)
    for record in TABLES:
        for path in (output / record.table).glob("*.parquet"):
            if path.relative_to(output).as_posix() not in wanted:
                path.unlink()
    _clear(output / PENDING)


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _summary(output: Path, after: Manifest, done: int, kept: int, seconds: float) -> Summary:
    rows = {
        record.table: sum(pq.read_metadata(output / n).num_rows for n in after.files(record.table))
        for record in TABLES
    }
    table = store.read_arrow([output / name for name in after.files("sources")], TABLES[0])
    sources = table.select(["source", "status", "reason", "detail"]).to_pylist()
    decided = store.read_records([output / name for name in after.files("overrides")], Override)
    troubled = [s for s in sources if s["status"] not in ("ok", "duplicate")]
    return Summary(
        output=output,
        rows=rows,
        statuses=dict(Counter(source["status"] for source in sources).most_common()),
        failures=sorted((s["source"], s["reason"], s["detail"]) for s in troubled),
        overrides=[(o.line, o.action, o.entity, o.status, o.detail) for o in decided],
        parts_done=done,
        parts_kept=kept,
        seconds=seconds,
    )
