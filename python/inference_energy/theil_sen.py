"""The median slope of all pairs of points (Theil 1950, Sen 1968), without a list of all pairs where there are many."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

# With more pairs than this the median is searched for; no trend of the paper has as many.
LISTED_PAIRS = 1_000_000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def theil_sen_slope(x: Floats, y: Floats, listed_pairs: int = LISTED_PAIRS) -> float:
    """Return the median of the slopes of all pairs of points of different x.

    Parameters
    ----------
    x, y
        Shape (n,), finite, not all of one x.
    listed_pairs
        How many slopes may be listed at once. With more pairs than that an interval that holds the median is halved
        until it holds no more; each halving counts slopes in O(n log n) time.
    """
    _, repeats = np.unique(x, return_counts=True)
    n_slopes = (len(x) ** 2 - int(repeats @ repeats)) // 2
    if n_slopes <= listed_pairs:
        first, second = np.triu_indices(len(x), k=1)
        differ = x[first] != x[second]
        return float(np.median(_slopes(x, y, first[differ], second[differ])))
    # Of two points on one line a stable sort by the height over it then puts the later first: it has just been passed.
    order = np.lexsort((y, -x))
    middle = ((n_slopes - 1) // 2, n_slopes // 2)
    return _mean_slope_of_ranks(x[order], y[order], middle, n_slopes, listed_pairs)


def _slopes(x: Floats, y: Floats, first: Integers, second: Integers) -> Floats:
    return (y[second] - y[first]) / (x[second] - x[first])


def _mean_slope_of_ranks(x: Floats, y: Floats, ranks: tuple[int, int], n_slopes: int, listed_pairs: int) -> float:
    """Return the mean of the slopes that stand at two neighbouring ranks, from 0, among all slopes in order."""
    steepest = float(np.ptp(y) / np.diff(np.unique(x)).min())
    # Wider than any slope: a pair that stands right at a bound may be counted on either side of it by rounding.
    lowest = low = -2 * steepest
    high = 2 * steepest
    n_to_low, n_to_high = 0, n_slopes
    while n_to_high - n_to_low > listed_pairs:
        if high - low <= np.finfo(float).eps * steepest:
            # More slopes than may be listed are one and the same.
            return high
        slope = (low + high) / 2
        n_to_slope = _count_slopes(x, y, lowest, slope)
        if n_to_slope > ranks[1]:
            high, n_to_high = slope, n_to_slope
        elif n_to_slope <= ranks[0]:
            low, n_to_low = slope, n_to_slope
        else:
            # The two lie on either side, perhaps far apart.
            apart = [_mean_slope_of_ranks(x, y, (rank, rank), n_slopes, listed_pairs) for rank in ranks]
            return sum(apart) / 2
    listed = [rank - n_to_low for rank in ranks]
    return float(np.partition(_list_slopes(x, y, low, high), listed)[listed].mean())


def _count_slopes(x: Floats, y: Floats, low: float, high: float) -> int:
    """Count the slopes above low and up to high."""
    _, ranks = _turned(x, y, low, high)
    return sum(int(passed.sum()) for _, passed, _, _ in _wrong_pairs(ranks))


def _list_slopes(x: Floats, y: Floats, low: float, high: float) -> Floats:
    """List the slopes above low and up to high, in no order."""
    by_height, ranks = _turned(x, y, low, high)
    parts = []
    for lower, passed, starts, ordered in _wrong_pairs(ranks):
        ends = np.cumsum(passed)
        greater = ordered[np.repeat(starts - (ends - passed), passed) + np.arange(ends[-1])]
        parts.append(_slopes(x, y, by_height[np.repeat(lower, passed)], by_height[greater]))
    return np.concatenate(parts)


def _turned(x: Floats, y: Floats, low: float, high: float) -> tuple[Integers, Integers]:
    """Order the points by their height over a line of slope low, as ranks by their height over a line of slope high.

    A pair of points stands in the wrong order where its own slope lies above low and up to high.

    Returns
    -------
    tuple of arrays
        The points by their height over the line of slope high, and their ranks in that order, by the other height.
    """
    by_height = np.argsort(y - high * x, kind="stable")
    ranks = np.empty(len(x), dtype=np.int64)
    ranks[by_height] = np.arange(len(x))
    return by_height, ranks[np.argsort(y - low * x, kind="stable")]


def _wrong_pairs(ranks: Integers) -> Iterator[tuple[Integers, Integers, Integers, Integers]]:
    """Find the pairs of an order of 0 to n - 1 that stand in the wrong order, while sorting it.

    Numbers are sorted by their binary digits, the highest first: numbers that agree in all higher digits stand
    together, and among them those with a 0 go before those with a 1, else as they stood. So each wrong pair is set
    right at one digit.

    Yields
    ------
    tuple of arrays
        For one digit the numbers with a 0, how many with a 1 each of them passes, the place of the first of these after
        this digit, and the order after it.
    """
    places = np.arange(len(ranks))
    for digit in reversed(range((len(ranks) - 1).bit_length())):
        prefix = ranks >> digit
        has_one = (prefix & 1).astype(bool)
        passed = np.cumsum(has_one) - has_one
        passed -= passed[prefix >> 1 << digit + 1]
        ordered = np.empty_like(ranks)
        ordered[np.where(has_one, (prefix << digit) + passed, places - passed)] = ranks
        yield ranks[~has_one], passed[~has_one], (prefix[~has_one] | 1) << digit, ordered
        ranks = ordered
