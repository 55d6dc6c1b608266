"""Units that fit a number, so that one chart serves a laptop's day and the electricity of a country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A unit by name, and how many of the base unit it holds."""

    name: str
    size: float


ELECTRICITY = (
    Unit("TWh", 1e9),
    Unit("GWh", 1e6),
    Unit("MWh", 1e3),
    Unit("kWh", 1.0),
    Unit("Wh", 1e-3),
)
"""Of electricity in kWh."""

GASES = (
    Unit("Gt CO2e", 1e15),
    Unit("Mt CO2e", 1e12),
    Unit("kt CO2e", 1e9),
    Unit("t CO2e", 1e6),
    Unit("kg CO2e", 1e3),
    Unit("g CO2e", 1.0),
)
"""Of greenhouse gases in grams of CO2 equivalent."""

ENERGY = (
    Unit("EJ", 1e18),
    Unit("PJ", 1e15),
    Unit("TJ", 1e12),
    Unit("GJ", 1e9),
    Unit("MJ", 1e6),
    Unit("kJ", 1e3),
    Unit("J", 1.0),
)
"""Of energy in joules."""

POWER = (Unit("TW", 1e12), Unit("GW", 1e9), Unit("MW", 1e6), Unit("kW", 1e3), Unit("W", 1.0))
"""Of power in watts."""

COUNT = (Unit("trillions", 1e12), Unit("billions", 1e9), Unit("millions", 1e6), Unit("number", 1.0))


def fitting(value: float, units: tuple[Unit, ...]) -> Unit:
    """Return the largest unit that a value reaches, and the smallest for a value below all of them.

    Parameters
    ----------
    value
        In the base unit.
    units
        The largest first.
    """
    return next((unit for unit in units if value >= unit.size), units[-1])
