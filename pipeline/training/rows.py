"""Examples as the rows and tensors that the encoder is trained on; needs the extra ``train``."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.nlp import posts
from pipeline.nlp.encoder import CLS, SEP
from pipeline.nlp.pieces import LABELS, WINDOW, Ints, Pieces, cut_windows, cut_words
from pipeline.nlp.recogniser import Named
from pipeline.training.examples import Example
from pipeline.training.pairs import FEATURES, Between, pairs_of

PAD = 0
IGNORED = -100  # the label of pieces, and the topic of rows, that take no loss
NO_NAME = len(LABELS)  # the label of pieces outside names where nobody has looked for roles


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names by their first pieces: the kind of pair, whether they belong together, what is between."""

    kind: int
    one: int
    two: int
    wanted: bool
    between: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """A window of a text as the model reads it, with the label of each piece."""

    ids: list[int]
    shapes: list[int]
    labels: list[int]
    topic: int = IGNORED
    pairs: tuple[Pair, ...] = ()
    posts: list[int] | None = None  # of a row that asks about one person


def rows(example: Example, tokenizer: Tokenizer, topics: Sequence[str] = ()) -> Iterator[Row]:
    """The windows of an example; pieces after a word's first take no loss."""
    pieces = cut_words(tokenizer, example.text)
    labels = label_pieces(pieces, example)
    pairs = list(pair_pieces(pieces, example))
    for begin, end in cut_windows(pieces):
        inside = [
            pair for pair in pairs if begin <= min(pair.one, pair.two) and max(pair.one, pair.two) < end
        ]
        yield Row(
            [CLS, *pieces.ids[begin:end].tolist(), SEP],
            [0, *pieces.shapes[begin:end].tolist(), 0],
            [IGNORED, *labels[begin:end], IGNORED],
            topics.index(example.topic) if example.topic else IGNORED,
            tuple(replace(pair, one=pair.one - begin + 1, two=pair.two - begin + 1) for pair in inside),
        )


def asking_row(example: Example, person: int, tokenizer: Tokenizer) -> Row:
    """The example as it is read for one of its people, with what of it is this person's."""
    pieces = cut_words(tokenizer, example.text)
    names = [Named(s, e, label, 1.0) for s, e, label in example.spans if label in ("PERSON", "ORG")]
    asked = Named(*example.spans[person], 1.0)
    begin, end, shapes = posts.mark(pieces, asked, names)
    own = {place for triple in example.stated or () if triple[0] == person for place in triple[1:]}
    texts = {example.text[slice(*example.spans[place][:2])] for place in own if place is not None}
    wanted = [0 if first else IGNORED for first in pieces.first]
    for place, (start, stop, label) in enumerate(example.spans):
        again = label in ("ORG", "ROLE") and place not in own and example.text[start:stop] in texts
        for i, word in enumerate(_words(pieces, start, stop)):
            if again or label == "IGNORE":
                wanted[word] = IGNORED
            elif place in own:
                wanted[word] = posts.LABELS.index("ORG" if label == "ORG" else "I-ROLE" if i else "B-ROLE")
    nothing = [IGNORED] * (end - begin + 2)
    return Row(
        [CLS, *pieces.ids[begin:end].tolist(), SEP],
        [0, *shapes.tolist(), 0],
        nothing,
        posts=[IGNORED, *wanted[begin:end], IGNORED],
    )


def label_pieces(pieces: Pieces, example: Example) -> list[int]:
    """The label of every piece; a whole text marked IGNORE teaches vectors only."""
    outside = NO_NAME if example.stated is None else LABELS.index("O")
    labels = [outside if first else IGNORED for first in pieces.first]
    for start, end, label in example.spans:
        for i, piece in enumerate(_words(pieces, start, end)):
            labels[piece] = IGNORED if label == "IGNORE" else LABELS.index(f"{'I' if i else 'B'}-{label}")
    return labels


def pair_pieces(pieces: Pieces, example: Example) -> Iterator[Pair]:
    """Each two names that may belong together.

    Where a name occurs again, nothing is said of the place that was not chosen.
    """
    if not example.stated:
        return
    firsts = [_words(pieces, s, e) for s, e, _ in example.spans]
    texts = [example.text[s:e] for s, e, _ in example.spans]
    together = {pair for triple in example.stated for pair in combinations(triple, 2)}
    named = {(texts[a], texts[b]) for a, b in together if a is not None and b is not None}
    kinds = np.array(list(pairs_of(example.spans)), np.int64).reshape(-1, 3)
    between = Between(example.text, example.spans).features(kinds[:, 1], kinds[:, 2])
    for (kind, a, b), features in zip(kinds.tolist(), between, strict=True):
        wanted = (a, b) in together
        if len(firsts[a]) and len(firsts[b]) and (wanted or (texts[a], texts[b]) not in named):
            yield Pair(kind, int(firsts[a][0]), int(firsts[b][0]), wanted, features)


def _words(pieces: Pieces, start: int, end: int) -> Ints:
    """The first pieces of the words in a stretch of the text."""
    return np.flatnonzero(posts.covered(pieces, start, end) & pieces.first)


def batches(some: list[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Rows of one kind and similar length together, in random order, about ``size`` padded pieces each."""
    found: list[list[Row]] = []
    for asking in (False, True):
        kind = [row for row in some if (row.posts is not None) == asking]
        batch: list[Row] = []
        for row in sorted(kind, key=lambda row: len(row.ids) + rng.random() * 8):
            if not batch or len(row.ids) * (len(batch) + 1) > max(size, WINDOW + 2):
                batch = []
                found.append(batch)
            batch.append(row)
    rng.shuffle(found)
    yield from found


def tensors(batch: list[Row]) -> tuple[Tensor, ...]:
    """Ids, mask, shapes and labels of a batch, padded to its longest row, the rows' topics, and pairs.

    A pair is its row, its kind, two pieces and 1 if they belong together (pairs, 5); what stands between
    them is (pairs, FEATURES).
    """
    longest = max(len(row.ids) for row in batch)

    def padded(values: list[list[int]], fill: int) -> Tensor:
        return torch.tensor([v + [fill] * (longest - len(v)) for v in values])

    ids = padded([row.ids for row in batch], PAD)
    mask = padded([[1] * len(row.ids) for row in batch], 0)
    shapes, labels = padded([row.shapes for row in batch], 0), padded([row.labels for row in batch], IGNORED)
    topics = torch.tensor([row.topic for row in batch])
    pairs = [(i, p.kind, p.one, p.two, p.wanted) for i, row in enumerate(batch) for p in row.pairs]
    between = [p.between for row in batch for p in row.pairs]
    found = torch.tensor(pairs, dtype=torch.long).reshape(-1, 5)
    features = torch.from_numpy(np.array(between)).reshape(-1, FEATURES)
    asked = padded([row.posts or [IGNORED] * len(row.ids) for row in batch], IGNORED)
    return ids, mask, shapes, labels, topics, found, features, asked
