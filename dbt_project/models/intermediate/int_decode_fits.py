"""Constants of decoding per accelerator, one row each."""

from inference_energy.decode_fit import fit_chips


def model(dbt, session):
    inputs = dbt.ref("int_decode_inputs").df()
    return fit_chips(inputs, confidence_level=dbt.config.get("confidence_level"))
