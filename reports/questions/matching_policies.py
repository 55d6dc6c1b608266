"""How much does the energy of a model depend on the hardware that it is matched with? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

ENERGY = """
    select
        models.model_id,
        models.model_name,
        models.domain,
        models.release_date,
        inference_energy.matching_policy,
        case inference_energy.matching_policy
            when 'trend' then 'Hardware trend'
            when 'best_available' then 'Best GPU by then'
            when 'median_24_months' then 'Median of 24 months'
        end as policy,
        coalesce(accelerators.accelerator_name, inference_energy.n_accelerators || ' GPUs', 'line of Fig. 8')
            as hardware,
        inference_energy.gflops_per_watt,
        inference_energy.joules_per_forward_pass,
        inference_energy.joules_per_forward_pass_low,
        inference_energy.joules_per_forward_pass_high,
        case inference_energy.interval_kind
            when 'hardware_prediction' then '95 % prediction of the line for one GPU'
            when 'window_range' then 'least and most efficient GPU'
            else 'none'
        end as interval_is,
        coalesce(
            format(
                '{:.3g} to {:.3g}',
                inference_energy.joules_per_forward_pass_low,
                inference_energy.joules_per_forward_pass_high
            ),
            'none'
        ) as interval_in_words,
        models.gflops_source as source,
        models.model_name || ', ' || year(models.release_date) as model_and_year
    from marts.inference_energy
    inner join marts.models using (model_id)
    left join marts.accelerators on inference_energy.accelerator_id = accelerators.accelerator_id
    where
        models.is_in_paper
        and inference_energy.matching_policy in ('trend', 'best_available', 'median_24_months')
        and ((models.domain = 'vision' and models.is_best_of_year) or models.is_most_demanding_at_release)
    order by models.domain desc, models.release_date, models.model_id, inference_energy.matching_policy
"""
MARTS = tables(ENERGY)
POLICIES = {
    "Hardware trend": ("blue", "circle"),
    "Best GPU by then": ("green", "triangle-up"),
    "Median of 24 months": ("orange", "square"),
}


def joules_by_policy(rows: pd.DataFrame) -> alt.LayerChart:
    """Return the joules of some models under each matching policy, with their intervals.

    Parameters
    ----------
    rows
        One row per model and policy, the columns of ``ENERGY``, in the order in which the models are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["policy"], bind="legend", toggle="true")
    y = (
        alt.Y("model_and_year:N")
        .sort(rows["model_and_year"].drop_duplicates().tolist())
        .axis(title=None, domain=False, ticks=False, grid=True)
    )
    bounds = log_bounds(
        rows["joules_per_forward_pass"], rows["joules_per_forward_pass_low"], rows["joules_per_forward_pass_high"]
    )
    colours = alt.Scale(domain=list(POLICIES), range=[colour(name) for name, _ in POLICIES.values()])
    shapes = alt.Scale(domain=list(POLICIES), range=[shape for _, shape in POLICIES.values()])
    offset = alt.YOffset("policy:N").sort(list(POLICIES))
    title = "Joules per forward pass"
    data = alt.Chart(rows_of(rows)).transform_filter(chosen).transform_filter("isValid(datum.joules_per_forward_pass)")
    intervals = data.mark_rule(strokeWidth=1.6, opacity=0.75).encode(
        x=log_x("joules_per_forward_pass_low", bounds, title),
        x2="joules_per_forward_pass_high:Q",
        y=y,
        yOffset=offset,
        color=alt.Color("policy:N", scale=colours, legend=None),
    )
    marks = (
        data.mark_point(filled=True, size=64, opacity=1, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=log_x("joules_per_forward_pass", bounds, title),
            y=y,
            yOffset=offset,
            color=alt.Color("policy:N", title=None, scale=colours),
            shape=alt.Shape("policy:N", title=None, scale=shapes),
            tooltip=[
                said("model_name", "Model"),
                said("release_date", "Released"),
                said("policy", "Matched with"),
                said("hardware", "Hardware"),
                measured("gflops_per_watt", "GFLOPS per watt"),
                measured("joules_per_forward_pass", "Joules per forward pass"),
                said("interval_in_words", "Interval, J"),
                said("interval_is", "Interval is"),
                said("source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(intervals, marks).resolve_legend(color="independent", shape="independent")


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of energy under the three matching policies."""
    rows = read(connection, ENERGY)
    last = rows[
        (rows["domain"] == "vision")
        & (rows["release_date"] == rows.loc[rows["domain"] == "vision", "release_date"].max())
    ]
    joules = last.set_index("matching_policy")["joules_per_forward_pass"]
    missing = rows[rows["joules_per_forward_pass"].isna()]
    gaps = (
        "Every model has a match under each policy."
        if missing.empty
        else f"Without a match, and so without a point: {', '.join(sorted(set(missing['model_name'])))}."
    )
    return [
        Figure(
            figure_id="matching-policies",
            label="Energy by matching policy",
            title=f"{last.iloc[0].model_name} takes {number(joules['trend'])} J by the hardware trend, "
            f"{number(joules['best_available'])} J on the best GPU of its day, {number(joules['median_24_months'])} "
            "J on the median one",
            subtitle="The best vision model of each year, then the language models that were the most demanding at "
            "release.",
            caption="One row per model, one mark per way of choosing the hardware. Rules are not confidence "
            "intervals of a measurement: under the trend they are the 95 % prediction band of the hardware line "
            "for one chip, under the median the least and the most efficient GPU of the 24 months; the best GPU "
            f"has none. {gaps} GPU board alone, at full use.",
            alt_text=f"Estimated joules per forward pass of {rows['model_id'].nunique()} models under three ways of "
            "matching them with hardware, on a log axis; the three marks of a model lie close together against the "
            "span of the models.",
            marts=MARTS,
            rows=rows,
            chart=joules_by_policy(rows),
            height=620,
        )
    ]
