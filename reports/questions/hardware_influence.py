"""How much does the hardware trend rest on single GPUs, and on the rows that Table 9 leaves out? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

VARIANTS = """
    select
        domain,
        case subset
            when 'figure_8' then 'All of Fig. 8'
            when 'figure_8_and_table_8_fp32' then 'With Table 8'
        end as variant,
        subset,
        growth_per_year,
        growth_per_year_low,
        growth_per_year_high,
        format('{:.3f} to {:.3f}', growth_per_year_low, growth_per_year_high) as interval_in_words,
        n_points || ' rows' as launch_date,
        'Tables 8 and 9' as source
    from marts.trends
    where subset in ('figure_8', 'figure_8_and_table_8_fp32') and vintage = 'paper'
    order by subset, domain
"""
# The T4 is fitted apart, so that its row has an interval.
WITHOUT_ONE = """
    select distinct
        trends.domain,
        replace(accelerators.accelerator_name, 'GeForce ', '') as variant,
        'one left out' as subset,
        power(10, trend_points.slope_without_its_group) as growth_per_year,
        without_t4.growth_per_year_low,
        without_t4.growth_per_year_high,
        coalesce(
            format('{:.3f} to {:.3f}', without_t4.growth_per_year_low, without_t4.growth_per_year_high), 'not stored'
        ) as interval_in_words,
        accelerators.launch_date,
        accelerators.source
    from marts.trend_points
    inner join marts.trends using (trend_id, vintage)
    inner join marts.accelerators on trend_points.group_id = accelerators.accelerator_id
    left join marts.trends as without_t4
        on trends.domain = without_t4.domain and without_t4.subset = 'figure_8_without_t4'
        and trends.vintage = without_t4.vintage and trend_points.group_id = 't4'
    where trends.subset = 'figure_8' and vintage = 'paper'
    order by trends.domain, accelerators.launch_date, variant
"""
LEFT_OUT = """
    select string_agg(distinct accelerator_name, ', ' order by accelerator_name) as names
    from marts.accelerator_efficiency
    where
        is_in_paper and workload = 'theoretical' and precision = 'FP32'
        and accelerator_id not in (
            select accelerator_id from marts.accelerator_efficiency where workload = 'vision' and precision = 'FP32'
        )
"""
MARTS = tables(VARIANTS, WITHOUT_ONE, LEFT_OUT)
DOMAINS = {"vision": ("blue", "circle"), "language": ("orange", "square")}


def growth_without(rows: pd.DataFrame) -> alt.LayerChart:
    """Return growth per year of the hardware trend by the rows that enter it, with the interval where one is known.

    Parameters
    ----------
    rows
        One row per domain and variant: ``domain``, ``variant``, ``growth_per_year``, its low and high (null where a GPU
        is left out, whose fit is stored without an interval).
    """
    chosen = alt.selection_point(name="chosen", fields=["domain"], bind="legend", toggle="true")
    order = rows["variant"].drop_duplicates().tolist()
    y = alt.Y("variant:N").sort(order).axis(title=None, domain=False, ticks=False, grid=False)
    low, high = rows["growth_per_year_low"].min(), rows["growth_per_year_high"].max()
    x = (
        alt.X(field="growth_per_year", type="quantitative")
        .scale(domain=[0.02 * (low // 0.02), 0.02 * (high // 0.02) + 0.02], nice=False)
        .axis(
            title="Growth of GFLOPS per watt, factor a year",
            labelExpr="'×' + format(datum.value, '.2f')",
            grid=True,
            tickCount=8,
        )
    )
    colours = alt.Scale(domain=list(DOMAINS), range=[colour(name) for name, _ in DOMAINS.values()])
    shapes = alt.Scale(domain=list(DOMAINS), range=[shape for _, shape in DOMAINS.values()])
    offset = alt.YOffset("domain:N").sort(list(DOMAINS))
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    intervals = (
        data.transform_filter("isValid(datum.growth_per_year_low)")
        .mark_rule(strokeWidth=2.4)
        .encode(
            x=x.copy().field("growth_per_year_low"),
            x2="growth_per_year_high:Q",
            y=y,
            yOffset=offset,
            color=alt.Color("domain:N", scale=colours, legend=None),
        )
    )
    marks = (
        data.mark_point(filled=True, size=70, opacity=1, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=alt.Color("domain:N", title=None, scale=colours),
            shape=alt.Shape("domain:N", title=None, scale=shapes),
            tooltip=[
                said("variant", "Rows, or GPU left out"),
                said("domain", "Domain"),
                measured("growth_per_year", "Factor a year"),
                said("interval_in_words", "95 % interval"),
                said("launch_date", "GPU launched"),
                said("source", "Source"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(intervals, marks).resolve_legend(color="independent", shape="independent")


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the influence on the hardware trend."""
    variants, without = read(connection, VARIANTS), read(connection, WITHOUT_ONE)
    rows = pd.concat([variants, without], ignore_index=True)
    growth = variants.set_index(["subset", "domain"])["growth_per_year"]
    low, high = (without.groupby("domain")["growth_per_year"].agg(bound) for bound in ("min", "max"))
    (left_out,) = read(connection, LEFT_OUT)["names"]
    return [
        Figure(
            figure_id="hardware-influence",
            label="Hardware, one GPU left out",
            title=f"Leaving out one GPU moves the growth of efficiency from ×{number(low['vision'])} to "
            f"×{number(high['vision'])} a year in vision, from ×{number(low['language'])} to "
            f"×{number(high['language'])} in language",
            subtitle=f"All of Fig. 8: ×{number(growth['figure_8', 'vision'])} in vision, "
            f"×{number(growth['figure_8', 'language'])} in language. With the FP32 rows that Table 9 leaves out: "
            f"×{number(growth['figure_8_and_table_8_fp32', 'vision'])} and "
            f"×{number(growth['figure_8_and_table_8_fp32', 'language'])}.",
            caption="Each point is the line of Fig. 8 fitted to other rows: to all, to all and the FP32 rows of "
            f"Table 8 that Table 9 does not have ({left_out}), then to all without the GPU that is named, whatever "
            "its rows. Rules are 95 % intervals, which count each GPU once; of the fits without one GPU only that "
            "without the T4 has one stored. The axis does not begin at 0.",
            alt_text="Growth of GFLOPS per watt a year by the rows that enter the fit, for vision and language: "
            "one point for each GPU that is left out, two for all rows and for more.",
            marts=MARTS,
            rows=rows,
            chart=growth_without(rows),
            phone_legend_columns=2,
            height=620,
        )
    ]
