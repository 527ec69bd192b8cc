"""Which roles and organisations a person has: what is read when the text is read again for one person.

The names are known by then. Every piece of a name carries a mark that tells the person asked about from
other people and from organisations (typed markers of Zhong and Chen 2021, as embeddings), and each piece
gets one of LABELS: part of a role of this person, or of an organisation that this person belongs to.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.nlp.pieces import SHAPES, WINDOW, Ints, Pieces
from pipeline.nlp.recogniser import Named, Related

LABELS = ("O", "B-ROLE", "I-ROLE", "ORG")
ASKED, PERSON, ORG = 1, 2, 3  # marks; 0 for what is no name
MARKS = 4
TOGETHER = 0.5  # probability from which an organisation is the person's
SHORT = 200  # characters; a shorter passage is read with its neighbours
BEFORE, AFTER = 300, 150  # characters of neighbours read before and after it
REACH = 400  # characters of a long passage read before and behind a person; more are no window
AHEAD = 150  # pieces of a long text read before the person asked about, at most
Floats = npt.NDArray[np.float32]


def surroundings(places: Sequence[tuple[int, int]], i: int) -> tuple[int, int]:
    """Where what is read of a passage begins and ends: a line or short paragraph with its neighbours.

    ``places`` are the (start, end) of the passages of a document, in order.
    """
    start, end = places[i]
    if end - start >= SHORT:
        return start, end
    begin, stop = start, end
    for j in range(i - 1, -1, -1):
        if start - places[j][0] > BEFORE:
            break
        begin = places[j][0]
    for j in range(i + 1, len(places)):
        if places[j][1] - end > AFTER:
            break
        stop = places[j][1]
    return begin, stop


def cut(text: str, begin: int, end: int, asked: Named) -> tuple[int, int]:
    """What of a long passage is read: REACH characters on either side of a name, and whole words."""
    if asked.start - begin > REACH:
        begin = max(text.rfind(" ", begin, asked.start - REACH) + 1, asked.start - 2 * REACH)
    if end - asked.end > REACH:
        space = text.find(" ", asked.end + REACH, end)
        end = min(end, asked.end + 2 * REACH, space if space >= 0 else end)
    return begin, end


def mark(pieces: Pieces, asked: Named, names: Sequence[Named]) -> tuple[int, int, Ints]:
    """The window of pieces that is read for a person, and the shapes of its pieces with their marks."""
    shapes = pieces.shapes.copy()
    for name in (*names, asked):
        inside = covered(pieces, name.start, name.end)
        kind = ASKED if name == asked else PERSON if name.label == "PERSON" else ORG
        shapes[inside] = shapes[inside] % SHAPES + kind * SHAPES
    first = int(np.searchsorted(pieces.starts, asked.start))
    begin = max(0, min(first - AHEAD, len(pieces) - WINDOW))
    while begin < first and not pieces.first[begin]:
        begin += 1
    end = min(len(pieces), begin + WINDOW)
    return begin, end, shapes[begin:end]


def covered(pieces: Pieces, start: int, end: int) -> npt.NDArray[np.bool_]:
    """Which pieces lie in a stretch of the text."""
    return (pieces.starts < end) & (pieces.ends > start)


def posts(pieces: Pieces, scores: Floats, asked: Named, names: Sequence[Named]) -> Iterator[Related]:
    """What a person has by the scores (pieces, labels): each role with its organisation, in order.

    ``names`` are those of the text; where pieces have not been read their scores are those of "O".
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    free = pieces.first.copy()
    organisations = []
    for name in names:
        inside = covered(pieces, name.start, name.end)
        words = inside & pieces.first
        free &= ~inside
        if name.label == "ORG" and words.any():
            chance = float(chances[words, LABELS.index("ORG")].mean())
            if chance >= TOGETHER:
                organisations.append(Named(name.start, name.end, "ORG", chance))
    yield from pair(asked, list(_roles(pieces, chances, np.flatnonzero(free))), organisations)


def _roles(pieces: Pieces, chances: Floats, rows: Ints) -> Iterator[Named]:
    """Stretches of words that are likelier a role than not; a word that begins one ends the one before."""
    begin, inside = LABELS.index("B-ROLE"), LABELS.index("I-ROLE")
    likely = chances[:, begin] + chances[:, inside]
    current: list[int] = []
    for row in rows:
        apart = current and not _adjoin(pieces, current[-1], row)
        if current and (apart or likely[row] < 0.5 or chances[row, begin] > chances[row, inside]):
            yield _role(pieces, likely, current)
            current = []
        if likely[row] >= 0.5:
            current.append(int(row))
    if current:
        yield _role(pieces, likely, current)


def _role(pieces: Pieces, likely: Floats, rows: list[int]) -> Named:
    return Named(int(pieces.starts[rows[0]]), int(pieces.ends[rows[-1]]), "ROLE", float(likely[rows].min()))


def _adjoin(pieces: Pieces, one: int, two: int) -> bool:
    """Whether no other word stands between two."""
    return not pieces.first[one + 1 : two].any()


def pair(person: Named, roles: Sequence[Named], organisations: Sequence[Named]) -> Iterator[Related]:
    """Each role with one organisation, the nearest two first; what is left over stands alone."""
    ways = sorted(
        (max(one.start - two.end, two.start - one.end), i, j)
        for i, one in enumerate(roles)
        for j, two in enumerate(organisations)
    )
    of_role: dict[int, int] = {}
    for _, i, j in ways:
        if i not in of_role and j not in of_role.values():
            of_role[i] = j
    for i, role in enumerate(roles):
        body = organisations[of_role[i]] if i in of_role else None
        yield Related(person, role, body, min(role.score, body.score if body else 1.0))
    for j, body in enumerate(organisations):
        if j not in of_role.values():
            yield Related(person, None, body, body.score)
