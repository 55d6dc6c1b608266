"""Energy of a workload: against the marts that it rests on, published methods by hand, and by its properties."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import duckdb
import pytest
from conftest import Project
from hypothesis import given, settings
from hypothesis import strategies as st
from inference_energy.sql_models import SqlModels

GROUP = (
    "create or replace temp table asked as select cast(unnest(?) as date) as on_date, unnest(?) as model_id, "
    "unnest(?) as accelerator_id, 'ESP' as country_iso3, cast(unnest(?) as double) as batch_size, "
    "cast(unnest(?) as double) as n_inferences, cast(unnest(?) as double) as n_input_tokens, "
    "cast(unnest(?) as double) as n_output_tokens, cast(unnest(?) as double) as n_context_tokens, "
    "1::bigint as n_rows, false as is_hypothesis, cast(null as varchar) as reject_reason"
)
H100 = "nvidia-h100-sxm5-80gb"
LLAMA = "meta-llama-llama-3-1-8b-instruct"


@pytest.fixture(scope="module")
def memory(built_project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection in memory with the session's warehouse attached, as the command line has it."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built_project.warehouse}' as published (read_only)")
        yield connection


def energy(memory: duckdb.DuckDBPyConnection, requests: list[tuple]) -> dict[tuple[str, str, str], dict]:
    """Return the cells of `workload_energy` by model, scenario and method.

    A request is (model, accelerator, batch size, number, input tokens, output tokens), on 1 June 2024 in Spain.
    """
    columns = [
        [dt.date(2024, 6, 1)] * len(requests),
        [model for model, *_ in requests],
        [accelerator for _, accelerator, *_ in requests],
        [batch for _, _, batch, *_ in requests],
        [float(n) for *_, n, _, _ in requests],
        [float(n * read) for *_, n, read, _ in requests],
        [float(n * written) for *_, n, _, written in requests],
        [float(n * written * (read + written / 2)) for *_, n, read, written in requests],
    ]
    memory.execute(GROUP, columns)
    for name in ("int_workload_classes", "int_workload_rates", "workload_energy"):
        memory.execute(f"drop table if exists temp.{name}")
    for way in ("paper", "calibration", "decoding", "published_methods"):
        memory.execute(f"drop table if exists temp.int_rates_by_{way}")
    relation = SqlModels(memory, relations={"int_workload_judged": "asked"}).run("workload_energy")
    result = memory.execute(f"select * from {relation}")
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {(row["model_id"], row["scenario_id"], row["method"]): row for row in rows}


def test_a_pass_costs_what_the_marts_say(
    memory: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection
) -> None:
    """Without an accelerator the joules of `inference_energy`, with one GFLOPs over its best adapted efficiency."""
    cells = energy(memory, [("resnet-50", "unstated", None, 1000, 0, 0), ("alexnet", "a100", None, 1000, 0, 0)])
    for method, policy in (("paper", "trend"), ("calibrated", "calibrated")):
        joules, low, high = warehouse.execute(
            "select joules_per_forward_pass, joules_per_forward_pass_low, joules_per_forward_pass_high "
            "from marts.inference_energy where model_id = 'resnet-50' and matching_policy = ?",
            [policy],
        ).fetchone()
        cell = cells["resnet-50", "paper", method]
        assert cell["joules"] == pytest.approx(1000 * joules, rel=1e-12)
        for bound, value in ((cell["joules_low"], low), (cell["joules_high"], high)):
            assert (bound is None) == (value is None)
            assert bound is None or bound == pytest.approx(1000 * value, rel=1e-12)
    gflops, efficiency = warehouse.execute(
        "select any_value(gflops_per_forward_pass), max(gflops_per_watt) "
        "from marts.models cross join marts.accelerator_efficiency "
        "where model_id = 'alexnet' and accelerator_id = 'a100' and workload = 'vision'"
    ).fetchone()
    assert cells["alexnet", "paper", "paper"]["joules"] == pytest.approx(1000 * gflops / efficiency, rel=1e-12)


def test_gases_are_those_of_the_grid(memory: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection) -> None:
    """Spain in 2024, 1,000 passes of AlexNet: joules / 3.6e6 times the intensity."""
    cell = energy(memory, [("alexnet", "a100", None, 1000, 0, 0)])["alexnet", "paper", "paper"]
    (intensity,) = warehouse.execute(
        "select gco2e_per_kwh from staging.stg_grid_carbon_intensity where country_iso3 = 'ESP' and year = 2024"
    ).fetchone()
    assert (cell["intensity_iso3"], cell["intensity_year"]) == ("ESP", 2024)
    assert cell["gco2e"] == pytest.approx(cell["joules"] / 3.6e6 * intensity, rel=1e-12)


def test_a_scenario_adds_host_idle_draw_and_site(memory: duckdb.DuckDBPyConnection) -> None:
    cells = energy(memory, [("alexnet", "a100", None, 1000, 0, 0)])
    scenarios = memory.execute(
        "select scenario_id, utilisation, host_overhead, pue from published.dimensions.dim_scenarios"
    ).fetchall()
    assert len(scenarios) >= 3
    for scenario, utilisation, host, pue in scenarios:
        cell = cells["alexnet", scenario, "paper"]
        assert cell["kwh"] == pytest.approx(cell["joules"] / 3.6e6 / utilisation * (1 + host) * pue, rel=1e-12)


def test_epoch_is_as_published(memory: duckdb.DuckDBPyConnection) -> None:
    """2 * 8e9 * 500 FLOP at a tenth of 989e12 a second and 1275 * 1.2 * 0.7 W; no scenario adds to a facility."""
    cells = energy(memory, [(LLAMA, "unstated", None, 1, 100, 500)])
    joules = 2 * 8e9 * 500 / 989e12 / 0.1 * 1275 * 1.2 * 0.7
    for scenario in {scenario for _, scenario, _ in cells}:
        cell = cells[LLAMA, scenario, "epoch_2025"]
        assert cell["joules"] == pytest.approx(joules, rel=1e-12)
        assert cell["kwh"] == pytest.approx(joules / 3.6e6, rel=1e-12)


def test_ecologits_is_as_published(memory: duckdb.DuckDBPyConnection) -> None:
    """By the constants of its two versions, for 8 billion parameters: 1 GPU of 80 GB both in 4 and in 16 bits."""
    stated, default = (energy(memory, [(LLAMA, "unstated", batch, 1, 100, 500)]) for batch in (16, None))
    for cells, batch in ((stated, 16), (default, 64)):
        gpu_wh = 500 * (1.1665273170451914e-06 * math.exp(-0.011205921025579175 * batch) * 8 + 4.052928146734005e-05)
        seconds = 500 * (0.0006785088094353663 * 8 + 0.0003119310311688259 * batch + 0.019473717579473387)
        expected = gpu_wh * 3600 + seconds * 1200 / 8 / batch
        # The facts of the method are recorded to seven digits.
        assert cells[LLAMA, "paper", "ecologits_2025"]["joules"] == pytest.approx(expected, rel=1e-6)
        gpu_wh = 500 * (8.91e-5 * 8 + 1.43e-3)
        seconds = 500 * (8.02e-4 * 8 + 2.23e-2)
        expected = gpu_wh * 3600 + seconds * 1000 / 8
        assert cells[LLAMA, "paper", "ecologits_2024"]["joules"] == pytest.approx(expected, rel=1e-9)


def test_reading_has_no_interval_and_writing_has(memory: duckdb.DuckDBPyConnection) -> None:
    """Nobody measured the reading of a prompt on its own, so that a request with one has no bounds as a whole."""
    cells = [
        energy(memory, [(LLAMA, H100, 32, 1, read, written)])[LLAMA, "paper", "calibrated"]
        for read, written in ((400, 400), (0, 400), (400, 0))
    ]
    assert [cell["interval_kind"] for cell in cells] == ["decode_left_out_models", "decode_left_out_models", "none"]
    low, high = memory.execute(
        "select decode_low_factor, decode_high_factor from published.dimensions.dim_accelerators "
        "where accelerator_id = ?",
        [H100],
    ).fetchone()
    assert low < 1 < high
    for cell in cells:
        assert cell["decode_joules_low"] == pytest.approx(low * cell["decode_joules"], rel=1e-12)
        assert cell["decode_joules_high"] == pytest.approx(high * cell["decode_joules"], rel=1e-12)
    both, written, read = cells
    assert both["joules_low"] is None
    assert both["kwh_high"] is None
    assert (written["joules_low"], written["joules_high"]) == (
        written["decode_joules_low"],
        written["decode_joules_high"],
    )
    assert (read["joules_low"], read["decode_joules"]) == (None, 0)


def test_no_interval_beyond_the_window_of_a_model(memory: duckdb.DuckDBPyConnection) -> None:
    """Five layers of six of Gemma 3 attend within 1,024 tokens, and are taken to read all of the context."""
    gemma = "google-gemma-3-27b-it"
    for read, has_bounds in ((1000, True), (1025, False)):
        cell = energy(memory, [(gemma, H100, 32, 1, read, 40)])[gemma, "paper", "calibrated"]
        # A mean context of 1,020 tokens and of 1,045.
        assert (cell["decode_joules_low"] is not None) == has_bounds
        assert "beyond the window of 1024 tokens" in cell["basis"]


def test_no_accelerator_no_decoding(memory: duckdb.DuckDBPyConnection) -> None:
    cell = energy(memory, [(LLAMA, "unstated", 32, 1, 400, 400)])[LLAMA, "paper", "calibrated"]
    assert cell["joules"] is None
    assert cell["missing_reason"] == "no accelerator stated, which decoding depends on"


@settings(max_examples=8, deadline=None)
@given(
    n=st.integers(1, 10**9),
    read=st.integers(0, 100_000),
    written=st.integers(0, 100_000),
    batch=st.one_of(st.none(), st.floats(1, 1024)),
)
def test_n_requests_take_n_times_one_and_have_n_times_its_width(
    memory: duckdb.DuckDBPyConnection, n: int, read: int, written: int, batch: float | None
) -> None:
    """The error is the model's and the chip's, the same for each: nothing averages out."""
    requests = [(LLAMA, H100, batch), ("resnet-50", "unstated", None)]
    one = energy(memory, [(*request, 1, read, written) for request in requests])
    many = energy(memory, [(*request, n, read, written) for request in requests])
    assert one.keys() == many.keys()
    for key, cell in one.items():
        for name in (
            "joules",
            "joules_low",
            "joules_high",
            "decode_joules_low",
            "decode_joules_high",
            "kwh",
            "kwh_low",
            "kwh_high",
            "gco2e",
        ):
            if cell[name] is None:
                assert many[key][name] is None
            else:
                assert many[key][name] == pytest.approx(n * cell[name], rel=1e-9)


def test_summary_adds_up(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Against sums in exact order by Python over the cells of `workload_energy`."""
    cells = warehouse.execute(
        "select model_id, scenario_id, method, n_inferences_estimated, joules, kwh, coalesce(gco2e, 0), "
        "joules_low, joules_high from marts.workload_energy where joules is not null"
    ).fetchall()
    wanted: dict[tuple[str, str, str], list[tuple]] = {}
    for *key, n, joules, kwh, gco2e, low, high in cells:
        wanted.setdefault(tuple(key), []).append((n, joules, kwh, gco2e, low, high))
    found = warehouse.execute(
        "select model_id, scenario_id, method, n_inferences * share_of_inferences_estimated, joules, kwh, gco2e, "
        "joules_low, joules_high from marts.workload_summary where joules is not null"
    ).fetchall()
    # The models of the hypothesis are alternatives: nothing adds them up.
    assert {tuple(row[:3]) for row in found} == wanted.keys()
    for row in found:
        columns = list(zip(*wanted[tuple(row[:3])], strict=True))
        assert list(row[3:7]) == pytest.approx([math.fsum(column) for column in columns[:4]], rel=1e-9)
        for bound, column in zip(row[7:], columns[4:], strict=True):
            if None in column:
                assert bound is None
            else:
                assert bound == pytest.approx(math.fsum(column), rel=1e-9)


