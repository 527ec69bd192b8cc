"""Tasks as files of CSV, Label Studio, doccano and Prodigy, and labels from all of these.

The layouts are those of the tools' own documentation: Label Studio's JSON with ``data``,
``predictions`` and ``annotations``, doccano's JSONL with ``label``, Prodigy's JSONL with
``options``, ``accept`` and ``answer``.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.label.rows import Raw, read_rows
from pipeline.label.tasks import Answer, Piece, Task

CELLS = ("id", "topic", "also", "suggested", "confidence", "heading", "text", "doc_id", "start", "end")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a cell that begins so for a formula
PLACE = ("id", "heading", "doc_id", "start", "end")


def write_csv(tasks: Sequence[Task], topics: Sequence[str]) -> bytes:
    """A spreadsheet with empty columns topic and also; UTF-8 with the mark that Excel looks for."""
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, CELLS, lineterminator="\r\n")
    writer.writeheader()
    for task in tasks:
        cells = {name: _harmless(getattr(task, name)) for name in CELLS}
        writer.writerow(cells | {"confidence": f"{task.confidence:.2f}" if task.confidence else ""})
    return sink.getvalue().encode("utf-8-sig", "replace")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write_label_studio(tasks: Sequence[Task], topics: Sequence[str]) -> bytes:
    """Tasks for Label Studio, with the classifier's topics as predictions."""
    return _json([_label_studio(task) for task in tasks])


def _label_studio(task: Task) -> Raw:
    chosen = [name for name in (task.topic, task.also) if name]
    found: Raw = {"data": {"text": task.text, **_place(task)}}
    if chosen:
        found["annotations"] = [{"result": [_choice(chosen)]}]
    if task.suggested:
        found["predictions"] = [{"result": [_choice([task.suggested])], "score": task.confidence}]
    return found


def _choice(names: list[str]) -> Raw:
    return {"from_name": "topic", "to_name": "text", "type": "choices", "value": {"choices": names}}


def label_studio_config(topics: Sequence[str]) -> bytes:
    """The labelling interface to paste into a Label Studio project."""
    from xml.sax.saxutils import quoteattr

    choices = "\n".join(f"    <Choice value={quoteattr(name)}/>" for name in topics)
    return f"""<View>
  <Header value="$heading"/>
  <Text name="text" value="$text"/>
  <Choices name="topic" toName="text" choice="multiple" showInLine="true">
{choices}
  </Choices>
</View>
""".encode()


def write_doccano(tasks: Sequence[Task], topics: Sequence[str]) -> bytes:
    """Tasks for a doccano project of text classification."""
    return _lines(
        {"text": task.text, "label": [n for n in (task.topic, task.also) if n]}
        | {("key" if name == "id" else name): value for name, value in _place(task).items()}
        for task in tasks
    )


def write_prodigy(tasks: Sequence[Task], topics: Sequence[str]) -> bytes:
    """Tasks for Prodigy's recipe ``mark`` with the view ``choice``."""
    options = [{"id": name, "text": name} for name in topics]
    return _lines(
        {
            "text": task.text,
            "options": options,
            "accept": [n for n in (task.topic or task.suggested, task.also) if n],
            "meta": {"heading": task.heading or "", "confidence": task.confidence},
            "place": _place(task),
        }
        for task in tasks
    )


def _place(task: Task) -> Raw:
    return {name: getattr(task, name) for name in PLACE if getattr(task, name) not in (None, "")}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _lines(rows: Iterator[Raw]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "replace")


Writer = Callable[[Sequence[Task], Sequence[str]], bytes]
WRITERS: dict[str, tuple[str, Writer]] = {
    "csv": (".csv", write_csv),
    "label-studio": (".labelstudio.json", write_label_studio),
    "doccano": (".doccano.jsonl", write_doccano),
    "prodigy": (".prodigy.jsonl", write_prodigy),
}


