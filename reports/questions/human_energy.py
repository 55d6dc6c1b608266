"""When does one pass a second reach the power of a human? Figs 13 and 14."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import exceeds, log_bounds, log_y, time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.theme import colour
from reports.tooltips import day, measured, said
from reports.trend_chart import SOLID, Series, trend_chart
from reports.trend_queries import SERIES_OF_MODEL
from reports.words import JOULES, is_missing, number

MODELS = f"""
    select
        models.model_id,
        models.model_name,
        models.release_date as on_date,
        inference_energy.joules_per_forward_pass as value,
        models.gflops_per_forward_pass,
        models.input_tokens,{SERIES_OF_MODEL},
        cast(null as varchar) as label,
        models.gflops_source as source
    from marts.models
    inner join marts.inference_energy using (model_id)
    where models.domain = $domain and models.is_in_paper and inference_energy.matching_policy = 'trend'
    order by series, on_date, models.model_id
"""  # noqa: S608 - a constant of this project
LINES = """
    select
        on_date,
        value,
        case subset
            when 'all' then 'All models'
            when 'best_of_year' then 'Best of each year'
            when 'most_demanding' then 'Most demanding at release'
        end as series,
        prediction_low,
        prediction_high,
        is_extrapolated
    from marts.trend_lines
    inner join marts.trends using (trend_id, vintage)
    where
        quantity = 'joules_per_forward_pass' and subset in ('all', 'best_of_year', 'most_demanding')
        and domain = $domain and vintage = 'paper' and is_supported
    order by series, on_date
"""
FORECASTS = """
    select forecasts.*, trends.domain, trends.subset, trends.supported_until
    from marts.forecasts
    inner join marts.trends using (trend_id, vintage)
    where
        trends.domain = $domain and trends.quantity = 'joules_per_forward_pass' and vintage = 'paper'
        and trends.subset in ('all', 'best_of_year', 'most_demanding')
"""
MARTS = tables(MODELS, LINES, FORECASTS)
REFERENCES = {"somatic": "Somatic", "electricity": "US electricity", "external": "External"}


def references(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return the powers that joules a second are held against: one row per power, exact and as the paper rounds it.

    Parameters
    ----------
    forecasts
        Rows of ``marts.forecasts``.

    Returns
    -------
    pandas.DataFrame
        ``value`` in watts, ``basis`` (exact, as printed) and ``name``, null for the round figures.
    """
    known = forecasts.drop_duplicates("human_reference").set_index("human_reference")
    rows = []
    for reference, name in REFERENCES.items():
        exact, printed = known.loc[reference, "reference_watts"], known.loc[reference, "printed_reference_watts"]
        said_by_paper = "" if is_missing(printed) else f" (paper {printed:,.0f} W)"
        rows.append({"value": exact, "basis": "exact", "name": f"{name}: {number(exact)} W{said_by_paper}"})
        if not is_missing(printed):
            rows.append({"value": printed, "basis": "as printed", "name": None})
    return pd.DataFrame(rows)


