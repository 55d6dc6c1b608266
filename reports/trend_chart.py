"""The chart of a quantity over time: points, trend lines with their bands, and yearly means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from reports.figure import rows_of
from reports.labels import names_beside
from reports.theme import colour

SOLID = (1, 0)
DASHED = (8, 5)
DOTTED = (2, 4)


@dataclass(frozen=True)
class Series:
    """A line of a chart with the points that belong to it: its name in the legend, its colour and its dashes."""

    name: str
    colour: str
    dash: tuple[int, int] = SOLID


def trend_chart(
    points: pd.DataFrame,
    lines: pd.DataFrame,
    series: Sequence[Series],
    x: alt.X,
    y: alt.Y,
    tooltip: Sequence[alt.Tooltip],
    *,
    band: tuple[str, str] = ("confidence_low", "confidence_high"),
    shape: alt.Shape | alt.UndefinedType = alt.Undefined,
    height: int = 400,
) -> alt.LayerChart:
    """Return points over time with lines and bands through them; a click on the legend leaves one series.

    Parameters
    ----------
    points
        One row per mark: ``on_date``, ``value``, ``series``, ``label`` (null for most) and what the tooltip names.
    lines
        One row per line and date: ``on_date``, ``value``, ``series`` and the columns of the band, null where there is
        none; where ``is_extrapolated`` the line is drawn thin.
    series
        The lines in the order of the legend.
    x, y
        The encodings of ``on_date`` and ``value``.
    tooltip
        What a point tells under the pointer.
    band
        The columns of ``lines`` between which a band is shaded.
    shape
        The encoding of the points' shapes; by default all are discs.
    height
        Of the plot, in pixels; the names beside points are placed for it.
    """
    names = [one.name for one in series]
    chosen = alt.selection_point(name="chosen", fields=["series"], bind="legend", toggle="true")
    colours = alt.Scale(domain=names, range=[colour(one.colour) for one in series])
    # The lines alone make the legend: from the bands it would take their pale shade, and points have no dashes.
    plain = alt.Color("series:N", scale=colours, legend=None)
    all_have_lines = set(names) <= set(lines["series"])
    legend_symbol = (
        {"symbolType": "stroke", "symbolStrokeWidth": 2.5, "symbolSize": 300}
        if all_have_lines
        # The stroke alone has the colour of the series; as wide as the circle it leaves no hole.
        else {"symbolType": "circle", "symbolStrokeWidth": 7, "symbolSize": 30}
    )
    low, high = band
    drawn_lines = alt.Chart(rows_of(joined(lines), name="lines")).transform_filter(chosen)
    bands = (
        drawn_lines.transform_filter(f"isValid(datum.{low})")
        .mark_area(opacity=0.15, clip=True)
        .encode(x=x, y=y.copy().field(low), y2=f"{high}:Q", color=plain)
    )
    trend_lines = drawn_lines.mark_line(clip=True).encode(
        x=x,
        y=y,
        color=alt.Color("series:N", scale=colours).legend(title=None, **legend_symbol),
        strokeDash=alt.StrokeDash("series:N").scale(domain=names, range=[list(one.dash) for one in series]),
        strokeWidth=alt.StrokeWidth("is_extrapolated:O", legend=None).scale(domain=[False, True], range=[2.4, 1.2]),
    )
    drawn_points = alt.Chart(rows_of(points)).transform_filter(chosen)
    marks = drawn_points.mark_point(
        filled=True, size=68, opacity=0.9, stroke=colour("paper"), strokeWidth=1, clip=True
    ).encode(x=x, y=y, color=plain, tooltip=list(tooltip), shape=shape)
    return alt.layer(
        bands, trend_lines.add_params(chosen), *names_beside(points, x, y, height, chosen, lines=lines), marks
    ).resolve_legend(color="independent", strokeDash="independent")


def joined(lines: pd.DataFrame) -> pd.DataFrame:
    """Return lines whose extrapolated part begins where the data end, so that the thin line joins the thick one."""
    drawn = lines.sort_values(["series", "on_date"])
    ends = drawn[~drawn["is_extrapolated"]].groupby("series", sort=False).tail(1)
    continued = drawn.loc[drawn["is_extrapolated"], "series"].unique()
    return pd.concat([drawn, ends[ends["series"].isin(continued)].assign(is_extrapolated=True)], ignore_index=True)
