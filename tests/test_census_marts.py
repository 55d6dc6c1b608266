"""Consolidation lags, the split of progress and the frontier over time, computed anew from the published models."""

from __future__ import annotations

import datetime as dt
import math
from itertools import product

import duckdb
import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

Connection = duckdb.DuckDBPyConnection
COST_FACTORS = (2, 5, 10, 20, 100)
TOLERANCES = (0.0, 0.5)


def years(first: dt.date, last: dt.date) -> float:
    return (last - first).days / 365.25


@pytest.fixture(scope="module")
def models(open_warehouse: Connection) -> list[dict]:
    """Return the paper's models with a score: cost in GFLOPs, and in joules under the policy `trend`."""
    frame = open_warehouse.execute(
        """
        select
            model_id,
            domain,
            release_date,
            coalesce(top1_accuracy_pct, glue_score) as score,
            gflops_per_forward_pass as gflops,
            joules_per_forward_pass as joules,
            extra_training_data is not null as has_extra_data,
            is_best_of_year,
            is_on_gflops_frontier
        from marts.models inner join marts.inference_energy using (model_id, domain, release_date, is_in_paper)
        where is_in_paper and matching_policy = 'trend' and coalesce(top1_accuracy_pct, glue_score) is not null
        """
    )
    names = [column[0] for column in frame.description]
    return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]


def rows(warehouse: Connection, query: str) -> list[dict]:
    found = warehouse.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# Consolidation lags


def leaders(models: list[dict], domain: str) -> list[dict]:
    """Return the best of each year in vision; in language who beats the scores of all earlier days."""
    of_domain = [model for model in models if model["domain"] == domain]
    if domain == "vision":
        return [model for model in of_domain if model["is_best_of_year"]]
    return [
        model
        for model in of_domain
        if all(
            other["score"] < model["score"]
            or (other["release_date"] == model["release_date"] and other["score"] <= model["score"])
            for other in of_domain
            if other["release_date"] <= model["release_date"] and other is not model
        )
    ]


@pytest.mark.parametrize("domain", ["vision", "language"])
def test_lags_are_those_of_a_search_through_all_models(warehouse: Connection, models: list[dict], domain: str) -> None:
    found = {
        (row["model_id"], row["cost"], row["cost_factor"], row["tolerance_points"]): row
        for row in rows(warehouse, f"select * from marts.consolidation_lag where domain = '{domain}'")
    }
    of_domain = [model for model in models if model["domain"] == domain]
    end = max(model["release_date"] for model in of_domain)
    expected = list(product(leaders(models, domain), ("gflops", "joules"), COST_FACTORS, TOLERANCES))
    assert len(found) == len(expected)
    for leader, cost, factor, tolerance in expected:
        row = found[leader["model_id"], cost, factor, tolerance]
        lags = [
            years(leader["release_date"], model["release_date"])
            for model in of_domain
            if model["release_date"] >= leader["release_date"]
            and round(model["score"] - leader["score"] + tolerance, 6) >= 0
            and model[cost] <= leader[cost] / factor
        ]
        assert row["is_reached"] == bool(lags)
        assert row["observed_until"] == end
        assert row["observed_years"] == pytest.approx(years(leader["release_date"], end))
        if lags:
            assert row["lag_years"] == pytest.approx(min(lags))
            assert row["lag_years_lower_bound"] is None
        else:
            assert row["lag_years"] is None
            assert row["lag_years_lower_bound"] == row["observed_years"]


def test_a_leader_that_none_equals_waits_until_the_end_of_the_census(warehouse: Connection) -> None:
    """AlexNet at a tenth: from 2012-06-01 to 2021-06-08 are 3,294 days."""
    (row,) = rows(
        warehouse,
        """
        select * from marts.consolidation_lag
        where model_id = 'alexnet' and cost = 'gflops' and cost_factor = 10 and tolerance_points = 0
        """,
    )
    assert row["follower_model_id"] is row["lag_years"] is row["times_cheaper"] is None
    assert row["lag_years_lower_bound"] == row["observed_years"] == pytest.approx(3294 / 365.25)


def test_a_greater_factor_takes_no_less_time_and_a_tolerance_no_more(warehouse: Connection) -> None:
    shorter = rows(
        warehouse,
        """
        select cheap.model_id
        from marts.consolidation_lag as cheap
        inner join marts.consolidation_lag as dear using (model_id, cost)
        where
            (
                (cheap.cost_factor > dear.cost_factor and cheap.tolerance_points = dear.tolerance_points)
                or (cheap.cost_factor = dear.cost_factor and cheap.tolerance_points < dear.tolerance_points)
            )
            and coalesce(cheap.lag_years, 99) < coalesce(dear.lag_years, 99)
        """,
    )
    assert shorter == []


