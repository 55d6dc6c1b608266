"""The Kaplan-Meier estimate and its median: against textbook cases, statsmodels and cases worked by hand."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from inference_energy.kaplan_meier import MedianTime, kaplan_meier, median_lags, median_time
from statsmodels.duration.survfunc import SurvfuncRight

# Weeks of remission of 21 patients under 6-mercaptopurine and of 21 under placebo (Freireich et al., 1963); a minus
# marks a patient who was still in remission.
MERCAPTOPURINE = "6 6 6 -6 7 -9 10 -10 -11 13 16 -17 -19 -20 22 23 -25 -32 -32 -34 -35"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def observed(weeks: str) -> tuple[list[float], list[bool]]:
    return [abs(float(week)) for week in weeks.split()], [not week.startswith("-") for week in weeks.split()]


def test_steps_worked_by_hand() -> None:
    """At 1 one of four ends, at 2 one is lost; at 3 one of the two left, at 4 the last."""
    steps = kaplan_meier([3, 1, 2, 4], [True, True, False, True])
    assert [(step.time, step.n_at_risk, step.n_events) for step in steps] == [(1, 4, 1), (3, 2, 1), (4, 1, 1)]
    assert [step.survival for step in steps] == [Fraction(3, 4), Fraction(3, 8), 0]
    assert [step.greenwood for step in steps] == [1 / 12, pytest.approx(1 / 12 + 1 / 2), math.inf]


def test_what_is_lost_at_the_time_of_an_event_was_at_risk_then() -> None:
    (step,) = kaplan_meier([0, 0, 1], [True, False, False])
    assert (step.n_at_risk, step.survival) == (3, Fraction(2, 3))


def test_remission_under_mercaptopurine() -> None:
    """The published curve: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448 at 6, 7, 10, 13, 16, 22, 23 weeks."""
    steps = kaplan_meier(*observed(MERCAPTOPURINE))
    assert {step.time: round(float(step.survival), 3) for step in steps} == {
        6: 0.857,
        7: 0.807,
        10: 0.753,
        13: 0.690,
        16: 0.627,
        22: 0.538,
        23: 0.448,
    }
    # The interval on this scale as SAS prints it by default: from 13, with no upper end.
    assert median_time(steps, 0.95) == MedianTime(23, 13, None)


def test_remission_under_placebo() -> None:
    assert median_time(kaplan_meier(*observed(PLACEBO)), 0.95) == MedianTime(8, 4, 11)


@pytest.mark.parametrize("seed", range(30))
def test_curve_and_interval_are_those_of_statsmodels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 40))
    # Quarters of a year, so that times are tied; the longest is censored, since statsmodels has no band at 0.
    times = (np.ceil(rng.exponential(4, n) * 4) / 4).tolist()
    is_event = (rng.random(n) < 0.7).tolist()
    times, is_event = [*times, max(times) + 1], [*is_event, False]
    steps = kaplan_meier(times, is_event)
    expected = SurvfuncRight(times, [int(each) for each in is_event])
    at_events = np.isin(expected.surv_times, [step.time for step in steps])
    assert [float(step.survival) for step in steps] == pytest.approx(expected.surv_prob[at_events].tolist())
    errors = [float(step.survival) * math.sqrt(step.greenwood) for step in steps]
    assert errors == pytest.approx(expected.surv_prob_se[at_events].tolist())
    found = median_time(steps, 0.9)
    low, high = expected.quantile_ci(0.5, alpha=0.1)
    assert found.low == (None if math.isnan(low) else low)
    assert found.high == (None if math.isnan(high) or math.isinf(high) else high)
    # statsmodels wants the curve below one half, here one half is enough.
    if all(step.survival != Fraction(1, 2) for step in steps):
        median = expected.quantile(0.5)
        assert found.median == (None if math.isnan(median) else median)


def test_half_of_them_is_enough_for_a_median() -> None:
    assert median_time(kaplan_meier([1, 2, 3, 4], [True, True, False, False]), 0.95).median == 2


def test_a_curve_that_stays_above_one_half_has_no_median() -> None:
    assert median_time(kaplan_meier([1, 2, 3, 4], [True, False, False, False]), 0.95).median is None
    assert median_time(kaplan_meier([1, 2], [False, False]), 0.95) == MedianTime(None, None, None)


def test_where_all_end_at_once_the_median_has_no_upper_bound() -> None:
    assert median_time(kaplan_meier([2, 2], [True, True]), 0.95) == MedianTime(2, 2, None)


@pytest.mark.parametrize(
    ("times", "is_event", "message"),
    [
        ([1.0], [True, False], "found 1 times and 2 flags; give one flag for each time"),
        ([], [], "no times were given, so there is no curve"),
        ([1.0, -0.5], [True, True], "times must be finite and not negative, found -0.5 at position 1"),
        ([math.nan], [True], "times must be finite and not negative, found nan at position 0"),
    ],
)
def test_times_that_make_no_sense_are_refused(times: list[float], is_event: list[bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kaplan_meier(times, is_event)


@pytest.mark.parametrize("level", [None, 0, 1, 95])
def test_a_level_that_is_none_is_refused(level: float | None) -> None:
    with pytest.raises(ValueError, match=f"confidence_level is {level}; give a number between 0 and 1"):
        median_time(kaplan_meier([1], [True]), level)


def test_lags_become_one_median_per_group() -> None:
    """Of the vision leaders one is followed after 1 year, one after 3, one not within 2: 2/3, then 0."""
    lags = pd.DataFrame(
        {
            "domain": ["vision"] * 3 + ["language"],
            "cost": "gflops",
            "cost_factor": 2,
            "tolerance_points": 0.0,
            "lag_years": [1.0, 3.0, None, None],
            "observed_years": [9.0, 9.0, 2.0, 1.0],
        }
    )
    found = median_lags(lags, 0.95).set_index("domain")
    assert found.loc["vision", ["n_leaders", "n_reached", "median_lag_years"]].tolist() == [3, 2, 3.0]
    assert found.loc["language", ["n_leaders", "n_reached"]].tolist() == [1, 0]
    assert math.isnan(found.loc["language", "median_lag_years"])


def test_a_table_of_lags_needs_its_columns() -> None:
    with pytest.raises(ValueError, match="the table of lags lacks cost, lag_years"):
        median_lags(pd.DataFrame(columns=["domain", "cost_factor", "tolerance_points", "observed_years"]), 0.95)
