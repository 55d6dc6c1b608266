"""Each vintage of a trend knows what it may know, and no more; its fits are those of statsmodels."""

from __future__ import annotations

import csv

import duckdb
import numpy as np
import pytest
import statsmodels.api as sm
from conftest import ROOT

Connection = duckdb.DuckDBPyConnection

YEARS = range(2015, 2021)
MIN_POINTS, MIN_DATES = 5, 3


def line(rows: list[tuple[object, float]]) -> tuple[float, float]:
    """Return intercept and slope of log10 of the values over years since 2012-01-01."""
    years = [
        (date - np.datetime64("2012-01-01")).astype(int) / 365.25 for date in np.array([r[0] for r in rows], "M8[D]")
    ]
    return tuple(sm.OLS(np.log10([value for _, value in rows]), sm.add_constant(years)).fit().params)


def efficiency_rows(warehouse: Connection, workload: str, condition: str) -> list[tuple[object, float]]:
    return warehouse.execute(
        f"""
        select launch_date, 1e3 * tflops / tdp_watts from marts.accelerator_efficiency
        where is_in_paper and workload = ? and {condition}
        """,
        [workload],
    ).fetchall()


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("trend_id", "workload", "condition"),
    [
        ("gpu_efficiency_vision", "vision", "true"),
        ("gpu_efficiency_language", "language", "true"),
        ("gpu_efficiency_theoretical_fp32", "theoretical", "precision = 'FP32'"),
    ],
)
def test_hardware_lines_of_a_year(
    warehouse: Connection, trend_id: str, workload: str, condition: str, year: int
) -> None:
    rows = efficiency_rows(warehouse, workload, f"{condition} and launch_date <= date '{year}-12-31'")
    found = warehouse.execute(
        """
        select intercept_log10, slope_log10_per_year, n_points from marts.trends where trend_id = ? and vintage = ?
        """,
        [trend_id, f"up_to_{year}"],
    ).fetchone()
    assert found == pytest.approx((*line(rows), len(rows)), rel=1e-9)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("subset", ["all", "best_of_year"])
def test_vision_lines_of_a_year(warehouse: Connection, subset: str, year: int) -> None:
    """GFLOPs of models released by then, and joules on a hardware line fitted here on chips launched by then."""
    chosen = "true" if subset == "all" else "is_best_of_year"
    rows = warehouse.execute(
        f"""
        select release_date, gflops_per_forward_pass, date_diff('day', date '2012-01-01', release_date) / 365.25e0
        from marts.models
        where is_in_paper and domain = 'vision' and {chosen} and release_date <= date '{year}-12-31'
        """
    ).fetchall()
    hardware = line(efficiency_rows(warehouse, "vision", f"launch_date <= date '{year}-12-31'"))
    gflops = [row[:2] for row in rows]
    joules = [(date, value / 10 ** (hardware[0] + hardware[1] * years)) for date, value, years in rows]
    for quantity, points in (("gflops", gflops), ("joules", joules)):
        found = warehouse.execute(
            "select intercept_log10, slope_log10_per_year from marts.trends where trend_id = ? and vintage = ?",
            [f"vision_{quantity}_{subset}", f"up_to_{year}"],
        ).fetchone()
        if len(points) < MIN_POINTS:
            assert found is None
        else:
            assert found == pytest.approx(line(points), rel=1e-9)


def test_best_of_year_is_fitted_from_2016_on(warehouse: Connection) -> None:
    """One model a year from 2012 on: five of them by the end of 2016."""
    rows = warehouse.execute(
        """
        select vintage, n_points from marts.trends
        where trend_id = 'vision_gflops_best_of_year' and vintage like 'up%' order by vintage
        """
    ).fetchall()
    assert rows == [("up_to_2016", 5), ("up_to_2017", 6), ("up_to_2018", 7), ("up_to_2019", 8), ("up_to_2020", 9)]


def test_no_line_of_too_few_points(warehouse: Connection) -> None:
    (short,) = warehouse.execute(
        """
        select count(*) from (
            select count(*) as n, count(distinct on_date) as dates from marts.trend_points group by trend_id, vintage
        ) where n < ? or dates < ?
        """,
        [MIN_POINTS, MIN_DATES],
    ).fetchone()
    assert short == 0


def test_a_vintage_up_to_a_year_ends_with_it(warehouse: Connection) -> None:
    (late,) = warehouse.execute(
        """
        select count(*) from marts.trend_points
        where vintage like 'up_to_%' and year(on_date) > cast(right(vintage, 4) as integer)
        """
    ).fetchone()
    assert late == 0