def test_medians_are_those_of_statsmodels(warehouse: Connection) -> None:
    """But where the curve is at one half, and statsmodels waits for the next step, or at 0, and it has no band."""
    lags = warehouse.sql("select * from marts.consolidation_lag").df()
    medians = rows(warehouse, "select * from marts.consolidation_medians")
    assert len(medians) == 2 * 2 * len(COST_FACTORS) * len(TOLERANCES)
    n_medians = 0
    for row in medians:
        group = lags
        for name in ("domain", "cost", "cost_factor", "tolerance_points"):
            group = group[group[name] == row[name]]
        times = group["lag_years"].fillna(group["observed_years"])
        assert (row["n_leaders"], row["n_reached"]) == (len(group), int(group["is_reached"].sum()))
        if row["n_reached"] == 0:
            assert row["median_lag_years"] is None
            continue
        curve = SurvfuncRight(times, group["is_reached"].astype(int))
        # Its band at 0 is a division by 0.
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = curve.quantile_ci(0.5)
        half = curve.surv_times[curve.surv_prob <= 0.5 + 1e-12]
        assert row["median_lag_years"] == (pytest.approx(half[0]) if len(half) else None)
        assert row["median_lag_years_low"] == (None if math.isnan(low) else pytest.approx(low))
        is_bounded = math.isfinite(high) and curve.surv_prob[curve.surv_times == high][0] > 0
        assert row["median_lag_years_high"] == (pytest.approx(high) if is_bounded else None)
        n_medians += len(half) > 0
    assert n_medians > 10


def test_the_median_at_half_the_gflops_worked_by_hand(warehouse: Connection) -> None:
    """Of nine leaders observed for longer than a day: 8/9, x 6/7, x 5/6, x 4/5 = 0.508, then x 2/3 at 3.43 years."""
    (row,) = rows(
        warehouse,
        """
        select * from marts.consolidation_medians
        where domain = 'vision' and cost = 'gflops' and cost_factor = 2 and tolerance_points = 0
        """,
    )
    assert 8 / 9 * 6 / 7 * 5 / 6 * 4 / 5 > 0.5 > 8 / 9 * 6 / 7 * 5 / 6 * 4 / 5 * 2 / 3
    # MobileNet, 2017-04-17, after ZFNet-b, 2013-11-11.
    assert row["median_lag_years"] == pytest.approx(1253 / 365.25)


# The split of progress


def cheapest(models: list[dict], threshold: float, subset: str, until: dt.date) -> float | None:
    """Return the fewest GFLOPs at an accuracy among the models released by a day."""
    costs = [
        model["gflops"]
        for model in models
        if model["domain"] == "vision"
        and model["score"] >= threshold
        and model["release_date"] <= until
        and (subset == "all_models" or not model["has_extra_data"])
    ]
    return min(costs, default=None)


def test_the_split_is_that_of_a_search_through_all_models(warehouse: Connection, models: list[dict]) -> None:
    (hardware,) = rows(
        warehouse, "select * from marts.trends where trend_id = 'gpu_efficiency_vision' and vintage = 'paper'"
    )
    slope = hardware["slope_log10_per_year"]
    days = sorted({model["release_date"] for model in models if model["domain"] == "vision"})
    splits = rows(warehouse, "select * from marts.progress_split where basis = 'raw'")
    assert len(splits) == 8
    for row in splits:
        key = row["accuracy_threshold_pct"], row["subset"]
        first = next(day for day in days if cheapest(models, *key, day) is not None)
        before, after = cheapest(models, *key, first), cheapest(models, *key, days[-1])
        window = years(first, days[-1])
        assert row["first_date"] == first
        assert row["window_years"] == pytest.approx(window)
        assert row["is_window_long_enough"] == (window >= 3)
        if window < 3:
            assert row["algorithm_log10_per_year"] is row["total_log10_per_year"] is row["hardware_share"] is None
            continue
        algorithm = (math.log10(before) - math.log10(after)) / window
        assert row["algorithm_log10_per_year"] == pytest.approx(algorithm, abs=1e-12)
        assert row["hardware_log10_per_year"] == pytest.approx(slope, abs=1e-12)
        assert row["hardware_se_log10_per_year"] == pytest.approx(hardware["slope_se"], abs=1e-12)
        assert row["total_log10_per_year"] == pytest.approx(algorithm + slope, abs=1e-9)
        assert row["total_factor_per_year"] == pytest.approx(10 ** (algorithm + slope))
        assert row["algorithm_share"] == pytest.approx(algorithm / (algorithm + slope))


