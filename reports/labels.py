"""Where the names beside marks go, so that they hide neither one another nor a mark."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from reports.figure import rows_of
from reports.theme import colour

PLOT_WIDTH = 700
PHONE_PLOT_WIDTH = 260
CHARACTER_WIDTH = 6.1
LINE_HEIGHT = 12.0
MARK_RADIUS = 5.0


@dataclass(frozen=True)
class Box:
    """A rectangle on the plot, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that two rectangles share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def outside(self, width: float, height: float) -> float:
        """Return how far the rectangle reaches over the edges of a plot, as an area."""
        over = max(-self.left, 0.0) + max(self.right - width, 0.0)
        above = max(-self.top, 0.0) + max(self.bottom - height, 0.0)
        return over * (self.bottom - self.top) + above * (self.right - self.left)


@dataclass(frozen=True)
class Place:
    """Where a label begins, ends or has its middle (``align``), in pixels to the right of its mark and below it."""

    align: str
    dx: int
    dy: int

    def box(self, x: float, y: float, text: str) -> Box:
        """Return the rectangle that a text covers beside a mark."""
        width = len(text) * CHARACTER_WIDTH
        left = x + self.dx - {"left": 0, "center": width / 2, "right": width}[self.align]
        return Box(left, y + self.dy - LINE_HEIGHT / 2, left + width, y + self.dy + LINE_HEIGHT / 2)

    def farther(self, pixels: int) -> Place:
        """Return the place moved away from its mark, for a mark that is larger by so much."""
        return Place(self.align, self.dx + pixels * sign(self.dx), self.dy + pixels * sign(self.dy))


def sign(value: float) -> int:
    """Return -1, 0 or 1."""
    return (value > 0) - (value < 0)


# The best first.
PLACES = (
    Place("center", 0, -12),
    Place("left", 9, 0),
    Place("right", -9, 0),
    Place("center", 0, 13),
    Place("left", 5, -10),
    Place("right", -5, -10),
    Place("left", 5, 11),
    Place("right", -5, 11),
    Place("center", 0, -24),
    Place("left", 9, -20),
    Place("right", -9, -20),
    Place("center", 0, 25),
    Place("left", 9, 21),
    Place("right", -9, 21),
)


def place_labels(
    marks: Sequence[tuple[float, float]],
    texts: Sequence[str | None],
    width: float,
    height: float,
    radii: Sequence[float],
    on_lines: Sequence[tuple[float, float]] = (),
) -> list[Place | None]:
    """Return where the label of each mark goes.

    Greedy: each label takes the first place that hides least of the labels already placed, of the marks and of the
    plot's surroundings.

    Parameters
    ----------
    marks
        The position of each mark, in pixels from the upper left corner of the plot.
    texts
        The label of each mark, None for no label and no place.
    width, height
        Of the plot, in pixels.
    radii
        Of the marks, in pixels.
    on_lines
        Points on lines, which a label had better not cover.
    """
    thin = [Box(x - 1, y - 1, x + 1, y + 1) for x, y in on_lines]
    taken = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(marks, radii, strict=True)]
    places: list[Place | None] = []
    for (x, y), text, radius in zip(marks, texts, radii, strict=True):
        if text is None:
            places.append(None)
            continue
        around = [place.farther(max(0, round(radius - MARK_RADIUS))) for place in PLACES]
        boxes = [place.box(x, y, text) for place in around]
        hidden = [
            round(sum(map(box.overlap, taken)) + 2 * box.outside(width, height) + sum(map(box.overlap, thin)), 6)
            for box in boxes
        ]
        best = hidden.index(min(hidden))
        taken.append(boxes[best])
        places.append(around[best])
    return places


