"""What reading memory and computing cost in decoding, fitted per accelerator, judged by leaving models out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import nnls

from inference_energy.coverage import clopper_pearson
from inference_energy.fit import student_quantile

POINT_COLUMNS = (
    "measurement_id",
    "accelerator_id",
    "model_id",
    "network_id",
    "memory_joules_ideal",
    "compute_joules_ideal",
    "joules_measured",
    "missing_reason",
)
FIT_COLUMNS = (
    "accelerator_id",
    "decode_memory_factor",
    "decode_compute_factor",
    "n_models",
    "n_rows",
    "rms_log10_ideal",
    "rms_log10_fitted",
    "rms_log10_left_out",
    "n_networks",
    "rms_log10_left_out_by_network",
    "half_width_log10",
    "low_factor",
    "high_factor",
    "n_models_checked",
    "n_models_all_within",
    "n_models_mostly_within",
    "coverage_low",
    "coverage_high",
)
PREDICTION_COLUMNS = ("measurement_id", "joules_fitted", "joules_left_out", "half_width_log10")


@dataclass(frozen=True)
class Rows:
    """Measured rows of one accelerator, each array of shape (n,).

    Parameters
    ----------
    memory, compute
        Joules per output token of the ideal machine, for reading memory and for computing.
    measured
        Joules per output token.
    models, networks
        Whose row it is: models may share a network, such as Llama 3.1 70B and 3.3 70B.
    """

    memory: NDArray[np.float64]
    compute: NDArray[np.float64]
    measured: NDArray[np.float64]
    models: NDArray[np.object_]
    networks: NDArray[np.object_]

    def where(self, mask: NDArray[np.bool_]) -> Rows:
        """Return the rows of a mask of shape (n,)."""
        return Rows(self.memory[mask], self.compute[mask], self.measured[mask], self.models[mask], self.networks[mask])

    def predicted(self, factors: tuple[float, float]) -> NDArray[np.float64]:
        """Return joules per output token under two factors, shape (n,)."""
        return factors[0] * self.memory + factors[1] * self.compute


def fit_factors(memory: ArrayLike, compute: ArrayLike, measured: ArrayLike, models: ArrayLike) -> tuple[float, float]:
    """Fit the two factors by non-negative relative least squares, each model weighing alike.

    Minimises the sum of w ((k_m memory + k_c compute) / measured - 1)^2 with k_m, k_c >= 0 and w one over the number of
    rows of the model.

    Parameters
    ----------
    memory, compute, measured
        Positive joules per output token, shape (n,).
    models
        Model of each row, shape (n,).

    Returns
    -------
    tuple of float
        The factors of reading memory and of computing.

    Raises
    ------
    ValueError
        When there is no row, or a figure is missing or not positive.

    Notes
    -----
    Lawson and Hanson, Solving Least Squares Problems, 1974 (non-negative least squares), on rows divided by what was
    measured.
    """
    ideal = np.column_stack([np.asarray(memory, dtype=float), np.asarray(compute, dtype=float)])
    joules = np.asarray(measured, dtype=float)
    if not len(joules):
        raise ValueError("there is no row to fit; give at least one measurement with a known architecture")
    if not (np.isfinite(ideal).all() and np.isfinite(joules).all() and (ideal > 0).all() and (joules > 0).all()):
        raise ValueError("a row has missing or non-positive joules; leave it out and give it a missing_reason")
    _, position, n_rows = np.unique(np.asarray(models, dtype=str), return_inverse=True, return_counts=True)
    root_weights = np.sqrt(1 / n_rows[position])
    factors, _ = nnls(ideal * (root_weights / joules)[:, None], root_weights)
    return float(factors[0]), float(factors[1])


def left_out_factors(rows: Rows, groups: NDArray[np.object_]) -> dict[object, tuple[float, float]]:
    """Return for each group the factors fitted on all others; none when there is no other."""
    names = sorted(set(groups))
    if len(names) < 2:
        return {}
    fits = {}
    for name in names:
        others = rows.where(groups != name)
        fits[name] = fit_factors(others.memory, others.compute, others.measured, others.models)
    return fits


def left_out_log10_ratios(rows: Rows, groups: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return log10 of measured over predicted without the row's group, shape (n,); NaN when there is no other group."""
    ratios = np.full(len(rows.measured), np.nan)
    for name, factors in left_out_factors(rows, groups).items():
        mask = groups == name
        ratios[mask] = np.log10(rows.measured[mask] / rows.where(mask).predicted(factors))
    return ratios


def rms_over_models(log10_ratios: NDArray[np.float64], models: NDArray[np.object_]) -> float:
    """Return the root of the mean over models of their mean squared log10 ratio, so that each model weighs alike."""
    return math.sqrt(float(np.mean([np.mean(log10_ratios[models == name] ** 2) for name in sorted(set(models))])))


def half_width_log10(rows: Rows, confidence_level: float | None) -> float:
    """Return the half width for a model not among the rows, t times the left-out rms; NaN for one model."""
    n_models = len(set(rows.models))
    if n_models < 2:
        return math.nan
    rms = rms_over_models(left_out_log10_ratios(rows, rows.models), rows.models)
    return student_quantile(n_models - 1, confidence_level) * rms


