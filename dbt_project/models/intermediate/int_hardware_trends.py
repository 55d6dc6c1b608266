"""Fits of accelerator efficiency against launch date, one row per trend."""

from inference_energy.trend_table import fit_trends


def model(dbt, session):
    points = dbt.ref("int_hardware_trend_points").df()
    return fit_trends(points, confidence_level=dbt.config.get("confidence_level"))
