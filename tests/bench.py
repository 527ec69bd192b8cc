"""Words a second of every stage, in one process: ``make bench``."""

import time
from pathlib import Path

from pipeline.config import Settings
from pipeline.ingest.files import find_inputs
from pipeline.records import Document
from pipeline.run import CORPUS_STAGES, PART_STAGES

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
REPEATS = 5  # the sample corpus several times over, so that loading a model counts for little


def main() -> None:
    settings = Settings()
    inputs = find_inputs([CORPUS], settings.ingest.max_bytes)
    print("| stage | seconds | words a second |\n| --- | --- | --- |")
    tables: dict[type, list[object]] = {}
    words, total = 0, 0.0
    for stage in (*PART_STAGES, *CORPUS_STAGES):
        section = getattr(settings, stage.name) if stage.settings else None
        stage(section, tables, inputs)  # once before the clock runs: models load here
        started = time.perf_counter()
        for _ in range(REPEATS):
            written = stage(section, tables, inputs)
        seconds = (time.perf_counter() - started) / REPEATS
        tables.update(written)
        total += seconds
        words = words or sum(d.n_words for d in tables[Document] if isinstance(d, Document))
        print(f"| {stage.name} | {seconds:.2f} | {words / seconds:,.0f} |")
    print(f"| all | {total:.2f} | {words / total:,.0f} |")
    print(f"\n{len(inputs)} documents, {words:,} words, one process.")


if __name__ == "__main__":
    main()
