"""Compute and energy of deep learning inference: the warehouse and its fit, from Python."""

from inference_energy.connection import WarehouseError, connect, warehouse_path
from inference_energy.fit import LogLinearFit, fit_log_linear
from inference_energy.time_axis import years_since_origin

__all__ = [
    "LogLinearFit",
    "WarehouseError",
    "connect",
    "fit_log_linear",
    "warehouse_path",
    "years_since_origin",
]
