"""How fast does the energy of one forward pass grow? Figs 9 and 10."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import exceeds, log_bounds, log_y, shapes, time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure
from reports.tooltips import day, measured, said
from reports.trend_chart import DASHED, DOTTED, SOLID, Series, trend_chart
from reports.trend_queries import SERIES_OF_MODEL, lines_and_means
from reports.words import JOULES, MEAN, RECORDS, SAME, bands, factor, growth

MODELS = f"""
    select
        models.model_id,
        models.model_name,
        models.release_date as on_date,
        inference_energy.joules_per_forward_pass as value,
        inference_energy.joules_per_forward_pass_low,
        inference_energy.joules_per_forward_pass_high,
        models.gflops_per_forward_pass,
        inference_energy.gflops_per_watt,
        models.input_tokens,{SERIES_OF_MODEL},
        case when series <> 'All models' then models.model_name end as label,
        models.gflops_source as source
    from marts.models
    inner join marts.inference_energy using (model_id)
    where models.domain = $domain and models.is_in_paper and inference_energy.matching_policy = 'trend'
    order by series, on_date, models.model_id
"""  # noqa: S608 - a constant of this project
LINES = lines_and_means("joules_per_forward_pass")
TRENDS = "select * from marts.trends where quantity = 'joules_per_forward_pass' and vintage = 'paper'"
MARTS = tables(MODELS, LINES, TRENDS)


def joules_over_time(points: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Figs 9 and 10; input lengths, where there are any, are marked by shape.

    Parameters
    ----------
    points
        One row per model, the columns of ``MODELS``.
    lines
        One row per line and date, the columns of ``LINES``.
    """
    has_tokens = points["input_tokens"].notna().any()
    records = "Most demanding at release" if has_tokens else "Best of each year"
    series = (
        Series(records, "blue", DASHED),
        Series("All models", "grey", SOLID),
        Series("Yearly mean", "orange", DOTTED),
    )
    return trend_chart(
        points,
        lines,
        series,
        time_x("on_date", year_bounds(points["on_date"])),
        log_y("value", log_bounds(points["value"], lines["value"]), "Joules per forward pass"),
        [
            said("model_name", "Model"),
            day("on_date", "Released"),
            measured("value", "Joules per forward pass"),
            measured("joules_per_forward_pass_low", "Low (95 %)"),
            measured("joules_per_forward_pass_high", "High (95 %)"),
            measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
            measured("gflops_per_watt", "GFLOPS per watt"),
            *([said("input_tokens", "Input tokens")] if has_tokens else []),
            said("source", "Source of GFLOPs"),
        ],
        shape=alt.Shape("input_tokens:N", scale=shapes(points["input_tokens"])).legend(
            title="Input tokens", orient="bottom"
        )
        if has_tokens
        else alt.Undefined,
    )


def is_cut_off(points: pd.DataFrame, lines: pd.DataFrame) -> bool:
    """Return whether a band reaches beyond the axis, whose bounds are those of points and lines."""
    bounds = log_bounds(points["value"], lines["value"])
    return exceeds(lines["confidence_low"], bounds) or exceeds(lines["confidence_high"], bounds)


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 9 and 10."""
    trends = read(connection, TRENDS).set_index("trend_id", drop=False)
    best, vision_all = trends.loc["vision_joules_best_of_year"], trends.loc["vision_joules_all"]
    top, language_all = trends.loc["language_joules_most_demanding"], trends.loc["language_joules_all"]
    vision, vision_lines = (read(connection, query, domain="vision") for query in (MODELS, LINES))
    language, language_lines = (read(connection, query, domain="language") for query in (MODELS, LINES))
    return [
        Figure(
            figure_id="figure-9",
            label="Fig. 9",
            title=f"Joules of the best vision model of each year {growth(best)}; over all models they "
            f"{growth(vision_all)}",
            subtitle=f"Best of each year: {factor(best)}. All: {factor(vision_all)}.",
            caption=f"{JOULES} {bands(is_cut_off(vision, vision_lines))} {RECORDS} {MEAN} {SAME}",
            alt_text=f"Estimated joules per forward pass of {len(vision)} vision models by release date on a log "
            "axis, with the rising line of the best model of each year and the nearly flat line of all models.",
            marts=MARTS,
            rows=vision,
            chart=joules_over_time(vision, vision_lines),
        ),
        Figure(
            figure_id="figure-10",
            label="Fig. 10",
            title=f"Joules of the most demanding language models {growth(top)}; over all models they "
            f"{growth(language_all)}",
            subtitle=f"Most demanding at release: {factor(top)}. All: {factor(language_all)}.",
            caption=f"{JOULES} Shapes give the input length, which differs by model. "
            f"{bands(is_cut_off(language, language_lines))} {RECORDS} {MEAN} {SAME}",
            alt_text=f"Estimated joules per forward pass of {len(language)} language models by release date on a "
            "log axis, marked by input length, with the steep line of the most demanding and the wide band of all "
            "models.",
            marts=MARTS,
            rows=language,
            chart=joules_over_time(language, language_lines),
        ),
    ]
