"""How efficient has hardware become, on paper and at inference? Figs 7 and 8."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_y, shapes, time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure
from reports.tooltips import day, measured, said
from reports.trend_chart import SOLID, Series, trend_chart
from reports.words import BAND, factor, growth, number

THEORETICAL = """
    select
        accelerator_id,
        accelerator_name,
        launch_date as on_date,
        gflops_per_watt as value,
        precision as series,
        segment,
        tflops,
        tdp_watts,
        case
            when gflops_per_watt = max(gflops_per_watt) over (partition by precision) then accelerator_name
        end as label,
        source
    from marts.accelerator_efficiency
    inner join marts.accelerators using (accelerator_id, accelerator_name, segment, launch_date, tdp_watts, is_in_paper)
    where workload = 'theoretical' and is_in_paper
    order by series desc, on_date, accelerator_id
"""
ADAPTED = """
    select
        accelerator_id,
        accelerator_name,
        launch_date as on_date,
        gflops_per_watt as value,
        case
            when not is_adapted then 'Both, FP32 as rated'
            when workload = 'vision' then 'Vision'
            else 'Language'
        end as series,
        precision,
        tflops,
        tdp_watts,
        speedup_over_fp32,
        case when is_adapted then accelerator_name || ', ' || precision end as label,
        source
    from marts.accelerator_efficiency
    inner join marts.accelerators using (accelerator_id, accelerator_name, segment, launch_date, tdp_watts, is_in_paper)
    where is_in_paper and (workload = 'vision' or (workload = 'language' and is_adapted))
    order by is_adapted, on_date, accelerator_id
"""
LINES = """
    select
        on_date,
        value,
        case trend_id
            when 'gpu_efficiency_theoretical_fp32' then 'FP32'
            when 'gpu_efficiency_vision' then 'Vision'
            when 'gpu_efficiency_language' then 'Language'
        end as series,
        confidence_low,
        confidence_high,
        is_extrapolated
    from marts.trend_lines
    where
        trend_id in ('gpu_efficiency_theoretical_fp32', 'gpu_efficiency_vision', 'gpu_efficiency_language')
        and vintage = 'paper' and not is_extrapolated
    order by series, on_date
"""
TRENDS = "select * from marts.trends where quantity = 'gflops_per_watt' and vintage = 'paper'"
MARTS = tables(THEORETICAL, ADAPTED, LINES, TRENDS)
PRECISIONS = (
    Series("FP32", "blue", SOLID),
    Series("FP16", "green", SOLID),
    Series("FP16/FP32 Tensor", "orange", SOLID),
)
WORKLOADS = (
    Series("Vision", "blue", SOLID),
    Series("Language", "orange", SOLID),
    Series("Both, FP32 as rated", "grey", SOLID),
)


def theoretical_efficiency(points: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Fig. 7: colour by precision, shape by segment.

    Parameters
    ----------
    points
        One row per accelerator and precision, the columns of ``THEORETICAL``.
    lines
        The FP32 line, the columns of ``LINES``.
    """
    series = [one for one in PRECISIONS if one.name in set(points["series"])]
    tooltip = [
        said("accelerator_name", "GPU"),
        day("on_date", "Launched"),
        said("series", "Precision"),
        measured("value", "GFLOPS per watt"),
        measured("tflops", "TFLOPS"),
        measured("tdp_watts", "Thermal design power, W"),
        said("segment", "Segment"),
        said("source", "Source"),
    ]
    return trend_chart(
        points,
        lines,
        series,
        time_x("on_date", year_bounds(points["on_date"])),
        log_y("value", log_bounds(points["value"]), "GFLOPS per watt"),
        tooltip,
        shape=alt.Shape("segment:N", scale=shapes(points["segment"])).legend(title="Segment", orient="bottom"),
    )


def adapted_efficiency(points: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Fig. 8: what the GPUs reach at inference in vision and in language, with both fits.

    Parameters
    ----------
    points
        One row per point of the two lines, the columns of ``ADAPTED``; those that both share once.
    lines
        The two lines, the columns of ``LINES``.
    """
    tooltip = [
        said("accelerator_name", "GPU"),
        day("on_date", "Launched"),
        said("precision", "Precision"),
        measured("value", "GFLOPS per watt"),
        measured("tflops", "TFLOPS"),
        measured("speedup_over_fp32", "Speed-up over FP32"),
        measured("tdp_watts", "Thermal design power, W"),
        said("source", "Source"),
    ]
    return trend_chart(
        points,
        lines,
        WORKLOADS,
        time_x("on_date", year_bounds(points["on_date"])),
        log_y("value", log_bounds(points["value"]), "GFLOPS per watt"),
        tooltip,
    )


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 7 and 8."""
    trends = read(connection, TRENDS).set_index("trend_id", drop=False)
    fp32, vision, language = (
        trends.loc[f"gpu_efficiency_{name}"] for name in ("theoretical_fp32", "vision", "language")
    )
    theoretical, adapted, lines = (read(connection, query) for query in (THEORETICAL, ADAPTED, LINES))
    highest = theoretical.loc[theoretical["value"].idxmax()]
    return [
        Figure(
            figure_id="figure-7",
            label="Fig. 7",
            title=f"Theoretical FP32 GFLOPS per watt of GPUs {growth(fp32)}; tensor cores promise up to "
            f"{number(highest.value)}",
            subtitle=f"FP32: {factor(fp32)}. Highest: {highest.accelerator_name}, {highest.series}.",
            caption="Each point is a row of Table 8: the peak rate over the rated power, at the launch date that "
            "the table prints. The line is least squares on log10 of the FP32 rows. The band is 95 % confidence of "
            "the line. Where FP16 equals FP32 it hides it. The benchmarks of Table 3 do not reach the peak of "
            "tensor cores (Fig. 8).",
            alt_text=f"Theoretical GFLOPS per watt of {theoretical['accelerator_id'].nunique()} Nvidia GPUs by "
            "launch date on a log axis, coloured by precision and shaped by segment, with the rising FP32 line; "
            "tensor cores lie far above it.",
            marts=MARTS,
            rows=theoretical,
            chart=theoretical_efficiency(theoretical, lines[lines["series"] == "FP32"]),
        ),
        Figure(
            figure_id="figure-8",
            label="Fig. 8",
            title=f"At inference, GFLOPS per watt {growth(vision)} in vision and {growth(language)} in language",
            subtitle=f"Vision: {factor(vision)}. Language: {factor(language)}.",
            caption="Grey points are FP32 as rated, which both lines share; coloured ones are adapted: measured "
            "speed-up (Table 3) times the FP32 peak (Table 8), over the rated power. Where a point is named, its "
            "precision is given. Lines are least squares on log10; their intervals count each GPU once, whatever "
            f"its rows. {BAND} The rows that Table 9 leaves out are missing here too; what they change is shown "
            "below.",
            alt_text="GFLOPS per watt of Nvidia GPUs at inference by launch date on a log axis, with rising lines "
            "for vision and language; the T4 in mixed precision lies far above both.",
            marts=MARTS,
            rows=adapted,
            chart=adapted_efficiency(adapted, lines[lines["series"] != "FP32"]),
        ),
    ]
