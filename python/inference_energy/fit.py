"""Log-linear trends: ordinary least squares of log10 of a positive quantity against time in years."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pandas import isna
from scipy.special import stdtrit

from inference_energy.theil_sen import theil_sen_slope


@dataclass(frozen=True)
class LogLinearFit:
    """The line log10(value) = intercept + slope * years, with what its bands need.

    Attributes
    ----------
    slope
        log10 units per year; growth per year is ``10 ** slope``.
    intercept
        log10 units, at years = 0.
    slope_se
        Standard error of the slope under independent errors.
    slope_se_clustered
        Standard error of the slope when rows of one group share an error (CR1), or None without groups.
    r_squared
        Share of the variance of log10(value) that the line takes up.
    residual_sd
        Residual standard deviation in log10 units, with n - 2 degrees of freedom.
    n_points, n_groups
        Observations and distinct groups (None without groups).
    mean_years, sum_squared_years
        Mean of the years and the sum of squared deviations from it.
    t_quantile
        Two-sided Student t quantile at the confidence level, with n - 2 degrees of freedom.
    theil_sen_slope
        Median slope of all pairs of points of different dates, log10 units per year.
    """

    slope: float
    intercept: float
    slope_se: float
    slope_se_clustered: float | None
    r_squared: float
    residual_sd: float
    n_points: int
    n_groups: int | None
    mean_years: float
    sum_squared_years: float
    t_quantile: float
    theil_sen_slope: float


def fit_log_linear(
    years: ArrayLike,
    values: ArrayLike,
    groups: Sequence[Hashable] | None = None,
    confidence_level: float = 0.95,
) -> LogLinearFit:
    """Fit log10(values) against years by ordinary least squares.

    The trend lines of Figs 3, 6, 8, 9 and 10 of the paper are such fits.

    Parameters
    ----------
    years
        Shape (n,), time in years from any origin; it moves only the intercept.
    values
        Shape (n,), positive, in any unit.
    groups
        Length n, the paper or the chip that a row comes from; gives ``slope_se_clustered``.
    confidence_level
        Two-sided level of ``t_quantile``, between 0 and 1.

    Raises
    ------
    ValueError
        For unequal lengths, fewer than three points, a missing or infinite year or value, a value that is zero or
        negative, years that are dates or all equal, a missing or a single group, or a level outside (0, 1).

    References
    ----------
    The clustered error is CR1 of Cameron and Miller, "A Practitioner's Guide to Cluster-Robust Inference", Journal of
    Human Resources 50(2), 2015, Eq. 11 with the factor G/(G-1) * (n-1)/(n-2). The robust slope is that of Theil (1950)
    and Sen (1968).
    """
    x, y = _checked(years, values)
    n = len(x)
    t_quantile = student_quantile(n - 2, confidence_level)
    mean_years = float(x.mean())
    deviations = x - mean_years
    sum_squared_years = float(deviations @ deviations)
    # Equal values are exactly 0 above the least of them; their own mean may differ from them in the last digit.
    above_least = y - y.min()
    y_deviations = above_least - above_least.mean()
    mean_y = float(y.min() + above_least.mean())
    slope = float(deviations @ y_deviations) / sum_squared_years
    intercept = mean_y - slope * mean_years
    residuals = y_deviations - slope * deviations
    residual_sum_squares = float(residuals @ residuals)
    total_sum_squares = float(y_deviations @ y_deviations)
    residual_sd = math.sqrt(residual_sum_squares / (n - 2))
    clustered = None if groups is None else _clustered_se(deviations, residuals, groups)
    return LogLinearFit(
        slope=slope,
        intercept=intercept,
        slope_se=residual_sd / math.sqrt(sum_squared_years),
        slope_se_clustered=clustered,
        # Equal values are fitted exactly by a flat line; 0/0 would say nothing.
        r_squared=1 - residual_sum_squares / total_sum_squares if total_sum_squares > 0 else 1.0,
        residual_sd=residual_sd,
        n_points=n,
        n_groups=None if groups is None else len(set(groups)),
        mean_years=mean_years,
        sum_squared_years=sum_squared_years,
        t_quantile=t_quantile,
        theil_sen_slope=theil_sen_slope(x, y),
    )


def student_quantile(degrees_of_freedom: int, confidence_level: float | None) -> float:
    """Return the Student t quantile of a two-sided level, 4.303 for 2 degrees of freedom at 0.95.

    Raises
    ------
    ValueError
        When the level is missing or outside (0, 1).
    """
    if confidence_level is None or not 0 < confidence_level < 1:
        raise ValueError(f"confidence_level is {confidence_level}; give a number between 0 and 1, such as 0.95")
    return float(stdtrit(degrees_of_freedom, 0.5 + confidence_level / 2))


def _checked(years: ArrayLike, values: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return years and log10 of the values, or say which of them cannot be fitted."""
    if np.asarray(years).dtype.kind == "M":
        raise ValueError("years holds dates, not years; give years_since_origin(dates)")
    x = np.asarray(years, dtype=float)
    raw = np.asarray(values, dtype=float)
    if x.ndim != 1 or x.shape != raw.shape:
        raise ValueError(f"years has shape {x.shape} and values {raw.shape}; both must be one list of the same length")
    if len(x) < 3:
        raise ValueError(f"a trend with an error needs at least three points, found {len(x)}")
    for name, array in (("years", x), ("values", raw)):
        missing = np.flatnonzero(~np.isfinite(array))
        if missing.size:
            raise ValueError(f"{name} has a missing or infinite number at position {missing[0]}; leave that row out")
    not_positive = np.flatnonzero(raw <= 0)
    if not_positive.size:
        position = not_positive[0]
        raise ValueError(f"values must be positive to take a logarithm, found {raw[position]} at position {position}")
    if np.ptp(x) == 0:
        raise ValueError(f"all {len(x)} points have the same date, so there is no trend over time to fit")
    return x, np.log10(raw)


def _clustered_se(deviations: NDArray[np.float64], residuals: NDArray[np.float64], groups: Sequence[Hashable]) -> float:
    """Return the standard error of the slope with errors shared within a group, CR1."""
    n = len(deviations)
    if len(groups) != n:
        raise ValueError(f"groups has {len(groups)} entries for {n} points; give one per point")
    for position, group in enumerate(groups):
        if isna(group) is True:
            raise ValueError(f"groups has no entry at position {position}; name the group or leave that row out")
    codes = {group: code for code, group in enumerate(dict.fromkeys(groups))}
    n_groups = len(codes)
    if n_groups < 2:
        raise ValueError("a clustered error needs at least two groups, found one; leave groups out")
    scores = np.bincount([codes[group] for group in groups], weights=deviations * residuals, minlength=n_groups)
    correction = n_groups / (n_groups - 1) * (n - 1) / (n - 2)
    return math.sqrt(correction * float(scores @ scores)) / float(deviations @ deviations)