def test_the_joules_at_both_ends_are_those_of_the_models(warehouse: Connection, models: list[dict]) -> None:
    """The first model has the joules that `inference_energy` gives it; so has the cheapest, moved to newer hardware."""
    joules = {model["model_id"]: model["joules"] for model in models}
    (slope,) = warehouse.execute(
        "select slope_log10_per_year from marts.trends where trend_id = 'gpu_efficiency_vision' and vintage = 'paper'"
    ).fetchone()
    for row in rows(warehouse, "select * from marts.progress_split where basis = 'raw'"):
        assert row["first_joules_per_forward_pass"] == pytest.approx(joules[row["first_model_id"]])
        later = years(row["cheapest_date"], row["observed_until"])
        expected = joules[row["cheapest_model_id"]] / 10 ** (slope * later)
        assert row["cheapest_joules_per_forward_pass"] == pytest.approx(expected)


def test_the_split_at_70_pct_worked_by_hand(warehouse: Connection) -> None:
    """VGG-16, 31 GFLOPs, 2014-09-04; MobileNetV2, 0.6 GFLOPs; the census ends 2,469 days after VGG-16."""
    (row,) = rows(
        warehouse,
        """
        select * from marts.progress_split
        where accuracy_threshold_pct = 70 and subset = 'without_extra_data' and basis = 'raw'
        """,
    )
    assert (row["first_model_id"], row["cheapest_model_id"]) == ("vgg-16", "mobilenetv2")
    assert row["algorithm_log10_per_year"] == pytest.approx(math.log10(31 / 0.6) / (2469 / 365.25))
    # The hardware trend doubles in 2.64 years.
    assert row["hardware_factor_per_year"] == pytest.approx(2 ** (1 / 2.64), rel=1e-3)
    assert row["hardware_factor_per_year_low"] < row["hardware_factor_per_year"] < row["hardware_factor_per_year_high"]


# The frontier over time


def frontier_on(models: list[dict], day: dt.date) -> set[str]:
    """Return who is on the frontier of the vision models released by a day, by its definition."""
    known = [model for model in models if model["domain"] == "vision" and model["release_date"] <= day]
    return {
        model["model_id"]
        for model in known
        if not any(
            other["score"] >= model["score"]
            and other["gflops"] <= model["gflops"]
            and (other["score"], other["gflops"]) != (model["score"], model["gflops"])
            for other in known
        )
    }


def test_the_frontier_of_every_day_is_that_of_its_definition(warehouse: Connection, models: list[dict]) -> None:
    found = rows(warehouse, "select * from marts.frontier_over_time where cohort = 'paper'")
    days = sorted({model["release_date"] for model in models if model["domain"] == "vision"})
    for day in days:
        on_it = {
            row["model_id"]
            for row in found
            if row["entry_date"] <= day and (row["exit_date"] is None or row["exit_date"] > day)
        }
        assert on_it == frontier_on(models, day), day
    ever = set.union(*(frontier_on(models, day) for day in days))
    assert {row["model_id"] for row in found} == ever


def test_the_last_frontier_is_that_of_the_models(warehouse: Connection, models: list[dict]) -> None:
    flagged = {model["model_id"] for model in models if model["domain"] == "vision" and model["is_on_gflops_frontier"]}
    found = rows(warehouse, "select model_id from marts.frontier_over_time where is_on_frontier and cohort = 'paper'")
    assert {row["model_id"] for row in found} == flagged


def test_who_pushes_a_model_off_beats_it_and_is_itself_on_the_frontier(
    warehouse: Connection, models: list[dict]
) -> None:
    known = {model["model_id"]: model for model in models}
    end = dt.date(2021, 6, 8)
    for row in rows(warehouse, "select * from marts.frontier_over_time where cohort = 'paper'"):
        assert row["observed_until"] == end
        assert row["years_on_frontier"] == pytest.approx(years(row["entry_date"], row["exit_date"] or end))
        if row["is_on_frontier"]:
            continue
        winner, loser = known[row["pushed_off_by_model_id"]], known[row["model_id"]]
        assert winner["release_date"] == row["exit_date"]
        assert winner["score"] >= loser["score"]
        assert winner["gflops"] <= loser["gflops"]
        assert winner["model_id"] in frontier_on(models, row["exit_date"])
