"""The chart of a score against a cost: models by year, and the frontier that none of them beats."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from reports.figure import rows_of
from reports.labels import names_beside
from reports.theme import colour


def year_colours(years: Sequence[int]) -> alt.Scale:
    """Return the colours of some years: the same year has the same colour in every chart.

    Raises
    ------
    KeyError
        When the palette has no colour for a year.
    """
    return alt.Scale(domain=list(years), range=[colour(f"year-{year}") for year in years])


def frontier_chart(
    points: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    tooltip: Sequence[alt.Tooltip],
    *,
    shape: alt.Shape | alt.UndefinedType = alt.Undefined,
    height: int = 400,
) -> alt.LayerChart:
    """Return models as points with the frontier as steps; a click on a year in the legend leaves that year.

    Parameters
    ----------
    points
        One row per model: cost, score, ``release_year``, ``is_on_frontier``, ``label`` (null for most) and what the
        tooltip names. The frontier goes through the rows in the order of their cost.
    x, y
        The encodings of cost and score.
    tooltip
        What a point tells under the pointer.
    shape
        The encoding of the points' shapes; by default all are discs.
    height
        Of the plot, in pixels.
    """
    years = sorted(points["release_year"].unique().tolist())
    chosen = alt.selection_point(name="chosen", fields=["release_year"], bind="legend", toggle="true")
    data = rows_of(points)
    frontier = (
        alt.Chart(data)
        .transform_filter("datum.is_on_frontier")
        .mark_line(interpolate="step-after", color=colour("grey"), strokeWidth=2)
        .encode(x=x, y=y)
    )
    marks = (
        alt.Chart(data)
        .transform_filter(chosen)
        .mark_point(filled=True, size=78, opacity=0.95, stroke=colour("ink"), strokeWidth=0.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color("release_year:O", title="Released", scale=year_colours(years)),
            shape=shape,
            tooltip=list(tooltip),
        )
        .add_params(chosen)
    )
    return alt.layer(frontier, *names_beside(points, x, y, height, chosen), marks)
