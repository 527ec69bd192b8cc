"""The shipped encoder: names and the passage vector from one pass, with onnxruntime alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from pipeline.nlp.pieces import LABELS, STRIDE, WINDOW, Pieces, cut_windows, cut_words, load_tokenizer
from pipeline.nlp.recogniser import Named, Reading

CLS, SEP, PAD = 101, 102, 0
BATCH_PIECES = 4096  # padded word pieces in a batch: larger ones were no faster on two cores
READ_AHEAD = 512  # passages sorted by length at a time
Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Window:
    """A stretch of one text's pieces, and what the encoder says of it."""

    text: int
    begin: int
    end: int
    logits: Floats | None = None
    vector: Floats | None = None


class Encoder:
    """A folder with ``encoder.onnx`` and ``tokenizer.json`` as a recogniser."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = load_tokenizer(folder / "tokenizer.json")

    def read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """One reading a text, in order. Long texts are read in overlapping windows."""
        iterator = iter(texts)
        while chunk := list(islice(iterator, READ_AHEAD)):
            yield from self._read(chunk)

    def _read(self, texts: list[str]) -> Iterator[Reading]:
        cut = [cut_words(self._tokenizer, text) for text in texts]
        windows = [_Window(i, *span) for i, pieces in enumerate(cut) for span in cut_windows(pieces)]
        for batch in _batches(windows):
            self._run(batch, cut)
        by_text: dict[int, list[_Window]] = {}
        for window in windows:
            by_text.setdefault(window.text, []).append(window)
        for i, pieces in enumerate(cut):
            chances = _join(by_text[i], len(pieces))
            yield Reading(decode(pieces, chances), _vector(by_text[i]))

    def _run(self, batch: list[_Window], cut: list[Pieces]) -> None:
        longest = max(window.end - window.begin for window in batch) + 2
        ids = np.full((len(batch), longest), PAD, np.int64)
        mask = np.zeros((len(batch), longest), np.int64)
        shapes = np.zeros((len(batch), longest), np.int64)
        for row, window in enumerate(batch):
            pieces, size = cut[window.text], window.end - window.begin
            ids[row, 0], ids[row, size + 1] = CLS, SEP
            ids[row, 1 : size + 1] = pieces.ids[window.begin : window.end]
            shapes[row, 1 : size + 1] = pieces.shapes[window.begin : window.end]
            mask[row, : size + 2] = 1
        given = {"input_ids": ids, "attention_mask": mask, "shapes": shapes}
        logits, vectors = self._session.run(["logits", "vector"], given)
        for row, window in enumerate(batch):
            window.logits = logits[row, 1 : window.end - window.begin + 1]
            window.vector = vectors[row]


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of similar length together, so that little is padded."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda w: (w.end - w.begin, w.text, w.begin)):
        if batch and (window.end - window.begin + 2) * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _join(windows: list[_Window], count: int) -> Floats:
    """Label probabilities of all pieces; where two windows overlap, each speaks for its nearer half."""
    chances = np.zeros((count, len(LABELS)), np.float32)
    margin = (WINDOW - STRIDE) // 2
    for window in windows:
        assert window.logits is not None
        begin = window.begin if window.begin == 0 else window.begin + margin
        logits = window.logits[begin - window.begin :]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances[begin : window.end] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _vector(windows: list[_Window]) -> npt.NDArray[np.float16]:
    weights = np.array([window.end - window.begin for window in windows], np.float32)
    if not weights.any():
        weights[:] = 1
    mean = np.average([w.vector for w in windows if w.vector is not None], axis=0, weights=weights)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm > 0 else mean, np.float16)


def decode(pieces: Pieces, chances: Floats) -> list[Named]:
    """Names from label probabilities, of which the first piece of each word counts.

    The labels that make the likeliest valid sequence (Viterbi); a name's score is the lowest
    probability of its label along its words.
    """
    rows = np.flatnonzero(pieces.first)
    if not len(rows):
        return []
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
