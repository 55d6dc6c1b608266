"""What decoding really costs, in multiples of the ideal machine, one row per accelerator."""

from inference_energy.decode_fit import fit_decode


def model(dbt, session):
    points = dbt.ref("int_decode_points").df()
    return fit_decode(points, confidence_level=dbt.config.get("confidence_level"))
