"""The factors of decoding: hand-solved fits, properties, and the published figures recomputed by other means."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import jinja2
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, Project
from inference_energy.decode_fit import POINT_COLUMNS, fit_decode, fit_factors, predict_decode

LEVEL = 0.95


def points(
    measured: list[float],
    memory: list[float],
    compute: list[float],
    models: list[str],
    networks: list[str] | None = None,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measurement_id": [f"row-{number:02d}" for number in range(len(measured))],
            "accelerator_id": "chip",
            "model_id": models,
            "network_id": networks or models,
            "memory_joules_ideal": memory,
            "compute_joules_ideal": compute,
            "joules_measured": measured,
            "missing_reason": None,
        }
    )


@pytest.fixture
def scattered() -> pd.DataFrame:
    """Four models of unlike numbers of rows around factors of 2 and 5."""
    random = np.random.default_rng(7)
    models = ["a"] * 6 + ["b"] * 3 + ["c"] * 9 + ["d"] * 4
    memory, compute = random.uniform(0.1, 3, len(models)), random.uniform(0.01, 0.5, len(models))
    measured = (2 * memory + 5 * compute) * 10 ** random.normal(0, 0.1, len(models))
    return points(list(measured), list(memory), list(compute), models)


def test_exact_data_are_recovered() -> None:
    memory, compute = np.array([1.0, 2.0, 0.5]), np.array([0.1, 0.3, 0.9])
    assert fit_factors(memory, compute, 1.5 * memory + 4 * compute, ["a", "a", "b"]) == pytest.approx((1.5, 4))


def test_normal_equations_solved_by_hand() -> None:
    """Rows (1, 1), (2, 1), (1, 2) of one model, all measured 1: 6 k_m + 5 k_c = 4 = 5 k_m + 6 k_c, so both are 4/11."""
    factors = fit_factors([1, 2, 1], [1, 1, 2], [1, 1, 1], ["a"] * 3)
    assert factors == pytest.approx((4 / 11, 4 / 11), rel=1e-12)


def test_a_factor_stops_at_zero() -> None:
    """Rows (1, 1) and (1, 2), measured 2 and 1, ask for k_c = -1; at 0 the best k_m is (1/2 + 1) / (1/4 + 1) = 1.2."""
    assert fit_factors([1, 1], [1, 2], [2, 1], ["a", "a"]) == pytest.approx((1.2, 0), abs=1e-12)


def test_each_model_weighs_alike() -> None:
    """One row of 1, three of 2: (k - 1)^2 + (k/2 - 1)^2 is least at k = (1 + 1/2) / (1 + 1/4) = 1.2."""
    tiny = [1e-12] * 4
    memory_factor, _ = fit_factors([1, 1, 1, 1], tiny, [1, 2, 2, 2], ["a", "b", "b", "b"])
    # The second column has next to no weight here, so it cannot be told apart from 0.
    assert memory_factor == pytest.approx(1.2, rel=1e-6)


def test_no_pair_on_a_grid_is_better(scattered: pd.DataFrame) -> None:
    rows = scattered
    ideal = rows[["memory_joules_ideal", "compute_joules_ideal"]].to_numpy()
    measured, weights = rows["joules_measured"].to_numpy(), 1 / rows.groupby("model_id")["model_id"].transform("size")

    def loss(factors: tuple[float, float]) -> float:
        return float((weights.to_numpy() * (ideal @ np.array(factors) / measured - 1) ** 2).sum())

    found = fit_factors(*ideal.T, measured, rows["model_id"])
    grid = [(k_m, k_c) for k_m in np.linspace(0, 6, 121) for k_c in np.linspace(0, 12, 121)]
    best = min(grid, key=loss)
    assert loss(found) <= loss(best)
    assert found == pytest.approx(best, abs=0.1)


def test_joules_and_factors_scale_together(scattered: pd.DataFrame) -> None:
    """Three times the joules give three times the factors and the same errors of the fit."""
    plain = fit_decode(scattered, LEVEL).iloc[0]
    tripled = fit_decode(scattered.assign(joules_measured=3 * scattered["joules_measured"]), LEVEL).iloc[0]
    assert tripled["decode_memory_factor"] == pytest.approx(3 * plain["decode_memory_factor"])
    assert tripled["decode_compute_factor"] == pytest.approx(3 * plain["decode_compute_factor"])
    assert tripled["rms_log10_left_out"] == pytest.approx(plain["rms_log10_left_out"])


def test_the_order_of_rows_changes_nothing(scattered: pd.DataFrame) -> None:
    shuffled = scattered.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(fit_decode(shuffled, LEVEL), fit_decode(scattered, LEVEL))
    pd.testing.assert_frame_equal(predict_decode(shuffled, LEVEL), predict_decode(scattered, LEVEL))


def test_a_model_left_out_does_not_reach_its_prediction(scattered: pd.DataFrame) -> None:
    changed = scattered.copy()
    is_a = changed["model_id"] == "a"
    changed.loc[is_a, "joules_measured"] *= 50
    before, after = (predict_decode(rows, LEVEL).set_index("measurement_id") for rows in (scattered, changed))
    ids = scattered.loc[is_a, "measurement_id"]
    for column in ("joules_left_out", "half_width_log10"):
        assert after.loc[ids, column].tolist() == before.loc[ids, column].tolist()


def test_one_model_has_no_interval_and_two_are_not_checked() -> None:
    one = fit_decode(points([1, 2], [1, 2], [0.1, 0.1], ["a", "a"]), LEVEL).iloc[0]
    assert one[["low_factor", "high_factor", "rms_log10_left_out"]].isna().all()
    two = fit_decode(points([1, 2, 3], [1, 2, 1], [0.1, 0.1, 0.4], ["a", "a", "b"]), LEVEL).iloc[0]
    assert two["low_factor"] * two["high_factor"] == pytest.approx(1)
    assert two["n_models_checked"] == 0


def test_twins_are_left_out_together() -> None:
    """Models b and c are one network: without b alone, c gives it away; without both, only a speaks, off by 2."""
    table = points([1, 2, 2], [1, 1, 1], [1e-9] * 3, ["a", "b", "c"], ["n", "m", "m"])
    fit = fit_decode(table, LEVEL).iloc[0]
    assert fit["n_networks"] == 2
    # a without its others is predicted 2, b and c are predicted 1: each is off by log10 2.
    assert fit["rms_log10_left_out_by_network"] == pytest.approx(math.log10(2), rel=1e-6)
    assert fit["rms_log10_left_out"] < fit["rms_log10_left_out_by_network"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"joules_measured": 0.0}, "non-positive"),
        ({"memory_joules_ideal": math.nan}, "missing"),
    ],
)
def test_unusable_rows_are_refused(scattered: pd.DataFrame, change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_decode(scattered.assign(**change), LEVEL)


def test_a_missing_column_and_level_are_named(scattered: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="lacks network_id"):
        fit_decode(scattered.drop(columns="network_id"), LEVEL)
    with pytest.raises(ValueError, match="confidence_level"):
        fit_decode(scattered, None)


@pytest.mark.parametrize(("batch_size", "expected"), [(7.98, 0.443), (511, 0.029)])
def test_the_macros_give_the_joules_of_llama_on_an_ideal_h100(batch_size: float, expected: float) -> None:
    """Llama 3.1 8B (16.06e9 bytes, 131,072 bytes of cache a token, 400 of context), 700 W, 3.35 TB/s, 989.4 TFLOPS."""
    text = "".join((ROOT / "dbt_project" / "macros" / f"{name}.sql").read_text() for name in ("flops", "decode"))
    macros = jinja2.Environment().from_string(text).module  # noqa: S701, this is SQL and no HTML

    def value(expression: str) -> float:
        with duckdb.connect() as connection:
            return connection.execute(f"select {expression}").fetchall()[0][0]

    per_byte = value(macros.memory_joules_per_byte("700e0", "3350e0"))
    weights = value(macros.weight_bytes_touched("16.06e9", "0e0", "0e0", batch_size))
    joules = (
        value(macros.memory_joules_of_weights(per_byte, weights, batch_size))
        + value(macros.memory_joules_per_context_token(per_byte, "131072e0")) * 400
        + value(macros.compute_joules_per_gflop("700e0", "989.4e0"))
        * value(macros.gflops_per_token_of_params("8030e0"))
    )
    assert joules == pytest.approx(expected, abs=0.0005)


def test_published_fits_follow_from_the_published_points(built_project: Project) -> None:
    """Recomputed with the normal equations, which need no bound where both factors come out positive."""
    with built_project.connect() as connection:
        rows = connection.execute("from intermediate.int_decode_points where missing_reason is null").df()
        fits = connection.execute("from marts.decode_fits").df().set_index("accelerator_id")
        checks = connection.execute("from marts.decode_check").df().set_index("measurement_id")

    def solved(part: pd.DataFrame) -> np.ndarray:
        weights = 1 / part.groupby("model_id")["model_id"].transform("size").to_numpy()
        relative = (
            part[["memory_joules_ideal", "compute_joules_ideal"]].to_numpy() / part[["joules_measured"]].to_numpy()
        )
        return np.linalg.solve((relative.T * weights) @ relative, (relative.T * weights).sum(axis=1))

    assert set(fits.index) == set(rows["accelerator_id"])
    for accelerator_id, part in rows.groupby("accelerator_id"):
        fit = fits.loc[accelerator_id]
        factors = solved(part)
        assert (factors > 0).all()
        assert [fit["decode_memory_factor"], fit["decode_compute_factor"]] == pytest.approx(list(factors), rel=1e-9)
        mean_squares = []
        for model_id, held_out in part.groupby("model_id"):
            others = solved(part[part["model_id"] != model_id])
            predicted = held_out[["memory_joules_ideal", "compute_joules_ideal"]].to_numpy() @ others
            published = checks.loc[held_out["measurement_id"], "joules_left_out"].to_numpy()
            assert published == pytest.approx(predicted, rel=1e-9)
            mean_squares.append(np.mean(np.log10(held_out["joules_measured"] / predicted) ** 2))
        assert fit["rms_log10_left_out"] == pytest.approx(math.sqrt(np.mean(mean_squares)), rel=1e-9)
        within = checks[checks["accelerator_id"] == accelerator_id].dropna(subset=["joules_left_out"])
        shares = within.groupby("model_id")["is_within_interval"].mean()
        assert fit["n_models_all_within"] == (shares == 1).sum()
        assert fit["n_models_mostly_within"] == (shares > 0.5).sum()
        # A fit that predicted models it has not seen no better than the ideal machine would gain nothing.
        assert fit["rms_log10_left_out"] < fit["rms_log10_ideal"]


def test_rows_without_an_estimate_are_the_h100_in_fp8(built_project: Project) -> None:
    """No rate in FP8 is on record for the H100; 34 of its rows had FP8 weights."""
    with built_project.connect() as connection:
        found = connection.execute(
            """
            select accelerator_id, precision_class, count(*)
            from marts.decode_check where joules_fitted is null group by all
            """
        ).fetchall()
    assert found == [("nvidia-h100-sxm5-80gb", "FP8", 34)]


def test_layers_and_widths_of_dense_decoders_of_the_paper_give_their_parameters(built_project: Project) -> None:
    """12 x layers x width^2, without embeddings; a layer caches two widths. GPT-1 has a quarter in its embeddings."""
    with built_project.connect() as connection:
        found = connection.execute(
            """
            select architectures.model_name,
                12e-6 * n_layers_with_cache * power(cached_values_per_layer_and_token / 2, 2) / models.params_millions
            from staging.stg_language_architectures as architectures
            inner join marts.models on architectures.model_name = models.model_name
            where architectures.kind = 'decoder' and models.is_in_paper
            """
        ).fetchall()
    assert {name for name, _ in found} == {"GPT-1", "GPT-2", "Megatron", "Microsoft T-NLG", "GPT-3"}
    for name, share in found:
        assert (0.7 if name == "GPT-1" else 0.97) < share < 1.01, name


def test_the_file_for_decoders_of_ones_own_ships_empty() -> None:
    lines = Path(ROOT, "raw", "own", "decoders.csv").read_text().splitlines()
    assert len(lines) == 1


def test_without_a_usable_row_there_is_no_fit() -> None:
    """A warehouse without later data builds all the same."""
    points = pd.DataFrame({name: pd.Series(dtype=object) for name in POINT_COLUMNS})
    fits, predictions = fit_decode(points, LEVEL), predict_decode(points, LEVEL)
    assert (len(fits), len(predictions)) == (0, 0)
    assert {fits.dtypes["decode_memory_factor"].kind, predictions.dtypes["joules_left_out"].kind} == {"f"}