def fit_decode(points: pd.DataFrame, confidence_level: float | None) -> pd.DataFrame:
    """Fit the factors of each accelerator and judge them by leaving out one model after the other.

    Parameters
    ----------
    points
        One row per measurement, with the columns of ``POINT_COLUMNS``; rows with a ``missing_reason`` stay out.
    confidence_level
        Two-sided level of the interval for a new model and of the coverage.

    Returns
    -------
    pandas.DataFrame
        One row per accelerator with a row to fit, none where there is none. One model gives no interval; the nested
        count needs three.

    Raises
    ------
    ValueError
        When a column or the level is missing, or a row cannot be fitted.
    """
    fits = []
    for accelerator_id, _, rows in _accelerators(points):
        n_models = len(set(rows.models))
        factors = fit_factors(rows.memory, rows.compute, rows.measured, rows.models)
        fitted = np.log10(rows.measured / rows.predicted(factors))
        ideal = np.log10(rows.measured / rows.predicted((1.0, 1.0)))
        half_width = half_width_log10(rows, confidence_level)
        within = _shares_within(rows, confidence_level)
        n_all = sum(share == 1 for share in within.values())
        n_most = sum(share > 0.5 for share in within.values())
        coverage = clopper_pearson(n_all, len(within), confidence_level) if within else (math.nan, math.nan)
        fits.append(
            {
                "accelerator_id": accelerator_id,
                "decode_memory_factor": factors[0],
                "decode_compute_factor": factors[1],
                "n_models": n_models,
                "n_rows": len(rows.measured),
                "rms_log10_ideal": rms_over_models(ideal, rows.models),
                "rms_log10_fitted": rms_over_models(fitted, rows.models),
                "rms_log10_left_out": rms_over_models(left_out_log10_ratios(rows, rows.models), rows.models),
                "n_networks": len(set(rows.networks)),
                "rms_log10_left_out_by_network": rms_over_models(
                    left_out_log10_ratios(rows, rows.networks), rows.models
                ),
                "half_width_log10": half_width,
                "low_factor": 10**-half_width,
                "high_factor": 10**half_width,
                "n_models_checked": len(within),
                "n_models_all_within": n_all,
                "n_models_mostly_within": n_most,
                "coverage_low": coverage[0],
                "coverage_high": coverage[1],
            }
        )
    return pd.DataFrame(fits, columns=list(FIT_COLUMNS)) if fits else _empty(FIT_COLUMNS)


def predict_decode(points: pd.DataFrame, confidence_level: float | None) -> pd.DataFrame:
    """Predict each row with the factors of all models of its accelerator, and with those of all others.

    Parameters
    ----------
    points
        As of ``fit_decode``.
    confidence_level
        Two-sided level of the interval built from the other models.

    Returns
    -------
    pandas.DataFrame
        One row per measurement that entered a fit: joules per output token as fitted, as predicted without the row's
        model, and the half width in log10 of the interval built from the other models (NaN below two others).

    Raises
    ------
    ValueError
        As ``fit_decode``.
    """
    predictions = []
    for _, measurement_ids, rows in _accelerators(points):
        fitted = rows.predicted(fit_factors(rows.memory, rows.compute, rows.measured, rows.models))
        left_out = np.full(len(fitted), np.nan)
        half_widths = np.full(len(fitted), np.nan)
        for name, factors in left_out_factors(rows, rows.models).items():
            mask = rows.models == name
            left_out[mask] = rows.where(mask).predicted(factors)
            half_widths[mask] = half_width_log10(rows.where(~mask), confidence_level)
        predictions.append(
            pd.DataFrame(
                {
                    "measurement_id": measurement_ids,
                    "joules_fitted": fitted,
                    "joules_left_out": left_out,
                    "half_width_log10": half_widths,
                }
            )
        )
    return pd.concat(predictions, ignore_index=True) if predictions else _empty(PREDICTION_COLUMNS)


def _empty(columns: Sequence[str]) -> pd.DataFrame:
    """Return a table without rows: an id, and figures as floats, for a warehouse that has nothing to fit on."""
    return pd.DataFrame({name: pd.Series(dtype=float if place else "string") for place, name in enumerate(columns)})


def _shares_within(rows: Rows, confidence_level: float | None) -> dict[object, float]:
    """Return for each model the share of its rows within the interval of the others, where these are two or more."""
    ratios = left_out_log10_ratios(rows, rows.models)
    if len(set(rows.models)) < 3:
        return {}
    return {
        name: float(
            np.mean(
                np.abs(ratios[rows.models == name])
                <= half_width_log10(rows.where(rows.models != name), confidence_level)
            )
        )
        for name in sorted(set(rows.models))
    }


def _accelerators(points: pd.DataFrame) -> list[tuple[str, list[str], Rows]]:
    """Return id, measurements and rows of each accelerator, in a fixed order that keeps the last digits of the sums."""
    missing = [column for column in POINT_COLUMNS if column not in points.columns]
    if missing:
        raise ValueError(f"the table of points lacks {', '.join(missing)}; it has {', '.join(points.columns)}")
    usable = points[points["missing_reason"].isna()].sort_values(["accelerator_id", "measurement_id"])
    return [
        (
            str(accelerator_id),
            rows["measurement_id"].tolist(),
            Rows(
                rows["memory_joules_ideal"].to_numpy(dtype=float),
                rows["compute_joules_ideal"].to_numpy(dtype=float),
                rows["joules_measured"].to_numpy(dtype=float),
                rows["model_id"].to_numpy(dtype=object),
                rows["network_id"].to_numpy(dtype=object),
            ),
        )
        for accelerator_id, rows in usable.groupby("accelerator_id", sort=True)
    ]
