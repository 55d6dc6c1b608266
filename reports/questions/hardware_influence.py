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
        trend_id,
        domain,
        case subset
            when 'figure_8' then 'All rows of Fig. 8'
            when 'figure_8_without_t4' then 'Without both rows of the T4'
            when 'figure_8_and_table_8_fp32' then 'With the FP32 rows that Table 9 leaves out'
        end as variant,
        growth_per_year,
        growth_per_year_low,
        growth_per_year_high,
        doubling_time_years,
        slope_log10_per_year,
        n_points,
        row_number() over (partition by domain order by subset <> 'figure_8', subset desc) as position
    from marts.trends
    where quantity = 'gflops_per_watt' and domain is not null and vintage = 'paper'
    order by domain, position
"""
WITHOUT_ONE = """
    select distinct
        accelerators.accelerator_name,
        accelerators.launch_date,
        trends.domain,
        trend_points.slope_without_its_group,
        'Without ' || accelerators.accelerator_name as variant,
        power(10, trend_points.slope_without_its_group) as growth_per_year
    from marts.trend_points
    inner join marts.trends using (trend_id, vintage)
    inner join marts.accelerators on trend_points.group_id = accelerators.accelerator_id
    where trends.subset = 'figure_8' and vintage = 'paper'
    order by trends.domain, launch_date, accelerator_name
"""
MARTS = tables(VARIANTS, WITHOUT_ONE)
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
                said("variant", "Rows"),
                said("domain", "Domain"),
                measured("growth_per_year", "Factor a year"),
                measured("growth_per_year_low", "Low (95 %)"),
                measured("growth_per_year_high", "High (95 %)"),
                said("launch_date", "GPU launched"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(intervals, marks).resolve_legend(color="independent", shape="independent")


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the influence on the hardware trend."""
    variants, without = read(connection, VARIANTS), read(connection, WITHOUT_ONE)
    rows = pd.concat([variants, without], ignore_index=True)
    whole = variants[variants["position"] == 1].set_index("domain")
    lowest, highest = without.loc[without["growth_per_year"].idxmin()], without.loc[without["growth_per_year"].idxmax()]
    more = variants[variants["variant"].str.startswith("With the")].set_index("domain")
    return [
        Figure(
            figure_id="hardware-influence",
            label="Hardware, one GPU left out",
            title=f"Leaving out one GPU moves the growth of efficiency between ×{number(lowest.growth_per_year)} and "
            f"×{number(highest.growth_per_year)} a year",
            subtitle=f"All rows: ×{number(whole.loc['vision'].growth_per_year)} in vision, "
            f"×{number(whole.loc['language'].growth_per_year)} "
            f"in language. Lowest: without {lowest.accelerator_name}, in {lowest.domain}. With the rows that "
            f"Table 9 leaves out: ×{number(more.loc['vision'].growth_per_year)} and "
            f"×{number(more.loc['language'].growth_per_year)}.",
            caption="Each point is the line of Fig. 8 fitted to other rows. Rules are 95 % intervals, which count "
            "each GPU once; a fit "
            "without one GPU has none here. Table 9 lists GPUs of Table 8, but not their every FP32 row: the last of "
            "the first three "
            "variants adds those. The axis does not begin at 0.",
            alt_text="Growth of GFLOPS per watt a year by the rows that enter the fit, for vision and language, as "
            "points around the value "
            "of all rows, the first three with intervals.",
            marts=MARTS,
            rows=rows,
            chart=growth_without(rows),
            phone_legend_columns=2,
            height=620,
        )
    ]