def joules_against_people(points: pd.DataFrame, lines: pd.DataFrame, powers: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Figs 13 and 14.

    Parameters
    ----------
    points
        One row per model, the columns of ``MODELS``.
    lines
        The lines as far as they are supported, the columns of ``LINES``.
    powers
        The powers of a person, from :func:`references`.
    """
    selected = next(name for name in lines["series"].unique() if name != "All models")
    x = time_x("on_date", year_bounds(points["on_date"], lines["on_date"]))
    y = log_y("value", log_bounds(points["value"], powers["value"], lines["value"]), "Joules per forward pass")
    chart = trend_chart(
        points,
        lines,
        (Series(selected, "blue", SOLID), Series("All models", "grey", SOLID)),
        x,
        y,
        [
            said("model_name", "Model"),
            day("on_date", "Released"),
            measured("value", "Joules per forward pass"),
            measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
            said("source", "Source of GFLOPs"),
        ],
        band=("prediction_low", "prediction_high"),
        height=460,
    )
    drawn = alt.Chart(rows_of(powers, name="powers"))
    rules = drawn.mark_rule(strokeWidth=1.4, color=colour("green")).encode(
        y=y,
        strokeDash=alt.StrokeDash("basis:N", legend=None).scale(domain=["exact", "as printed"], range=[[1, 0], [3, 3]]),
    )
    named = drawn.transform_filter("isValid(datum.name)").encode(x=alt.value(0), y=y, text="name:N")
    style = {"align": "left", "baseline": "top", "dx": 6, "dy": 4, "fontSize": 11}
    names = (
        named.mark_text(stroke=colour("paper"), strokeWidth=3, strokeJoin="round", **style),
        named.mark_text(color=colour("ink"), **style),
    )
    layers = alt.layer(rules, chart, *names)
    return layers.resolve_scale(strokeDash="independent").resolve_legend(strokeDash="independent")


def crossing(forecast: pd.Series) -> str:
    """Return what a forecast says in words; beyond the support of the data it says no year."""
    if forecast.state == "never":
        return "never reaches it"
    if not forecast.is_supported:
        return "does not reach it as far as the data support a line"
    if is_missing(forecast.line_crosses_low) or is_missing(forecast.line_crosses_high):
        return f"reaches it in {forecast.crossing_year:.0f}, with no bounds"
    bounds = f"{forecast.line_crosses_low:.1f} to {forecast.line_crosses_high:.1f}"
    return f"reaches it in {forecast.crossing_year:.1f} ({bounds})"


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 13 and 14."""
    return [
        figure(connection, "vision", "Fig. 13", "the best vision models"),
        figure(connection, "language", "Fig. 14", "the most demanding language models"),
    ]


def figure(connection: duckdb.DuckDBPyConnection, domain: str, label: str, selected: str) -> Figure:
    """Return one of the two figures."""
    points, lines = read(connection, MODELS, domain=domain), read(connection, LINES, domain=domain)
    forecasts = read(connection, FORECASTS, domain=domain)
    somatic = forecasts[forecasts["human_reference"] == "somatic"]
    top, every = somatic[somatic["subset"] != "all"].iloc[0], somatic[somatic["subset"] == "all"].iloc[0]
    largest = points.loc[points["value"].idxmax()]
    powers = references(forecasts)
    bounds = log_bounds(points["value"], powers["value"], lines["value"])
    cut_off = exceeds(lines["prediction_low"], bounds) or exceeds(lines["prediction_high"], bounds)
    lengths = points["input_tokens"].dropna()
    of_mixed_length = (
        "" if lengths.empty else f", with inputs of {lengths.min():.0f} to {lengths.max():.0f} tokens and so not alike"
    )
    return Figure(
        figure_id=label.lower().replace(". ", "ure-"),
        label=label,
        title=f"At one pass a second, the line of {selected} {crossing(top).replace('it', 'somatic power', 1)}",
        subtitle=f"Against {number(top.reference_watts)} W, 95 % set of the line in brackets. The line of all "
        f"models {crossing(every)}. Largest: {largest.model_name}, {number(largest.value)} J.",
        caption=f"{JOULES} At one pass a second joules are watts. Points are models at their "
        f"release{of_mixed_length}; thick lines cover the data, thin ones run on as far as half the span of the "
        f"data supports ({top.supported_until[:4]}); a later year in brackets lies beyond that. The bands are 95 % "
        f"prediction for one model{', cut off at the axis' if cut_off else ''}. The line of records predicts no "
        "next record. Green lines are powers per person, solid exact, dotted as the paper rounds them: somatic is "
        "the food of one person, external the primary energy per person in the USA. Primary energy holds the "
        "losses of power stations and all fuels, so US electricity per person, which the paper does not use, is "
        "the fairer comparison.",
        alt_text=f"Estimated joules per forward pass of {domain} models by release date on a log axis with two "
        "trend lines, against horizontal lines for the power of a body, of US electricity and of US primary energy "
        "per person.",
        marts=MARTS,
        rows=points,
        chart=joules_against_people(points, lines, powers),
        height=460,
    )
