"""The dimensions again, from the raw files, from the marts and by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection as Connection

RAW = Path(__file__).resolve().parents[1] / "raw"


def rows_of(file: str) -> list[dict[str, str]]:
    with (RAW / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class TestGridIntensity:
    """Nearest year on record of each place."""

    def test_again_from_the_raw_file(self, warehouse: Connection) -> None:
        on_record: dict[str, dict[int, float]] = {}
        for row in rows_of("reference/grid_carbon_intensity.csv"):
            on_record.setdefault(row["country_iso3"], {})[int(row["year"])] = float(row["gco2e_per_kwh"])
        expected = {}
        for place, source in [*((code, code) for code in on_record), ("unstated", "WLD")]:
            for year in range(2000, 2100):
                nearest = min(on_record[source], key=lambda known, year=year: (abs(known - year), known))
                expected[place, year] = (on_record[source][nearest], source, nearest)
        found = warehouse.execute(
            """
            select country_iso3, year, gco2e_per_kwh, intensity_iso3, intensity_year
            from dimensions.dim_grid_intensity
            """
        ).fetchall()
        assert {(place, year): tuple(rest) for place, year, *rest in found} == expected
        # Each of the places whose people are counted has a place here too.
        assert {row["country_iso3"] for row in rows_of("reference/population.csv")} <= on_record.keys()


class TestHypothesis:
    """One inference per second per person."""

    def test_the_world_asks_once_a_second_and_person(self, warehouse: Connection) -> None:
        """Held against the row of the world, which the dimension leaves out; its count has places of no code too."""
        world = {
            int(row["year"]): float(row["population"])
            for row in rows_of("reference/population.csv")
            if row["country_iso3"] == "WLD"
        }
        found = warehouse.execute(
            "select model_id, happened_at, sum(inference_count) from dimensions.dim_hypothesis group by all"
        ).fetchall()
        for _, day, count in found:
            assert (day.month, day.day) == (1, 1)
            seconds = (date(day.year + 1, 1, 1) - day).days * 86400
            assert count / seconds == pytest.approx(world[day.year], rel=0.01)
        years: dict[str, set[int]] = {}
        for model_id, day, _ in found:
            years.setdefault(model_id, set()).add(day.year)
        # Released before the first year on record, in 2018, in 2020 and in 2024.
        assert years["alexnet"] == set(range(2015, 2025))
        assert years["bert-large"] == set(range(2018, 2025))
        assert years["gpt-3"] == set(range(2020, 2025))
        assert years["meta-llama-llama-3-1-8b-instruct"] == {2024}

    def test_a_country_by_hand(self, warehouse: Connection) -> None:
        """Spain in the leap year 2020."""
        (people,) = [
            int(row["population"])
            for row in rows_of("reference/population.csv")
            if (row["country_iso3"], row["year"]) == ("ESP", "2020")
        ]
        counts = warehouse.execute(
            """
            select distinct inference_count from dimensions.dim_hypothesis
            where country_iso3 = 'ESP' and happened_at = date '2020-01-01'
            """
        ).fetchall()
        assert counts == [(people * 31_622_400.0,)]


class TestScenarios:
    """What the shipped scenarios add up to."""

    @pytest.fixture
    def scenarios(self, warehouse: Connection) -> dict[str, tuple]:
        found = warehouse.execute(
            """
            select scenario_id, matching_policy, utilisation, host_overhead, pue
            from dimensions.dim_scenarios order by display_order
            """
        ).fetchall()
        return {name: tuple(rest) for name, *rest in found}

    def test_the_paper_comes_first_and_adds_nothing(self, scenarios: dict[str, tuple]) -> None:
        assert next(iter(scenarios.items())) == ("paper", ("trend", 1, 0, 1))

    def test_google_states_the_shares(self, scenarios: dict[str, tuple]) -> None:
        """58 + 25 + 10 + 8: all over the boards at work, all over the servers at work, and the site's PUE of 1.09."""
        _, utilisation, host_overhead, pue = scenarios["google_2025"]
        assert (1 + host_overhead) * pue / utilisation == pytest.approx(101 / 58, rel=5e-4)
        assert pue / utilisation == pytest.approx(101 / 83, rel=5e-4)
        assert pue == pytest.approx(1.09, abs=0.005)

    def test_the_others_vary_one_thing(self, scenarios: dict[str, tuple]) -> None:
        assert scenarios["average_site_2025"] == ("trend", 1, 0, 1.54)
        assert scenarios["hardware_to_2026"] == ("trend_to_2026", 1, 0, 1)


