"""Compute and energy of deep learning inference: the warehouse and its fit, from Python."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

# Imported when first asked for: the command needs neither SciPy nor pandas, which take most of a second.
_HOMES = {
    "LogLinearFit": "fit",
    "WarehouseError": "connection",
    "connect": "connection",
    "fit_log_linear": "fit",
    "warehouse_path": "connection",
    "years_since_origin": "time_axis",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