def plot_fractions(values: Sequence[float | str], scale: dict[str, Any]) -> list[float]:
    """Return how far along an axis some values lie, from 0 at its low end to 1 at its high end.

    Parameters
    ----------
    values
        Numbers, or days as text (yyyy-mm-dd) on a time axis.
    scale
        The scale of a Vega-Lite encoding, with its type (log, utc or none for linear) and its domain.
    """
    transform: Callable[[Any], float] = {
        "log": math.log10,
        "utc": lambda day: float(dt.date.fromisoformat(day).toordinal()),
    }.get(scale.get("type", "linear"), float)
    low, high = (transform(bound) for bound in scale["domain"])
    return [(transform(value) - low) / (high - low) for value in values]


def positions(
    frame: pd.DataFrame, x: alt.X, y: alt.Y, height: int, width: int = PLOT_WIDTH
) -> list[tuple[float, float]]:
    """Return where rows lie on a plot, by default of a picture's width, in pixels from its upper left corner."""
    across = plot_fractions(frame[x["field"]].tolist(), x["scale"])
    up = plot_fractions(frame[y["field"]].tolist(), y["scale"])
    return [(width * one, height * (1 - other)) for one, other in zip(across, up, strict=True)]


def along(corners: Sequence[tuple[float, float]], step: float = 4.0) -> list[tuple[float, float]]:
    """Return points on a line through some corners, no farther apart than a step in pixels."""
    points = list(corners[:1])
    for (x, y), (next_x, next_y) in pairwise(corners):
        pieces = max(1, math.ceil(math.hypot(next_x - x, next_y - y) / step))
        points += [(x + (next_x - x) * k / pieces, y + (next_y - y) * k / pieces) for k in range(1, pieces + 1)]
    return points


def names_beside(
    points: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    height: int,
    chosen: alt.Parameter,
    radii: Sequence[float] | None = None,
    lines: pd.DataFrame | None = None,
    *,
    on_a_phone: bool = False,
) -> tuple[alt.Chart, ...]:
    """Return layers with the names of the points that have a ``label``, each on a halo, placed by :func:`place_labels`.

    They are placed for the width of a picture, and not drawn where there is much less, as on a phone; names for that
    are drawn there alone. A name goes with its point when a click on the legend takes that away.

    Parameters
    ----------
    points
        One row per mark, with the fields of ``x`` and ``y`` and a ``label``, null for most.
    x, y
        The encodings, with the domain of their scales.
    height
        Of the plot, in pixels.
    chosen
        The selection that filters the points.
    radii
        Of the marks, in pixels; by default those of a point.
    lines
        Lines that names should not lie on: the fields of ``x`` and ``y``, and ``series``.
    on_a_phone
        Whether the names are those of a narrow plot, where few have room.
    """
    width = PHONE_PLOT_WIDTH if on_a_phone else PLOT_WIDTH
    marks = positions(points, x, y, height, width)
    on_lines = [
        place
        for _, line in (lines.groupby("series") if lines is not None else [])
        for place in along(positions(line.sort_values(x["field"]), x, y, height, width))
    ]
    is_narrow = f"width < {0.8 * PLOT_WIDTH}"
    texts = [None if label is None or label != label else str(label) for label in points["label"]]
    places = place_labels(marks, texts, width, height, radii or [MARK_RADIUS] * len(marks), on_lines)
    fields = chosen.param.select.fields
    layers = []
    for place in dict.fromkeys(one for one in places if one is not None):
        named = points[[one == place for one in places]]
        base = alt.Chart(
            rows_of(
                named[[x["field"], y["field"], "label", *fields]],
                name=f"{'phone names' if on_a_phone else 'names'} {place.align} {place.dx} {place.dy}",
            )
        ).transform_filter(chosen)
        if on_a_phone:
            base = base.transform_filter(is_narrow)
        base = base.encode(x=x, y=y, text="label:N")
        style = {
            "fontSize": 11,
            "align": place.align,
            "baseline": "middle",
            "dx": place.dx,
            "dy": place.dy,
            "opacity": 1 if on_a_phone else alt.expr(f"{is_narrow} ? 0 : 1"),
        }
        layers += [
            base.mark_text(stroke=colour("paper"), strokeWidth=3, strokeJoin="round", **style),
            base.mark_text(color=colour("ink"), **style),
        ]
    return tuple(layers)
