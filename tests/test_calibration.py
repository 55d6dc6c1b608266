"""Measured joules against estimated ones: each number again from the raw files, with SciPy, statsmodels and by hand."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import mean, stdev

import pytest
from conftest import ROOT
from duckdb import DuckDBPyConnection as Connection
from inference_energy.coverage import clopper_pearson
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

# Data sheets: watts, and TFLOPS (TOPS for INT8) without sparsity; chip design.
CHIPS = {
    "Quadro RTX 5000": (230, "TU104", {"FP32": 11.15}),
    "NVIDIA T4": (70, "TU104", {"INT8": 130}),
    "GeForce RTX 3090": (350, "GA102", {"16-bit": 71}),
    "NVIDIA A10": (150, "GA102", {"16-bit": 125, "INT8": 250}),
    "NVIDIA A2": (60, "GA107", {"16-bit": 18, "INT8": 36}),
    "NVIDIA A30": (165, "GA100", {"16-bit": 165, "INT8": 330}),
    "NVIDIA A100-PCIe-40GB": (250, "GA100", {"16-bit": 312, "INT8": 624}),
    "NVIDIA A100-PCIe-80GB": (300, "GA100", {"16-bit": 312, "INT8": 624}),
    "NVIDIA A100-SXM-80GB": (400, "GA100", {"16-bit": 312, "INT8": 624}),
    "NVIDIA A100-SXM-80GB CTS": (400, "GA100", {"16-bit": 312, "INT8": 624}),
    "NVIDIA A100-SXM4-40GB": (400, "GA100", {"16-bit": 312, "INT8": 624}),
    "NVIDIA H100-PCIe-80GB": (350, "GH100", {"16-bit": 756, "INT8": 1513}),
    "NVIDIA H100-SXM-80GB": (700, "GH100", {"16-bit": 989.4, "INT8": 1979}),
    # No rate in FP8 on record.
    "NVIDIA H100 SXM5 80GB": (700, "GH100", {"16-bit": 989.4}),
    "NVIDIA B200": (1000, "GB100 pair", {"16-bit": 2250, "FP8": 4500}),
}
CLASSES = {"FP32": "FP32", "Mixed": "16-bit", "FP16": "16-bit", "BF16": "16-bit", "FP8": "FP8", "INT8": "INT8"}
# Table 3: mixed precision over FP32 on the V100 (15.7 TFLOPS in FP32), over the peak of matrix units in Table 8.
A100 = {
    "vision": mean([10239 / 2968, 1418 / 376, 3229.32 / 1348.52, 910.17 / 271.73, 823.46 / 250.23, 1728.27 / 460.82])
    * 15.7
    / 312,
    "language": mean([342.22 / 44.03, 846.81 / 146.15, 21854.7 / 8555.6, 9653 / 3782]) * 15.7 / 312,
}
V100_LANGUAGE = mean([168.34 / 44.03, 504.24 / 146.15, 11215.5 / 8555.6, 7464 / 3782]) * 15.7 / 125
BERT_LARGE_GFLOPS = 79 / 128 * 384


@dataclass(frozen=True)
class Row:
    """A measured row as its raw file has it, with the ratio worked out here."""

    measurement_id: str
    kind: tuple[str, ...]
    design: str
    is_bound: bool
    ratio: float | None


def raw_rows(a100_share: dict[str, float] = A100) -> list[Row]:
    """Return all shipped measurements; another share of the A100's peak stands in where that chip is left out."""
    rows = []
    for name, domain in (("vision", "vision"), ("language", "language"), ("decode", "language")):
        with (ROOT / "raw" / "since_paper" / f"measured_{name}_energy.csv").open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                if name == "vision":
                    gflops, joules = 2 * float(line["gmacs_per_image"]), float(line["joules_per_image"])
                elif name == "language":
                    gflops, joules = BERT_LARGE_GFLOPS, float(line["joules_per_input"])
                else:
                    gflops = 2 * float(line["active_params_millions"]) / 1000
                    joules = float(line["joules_per_output_token"])
                watts, design, rates = CHIPS[line["accelerator_name"]]
                precision = CLASSES[line["weight_precision" if name == "decode" else "precision"]]
                share = a100_share[domain] if precision == "16-bit" else 1
                ratio = joules / (gflops / (1000 * rates[precision] * share / watts)) if precision in rates else None
                kind = (line["boundary"], precision, line.get("software_kind", "serving"))
                kind += (line["architecture"] if name == "decode" else line["family"],)
                if name == "decode":
                    kind += (str(2 ** round(math.log2(float(line["mean_batch_size"])))),)
                rows.append(Row(line["measurement_id"], kind, design, line["basis"] == "upper_bound", ratio))
    return rows


