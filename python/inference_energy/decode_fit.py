"""Joules of writing one token: the two constants of a chip, fitted on measured rows and judged on models left out.

An ideal machine that writes tokens in batches draws its rated power while it moves the weights, shared by the batch,
and the cache of the context, and again while it computes: the memory part and the compute part of its joules. A real
one takes a constant times each. The constants of a chip are those that make the relative errors of its rows least.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import nnls

from inference_energy.coverage import clopper_pearson
from inference_energy.fit import student_quantile

INPUTS = ["measurement_id", "model_name", "architecture_id", "memory_joules", "compute_joules", "joules_measured"]


def fit_decode(memory_joules: ArrayLike, compute_joules: ArrayLike, joules_measured: ArrayLike) -> NDArray[np.float64]:
    """Return the constants of memory and compute with the least sum of squared relative errors, neither below 0.

    Parameters
    ----------
    memory_joules, compute_joules
        Joules per token of the ideal machine, one per row (n values, at least 2, finite, not below 0).
    joules_measured
        Joules per token as measured, one per row, above 0.

    Returns
    -------
    ndarray of 2
        Constants without unit: of memory, of compute.

    Raises
    ------
    ValueError
        With fewer than two rows, values of other lengths, or measured joules that are not above 0.
    """
    parts = np.column_stack([np.asarray(memory_joules, float), np.asarray(compute_joules, float)])
    measured = np.asarray(joules_measured, float)
    if len(measured) < 2 or parts.shape != (len(measured), 2):
        raise ValueError(
            f"found {len(measured)} measured rows and {parts.shape[0]} estimates, expected 2 or more of each"
        )
    if not (np.isfinite(parts).all() and (parts >= 0).all() and np.isfinite(measured).all() and (measured > 0).all()):
        raise ValueError(
            "found joules that are no numbers or negative, expected measured joules above 0 and parts of 0 or more"
        )
    return nnls(parts / measured[:, None], np.ones(len(measured)))[0]


def left_out_estimates(rows: pd.DataFrame) -> pd.Series:
    """Return the joules of each row by constants that were fitted without any model of its architecture.

    Parameters
    ----------
    rows
        Columns of ``INPUTS``, the rows of one chip.

    Returns
    -------
    Series
        Joules per token with the index of the rows; NaN where nothing is left to fit on.
    """
    estimates = pd.Series(np.nan, index=rows.index)
    for architecture in rows["architecture_id"].unique():
        is_left_out = rows["architecture_id"] == architecture
        others = rows[~is_left_out]
        if len(others) >= 2:
            constants = fit_decode(others["memory_joules"], others["compute_joules"], others["joules_measured"])
            estimates[is_left_out] = rows.loc[is_left_out, ["memory_joules", "compute_joules"]] @ constants
    return estimates


def spread_log10(rows: pd.DataFrame, estimates: pd.Series) -> float:
    """Return the root mean square of log10(measured / estimated), each architecture counted alike; NaN without any."""
    squares = np.log10(rows["joules_measured"] / estimates) ** 2
    return float(np.sqrt(squares.groupby(rows["architecture_id"]).mean().mean()))


def half_width_log10(rows: pd.DataFrame, confidence_level: float) -> float:
    """Return half of the interval for one further model, in log10 units; NaN with fewer than 3 architectures.

    It is the t quantile with one degree of freedom less than architectures, times the spread of the rows around
    estimates that did not know their architecture. So it holds what differs between models and between batches of one.
    """
    n = rows["architecture_id"].nunique()
    if n < 3:
        return float("nan")
    return student_quantile(n - 1, confidence_level) * spread_log10(rows, left_out_estimates(rows))


def check_decode(inputs: pd.DataFrame, *, confidence_level: float) -> pd.DataFrame:
    """Return each measured row beside its estimates, and whether an interval that did not know its model held it.

    Parameters
    ----------
    inputs
        Columns of ``INPUTS`` and ``accelerator_id``; rows without parts of their joules stay out.
    confidence_level
        Two-sided, between 0 and 1.

    Returns
    -------
    DataFrame
        One row per measurement: ``joules_ideal``, ``joules_fitted``, ``joules_left_out``, and ``is_within`` (of the
        interval around the left-out estimate that the other models alone give; None without one).
    """
    tables = []
    for accelerator, rows in _usable(inputs).groupby("accelerator_id", sort=True):
        constants = fit_decode(rows["memory_joules"], rows["compute_joules"], rows["joules_measured"])
        left_out = left_out_estimates(rows)
        within = pd.Series([None] * len(rows), index=rows.index, dtype=object)
        for architecture in rows["architecture_id"].unique():
            is_left_out = rows["architecture_id"] == architecture
            half_width = half_width_log10(rows[~is_left_out], confidence_level)
            if np.isfinite(half_width):
                errors = np.log10(rows.loc[is_left_out, "joules_measured"] / left_out[is_left_out])
                within[is_left_out] = [bool(error <= half_width) for error in errors.abs()]
        tables.append(
            pd.DataFrame(
                {
                    "measurement_id": rows["measurement_id"],
                    "accelerator_id": accelerator,
                    "joules_ideal": rows["memory_joules"] + rows["compute_joules"],
                    "joules_fitted": rows[["memory_joules", "compute_joules"]] @ constants,
                    "joules_left_out": left_out,
                    "is_within": within,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def fit_chips(inputs: pd.DataFrame, *, confidence_level: float) -> pd.DataFrame:
    """Return the constants of each chip and what leaving models out says of them.

    Parameters
    ----------
    inputs
        As of :func:`check_decode`.
    confidence_level
        Two-sided, between 0 and 1.

    Returns
    -------
    DataFrame
        One row per accelerator: ``decode_memory_factor``, ``decode_compute_factor``, ``n_rows``, ``n_models``,
        ``n_architectures``, ``left_out_spread_factor`` and ``ideal_spread_factor`` (10 to the spread), ``low_factor``
        and ``high_factor`` (ends of the interval over the estimate), ``n_architectures_checked``,
        ``n_architectures_within`` (all rows within), ``coverage_low``, ``coverage_high``, ``share_of_rows_within``.
    """
    checks = check_decode(inputs, confidence_level=confidence_level).set_index("measurement_id")
    table = []
    for accelerator, rows in _usable(inputs).groupby("accelerator_id", sort=True):
        memory, compute = fit_decode(rows["memory_joules"], rows["compute_joules"], rows["joules_measured"])
        half_width = half_width_log10(rows, confidence_level)
        within = checks.loc[rows["measurement_id"], "is_within"].set_axis(rows["architecture_id"]).dropna().astype(bool)
        per_architecture = within.groupby(level=0).all()
        checked, held = len(per_architecture), int(per_architecture.sum())
        low, high = clopper_pearson(held, checked, confidence_level) if checked else (None, None)
        table.append(
            {
                "accelerator_id": accelerator,
                "decode_memory_factor": memory,
                "decode_compute_factor": compute,
                "n_rows": len(rows),
                "n_models": rows["model_name"].nunique(),
                "n_architectures": rows["architecture_id"].nunique(),
                "left_out_spread_factor": 10 ** spread_log10(rows, left_out_estimates(rows)),
                "ideal_spread_factor": 10 ** spread_log10(rows, rows["memory_joules"] + rows["compute_joules"]),
                "low_factor": 10**-half_width if np.isfinite(half_width) else None,
                "high_factor": 10**half_width if np.isfinite(half_width) else None,
                "n_architectures_checked": checked,
                "n_architectures_within": held,
                "coverage_low": low,
                "coverage_high": high,
                "share_of_rows_within": float(within.mean()) if checked else None,
            }
        )
    return pd.DataFrame(table)


def _usable(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have both parts of their joules, in the order of their ids."""
    return inputs.dropna(subset=["memory_joules", "compute_joules"]).sort_values("measurement_id", ignore_index=True)
