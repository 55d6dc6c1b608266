"""The backtest against other engines: intervals of statsmodels, densities of SciPy, counts from the shipped files."""

from __future__ import annotations

import csv
import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from conftest import ROOT
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

Connection = duckdb.DuckDBPyConnection
ORIGIN = dt.date(2012, 1, 1)
# Measured over peak, as worked out apart from this project.
DERATES = {
    "vision": {"a100": 0.168, "tesla-v100": 0.286, "t4": 0.336},
    "language": {"a100": 0.235, "tesla-v100": 0.332, "t4": 0.394},
}


def years(dates: pd.Series) -> np.ndarray:
    return np.array([(date - ORIGIN).days / 365.25 for date in pd.to_datetime(dates).dt.date])


def predict(points: pd.DataFrame, dates: pd.Series) -> pd.DataFrame:
    """Return mean, standard error and 95 % prediction interval of log10 of a value, by statsmodels."""
    fit = sm.OLS(np.log10(points["value"].to_numpy()), sm.add_constant(years(points["on_date"]))).fit()
    frame = fit.get_prediction(sm.add_constant(years(dates), has_constant="add")).summary_frame(alpha=0.05)
    frame["se"] = (frame["obs_ci_upper"] - frame["mean"]) / stats.t.ppf(0.975, fit.df_resid)
    return frame.assign(df=fit.df_resid)


@pytest.fixture(scope="module")
def backtest(open_warehouse: Connection) -> pd.DataFrame:
    return open_warehouse.cursor().sql("select * from marts.trend_backtest").df()


@pytest.fixture(scope="module")
def points(open_warehouse: Connection) -> pd.DataFrame:
    return open_warehouse.cursor().sql("select * from marts.trend_points").df()


def table_8_fp32() -> pd.DataFrame:
    with (ROOT / "raw" / "paper" / "table_8_gpu_theoretical_performance.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["precision"] == "FP32"]
    return pd.DataFrame(
        {
            "on_date": [dt.datetime.strptime(row["launch_date"], "%d/%m/%Y").date() for row in rows],
            "value": [1e3 * float(row["tflops"]) / float(row["watts"]) for row in rows],
        }
    )


def later_fp32() -> pd.DataFrame:
    """Return the accelerators of the shipped list that were launched after the last of Table 8."""
    with (ROOT / "raw" / "since_paper" / "accelerators_since_paper.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fp32_tflops"] and row["launch_date"] > "2021-04-12"]
    doubts = {"fp32_tflops", "tdp_watts", "launch_date"}
    return pd.DataFrame(
        {
            "on_date": [row["launch_date"] for row in rows],
            "value": [1e3 * float(row["fp32_tflops"]) / float(row["tdp_watts"]) for row in rows],
            "is_nvidia": [row["maker"] == "NVIDIA" for row in rows],
            "is_doubtful": [bool(doubts & set(row["doubtful_cells"].split(";"))) for row in rows],
        }
    )


def test_the_fp32_forecast_failed(backtest: pd.DataFrame) -> None:
    """27 of 51 later accelerators inside; the 3 doubtful ones, none of them inside, are not scored."""
    later = later_fp32()
    band = predict(table_8_fp32(), later["on_date"])
    is_inside = np.log10(later["value"]).between(band["obs_ci_lower"], band["obs_ci_upper"])
    assert (len(later), is_inside.sum()) == (51, 27)
    sure = ~later["is_doubtful"]
    rows = backtest[
        (backtest["forecast_id"] == "gpu_efficiency_theoretical_fp32/paper") & (backtest["state"] == "scored")
    ]
    for scope, chosen in (("nvidia", later["is_nvidia"]), ("other makers", ~later["is_nvidia"])):
        found = rows[rows["scope"] == scope]
        assert (len(found), found["is_inside"].sum()) == ((sure & chosen).sum(), is_inside[sure & chosen].sum())
    assert (len(rows), rows["is_inside"].sum()) == (48, 27)


def test_every_interval_and_score_is_that_of_statsmodels_and_scipy(
    backtest: pd.DataFrame, points: pd.DataFrame
) -> None:
    trends = backtest[backtest["forecast_kind"] == "trend"]
    assert trends["forecast_id"].nunique() > 30
    for (trend_id, vintage), rows in trends.groupby(["trend_id", "vintage"]):
        fitted = points[(points["trend_id"] == trend_id) & (points["vintage"] == vintage)]
        assert rows["on_date"].min() > fitted["on_date"].max()
        band = predict(fitted, rows["on_date"])
        actual = np.log10(rows["actual_value"].to_numpy())
        np.testing.assert_allclose(np.log10(rows["predicted_value"]), band["mean"], rtol=0, atol=1e-9)
        np.testing.assert_allclose(np.log10(rows["predicted_low"]), band["obs_ci_lower"], rtol=0, atol=1e-9)
        np.testing.assert_allclose(np.log10(rows["predicted_high"]), band["obs_ci_upper"], rtol=0, atol=1e-9)
        z = (actual - band["mean"].to_numpy()) / band["se"].to_numpy()
        np.testing.assert_allclose(rows["z"], z, rtol=0, atol=1e-8)
        density = stats.t.logpdf(actual, band["df"], loc=band["mean"], scale=band["se"])
        np.testing.assert_allclose(rows["log_score"], density, rtol=0, atol=1e-8)


