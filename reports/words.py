"""Numbers of the marts in the words of titles, subtitles and captions."""

from __future__ import annotations

import math
from typing import Any

Row = Any

BAND = "The bands are 95 % confidence of the lines."
RECORDS = (
    "The dashed line runs through records, which are selected by their outcome: its interval describes the line "
    "and predicts no next record."
)
MEAN = (
    "The dotted line joins the arithmetic means of each year's models, drawn at mid-year; one giant model can carry it."
)
SAME = "Models of the same day and value lie on one another."
JOULES = (
    "Joules are estimated, not measured: GFLOPs over the efficiency that the hardware trend gives for the release "
    "date. They count the GPU board alone, at full use, without host, cooling or network."
)


def bands(is_cut_off: bool) -> str:
    """Return what the bands of a trend chart are, and whether the axis cuts them off."""
    return f"{BAND} They are cut off at the axis." if is_cut_off else BAND


def number(value: float, digits: int = 3) -> str:
    """Return a number to some significant digits, with thousands separators and no exponent.

    Raises
    ------
    ValueError
        When there is no number; a title must not say "nan".
    """
    if is_missing(value) or not math.isfinite(value):
        raise ValueError(f"a title needs a number, found {value}; the mart that it is read from has none")
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def bounded(value: float, low: float | None, high: float | None) -> str:
    """Return a number with its interval in brackets, or alone where a bound of it is missing."""
    if is_missing(low) or is_missing(high):
        return number(value)
    return f"{number(value)} ({number(low)} to {number(high)})"


def is_missing(value: object) -> bool:
    """Return whether a cell of a mart holds nothing."""
    return value is None or value != value


def duration(years: float) -> str:
    """Return a time in years, or in months below two years."""
    return f"{number(years, 2)} years" if years >= 2 else f"{number(12 * years, 2)} months"


def growth(trend: Row) -> str:
    """Return what a trend's quantities do, as a verb with its object: only a slope told apart from 0 has a direction.

    Parameters
    ----------
    trend
        A row of ``marts.trends``.
    """
    if trend.growth_per_year_low > 1:
        return f"double every {duration(trend.doubling_time_years)}"
    if trend.growth_per_year_high < 1:
        return f"halve every {duration(trend.halving_time_years)}"
    return "show no clear trend"


def factor(trend: Row) -> str:
    """Return the growth of a trend with its interval, fit and number of points, for a subtitle.

    Parameters
    ----------
    trend
        A row of ``marts.trends``.
    """
    return (
        f"×{number(trend.growth_per_year)} a year [{number(trend.growth_per_year_low)}, "
        f"{number(trend.growth_per_year_high)}], R² {trend.r_squared:.2f}, n = {trend.n_points}"
    )
