"""Kaplan-Meier estimates of times that were not all seen to end, and the median of such times with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
from scipy.special import ndtri

GROUP_COLUMNS = ["domain", "cost", "cost_factor", "tolerance_points"]


@dataclass(frozen=True)
class Step:
    """A step of the curve: what happened at one time, and the curve from then on.

    Attributes
    ----------
    time
        Years since the start of each observation.
    n_at_risk, n_events
        Observations that had lasted until then, and those that ended then.
    survival
        Estimated share that lasts longer than ``time``, exact.
    greenwood
        Greenwood's sum of d / (n (n - d)), the variance of the logarithm of ``survival``; infinite where that is 0.
    """

    time: float
    n_at_risk: int
    n_events: int
    survival: Fraction
    greenwood: float


@dataclass(frozen=True)
class MedianTime:
    """The median of a curve, in years, with its interval; None for what the curve does not reach."""

    median: float | None
    low: float | None
    high: float | None


def kaplan_meier(times: Sequence[float], is_event: Sequence[bool]) -> list[Step]:
    """Return the steps of the product-limit estimate, one per time at which something ended.

    Parameters
    ----------
    times
        Length n, years for which each was observed: until its end, or until observation stopped.
    is_event
        Length n, whether the end was seen; false where the time is a lower bound (right-censored). What is censored at
        the time of an event was at risk then.

    Raises
    ------
    ValueError
        For unequal lengths, no observation, or a time that is negative, missing or infinite.

    References
    ----------
    Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations", Journal of the American Statistical
    Association 53, 1958; the variance is Greenwood's (1926).
    """
    if len(times) != len(is_event):
        raise ValueError(f"found {len(times)} times and {len(is_event)} flags; give one flag for each time")
    if not times:
        raise ValueError("no times were given, so there is no curve")
    for position, time in enumerate(times):
        if not (math.isfinite(time) and time >= 0):
            raise ValueError(f"times must be finite and not negative, found {time} at position {position}")
    survival, greenwood, steps = Fraction(1), 0.0, []
    for time in sorted({time for time, ended in zip(times, is_event, strict=True) if ended}):
        at_risk = sum(other >= time for other in times)
        events = sum(other == time and ended for other, ended in zip(times, is_event, strict=True))
        survival *= Fraction(at_risk - events, at_risk)
        greenwood = greenwood + events / (at_risk * (at_risk - events)) if at_risk > events else math.inf
        steps.append(Step(float(time), at_risk, events, survival, greenwood))
    return steps


def median_time(steps: Sequence[Step], confidence_level: float | None) -> MedianTime:
    """Return the first time by which half have ended, with the interval of Brookmeyer and Crowley.

    The interval holds the times at which a survival of one half is not rejected, judged on the scale log(-log S), which
    keeps bands within 0 and 1: from the first step whose lower band is at most one half to the first whose upper band
    is. Where the curve is 0 it has a lower band and no upper one.

    Parameters
    ----------
    steps
        Of :func:`kaplan_meier`.
    confidence_level
        Two-sided, between 0 and 1.

    Raises
    ------
    ValueError
        When the level is missing or outside (0, 1).

    References
    ----------
    Brookmeyer and Crowley, "A Confidence Interval for the Median Survival Time", Biometrics 38, 1982; the median at a
    curve of exactly one half is that of Klein and Moeschberger, "Survival Analysis", 2003, Eq. 4.5.1.
    """
    if confidence_level is None or not 0 < confidence_level < 1:
        raise ValueError(f"confidence_level is {confidence_level}; give a number between 0 and 1, such as 0.95")
    z = float(ndtri(0.5 + confidence_level / 2))
    half = Fraction(1, 2)
    return MedianTime(
        median=next((step.time for step in steps if step.survival <= half), None),
        low=next((step.time for step in steps if _score_of_half(step) >= -z), None),
        high=next((step.time for step in steps if step.survival > 0 and _score_of_half(step) >= z), None),
    )


def _score_of_half(step: Step) -> float:
    """Return how many standard errors the curve lies below one half, on the scale log(-log S)."""
    if step.survival == 0:
        return math.inf
    log_survival = math.log(step.survival)
    standard_error = math.sqrt(step.greenwood) / -log_survival
    return (math.log(-log_survival) - math.log(math.log(2))) / standard_error


def median_lags(lags: pd.DataFrame, confidence_level: float | None) -> pd.DataFrame:
    """Return the median consolidation lag of each domain, kind of cost, factor and tolerance.

    Parameters
    ----------
    lags
        One row per leader and the columns of ``GROUP_COLUMNS``: ``lag_years``, missing where no follower was seen, and
        ``observed_years``, years for which the leader was observed.
    confidence_level
        Two-sided level of the interval.

    Returns
    -------
    pandas.DataFrame
        One row per group: ``n_leaders``, ``n_reached``, ``median_lag_years`` with low and high, missing where the curve
        does not fall so far.

    Raises
    ------
    ValueError
        When a column is missing, or a lag or a level makes no sense.
    """
    missing = [name for name in [*GROUP_COLUMNS, "lag_years", "observed_years"] if name not in lags.columns]
    if missing:
        raise ValueError(f"the table of lags lacks {', '.join(missing)}; it has {', '.join(lags.columns)}")
    rows = []
    for keys, group in lags.groupby(GROUP_COLUMNS, sort=True):
        is_reached = group["lag_years"].notna()
        times = group["lag_years"].where(is_reached, group["observed_years"])
        median = median_time(kaplan_meier(times.tolist(), is_reached.tolist()), confidence_level)
        rows.append(
            {
                **dict(zip(GROUP_COLUMNS, keys, strict=True)),
                "n_leaders": len(group),
                "n_reached": int(is_reached.sum()),
                "median_lag_years": median.median,
                "median_lag_years_low": median.low,
                "median_lag_years_high": median.high,
            }
        )
    frame = pd.DataFrame(rows)
    # A column without any value is still one of numbers.
    years = ["median_lag_years", "median_lag_years_low", "median_lag_years_high"]
    return frame.astype(dict.fromkeys(years, "float64"))
