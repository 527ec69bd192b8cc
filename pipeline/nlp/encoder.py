"""The shipped encoder: names and the passage vector from one pass, with onnxruntime alone."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from pipeline.errors import ConfigError
from pipeline.nlp import posts
from pipeline.nlp.pieces import LABELS, STRIDE, WINDOW, Ints, Pieces, cut_windows, cut_words, load_tokenizer
from pipeline.nlp.recogniser import Named, Reading, Related

CLS, SEP = 101, 102
# what the folder of an encoder holds
FILES = ("encoder.onnx", "tokenizer.json", "calibration.json")
OUTPUTS = ("logits", "posts", "vector")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a text's pieces, and what the encoder says of it."""

    begin: int
    end: int
    logits: Floats
    vector: Floats


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a name's raw score to the share of names so scored that are right (Platt 1999)."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, score: float) -> float:
        """A score between 0 and 1."""
        odds = self.slope * log_odds(score) + self.offset
        return 1 / (1 + math.exp(-odds))


def log_odds(score: float) -> float:
    """The logarithm of the odds of a probability, which is kept off 0 and 1."""
    kept = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


class Encoder:
    """A folder with ``encoder.onnx`` and ``tokenizer.json`` as a recogniser."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        model, tokenizer, calibration = (folder / name for name in FILES)
        self._session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        if missing := set(OUTPUTS) - {output.name for output in self._session.get_outputs()}:
            raise ConfigError(
                f"{model} is of another version (it gives no {', '.join(sorted(missing))}); "
                "train it again with 'pipeline train encoder'"
            )
        self._tokenizer = load_tokenizer(tokenizer)
        self._calibration = Calibration()
        if calibration.is_file():
            self._calibration = Calibration(**json.loads(calibration.read_text(encoding="utf-8")))

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order. Long texts are read in overlapping windows.

        A window is read by itself: int8 activations are scaled by the largest of a batch, so
        that in one a text's names would depend on its neighbours. Batches are no faster on a
        processor either: nothing is padded, and a window stays in the cache.
        """
        for text in texts:
            pieces = cut_words(self._tokenizer, text)
            windows = [self._run(pieces, begin, end) for begin, end in cut_windows(pieces)]
            logits = _join([window.logits for window in windows], windows)
            found = [replace(name, score=self._calibration(name.score)) for name in decode(pieces, logits)]
            yield Reading([name for name in found if name.label != "ROLE"], _vector(windows))

    def ask(self, text: str, person: Named, names: Sequence[Named]) -> list[Related]:
        """What a person of a text has, of the names that have been found there."""
        pieces = cut_words(self._tokenizer, text)
        begin, end, shapes = posts.mark(pieces, person, names)
        (read,) = self._session.run(["posts"], _given(pieces.ids[begin:end], shapes))
        scores = np.zeros((len(pieces), len(posts.LABELS)), np.float32)
        scores[:, 0] = 30
        scores[begin:end] = read[0, 1:-1]
        return list(posts.posts(pieces, scores, person, names))

    def _run(self, pieces: Pieces, begin: int, end: int) -> _Window:
        given = _given(pieces.ids[begin:end], pieces.shapes[begin:end])
        logits, vectors = self._session.run(["logits", "vector"], given)
        return _Window(begin, end, logits[0, 1:-1], vectors[0])


def _given(ids: Ints, shapes: Ints) -> dict[str, Ints]:
    """What the model takes, for one window."""
    row = np.zeros((3, 1, len(ids) + 2), np.int64)
    row[0, 0] = [CLS, *ids, SEP]
    row[1] = 1
    row[2, 0, 1:-1] = shapes
    return {"input_ids": row[0], "attention_mask": row[1], "shapes": row[2]}


def _join(values: list[Floats], windows: list[_Window]) -> Floats:
    """Windows' values of all pieces; where two windows overlap, each speaks for its nearer half."""
    joined = np.zeros((windows[-1].end, *values[0].shape[1:]), np.float32)
    margin = (WINDOW - STRIDE) // 2
    for value, window in zip(values, windows, strict=True):
        begin = window.begin if window.begin == 0 else window.begin + margin
        joined[begin : window.end] = value[begin - window.begin :]
    return joined


def _vector(windows: list[_Window]) -> npt.NDArray[np.float16]:
    weights = np.array([window.end - window.begin for window in windows], np.float32)
    if not weights.any():
        weights[:] = 1
    mean = np.average([w.vector for w in windows], axis=0, weights=weights)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm > 0 else mean, np.float16)


def decode(pieces: Pieces, logits: Floats) -> list[Named]:
    """Names and roles from label scores, of which the first piece of each word counts.

    The labels that make the likeliest valid sequence (Viterbi); a name's score is the lowest
    probability of its label along its words.
    """
    rows = np.flatnonzero(pieces.first)
    if not len(rows):
        return []
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    path = _viterbi(np.log(np.maximum(chances[rows], 1e-9)))
    names: list[Named] = []
    begin = 0
    while begin < len(rows):
        label = LABELS[path[begin]]
        end = begin + 1
        if label != "O":
            kind = label[2:]
            while end < len(rows) and LABELS[path[end]] == f"I-{kind}":
                end += 1
            columns = [LABELS.index(f"B-{kind}"), LABELS.index(f"I-{kind}")]
            score = float(chances[rows[begin:end]][:, columns].sum(axis=1).min())
            names.append(Named(int(pieces.starts[rows[begin]]), int(pieces.ends[rows[end - 1]]), kind, score))
        begin = end
    return names


_FOLLOWS = np.array(
    [[not b.startswith("I-") or a[2:] == b[2:] for b in LABELS] for a in LABELS], bool
)  # I-X only after B-X or I-X


def _viterbi(scores: Floats) -> list[int]:
    allowed = np.where(_FOLLOWS, 0.0, -1e9).astype(np.float32)
    begin = np.array([-1e9 if label.startswith("I-") else 0.0 for label in LABELS], np.float32)
    best = scores[0] + begin
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        table = best[:, None] + allowed
        back[i] = table.argmax(axis=0)
        best = table.max(axis=0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]
