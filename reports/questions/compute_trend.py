"""How fast does the compute of one forward pass grow? Figs 3 and 6."""

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
from reports.words import MEAN, RECORDS, SAME, bands, factor, growth

MODELS = f"""
    select
        model_id,
        model_name,
        release_date as on_date,
        gflops_per_forward_pass as value,
        gflops_per_token,
        input_tokens,
        top1_accuracy_pct,{SERIES_OF_MODEL},
        case when series <> 'All models' then model_name end as label,
        gflops_basis,
        gflops_source as source
    from marts.models
    where domain = $domain and is_in_paper
    order by series, release_date, model_id
"""  # noqa: S608 - a constant of this project
LINES = lines_and_means("gflops_per_forward_pass")
TRENDS = "select * from marts.trends where quantity = 'gflops_per_forward_pass' and vintage = 'paper'"
MARTS = tables(MODELS, LINES, TRENDS)


def gflops_over_time(points: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Figs 3 and 6; input lengths, where there are any, are marked by shape.

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
    shape = (
        alt.Shape("input_tokens:N", scale=shapes(points["input_tokens"])).legend(title="Input tokens", orient="bottom")
        if has_tokens
        else alt.Undefined
    )
    second = said("input_tokens", "Input tokens") if has_tokens else measured("top1_accuracy_pct", "Top-1 accuracy, %")
    return trend_chart(
        points,
        lines,
        series,
        time_x("on_date", year_bounds(points["on_date"])),
        log_y("value", log_bounds(points["value"], lines["value"]), "GFLOPs per forward pass"),
        [
            said("model_name", "Model"),
            day("on_date", "Released"),
            measured("value", "GFLOPs per forward pass"),
            second,
            said("gflops_basis", "GFLOPs are"),
            said("source", "Source"),
        ],
        shape=shape,
    )


def is_cut_off(points: pd.DataFrame, lines: pd.DataFrame) -> bool:
    """Return whether a band reaches beyond the axis, whose bounds are those of points and lines."""
    bounds = log_bounds(points["value"], lines["value"])
    return exceeds(lines["confidence_low"], bounds) or exceeds(lines["confidence_high"], bounds)


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 3 and 6."""
    trends = read(connection, TRENDS).set_index("trend_id", drop=False)
    best, vision_all = trends.loc["vision_gflops_best_of_year"], trends.loc["vision_gflops_all"]
    top, language_all = trends.loc["language_gflops_most_demanding"], trends.loc["language_gflops_all"]
    vision, vision_lines = (read(connection, query, domain="vision") for query in (MODELS, LINES))
    language, language_lines = (read(connection, query, domain="language") for query in (MODELS, LINES))
    return [
        Figure(
            figure_id="figure-3",
            label="Fig. 3",
            title=f"GFLOPs of the best vision model of each year {growth(best)}; over all models they "
            f"{growth(vision_all)}",
            subtitle=f"Best of each year: {factor(best)}. All: {factor(vision_all)}.",
            caption="Each point is a model of Table 2; best is the highest top-1 accuracy on ImageNet. Lines are "
            f"least squares on log10 GFLOPs. {bands(is_cut_off(vision, vision_lines))} {RECORDS} {MEAN} {SAME} The "
            "paper draws no yearly mean here. A multiply-add counts as two FLOPs.",
            alt_text=f"GFLOPs per forward pass of {len(vision)} vision models by release date on a log axis, with "
            "the rising lines of the best model of each year and, less steep, of all models.",
            marts=MARTS,
            rows=vision,
            chart=gflops_over_time(vision, vision_lines),
        ),
        Figure(
            figure_id="figure-6",
            label="Fig. 6",
            title=f"GFLOPs of the most demanding language models {growth(top)}; over all models they "
            f"{growth(language_all)}",
            subtitle=f"Most demanding at release: {factor(top)}. All: {factor(language_all)}.",
            caption="Each point is a model of Table 7, whole forward pass; shapes give the input length, which "
            "differs by model, so that points compare like with like only within a shape. The paper's caption says "
            f"per token; its values are per forward pass. {bands(is_cut_off(language, language_lines))} {RECORDS} "
            f"{MEAN} {SAME} The paper draws no yearly mean here.",
            alt_text=f"GFLOPs per forward pass of {len(language)} language models by release date on a log axis, "
            "marked by input length, with the steep line of the most demanding and the flat line of all models.",
            marts=MARTS,
            rows=language,
            chart=gflops_over_time(language, language_lines),
        ),
    ]
