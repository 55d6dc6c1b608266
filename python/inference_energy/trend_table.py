"""From a table of dated observations to one fitted trend and vintage per row."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from inference_energy.fit import fit_log_linear

POINT_COLUMNS = ("trend_id", "vintage", "group_id", "on_date", "years", "value")


def fit_trends(points: pd.DataFrame, confidence_level: float | None) -> pd.DataFrame:
    """Fit every trend of a table of points, in each of its vintages.

    Parameters
    ----------
    points
        One row per trend, vintage and observation, with the columns of ``POINT_COLUMNS``: ``vintage`` is the state of
        the data that the observation belongs to, ``group_id`` the paper or chip whose rows share an error, ``years``
        the time since the origin of all trends, ``value`` a positive quantity.
    confidence_level
        Two-sided level of the t quantile stored with each trend.

    Returns
    -------
    pandas.DataFrame
        One row per ``trend_id`` and ``vintage``, in their order, with the fitted line, its errors and its first and
        last date.

    Raises
    ------
    ValueError
        When a column, a ``trend_id`` or a ``vintage`` is missing, or when a trend cannot be fitted; the message names
        the trend and its vintage, and its positions count their rows ordered by ``years``, ``group_id`` and ``value``.
    """
    if confidence_level is None:
        raise ValueError("confidence_level is not set; give it in the model's YAML config, from the var of that name")
    missing = [column for column in POINT_COLUMNS if column not in points.columns]
    if missing:
        raise ValueError(f"the table of points lacks {', '.join(missing)}; it has {', '.join(points.columns)}")
    if points.empty:
        raise ValueError("the table of points is empty, so there is no trend to fit")
    for column, meaning in (("trend_id", "trend"), ("vintage", "vintage")):
        without = int(points[column].isna().sum())
        if without:
            raise ValueError(f"{without} rows of the table of points have no {column}; name their {meaning}")
    return pd.DataFrame(
        [
            _trend_row(str(trend_id), str(vintage), rows, confidence_level)
            for (trend_id, vintage), rows in points.groupby(["trend_id", "vintage"])
        ]
    )


def _trend_row(trend_id: str, vintage: str, points: pd.DataFrame, confidence_level: float) -> dict[str, object]:
    # A fixed order makes the sums, and so the last digits, the same in every build.
    ordered = points.sort_values(["years", "group_id", "value"])
    try:
        fit = asdict(fit_log_linear(ordered["years"], ordered["value"], ordered["group_id"].tolist(), confidence_level))
    except ValueError as error:
        place = f"trend {trend_id} of vintage {vintage}"
        raise ValueError(f"{place}, rows ordered by years, group_id and value: {error}") from error
    return {
        "trend_id": trend_id,
        "vintage": vintage,
        "slope_log10_per_year": fit["slope"],
        "intercept_log10": fit["intercept"],
        "slope_se_ols": fit["slope_se"],
        "slope_se_clustered": fit["slope_se_clustered"],
        "r_squared": fit["r_squared"],
        "residual_sd_log10": fit["residual_sd"],
        "n_points": fit["n_points"],
        "n_groups": fit["n_groups"],
        "mean_years": fit["mean_years"],
        "sum_squared_years": fit["sum_squared_years"],
        "t_quantile": fit["t_quantile"],
        "slope_theil_sen_log10_per_year": fit["theil_sen_slope"],
        "first_date": pd.Timestamp(ordered["on_date"].min()).date(),
        "last_date": pd.Timestamp(ordered["on_date"].max()).date(),
    }
