"""Words a second of every stage: ``make bench``, which goes on to tests.bench_resolve."""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.config import Settings
from pipeline.entities import entities
from pipeline.ingest.files import find_inputs
from pipeline.plan import section
from pipeline.records import Document, Passage
from pipeline.run import CORPUS_STAGES, PART_STAGES

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
REPEATS = 5  # the sample corpus several times over, so that loading a model counts for little


def main() -> None:
    settings = Settings()
    inputs = find_inputs([CORPUS], settings.ingest.max_bytes)
    print("| stage | seconds | words a second |\n| --- | --- | --- |")
    tables: dict[type, list[Any]] = {}
    words, total = 0, 0.0
    for stage in (*PART_STAGES, *CORPUS_STAGES):
        own = section(settings, stage)
        stage(own, tables, inputs)  # once before the clock runs: models load here
        started = time.perf_counter()
        for _ in range(REPEATS):
            written = stage(own, tables, inputs)
        seconds = (time.perf_counter() - started) / REPEATS
        tables.update(written)
        total += seconds
        words = words or sum(d.n_words for d in tables[Document])
        print(f"| {stage.name} | {seconds:.2f} | {words / seconds:,.0f} |")
    print(f"| all | {total:.2f} | {words / total:,.0f} |")
    print(f"\n{len(inputs)} documents, {words:,} words, one process.")
    cores = os.cpu_count() or 1
    print(f"entities in {cores} processes: {_together(tables, words, cores):,.0f} words a second.")


def _together(tables: dict[type, list[Any]], words: int, processes: int) -> float:
    """Words a second of the stage entities when every core has a process."""
    work = [(tables[Document], tables[Passage])] * processes
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_entities, work))  # models load here
        started = time.perf_counter()
        for _ in range(REPEATS):
            list(pool.map(_entities, work))
        return REPEATS * processes * words / (time.perf_counter() - started)


def _entities(given: tuple[list[Document], list[Passage]]) -> int:
    return sum(1 for _ in entities(*given, settings=Settings().entities))


if __name__ == "__main__":
    main()