def test_later_benchmarks_are_marked(warehouse: Connection) -> None:
    """V100 and T4 stand in the lines of 2018 and 2019 by speed-ups that were measured later; joules inherit it."""
    marked = warehouse.execute(
        "select distinct vintage, quantity like 'joules%' from marts.trends where uses_later_benchmarks order by all"
    ).fetchall()
    assert marked == [(f"up_to_{year}", joules) for year in (2018, 2019) for joules in (False, True)]
    (unmarked,) = warehouse.execute(
        """
        select count(*) from marts.trends
        where vintage in ('up_to_2018', 'up_to_2019') and not uses_later_benchmarks
            and (quantity like 'joules%' or (quantity = 'gflops_per_watt' and domain is not null))
        """
    ).fetchone()
    assert unmarked == 0


# As the lists of Epoch AI have them; Table 8 has the same days one month earlier.
A_MONTH_LATER = {
    "GeForce GTX 780": "2013-05-23",
    "Tesla K80": "2014-11-17",
    "Tesla M40": "2015-11-10",
    "A100": "2020-05-14",
}


@pytest.mark.parametrize(
    ("trend_id", "workload", "condition"),
    [
        ("gpu_efficiency_vision", "vision", "true"),
        ("gpu_efficiency_theoretical_fp32", "theoretical", "precision = 'FP32'"),
    ],
)
def test_corrected_dates_move_four_launches_and_nothing_else(
    warehouse: Connection, trend_id: str, workload: str, condition: str
) -> None:
    rows = warehouse.execute(
        f"""
        select accelerator_name, launch_date, 1e3 * tflops / tdp_watts from marts.accelerator_efficiency
        where is_in_paper and workload = ? and {condition}
        """,
        [workload],
    ).fetchall()
    corrected = [(A_MONTH_LATER.get(name, date), value) for name, date, value in rows]
    assert {name for name, _, _ in rows} >= A_MONTH_LATER.keys()
    found = warehouse.execute(
        """
        select intercept_log10, slope_log10_per_year, n_points from marts.trends
        where trend_id = ? and vintage = 'corrected_dates'
        """,
        [trend_id],
    ).fetchone()
    assert found == pytest.approx((*line(corrected), len(rows)), rel=1e-9)


def later_chips() -> list[tuple[object, float]]:
    """Return launch and efficiency in FP32 of the later chips that a fit may use, from the shipped file."""
    with (ROOT / "raw" / "since_paper" / "accelerators_since_paper.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    doubts = {"fp32_tflops", "tdp_watts", "launch_date"}
    return [
        (row["launch_date"], 1e3 * float(row["fp32_tflops"]) / float(row["tdp_watts"]))
        for row in rows
        if row["maker"] == "NVIDIA" and row["fp32_tflops"] and not doubts & set(row["doubtful_cells"].split(";"))
    ]


def test_fp32_line_to_2026(warehouse: Connection) -> None:
    """31 rows of Table 8 and 23 later ones, fitted from the shipped file."""
    later = later_chips()
    rows = efficiency_rows(warehouse, "theoretical", "precision = 'FP32'") + later
    found = warehouse.execute(
        """
        select intercept_log10, slope_log10_per_year, n_points from marts.trends
        where trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'to_2026'
        """
    ).fetchone()
    assert len(later) == 23
    assert found == pytest.approx((*line(rows), 54), rel=1e-9)


def test_best_of_year_to_2026_goes_on_where_the_list_can_hold_the_best(warehouse: Connection) -> None:
    """The best of 2022 and 2023 lie within a point of 90.45 %, that of 2024 lies 5.8 points below."""
    rows = warehouse.execute(
        """
        select observation_id from marts.trend_points
        where trend_id = 'vision_gflops_best_of_year' and vintage = 'to_2026' and year(on_date) >= 2021 order by on_date
        """
    ).fetchall()
    assert [name for (name,) in rows] == [
        "vit-g-14",
        "eva-giant-patch14-560-m30m-ft-in22k-in1k",
        "eva02-large-patch14-448-mim-m38m-ft-in22k-in1k",
    ]


def test_points_of_the_paper_stay_in_to_2026(warehouse: Connection) -> None:
    (missing,) = warehouse.execute(
        """
        select count(*) from marts.trend_points as paper
        anti join (select * from marts.trend_points where vintage = 'to_2026') as later using (trend_id, observation_id)
        where vintage = 'paper' and trend_id in (select trend_id from marts.trends where vintage = 'to_2026')
        """
    ).fetchone()
    assert missing == 0


def test_language_models_have_no_line_to_2026(warehouse: Connection) -> None:
    rows = warehouse.execute(
        "select trend_id from marts.trends where vintage = 'to_2026' and trend_id like 'language%'"
    )
    assert rows.fetchall() == []