def test_no_change_is_the_median_of_the_last_two_years(backtest: pd.DataFrame, points: pd.DataFrame) -> None:
    for (trend_id, vintage), rows in backtest[backtest["forecast_kind"] == "trend"].groupby(["trend_id", "vintage"]):
        fitted = points[(points["trend_id"] == trend_id) & (points["vintage"] == vintage)]
        last = pd.Timestamp(fitted["on_date"].max())
        recent = np.log10(fitted.loc[pd.to_datetime(fitted["on_date"]) >= last - pd.DateOffset(months=24), "value"])
        middle = float(np.median(recent))
        np.testing.assert_allclose(np.log10(rows["no_change_value"]), middle, rtol=0, atol=1e-9)
        if len(recent) < 3:
            assert rows["no_change_log_score"].isna().all()
            continue
        spread = np.sqrt(((recent - middle) ** 2).sum() / (len(recent) - 1) * (1 + 1 / len(recent)))
        density = stats.t.logpdf(np.log10(rows["actual_value"]), len(recent) - 1, loc=middle, scale=spread)
        np.testing.assert_allclose(rows["no_change_log_score"].astype(float), density, rtol=0, atol=1e-8)


def test_tensor_peaks_are_derated_three_ways_and_fp8_never(warehouse: Connection, backtest: pd.DataFrame) -> None:
    peaks = dict(
        warehouse.execute(
            """
            select accelerator_id || '-16-bit-tensor', gflops_per_watt from marts.accelerator_efficiency
            where workload = 'theoretical' and precision = '16-bit tensor' and not is_in_paper
            """
        ).fetchall()
    )
    for domain, derates in DERATES.items():
        rows = backtest[backtest["forecast_id"] == f"gpu_efficiency_{domain}/paper"]
        assert set(rows["scenario"]) == derates.keys()
        assert rows.groupby("observation_id").size().eq(3).all()
        assert set(rows["observation_id"]) <= peaks.keys()
        shares = rows["actual_value"] / rows["observation_id"].map(peaks)
        np.testing.assert_allclose(shares, rows["scenario"].map(derates), rtol=0, atol=0.0005)
    assert not backtest["observation_id"].str.contains("fp8").any()


def test_intervals_of_coverage(warehouse: Connection) -> None:
    rows = warehouse.execute(
        """
        select n_chip_designs_inside, n_chip_designs, coverage_low, coverage_high from marts.backtest_summary
        where n_chip_designs > 0
        """
    ).fetchall()
    assert len(rows) > 50
    for inside, designs, low, high in rows:
        expected = proportion_confint(inside, designs, alpha=0.05, method="beta")
        assert (low, high) == pytest.approx(expected, abs=1e-9)


def test_a_design_is_counted_by_its_first_board(warehouse: Connection, backtest: pd.DataFrame) -> None:
    rows = backtest[
        (backtest["forecast_id"] == "gpu_efficiency_theoretical_fp32/paper")
        & (backtest["state"] == "scored")
        & (backtest["scope"] == "nvidia")
    ].sort_values(["on_date", "observation_id"])
    first = rows.groupby("chip_design").first()["is_inside"]
    mostly = rows.groupby("chip_design")["is_inside"].mean() >= 0.5
    found = warehouse.execute(
        """
        select n_chip_designs, n_chip_designs_inside, n_chip_designs_mostly_inside, verdict from marts.backtest_summary
        where trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'paper' and scope = 'nvidia'
        """
    ).fetchone()
    assert found == (len(first), first.sum(), mostly.sum(), "beaten by no change")


def test_best_of_year_is_judged_in_comparable_years_only(backtest: pd.DataFrame) -> None:
    rows = backtest[backtest["forecast_id"] == "vision_gflops_best_of_year/paper"].sort_values("on_date")
    assert rows["state"].tolist() == ["scored", "scored", "not_comparable"]
    # EVA-01 giant at 560 pixels and EVA-02 large at 448: twice their GMACs.
    assert rows["actual_value"].tolist()[:2] == pytest.approx([2 * 1906.76, 2 * 362.33])
    assert "2024" in rows["reason"].iloc[2]


def test_earlier_years_are_held_against_what_the_paper_saw(backtest: pd.DataFrame, points: pd.DataFrame) -> None:
    for year in range(2015, 2021):
        rows = backtest[backtest["forecast_id"] == f"vision_gflops_all/up_to_{year}"]
        paper = points[(points["trend_id"] == "vision_gflops_all") & (points["vintage"] == "paper")]
        later = paper[pd.to_datetime(paper["on_date"]).dt.year > year]
        assert set(rows["observation_id"]) == set(later["observation_id"])