def design_means(rows: list[Row]) -> dict[tuple[str, ...], dict[str, float]]:
    """Return the mean log10 ratio by kind and chip design."""
    logs: dict[tuple[str, ...], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.ratio is not None:
            logs[row.kind][row.design].append(math.log10(row.ratio))
    return {kind: {design: mean(each) for design, each in designs.items()} for kind, designs in logs.items()}


def interval(means: list[float]) -> tuple[float, float, float]:
    """Return mean and 95 % interval of one further draw, for two means or more."""
    half = stats.t.ppf(0.975, len(means) - 1) * stdev(means) * math.sqrt(1 + 1 / len(means))
    return mean(means), mean(means) - half, mean(means) + half


def kind_of(regime: str, family: str, band: int | None) -> tuple[str, ...]:
    """Return the kind of a row of the mart in the words of this file."""
    boundary, precision, software = regime.split()
    shown = {"fp32": "FP32", "16-bit-tensor": "16-bit", "fp8": "FP8", "int8": "INT8"}[precision]
    return (boundary, shown, software, family, *([] if band is None else [str(band)]))


class TestClopperPearson:
    """The exact interval of a share."""

    @pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 7), (3, 7), (7, 7), (27, 51), (1, 100)])
    @pytest.mark.parametrize("level", [0.5, 0.95, 0.99])
    def test_is_that_of_statsmodels(self, k: int, n: int, level: float) -> None:
        assert clopper_pearson(k, n, level) == pytest.approx(proportion_confint(k, n, 1 - level, method="beta"))

    def test_all_or_nothing_by_hand(self) -> None:
        """With none of n the share p is refused where (1 - p)^n < 0.025."""
        assert clopper_pearson(0, 4, 0.95) == pytest.approx((0, 1 - 0.025**0.25))
        assert clopper_pearson(5, 5, 0.95) == pytest.approx((0.025**0.2, 1))

    @pytest.mark.parametrize(("k", "n", "level"), [(-1, 3, 0.95), (4, 3, 0.95), (0, 0, 0.95), (1, 2, 0), (1, 2, 1)])
    def test_what_is_no_share_is_refused(self, k: int, n: int, level: float) -> None:
        with pytest.raises(ValueError, match="found"):
            clopper_pearson(k, n, level)


class TestRows:
    """Each measured row and its estimate."""

    def test_each_ratio_is_that_of_the_raw_file_and_the_data_sheet(self, warehouse: Connection) -> None:
        found = dict(warehouse.execute("select measurement_id, ratio from marts.energy_calibration").fetchall())
        expected = {row.measurement_id: row.ratio for row in raw_rows()}
        assert found.keys() == expected.keys()
        assert len(found) == 100 + 22 + 241
        for name, ratio in expected.items():
            assert found[name] == (None if ratio is None else pytest.approx(ratio, rel=1e-9)), name

    def test_one_row_of_each_kind_by_hand(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select measurement_id, gflops, estimate_basis, derate_source, joules_estimated, joules_at_peak
            from marts.energy_calibration
            where measurement_id in (
                'fischer-2022-resnet50-quadro-rtx-5000-fp32-pytorch',
                'mlperf-power-bert-large-nvidia-a100-sxm4-40gb-fp16-v2-0-to-v2-0',
                'mlperf-power-bert-large-nvidia-a2-fp16-v2-0-to-v2-1',
                'mlperf-power-resnet-50-v1-5-nvidia-t4-int8-v1-0-to-v1-0'
            )
            """
        ).fetchall()
        found = {name: rest for name, *rest in rows}
        # 4.1219 GMACs; 11.15 TFLOPS at 230 W.
        expected = ["fp32_rate", None, 8.2438 * 230 / 11150, 8.2438 * 230 / 11150]
        assert found["fischer-2022-resnet50-quadro-rtx-5000-fp32-pytorch"] == pytest.approx([8.2438, *expected])
        # 79 GFLOPs for 128 tokens, three times that for 384; the paper's 73.29 TFLOPS of the A100 at 400 W.
        measured_a100 = mean([342.22 / 44.03, 846.81 / 146.15, 21854.7 / 8555.6, 9653 / 3782]) * 15.7
        assert found["mlperf-power-bert-large-nvidia-a100-sxm4-40gb-fp16-v2-0-to-v2-0"] == pytest.approx(
            [237, "adapted", None, 237 * 0.4 / measured_a100, 237 * 400 / 312000]
        )
        # 18 TFLOPS at 60 W, of which the A100's 23.5 % arrive.
        assert found["mlperf-power-bert-large-nvidia-a2-fp16-v2-0-to-v2-1"] == pytest.approx(
            [237, "derated", "a100", 237 * 60 / 18000 * 312 / measured_a100, 237 * 60 / 18000]
        )
        # 4.09 GMACs; 130 TOPS at 70 W.
        assert found["mlperf-power-resnet-50-v1-5-nvidia-t4-int8-v1-0-to-v1-0"] == pytest.approx(
            [8.18, "peak", None, 8.18 * 70 / 130000, 8.18 * 70 / 130000]
        )

    def test_rows_without_a_rate_stay_and_say_why(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select distinct missing_reason, accelerator_id, precision_class
            from marts.energy_calibration where joules_estimated is null
            """
        ).fetchall()
        reason = "no peak rate of the accelerator in FP8 on record"
        assert rows == [(reason, "nvidia-h100-sxm5-80gb", "FP8")]
        gaps = warehouse.execute(
            "select reason, n_rows, n_of from marts.data_gaps where subject = 'energy_calibration'"
        ).fetchall()
        assert gaps == [(reason, sum(row.ratio is None for row in raw_rows()), 363)]

    def test_larger_batches_take_less_energy_than_the_smallest(self, warehouse: Connection) -> None:
        """So that nobody pools them: of each model on one set of GPUs the smallest batch is the dearest."""
        groups = defaultdict(list)
        for name, gpu, batch, ratio in warehouse.execute(
            """
            select model_name, measurement_id[: position('-batch-' in measurement_id)], batch_size, joules_measured
            from marts.energy_calibration where quantity = 'output_token'
            """
        ).fetchall():
            groups[name, gpu].append((batch, ratio))
        several = [sorted(group) for group in groups.values() if len(group) > 2]
        assert len(several) > 20
        assert all(group[0][1] == max(joules for _, joules in group) for group in several)