def test_a_part_is_never_more_than_the_whole(memory: duckdb.DuckDBPyConnection) -> None:
    """A log of a vision model with an interval and a language model that some methods cannot price."""
    requests = [
        ("resnet-50", "unstated", None, 1000, 0, 0),
        (LLAMA, H100, 32, 10, 400, 400),
        ("gpt-3", "a100", 1, 5, 9, 0),
    ]
    energy(memory, requests)
    models = SqlModels(memory, relations={"int_workload_judged": "asked", "workload_energy": "temp.workload_energy"})
    memory.execute("drop table if exists temp.workload_summary")
    result = memory.execute(f"select * from {models.run('workload_summary')} where scenario_id = 'google_2025'")
    names = [column[0] for column in result.description]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    whole = {row["method"]: row for row in rows if row["model_id"] == "all"}
    for row in rows:
        total = whole[row["method"]]
        for name in ("joules", "kwh", "gco2e", "n_inferences"):
            assert (row[name] or 0) <= (total[name] or 0) * (1 + 1e-12)
        # A power of a part would pass for one of the whole.
        assert (row["mean_watts"] is None) == (row["share_of_inferences_estimated"] < 1)
        assert (row["joules_low"] is None) == (row["joules_high"] is None)
        if row["joules_low"] is not None:
            assert row["share_of_joules_with_interval"] == pytest.approx(1)
    assert whole["paper"]["share_of_inferences_estimated"] == 1
    assert whole["calibrated"]["share_of_inferences_estimated"] == pytest.approx(1010 / 1015)
    assert whole["epoch_2025"]["share_of_inferences_estimated"] == pytest.approx(10 / 1015)
    assert whole["paper"]["joules_low"] is None


