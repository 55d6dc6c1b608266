"""Did the hardware forecast of 2021 hold? No figure has it: what came after stands outside the paper."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_y, shapes, time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure
from reports.tooltips import day, measured, said
from reports.trend_chart import SOLID, Series, trend_chart
from reports.words import factor, number

POINTS = """
    select
        accelerators.accelerator_name,
        trend_points.on_date,
        trend_points.value,
        'Known in 2021' as series,
        'in the fit' as outcome,
        null as z,
        null as predicted_value,
        null as label,
        accelerators.maker,
        accelerators.source
    from marts.trend_points
    inner join marts.accelerators on trend_points.group_id = accelerators.accelerator_id
    where trend_points.trend_id = 'gpu_efficiency_theoretical_fp32' and trend_points.vintage = 'paper'

    union all

    select
        accelerators.accelerator_name,
        trend_backtest.on_date,
        trend_backtest.actual_value as value,
        case trend_backtest.scope when 'nvidia' then 'Later, NVIDIA' else 'Later, other makers' end as series,
        if(trend_backtest.is_inside, 'inside the band', 'outside the band') as outcome,
        trend_backtest.z,
        trend_backtest.predicted_value,
        case when abs(trend_backtest.z) > 4 then accelerators.accelerator_name end as label,
        accelerators.maker,
        accelerators.source
    from marts.trend_backtest
    inner join marts.accelerators on trend_backtest.observation_id = accelerators.accelerator_id || '-fp32'
    where trend_backtest.forecast_id = 'gpu_efficiency_theoretical_fp32/paper' and trend_backtest.state = 'scored'
    order by on_date, accelerator_name
"""
LINE = """
    select on_date, value, 'Known in 2021' as series, prediction_low, prediction_high, is_extrapolated
    from marts.trend_lines
    where trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'paper' and is_supported
    order by on_date
"""
TREND = "select * from marts.trends where trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'paper'"
SUMMARY = """
    select * from marts.backtest_summary
    where
        trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'paper' and forecast_kind = 'trend'
        and scope in ('all makers', 'nvidia')
"""
MARTS = tables(POINTS, LINE, TREND, SUMMARY)
SERIES = (
    Series("Known in 2021", "grey", SOLID),
    Series("Later, NVIDIA", "blue", SOLID),
    Series("Later, other makers", "orange", SOLID),
)
VERDICTS = {"failed": "the forecast failed", "beaten by no change": "no change was the better forecast"}


def line_on_trial(points: pd.DataFrame, line: pd.DataFrame) -> alt.LayerChart:
    """Return the line and band of 2021 with what it knew and what came later, shaped by the outcome.

    Parameters
    ----------
    points
        One row per accelerator, the columns of ``POINTS``.
    line
        The line with its prediction band, the columns of ``LINE``.
    """
    return trend_chart(
        points,
        line,
        SERIES,
        time_x("on_date", year_bounds(points["on_date"], line["on_date"])),
        log_y("value", log_bounds(points["value"], line["prediction_high"]), "Theoretical FP32 GFLOPS per watt"),
        [
            said("accelerator_name", "Accelerator"),
            said("maker", "Maker"),
            day("on_date", "Launched"),
            measured("value", "GFLOPS per watt"),
            measured("predicted_value", "The line said"),
            measured("z", "Off by, standard errors of prediction"),
            said("outcome", "Outcome"),
            said("source", "Source"),
        ],
        band=("prediction_low", "prediction_high"),
        height=440,
        shape=alt.Shape("outcome:N", scale=shapes(points["outcome"])).legend(title="Outcome", orient="bottom"),
    )


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the FP32 line of 2021 and what came later."""
    points, line = read(connection, POINTS), read(connection, LINE)
    trend = read(connection, TREND).iloc[0]
    summary = read(connection, SUMMARY).set_index("scope")
    everyone, nvidia = summary.loc["all makers"], summary.loc["nvidia"]
    return [
        Figure(
            figure_id="forecast-on-trial",
            label="The forecast of 2021",
            title=f"{everyone.n_inside} of {everyone.n_scored} accelerators since the paper lie in the 95 % band of "
            f"its FP32 line: {VERDICTS.get(everyone.verdict, 'the forecast is ' + everyone.verdict)}",
            subtitle=f"By chip design {everyone.n_chip_designs_inside} of {everyone.n_chip_designs}, a coverage of "
            f"[{everyone.coverage_low:.2f}, {everyone.coverage_high:.2f}]; NVIDIA alone {nvidia.n_chip_designs_inside} "
            f"of {nvidia.n_chip_designs}. Line: {factor(trend)}.",
            caption="Line and band are fitted on the grey points, all that Table 8 has in FP32; the band is the 95 % "
            "prediction interval of one accelerator, thin where it is ahead of its data. Each point is a peak rate "
            "over a rated power, so nothing here is adapted or measured. NVIDIA is what the paper looked at; other "
            f"makers were not its subject. {everyone.n_doubtful} accelerators whose numbers are not sure are left out. "
            "A design counts by its first board. To say that nothing changes has a mean log score "
            f"of {number(everyone.no_change_mean_log_score)}, the line one of {number(everyone.mean_log_score)}; the "
            "higher, the better.",
            alt_text="Theoretical FP32 GFLOPS per watt by launch date on a log axis: the rising line of 2021 with its "
            "prediction band, and later accelerators, many of them above or below it.",
            marts=MARTS,
            rows=points,
            chart=line_on_trial(points, line),
            height=440,
        )
    ]
