"""What is known of models, accelerators and methods of others: from marts and raw files, and as packages print it."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection as Connection

RAW = Path(__file__).resolve().parents[1] / "raw"


def rows_of(file: str) -> list[dict[str, str]]:
    with (RAW / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def ecologits_2024(active_billions: float, total_billions: float) -> float:
    """Return joules of an output token within the server, step by step as the method of 2024 is described.

    Parameters
    ----------
    active_billions, total_billions
        Parameters of the model, 10^9.
    """
    gpus = math.ceil(1.2 * total_billions * 4 / 8 / 80)
    gpu_kwh = 8.91e-8 * active_billions + 1.43e-6
    seconds = 8.02e-4 * active_billions + 2.23e-2
    server_kwh = seconds / 3600 * 1 * gpus / 8
    return 3.6e6 * (server_kwh + gpus * gpu_kwh)


def ecologits_2025(active_billions: float, total_billions: float, batch_size: float) -> float:
    """Return joules of an output token within the server, step by step as the method of 2025 is described.

    Parameters
    ----------
    active_billions, total_billions
        Parameters of the model, 10^9.
    batch_size
        Requests served at a time.
    """
    gpus = 1
    while gpus < 1.2 * total_billions * 16 / 8 / 80:
        gpus *= 2
    gpu_wh = 1.1665273170451914e-06 * math.exp(-0.011205921025579175 * batch_size) * active_billions
    gpu_wh += 4.052928146734005e-05
    seconds = 0.0006785088094353663 * active_billions + 0.0003119310311688259 * batch_size + 0.019473717579473387
    server_wh = seconds / 3600 * 1200 * gpus / 8 / batch_size
    return 3600 * (server_wh + gpus * gpu_wh)


@pytest.mark.parametrize(
    ("billions", "joules_2024", "joules_2025"),
    # What ecologits 0.5.0 and 0.11.3 print for dense models with PUE 1, the latter at its default batch of 64.
    [(70, 37.4062, 1.9725869785005137), (175, 163.2245, 7.0028957700869015), (405, 713.7782, 27.401525197502398)],
)
def test_the_oracle_is_the_package(billions: float, joules_2024: float, joules_2025: float) -> None:
    assert ecologits_2024(billions, billions) == pytest.approx(joules_2024, rel=1e-12)
    assert ecologits_2025(billions, billions, 64) == pytest.approx(joules_2025, rel=1e-12)


class TestPublishedRates:
    """Three methods brought to one form, in which a batch size gives joules."""

    @pytest.fixture
    def rates(self, warehouse: Connection) -> dict[str, list[dict]]:
        result = warehouse.execute(
            """
            select dim_published_rates.*, active_params_millions / 1e3 as active, params_millions / 1e3 as total
            from dimensions.dim_published_rates inner join dimensions.dim_models using (model_id)
            """
        )
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        by_method: dict[str, list[dict]] = {}
        for row in rows:
            by_method.setdefault(row["method"], []).append(row)
        return by_method

    @staticmethod
    def joules(rate: dict, batch_size: float) -> float:
        falling = rate["exponential_joules"] * math.exp(rate["exponential_rate"] * batch_size)
        return rate["constant_joules"] + rate["per_batch_joules"] / batch_size + falling

    def test_each_generative_model_has_each_method(self, rates: dict[str, list[dict]], warehouse: Connection) -> None:
        generative = warehouse.execute("select model_id from dimensions.dim_models where is_generative").fetchall()
        assert rates.keys() == {"ecologits_2024", "ecologits_2025", "epoch_2025"}
        for of_method in rates.values():
            assert {rate["model_id"] for rate in of_method} == {model_id for (model_id,) in generative}

    @pytest.mark.parametrize("batch_size", [1, 8, 64, 512])
    def test_ecologits(self, rates: dict[str, list[dict]], batch_size: int) -> None:
        for rate in rates["ecologits_2024"]:
            assert self.joules(rate, batch_size) == pytest.approx(ecologits_2024(rate["active"], rate["total"]), 1e-12)
            assert (rate["boundary"], rate["default_batch_size"]) == ("server", None)
        for rate in rates["ecologits_2025"]:
            expected = ecologits_2025(rate["active"], rate["total"], batch_size)
            assert self.joules(rate, batch_size) == pytest.approx(expected, 1e-12)
            assert (rate["boundary"], rate["default_batch_size"]) == ("server", 64)

    def test_epoch_gives_what_it_published(self, rates: dict[str, list[dict]]) -> None:
        """100e9 active parameters and 500 tokens: 0.301 Wh; its joules are in proportion to the parameters."""
        for rate in rates["epoch_2025"]:
            wh = 100 / rate["active"] * self.joules(rate, 1) * 500 / 3600
            assert wh == pytest.approx(0.301, abs=0.0005)
            assert self.joules(rate, 512) == self.joules(rate, 1)
            assert (rate["boundary"], rate["default_batch_size"]) == ("facility", None)


def test_the_ratio_of_a_model_is_that_of_its_published_joules(warehouse: Connection) -> None:
    """Joules under policy calibrated over those under policy trend, of each model with a pass."""
    rows = warehouse.execute(
        """
        select calibration_ratio, calibration_boundary, calibrated.joules_per_forward_pass,
            calibrated.calibration_regime, trend.joules_per_forward_pass
        from dimensions.dim_models
        inner join marts.inference_energy as calibrated
            on dim_models.model_id = calibrated.model_id and calibrated.matching_policy = 'calibrated'
        inner join marts.inference_energy as trend
            on dim_models.model_id = trend.model_id and trend.matching_policy = 'trend'
        where trend.joules_per_forward_pass is not null
        """
    ).fetchall()
    assert any(ratio is not None for ratio, *_ in rows)
    for ratio, boundary, calibrated, regime, trend in rows:
        assert (ratio is None) == (calibrated is None) == (boundary is None)
        if ratio is not None:
            assert ratio == pytest.approx(calibrated / trend, rel=1e-12)
            assert regime.startswith(f"{boundary} ")


class TestAccelerators:
    """Rates and peaks of chips."""

    def test_the_best_usable_rate_of_each(self, warehouse: Connection) -> None:
        rates = warehouse.execute(
            """
            select accelerator_id, workload, precision, gflops_per_watt, tflops
            from marts.accelerator_efficiency where not is_doubtful
            """
        ).fetchall()
        found = warehouse.execute(
            """
            select accelerator_id, vision_gflops_per_watt, vision_precision, language_gflops_per_watt,
                language_precision, tensor_16_bit_tflops, fp8_tflops
            from dimensions.dim_accelerators
            """
        ).fetchall()
        assert {accelerator_id for accelerator_id, *_ in found} == {
            accelerator_id
            for (accelerator_id,) in warehouse.execute("select accelerator_id from marts.accelerators").fetchall()
        }
        for accelerator_id, vision, vision_precision, language, language_precision, tensor, fp8 in found:
            own = [rest for name, *rest in rates if name == accelerator_id]
            for workload, rate, precision in (
                ("vision", vision, vision_precision),
                ("language", language, language_precision),
            ):
                candidates = {kind: best for name, kind, best, _ in own if name == workload}
                assert rate == max(candidates.values(), default=None)
                assert precision is None or candidates[precision] == rate
            peaks = {kind: tflops for name, kind, _, tflops in own if name == "theoretical"}
            assert tensor == next(
                (peaks[kind] for kind in ("16-bit tensor", "FP16/FP32 Tensor") if kind in peaks), None
            )
            assert fp8 == peaks.get("FP8")

    def test_the_h100_of_the_data_sheet(self, warehouse: Connection) -> None:
        found = warehouse.execute(
            """
            select tdp_watts, memory_bandwidth_gb_per_s, tensor_16_bit_tflops
            from dimensions.dim_accelerators where accelerator_id = 'nvidia-h100-sxm5-80gb'
            """
        ).fetchone()
        assert found == (700, 3350, 989.4)

    def test_what_is_in_doubt_is_left_out(self, warehouse: Connection) -> None:
        doubtful = [
            (row["accelerator_name"], cell)
            for row in rows_of("since_paper/accelerators_since_paper.csv")
            for cell in row["doubtful_cells"].split(";")
            if cell in {"tdp_watts", "memory_bandwidth_gb_per_s", "tensor_16_bit_tflops"}
        ]
        assert doubtful
        for name, cell in doubtful:
            (value, basis) = warehouse.execute(
                f"select {cell}, decode_basis from dimensions.dim_accelerators where accelerator_name = ?", [name]
            ).fetchone()
            assert value is None
            assert basis is None or cell == "tensor_16_bit_tflops"


def test_language_models_say_what_they_read(warehouse: Connection) -> None:
    silent = warehouse.execute(
        """
        select distinct model_id from dimensions.dim_hypothesis inner join dimensions.dim_models using (model_id)
        where (domain = 'language') <> (input_tokens is not null)
            or (is_generative and output_tokens is null) or (output_tokens > 0 and not is_generative)
        """
    ).fetchall()
    assert silent == []