def read_answers(path: Path) -> Iterator[Answer]:
    """The labels of a file, in whichever of the formats it is; skipped tasks are left out.

    Raises ConfigError that names the row for what is none of them.
    """
    if path.suffix == ".json":
        yield from _label_studio_answers(path)
        return
    for where, raw in read_rows(path):
        if "accept" in raw or "answer" in raw:
            answer = _prodigy_answer(raw, where)
        elif "topic" in raw:
            answer = _plain_answer(raw, where)
        elif "label" in raw or "labels" in raw:
            answer = _doccano_answer(raw, where)
        else:
            raise ConfigError(f"{where}: none of the columns topic, label or accept; is it a file of labels?")
        if answer.topics or answer.pieces:
            yield answer


def _plain_answer(raw: Raw, where: str) -> Answer:
    topics = tuple(str(raw[name]).strip() for name in ("topic", "also") if str(raw.get(name) or "").strip())
    cleaned = {
        k: v[1:] if isinstance(v, str) and v[:1] == "'" and v[1:2] in FORMULA else v for k, v in raw.items()
    }
    extra = {name: str(raw[name]) for name in ("register", "split") if raw.get(name)}
    return Answer(where, _task(cleaned, where), topics, author=str(raw.get("author") or ""), extra=extra)


def _doccano_answer(raw: Raw, where: str) -> Answer:
    given = raw.get("label") or raw.get("labels") or []
    given = [given] if isinstance(given, str) else list(given)
    place = {**raw, "id": raw.get("key") or ""}
    topics = tuple(name for name in given if isinstance(name, str))
    try:
        pieces = tuple(
            Piece(int(s), int(e), str(name)) for s, e, name in (x for x in given if not isinstance(x, str))
        )
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{where}: column 'label' holds no [start, end, topic]") from error
    return Answer(where, _task(place, where), topics, pieces, str(raw.get("username") or ""))


def _prodigy_answer(raw: Raw, where: str) -> Answer:
    task = _task({**raw, **(raw.get("place") or {})}, where)
    if raw.get("answer", "accept") != "accept":
        return Answer(where, task)
    pieces = tuple(
        Piece(int(s["start"]), int(s["end"]), str(s["label"]), s.get("text")) for s in raw.get("spans") or ()
    )
    topics = tuple(map(str, raw.get("accept") or ([raw["label"]] if raw.get("label") else ())))
    return Answer(where, task, topics, pieces, str(raw.get("_annotator_id") or ""))


def _label_studio_answers(path: Path) -> Iterator[Answer]:
    try:
        tasks = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(tasks, list):
        raise ConfigError(f"{path}: a Label Studio export is a list of tasks")
    for number, raw in enumerate(tasks, 1):
        where = f"{path}, task {number}"
        if not isinstance(raw, dict) or not isinstance(raw.get("data"), dict):
            raise ConfigError(f"{where}: it has no 'data'; export as JSON, not JSON-MIN")
        for annotation in raw.get("annotations") or raw.get("completions") or ():
            if not annotation.get("was_cancelled"):
                answer = _label_studio_answer(raw["data"], annotation, where)
                if answer.topics or answer.pieces:
                    yield answer


def _label_studio_answer(data: Raw, annotation: Raw, where: str) -> Answer:
    topics: list[str] = []
    pieces: list[Piece] = []
    for result in annotation.get("result") or ():
        value: dict[str, Any] = result.get("value") or {}
        topics += [str(name) for name in value.get("choices") or ()]
        pieces += [
            Piece(int(value["start"]), int(value["end"]), str(name), value.get("text"))
            for name in value.get("labels") or ()
        ]
    by = annotation.get("completed_by")
    author = str(by.get("email") or by.get("id") or "") if isinstance(by, dict) else str(by or "")
    return Answer(where, _task(data, where), tuple(topics), tuple(pieces), author)


def _task(raw: Raw, where: str) -> Task:
    if not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise ConfigError(f"{where}: column 'text' is empty")
    try:
        start, end = (int(str(raw[n])) if raw.get(n) not in (None, "") else None for n in ("start", "end"))
    except ValueError as error:
        raise ConfigError(f"{where}: column 'start' or 'end' is no whole number") from error
    return Task(
        id=str(raw.get("id") or ""),
        text=raw["text"],
        heading=str(raw.get("heading") or "") or None,
        doc_id=str(raw.get("doc_id") or "") or None,
        start=start,
        end=end,
    )
