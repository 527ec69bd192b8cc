"""Shares of classes in a corpus, corrected for what the classifier gets wrong."""

import numpy as np
import numpy.typing as npt

DRAWS = 200  # of the confusion matrix and of the counts
STEPS = 100  # of expectation maximisation
ROWS = 256  # groups worked on at once
PRIOR = 0.5  # added to each count of the hold-out (Jeffreys), so that no error is impossible
SEED = 1
Floats = npt.NDArray[np.float64]


def corrected_shares(observed: npt.ArrayLike, confusion: npt.ArrayLike) -> Floats:
    """For each group and class the share in truth, and the bounds of its 95 % interval.

    ``observed`` has a row a group: how many passages got each class, and, last, on how many the
    classifier abstained. ``confusion`` has a row a true class with the same columns, counted on
    passages held out. Gives an array (groups, classes, 3): estimate, low, high.

    The shares are those under which the observed counts are likeliest (expectation
    maximisation over the classifier's error rates; Saerens and others 2002). The interval holds
    what is uncertain in the error rates, which are known from the hold-out only, and in what
    they do to the counts: both are drawn from their Dirichlet distributions. It says nothing of
    documents that are not in the corpus, or of passages unlike those held out.
    """
    counts, known = np.atleast_2d(np.asarray(observed, float)), np.asarray(confusion, float)
    rng = np.random.default_rng(SEED)
    rates = rng.standard_gamma(known + PRIOR, (DRAWS, *known.shape))
    rates /= rates.sum(axis=2, keepdims=True)
    mean = (known + PRIOR) / (known + PRIOR).sum(axis=1, keepdims=True)
    found = np.empty((len(counts), len(known), 3))
    for start in range(0, len(counts), ROWS):
        some = counts[start : start + ROWS]
        drawn = rng.standard_gamma(np.maximum(some, 1e-9)[:, None], (len(some), DRAWS, some.shape[1]))
        shares = _solve(drawn / drawn.sum(axis=2, keepdims=True), rates[None])
        found[start : start + ROWS, :, 0] = _solve(_normal(some)[:, None], mean[None, None])[:, 0]
        found[start : start + ROWS, :, 1] = np.quantile(shares, 0.025, axis=1)
        found[start : start + ROWS, :, 2] = np.quantile(shares, 0.975, axis=1)
    # a draw seldom puts the interval beside the estimate, at the border of what is possible
    found[..., 1] = np.minimum(found[..., 1], found[..., 0])
    found[..., 2] = np.maximum(found[..., 2], found[..., 0])
    return found


def _normal(counts: Floats) -> Floats:
    return np.asarray(counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1e-9))


def _solve(seen: Floats, rates: Floats) -> Floats:
    """The class shares (groups, draws, classes) that explain the shares seen under error rates."""
    classes = rates.shape[-2]
    shares = np.full((*seen.shape[:2], classes), 1 / classes)
    for _ in range(STEPS):
        expected = (shares[..., None, :] @ rates)[..., 0, :]
        shares = shares * (rates @ (seen / np.maximum(expected, 1e-12))[..., None])[..., 0]
        shares /= np.maximum(shares.sum(axis=-1, keepdims=True), 1e-12)
    return shares
