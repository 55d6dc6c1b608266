"""The search for the median slope against a list of all slopes."""

from __future__ import annotations

import itertools
import statistics

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from inference_energy.theil_sen import theil_sen_slope


def median_of_listed_slopes(points: list[tuple[float, float]]) -> float:
    return statistics.median(
        (right[1] - left[1]) / (right[0] - left[0])
        for left, right in itertools.combinations(points, 2)
        if left[0] != right[0]
    )


# Few values give many equal points, dates and slopes.
few = st.sampled_from([0.0, 0.25, 1.0, 3.0])
many = st.floats(min_value=-6, max_value=6).map(lambda number: round(number, 6))


@settings(deadline=None)
# The steepest slope is 0.6, and 3 - 0.6 x 4 is not quite 0 - 0.6 x -1.
@example([(4.0, 0.0), (4.0, 3.0), (-1.0, 0.0)])
@given(st.lists(st.tuples(few, few) | st.tuples(many, many) | st.tuples(few, many), min_size=3, max_size=40))
def test_search_finds_the_median_of_all_slopes(points: list[tuple[float, float]]) -> None:
    assume(len({x for x, _ in points}) > 1)
    x, y = np.array(points).T
    expected = median_of_listed_slopes(points)
    assert theil_sen_slope(x, y) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    for listed_pairs in (1, 7):
        assert theil_sen_slope(x, y, listed_pairs) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_million_pairs_and_more_are_searched_to_the_last_digits() -> None:
    rng = np.random.default_rng(2021)
    x = rng.integers(0, 3_500, 1_600) / 365.25
    y = 0.2 * x + rng.normal(size=1_600)
    assert theil_sen_slope(x, y) == pytest.approx(theil_sen_slope(x, y, listed_pairs=10_000_000), rel=1e-14)


def test_equal_slopes_beyond_number_need_no_list() -> None:
    """Points on one line: every one of their 2 x 10^8 slopes is the same."""
    x = np.arange(20_000) % 40 / 4
    assert theil_sen_slope(x, 3 - 2 * x) == pytest.approx(-2, rel=1e-12)