class TestSummary:
    """Means, intervals and verdicts by kind."""

    def test_means_and_intervals_are_those_of_the_designs(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select regime, family, batch_size_band, is_upper_bound, n_chip_designs, n_rows,
                ratio, ratio_low, ratio_high, interval_kind
            from marts.energy_calibration_summary
            """
        ).fetchall()
        raw = raw_rows()
        expected = design_means(raw)
        assert {kind_of(*row[:3]) for row in rows} == expected.keys()
        for regime, family, band, is_bound, n_designs, n_rows, ratio, low, high, interval_kind in rows:
            kind = kind_of(regime, family, band)
            means = list(expected[kind].values())
            behind = [row for row in raw if row.kind == kind and row.ratio is not None]
            assert {row.is_bound for row in behind} == {is_bound}
            assert (n_designs, n_rows) == (len(means), len(behind))
            assert ratio == pytest.approx(10 ** mean(means), rel=1e-9)
            if len(means) == 1:
                # No family of these regimes was measured on three designs, so there is no spread to borrow.
                assert (low, high, interval_kind) == (None, None, "none")
            else:
                _, expected_low, expected_high = interval(means)
                assert (math.log10(low), math.log10(high)) == pytest.approx((expected_low, expected_high), rel=1e-8)
                assert interval_kind == "design_prediction"

    def test_findings_by_family(self, warehouse: Connection) -> None:
        """In FP32 on one chip the estimate is near for VGG alone; for BERT in 16 bits it is high."""
        rows = warehouse.execute(
            """
            select family, verdict, round(ratio, 2) from marts.energy_calibration_summary
            where regime in ('gpu_board fp32 framework', 'wall 16-bit-tensor tuned') order by ratio
            """
        ).fetchall()
        assert rows[0] == ("BERT", "high", 0.36)
        assert rows[1] == ("VGG", "near", 0.73)
        assert {verdict for _, verdict, _ in rows[2:]} == {"low"}
        assert rows[-1] == ("EfficientNet", "low", 7.03)

    def test_bounds_are_summarised_apart(self, warehouse: Connection) -> None:
        (kinds,) = warehouse.execute(
            """
            select count(*) from marts.energy_calibration_summary
            where is_upper_bound <> (regime = 'gpu_tdp 16-bit-tensor framework')
            """
        ).fetchone()
        assert kinds == 0


class TestLeavingOut:
    """One chip design left out at a time, with what was learned from it."""

    def test_each_design_is_held_against_the_others(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select regime, family, batch_size_band, held_out_chip_design, held_out_ratio, fitted_ratio,
                fitted_ratio_low, fitted_ratio_high, is_within_interval
            from marts.calibration_check
            """
        ).fetchall()
        # Nothing of the A100 is used when its design is left out: the V100's share stands in, for every chip.
        usual, without_a100 = (
            design_means([row for row in raw_rows(share) if not row.is_bound])
            for share in (A100, {"vision": math.nan, "language": V100_LANGUAGE})
        )
        expected = {
            (kind, design) for kind, designs in usual.items() for design in designs if len(designs) > 1 and kind
        }
        assert {(kind_of(*row[:3]), row[3]) for row in rows} == expected
        for regime, family, band, design, held_out, fitted, low, high, is_within in rows:
            kind = kind_of(regime, family, band)
            means = dict((without_a100 if design == "GA100" else usual)[kind])
            assert math.log10(held_out) == pytest.approx(means.pop(design), rel=1e-8, abs=1e-10)
            assert math.log10(fitted) == pytest.approx(mean(means.values()), rel=1e-8, abs=1e-10)
            if len(means) == 1:
                assert (low, high, is_within) == (None, None, None)
            else:
                _, expected_low, expected_high = interval(list(means.values()))
                assert (math.log10(low), math.log10(high)) == pytest.approx((expected_low, expected_high), rel=1e-8)
                assert is_within == (expected_low <= math.log10(held_out) <= expected_high)

    def test_coverage_is_counted_with_its_own_interval(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select calibration_id, n_designs_checked, n_designs_within, coverage_low, coverage_high,
                mean_interval_factor
            from marts.energy_calibration_summary where n_designs_checked > 0
            """
        ).fetchall()
        assert [(checked, within) for _, checked, within, *_ in sorted(rows)] == [(4, 4), (4, 4), (5, 5)]
        for name, checked, within, low, high, factor in rows:
            assert (low, high) == pytest.approx(proportion_confint(within, checked, 0.05, method="beta"))
            factors = warehouse.execute(
                "select interval_factor from marts.calibration_check where calibration_id = ?", [name]
            ).fetchall()
            assert factor == pytest.approx(stats.gmean([each for (each,) in factors]))


class TestPolicy:
    """Joules under the policy `calibrated`."""

    def test_joules_are_those_of_the_trend_times_the_ratio_of_the_family(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select
                calibrated.model_id, calibrated.domain, calibrated.calibration_regime, calibrated.calibration_family,
                calibrated.joules_per_forward_pass / trend.joules_per_forward_pass,
                calibrated.joules_per_forward_pass_low / trend.joules_per_forward_pass,
                calibrated.joules_per_forward_pass_high / trend.joules_per_forward_pass,
                calibrated.interval_kind
            from marts.inference_energy as calibrated
            inner join marts.inference_energy as trend using (model_id)
            where calibrated.matching_policy = 'calibrated' and trend.matching_policy = 'trend' and trend.is_in_paper
            """
        ).fetchall()
        assert len(rows) == 113
        expected = design_means([row for row in raw_rows() if not row.is_bound])
        calibrated = [row for row in rows if row[2] is not None]
        assert len(calibrated) == 49
        for _, domain, regime, family, factor, low, high, interval_kind in calibrated:
            assert regime == {"vision": "gpu_board fp32 framework", "language": "wall 16-bit-tensor tuned"}[domain]
            means = list(expected[kind_of(regime, family, None)].values())
            assert factor == pytest.approx(10 ** mean(means), rel=1e-9)
            if domain == "vision":
                assert (low, high, interval_kind) == (None, None, "none")
            else:
                _, expected_low, expected_high = interval(means)
                assert (math.log10(low), math.log10(high)) == pytest.approx((expected_low, expected_high), rel=1e-8)
                assert interval_kind == "design_prediction"
        for _, _, _, _, factor, *_ in (row for row in rows if row[2] is None):
            assert factor is None

    def test_which_models_are_of_a_measured_family(self, warehouse: Connection) -> None:
        rows = warehouse.execute(
            """
            select model_id, calibration_family from marts.inference_energy
            where matching_policy = 'calibrated'
                and model_id in ('vgg-16', 'noisystudent-l2', 'inception-v4', 'senet-154', 'gpt-3', 'electra-base')
            order by model_id
            """
        ).fetchall()
        assert rows == [
            ("electra-base", "BERT"),
            ("gpt-3", None),
            ("inception-v4", "Inception"),
            ("noisystudent-l2", "EfficientNet"),
            ("senet-154", None),
            ("vgg-16", "VGG"),
        ]
