"""Joules of each measured row as fitted and as predicted without its model, one row per row that entered a fit."""

from inference_energy.decode_fit import predict_decode


def model(dbt, session):
    points = dbt.ref("int_decode_points").df()
    return predict_decode(points, confidence_level=dbt.config.get("confidence_level"))
