"""Is it the models or the hardware that made accuracy cheaper? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import PLOT_WIDTH
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

SPLIT = """
    select
        splits.accuracy_threshold_pct || ' %, '
        || case splits.subset when 'all_models' then 'all models' else 'no extra data' end as variant,
        parts.part,
        case parts.part when 'Hardware' then 1 else splits.hardware_factor_per_year end as from_factor,
        case parts.part when 'Hardware' then splits.hardware_factor_per_year else splits.total_factor_per_year end
            as to_factor,
        case
            when parts.part = 'Hardware' then splits.hardware_factor_per_year else splits.algorithm_factor_per_year
        end as factor_per_year,
        case when parts.part = 'Hardware' then splits.hardware_factor_per_year_low end as factor_low,
        case when parts.part = 'Hardware' then splits.hardware_factor_per_year_high end as factor_high,
        case parts.part when 'Hardware' then splits.hardware_share else splits.algorithm_share end as share,
        case
            when parts.part = 'Models' then format(
                '×{:.2f} a year, models {:.0f} %', splits.total_factor_per_year, 100 * splits.algorithm_share
            )
        end as label,
        firsts.model_name || ', ' || splits.first_date as first_model,
        splits.first_gflops_per_forward_pass,
        cheapest.model_name,
        cheapest.release_date,
        splits.cheapest_gflops_per_forward_pass,
        splits.window_years,
        cheapest.gflops_source as source
    from marts.progress_split as splits
    cross join (select unnest(['Hardware', 'Models']) as part) as parts
    inner join marts.models as firsts on splits.first_model_id = firsts.model_id
    inner join marts.models as cheapest on splits.cheapest_model_id = cheapest.model_id
    where splits.basis = 'raw' and splits.is_window_long_enough
    order by splits.accuracy_threshold_pct, splits.subset, parts.part
"""
SHARES = """
    select
        min(algorithm_share) as least,
        max(algorithm_share) as most,
        min(observed_until) as observed_until,
        min(hardware_factor_per_year) as hardware,
        min(hardware_factor_per_year_low) as hardware_low,
        min(hardware_factor_per_year_high) as hardware_high
    from marts.progress_split
    where is_window_long_enough
    group by basis
    order by basis = 'raw' desc
"""
SHORT = """
    select
        accuracy_threshold_pct || ' % '
        || case subset when 'all_models' then 'with all models' else 'without extra data' end as variant,
        window_years
    from marts.progress_split
    where basis = 'raw' and not is_window_long_enough
    order by accuracy_threshold_pct, subset
"""
MARTS = tables(SPLIT, SHARES, SHORT)
PARTS = {"Hardware": ("orange", "square"), "Models": ("blue", "circle")}
TICKS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5]


def factors_by_accuracy(rows: pd.DataFrame) -> alt.LayerChart:
    """Return what hardware and models divided the joules by each year, end to end on a log axis.

    Parameters
    ----------
    rows
        One row per accuracy, subset and part, the columns of ``SPLIT``, in the order in which they are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["part"], bind="legend", toggle="true")
    bounds = log_bounds(rows["from_factor"], rows["to_factor"])
    x = log_x("to_factor", bounds, "Fall of joules, factor a year")
    x = x.axis(values=[tick for tick in TICKS if bounds[0] <= tick <= bounds[1]], format="~g", title=x["axis"]["title"])
    y = (
        alt.Y("variant:N")
        .sort(rows["variant"].drop_duplicates().tolist())
        .axis(title=None, domain=False, ticks=False, grid=False)
    )
    colours = alt.Scale(domain=list(PARTS), range=[colour(name) for name, _ in PARTS.values()])
    shapes = alt.Scale(domain=list(PARTS), range=[shape for _, shape in PARTS.values()])
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    bars = data.mark_bar(height=14, opacity=0.8).encode(
        x=x.copy().field("from_factor"),
        x2="to_factor:Q",
        y=y,
        color=alt.Color("part:N", scale=colours, legend=None),
    )
    intervals = (
        data.transform_filter("isValid(datum.factor_low)")
        .mark_rule(strokeWidth=1.6, color=colour("ink"))
        .encode(x=x.copy().field("factor_low"), x2="factor_high:Q", y=y)
    )
    marks = (
        data.mark_point(filled=True, size=80, opacity=1, stroke=colour("paper"), strokeWidth=1.2)
        .encode(
            x=x,
            y=y,
            color=alt.Color("part:N", title=None, scale=colours),
            shape=alt.Shape("part:N", title=None, scale=shapes),
            tooltip=[
                said("variant", "Top-1 accuracy of at least"),
                said("part", "Part"),
                measured("factor_per_year", "Factor a year"),
                measured("share", "Share on the log scale"),
                said("first_model", "First at that accuracy"),
                measured("first_gflops_per_forward_pass", "Its GFLOPs"),
                said("model_name", "Cheapest at that accuracy"),
                said("release_date", "Released"),
                measured("cheapest_gflops_per_forward_pass", "Its GFLOPs"),
                measured("window_years", "Window, years"),
                said("source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    names = (
        data.transform_filter("isValid(datum.label)")
        .mark_text(
            align="left",
            baseline="middle",
            dx=12,
            fontSize=11,
            color=colour("ink"),
            opacity=alt.expr(f"width < {0.9 * PLOT_WIDTH} ? 0 : 1"),
        )
        .encode(x=x, y=y, text="label:N")
    )
    return alt.layer(bars, intervals, names, marks).resolve_legend(color="independent", shape="independent")


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the split of progress."""
    rows = read(connection, SPLIT)
    shares, calibrated = read(connection, SHARES).itertuples(index=False)
    short = read(connection, SHORT)
    without_rate = "".join(
        f" {row.variant} was first reached {number(row.window_years)} years before the end and so has no rate."
        for row in short.itertuples()
    )
    return [
        Figure(
            figure_id="progress-split",
            label="Models against hardware",
            title=f"At equal accuracy {number(100 * shares.least, 2)} to {number(100 * shares.most, 2)} % of the fall "
            f"in joules came with models, the rest with hardware; in measured joules "
            f"{number(100 * calibrated.least, 2)} to {number(100 * calibrated.most, 2)} %",
            subtitle=f"Hardware: ×{number(shares.hardware)} GFLOPS per watt a year [{number(shares.hardware_low)}, "
            f"{number(shares.hardware_high)}], the trend of vision GPUs. Models: the fewest GFLOPs at that accuracy.",
            caption="The two bars multiply: on a log axis their lengths add up. The window runs from the first model "
            f"that reached the accuracy to the end of the census, {shares.observed_until}, standstill included, and "
            f"has at least 3 years.{without_rate} The thin rule is the 95 % interval of the hardware; what the models "
            "gave rests on the first and the cheapest model, and so has none. The bars are of estimated joules. "
            "Measured ones, of families that ran on one GPU in FP32 (basis calibrated), give the models less: the "
            "cheapest networks take more joules per GFLOP. More training data are no better "
            "algorithm, hence the rows without them. A split "
            "names no cause.",
            alt_text="Yearly factor by which the joules of a pass at equal top-1 accuracy fell, split into hardware "
            f"and models, for {rows['variant'].nunique()} accuracies and sets of models.",
            marts=MARTS,
            rows=rows,
            chart=factors_by_accuracy(rows),
            phone_legend_columns=2,
            height=330,
        )
    ]