def test_what_is_not_fitted_is_ideal_and_says_so(memory: duckdb.DuckDBPyConnection) -> None:
    """On an A100, where nobody measured: 400 W, 312 TFLOPS, 1,560 GB/s; 16e9 bytes of weights in a batch of 8."""
    cells = energy(memory, [(LLAMA, "a100", 8, 1, 0, 1)])
    assert cells[LLAMA, "paper", "calibrated"]["joules"] is None
    cache = 32 * 2048 * 2 * 0.5
    expected = 400 / 1560e9 * (16e9 / 8 + cache) + 400 / 312e12 * 2 * 8e9
    assert cells[LLAMA, "paper", "ideal"]["joules"] == pytest.approx(expected, rel=1e-12)
    assert cells[LLAMA, "paper", "ideal"]["joules_low"] is None


def test_a_ratio_of_16_bits_is_not_put_on_a_rate_of_32(memory: duckdb.DuckDBPyConnection) -> None:
    requests = [("bert-large", chip, None, 1, 128, 0) for chip in ("geforce-gtx-1080", "a100")]
    for request, has_estimate in zip(requests, (False, True), strict=True):
        cell = energy(memory, [request])["bert-large", "paper", "calibrated"]
        assert (cell["joules"] is not None) == has_estimate


def test_break_even_of_the_paper(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Under the hypothesis one pass a second at J joules is J watts, so 100 / J passes a second draw 100 W."""
    rows = warehouse.execute(
        "select model_id, break_even_inferences_per_second_somatic, joules_per_forward_pass "
        "from marts.workload_summary inner join marts.inference_energy as energy using (model_id) "
        "where scenario_id = 'paper' and method = 'paper' and energy.matching_policy = 'trend' and domain = 'vision'"
    ).fetchall()
    assert len(rows) >= 3
    for model, rate, joules in rows:
        assert rate == pytest.approx(100 / joules, rel=1e-9), model


def test_hypothesis_is_one_a_second_per_person(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Spain in 2020, a leap year, by the population of the seed."""
    (population,) = warehouse.execute(
        "select population from staging.stg_population where country_iso3 = 'ESP' and year = 2020"
    ).fetchone()
    found = warehouse.execute(
        "select distinct n_inferences, is_hypothesis from marts.workload_energy "
        "where country_iso3 = 'ESP' and on_date = date '2020-01-01'"
    ).fetchall()
    assert found == [(pytest.approx(population * 366 * 86400, rel=1e-12), True)]
