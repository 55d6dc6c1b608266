"""The scales that charts share: time, and quantities on a log axis with explicit ticks."""

from __future__ import annotations

import json
import math
import textwrap
from typing import Any

import altair as alt
import pandas as pd

PLAIN_NUMBER = ",.10~f"
STEPS = (1, 2, 5)
LABEL_LINE_HEIGHT = 14
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")


def year_bounds(*days: pd.Series) -> tuple[int, int]:
    """Return the first year of some days (text, yyyy-mm-dd) and the year after the last."""
    years = pd.concat(days).str.slice(0, 4).astype(int)
    return int(years.min()), int(years.max()) + 1


def time_x(field: str, years: tuple[int, int]) -> alt.X:
    """Return a time axis from the start of one year to the start of another, with a tick each year.

    Time is read as UTC, so that a day is the same day for every reader.
    """
    first, last = years
    return (
        alt.X(field=field, type="temporal")
        .scale(type="utc", domain=[f"{first}-01-01", f"{last}-01-01"], nice=False)
        .axis(values=[f"{year}-01-01" for year in range(first, last + 1)], format="%Y", title=None)
    )


def log_bounds(*values: pd.Series) -> tuple[float, float]:
    """Return the steps 1, 2 or 5 of a decade around some positive values; missing ones are left out.

    Raises
    ------
    ValueError
        When a value is not positive, or there is none.
    """
    known = pd.concat(values).dropna()
    if known.empty or not (known > 0).all():
        raise ValueError("a log axis needs positive values")
    low, high = float(known.min()), float(known.max())
    below = [step * decade(low) for step in STEPS]
    above = [step * decade(high) for step in (*STEPS, 10)]
    return max(step for step in below if step <= low * 0.95 or step == below[0]), min(
        step for step in above if step >= high * 1.05 or step == above[-1]
    )


def decade(value: float) -> float:
    """Return the power of ten at or below a positive value; its logarithm may round up to the next."""
    power = 10.0 ** math.floor(math.log10(value))
    return power if power <= value else power / 10


def log_ticks(low: float, high: float) -> list[float]:
    """Return the ticks of a log axis: 1, 2, 5 of each decade up to three decades, else each power of ten."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = STEPS if high / low <= 1000 else (1,)
    ticks = [float(f"{step}e{decade}") for decade in decades for step in steps]
    return [tick for tick in ticks if low * 0.999 <= tick <= high * 1.001]


def _log(axis: alt.X | alt.Y, bounds: tuple[float, float], title: str, *, grid: bool) -> alt.X | alt.Y:
    return axis.scale(type="log", domain=list(bounds), nice=False).axis(
        values=log_ticks(*bounds), format=PLAIN_NUMBER, title=f"{title} (log scale)", grid=grid
    )


def log_x(field: str, bounds: tuple[float, float], title: str) -> alt.X:
    """Return a horizontal axis on a log scale between two bounds; the title holds the unit."""
    return _log(alt.X(field=field, type="quantitative"), bounds, title, grid=False)


def log_y(field: str, bounds: tuple[float, float], title: str) -> alt.Y:
    """Return a value axis on a log scale between two bounds; the title holds the unit and stands above the axis."""
    return _log(alt.Y(field=field, type="quantitative"), bounds, title, grid=True)


def linear_y(field: str, bounds: tuple[float, float], title: str) -> alt.Y:
    """Return a value axis that need not begin at 0; the title holds the unit and stands above the axis."""
    return alt.Y(field=field, type="quantitative").scale(domain=list(bounds), nice=False).axis(title=title, tickCount=6)


def in_lines(names: list[str], characters: int = 32) -> dict[str, Any]:
    """Return what breaks the names on a vertical axis into lines of so many characters, their middle at the tick."""
    lines = f"({json.dumps({name: textwrap.wrap(name, characters, break_on_hyphens=False) for name in names})})"
    return {
        "labelExpr": f"{lines}[datum.label]",
        "labelOffset": alt.expr(f"{-LABEL_LINE_HEIGHT / 2} * (length({lines}[datum.label]) - 1)"),
    }


def shapes(values: pd.Series) -> alt.Scale:
    """Return a scale of shapes for some classes; it names them all, so that a filter empties no legend.

    Raises
    ------
    ValueError
        When there are more classes than shapes.
    """
    classes = sorted(values.dropna().unique().tolist())
    if len(classes) > len(SHAPES):
        raise ValueError(f"found {len(classes)} classes and {len(SHAPES)} shapes; add shapes to SHAPES")
    return alt.Scale(domain=classes, range=list(SHAPES[: len(classes)]))


def exceeds(values: pd.Series, bounds: tuple[float, float]) -> bool:
    """Return whether some values lie beyond the bounds of an axis, so that what they draw is cut off."""
    low, high = bounds
    return bool(((values < low) | (values > high)).any())