class TestMatching:
    """Efficiencies as the published joules have them."""

    def test_joules_follow(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select gflops_per_forward_pass, dim_matching.gflops_per_watt, gflops_per_watt_low, gflops_per_watt_high,
                joules_per_forward_pass, joules_per_forward_pass_low, joules_per_forward_pass_high
            from dimensions.dim_matching
            inner join marts.inference_energy using (model_id, matching_policy)
            inner join marts.models using (model_id)
            where gflops_per_forward_pass is not null and joules_per_forward_pass is not null
            """
        ).fetchall()
        assert len(rows) > 500
        for gflops, rate, low, high, joules, joules_low, joules_high in rows:
            assert gflops / rate == pytest.approx(joules, rel=1e-12)
            assert (low is None) == (joules_high is None)
            if low is not None:
                assert gflops / low == pytest.approx(joules_high, rel=1e-12)
                assert gflops / high == pytest.approx(joules_low, rel=1e-12)

    def test_each_model_has_each_policy(self, warehouse: Connection) -> None:
        policies = {"trend", "trend_to_2026", "best_available", "median_24_months"}
        found = warehouse.execute("select model_id, matching_policy from dimensions.dim_matching").fetchall()
        models = warehouse.execute("select model_id from marts.models").fetchall()
        assert set(found) == {(model_id, policy) for (model_id,) in models for policy in policies}


def test_measured_requests_are_rows_of_the_raw_file(warehouse: Connection) -> None:
    """Of the rows of that model, chip and number of GPUs the one whose mean batch is nearest to 32."""
    asked = {row["request_id"]: row for row in rows_of("reference/reference_requests.csv")}
    decode = rows_of("since_paper/measured_decode_energy.csv")
    chips = {"nvidia-h100-sxm5-80gb": "NVIDIA H100 SXM5 80GB", "nvidia-b200": "NVIDIA B200"}
    found = warehouse.execute(
        "select request_id, output_tokens, batch_size, measured_joules_per_output_token from dimensions.dim_requests"
    ).fetchall()
    assert {request_id for request_id, *_ in found} == asked.keys()
    for request_id, output_tokens, batch_size, joules in found:
        row = asked[request_id]
        if not row["n_gpus"]:
            assert (output_tokens, batch_size, joules) == (int(row["output_tokens"]), float(row["batch_size"]), None)
            continue
        candidates = [
            measured
            for measured in decode
            if measured["model_name"].lower().replace("/", "-").replace(".", "-") == row["model_id"]
            and measured["accelerator_name"] == chips[row["accelerator_id"]]
            and measured["n_gpus"] == row["n_gpus"]
        ]
        nearest = min(candidates, key=lambda measured: abs(float(measured["mean_batch_size"]) - 32))
        assert batch_size == float(nearest["mean_batch_size"])
        assert joules == float(nearest["joules_per_output_token"])
        assert abs(output_tokens - float(nearest["mean_output_tokens"])) <= 0.5


def test_the_power_of_a_person(warehouse: Connection) -> None:
    """2,000 kcal a day and 79,897 kWh a year, beside the paper's round figures."""
    found = warehouse.execute("select * from dimensions.dim_human_power order by watts").fetchall()
    assert found == [
        ("somatic", 100, pytest.approx(2000 * 4184 / 86400)),
        ("external", 10000, pytest.approx(79897 * 1000 / 8760)),
    ]


def test_statements_are_of_providers(warehouse: Connection) -> None:
    """An estimate by others is none, and what is not stated is not filled in."""
    found = warehouse.execute(
        "select provider, wh_per_query, gco2e_per_query from dimensions.dim_provider_statements"
    ).fetchall()
    assert sorted(found, key=str) == sorted(
        [("Google", 0.24, 0.03), ("Google", 0.10, 0.02), ("OpenAI", 0.34, None), ("Mistral AI", None, 1.14)], key=str
    )
