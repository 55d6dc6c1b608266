"""Measured joules of decoding beside estimates that did not know the model, one row per measurement."""

from inference_energy.decode_fit import check_decode


def model(dbt, session):
    inputs = dbt.ref("int_decode_inputs").df()
    return check_decode(inputs, confidence_level=dbt.config.get("confidence_level"))
