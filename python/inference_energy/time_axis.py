"""The time axis of every trend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

ORIGIN_DATE = dt.date(2012, 1, 1)
DAYS_PER_YEAR = 365.25


def years_since_origin(dates: Iterable[dt.date]) -> NDArray[np.float64]:
    """Return the x of the trends: days since 2012-01-01, divided by 365.25.

    The warehouse computes the same in SQL, in the macro ``years_since_origin``.
    """
    return np.array([(_day(date) - ORIGIN_DATE).days / DAYS_PER_YEAR for date in dates])


def _day(date: dt.date) -> dt.date:
    """Drop the time of day: a date column of DuckDB arrives in pandas as timestamps."""
    return date.date() if isinstance(date, dt.datetime) else date
