"""Text to word pieces for the encoder: ids, the shape of each piece's word, and its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import regex
from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

WINDOW = 254  # word pieces read at once, without the two special ones
STRIDE = 190  # from the start of one window to that of the next
MAX_WORD = 100  # characters; what is longer is no word, and the vocabulary has only [UNK] for it

# the vocabulary knows no case and no accents, which names are full of: the shape gives both back
_CASES = 8  # none, lower, Title, UPPER, one capital, mIxed, with digits, punctuation
_GAPS = 3  # what stands before the word: nothing, a space, a line's end
SHAPES = _CASES * 2 * _GAPS

LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-ROLE", "I-ROLE")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's word pieces, without special ones; every array is as long as there are pieces.

    ``first`` tells whether a piece begins a word; ``starts`` and ``ends`` are the places of
    the piece's word in the text.
    """

    ids: Ints
    shapes: Ints
    first: npt.NDArray[np.bool_]
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        """The number of pieces."""
        return len(self.ids)


@cache
def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in a file, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def shape(text: str, start: int, end: int) -> int:
    """A number below SHAPES for a word's case, whether it has other than ASCII letters, and its gap."""
    word = text[start:end]
    before = text[start - 1] if start else "\n"
    gap = 2 if before == "\n" else 1 if before.isspace() else 0
    return (gap * 2 + (not word.isascii())) * _CASES + _case(word)


@lru_cache(maxsize=1 << 16)
def _case(word: str) -> int:
    letters = regex.sub(r"\P{L}", "", word)
    if regex.search(r"\p{N}", word):
        return 6
    if not letters:
        return 7
    if letters.islower():
        return 1
    if len(letters) == 1:
        return 4
    if letters.isupper():
        return 3
    return 2 if letters[0].isupper() and letters[1:].islower() else 5


def cut_words(tokenizer: Tokenizer, text: str) -> Pieces:
    """The word pieces of a text. A word of over 100 characters is one unknown piece."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    words = np.array([-1 if w is None else w for w in encoding.word_ids], np.int64)
    offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
    count = len(words)
    first = np.ones(count, bool)
    first[1:] = words[1:] != words[:-1]
    begins = np.flatnonzero(first)
    lasts = np.append(begins[1:], count) - 1 if count else begins
    lengths = np.diff(np.append(begins, count))
    starts = np.repeat(offsets[begins, 0], lengths)
    ends = np.repeat(offsets[lasts, 1], lengths)
    shapes = [shape(text, int(offsets[b, 0]), int(offsets[e, 1])) for b, e in zip(begins, lasts, strict=True)]
    return Pieces(
        ids=np.array(encoding.ids, np.int64),
        shapes=np.repeat(np.array(shapes, np.int64), lengths),
        first=first,
        starts=starts,
        ends=ends,
    )


def cut_windows(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Overlapping stretches of pieces that the encoder reads at once; they begin at words."""
    begin = 0
    while True:
        end = min(begin + WINDOW, len(pieces))
        yield begin, end
        if end == len(pieces):
            return
        following = begin + STRIDE
        while following > begin + 1 and not pieces.first[following]:
            following -= 1
        begin = following
