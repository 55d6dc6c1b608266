"""What a workload takes under each scenario and by each method."""

from __future__ import annotations

import duckdb
import pandas as pd
from inference_energy.terminal import share

from reports.data import read, tables
from reports.tables.table import Table
from reports.units import COUNT, ELECTRICITY, ENERGY, GASES, POWER, Unit, fitting
from reports.words import bounded, is_missing

SCENARIOS = """
    select distinct
        scenario_id as "Scenario",
        matching_policy as "Hardware matched by",
        utilisation as "Utilisation",
        host_overhead as "Host overhead",
        pue as "PUE"
    from marts.workload_summary
    order by scenario_id <> 'paper', scenario_id
"""
# Of the hypothesis there is no total: its models are alternatives.
ESTIMATES = """
    select
        coalesce(regexp_replace(models.model_name, '^.*/([A-Za-z])', '\\1'), 'All models') as "Model",
        summary.scenario_id as "Scenario",
        summary.method as "Method",
        summary.kwh,
        summary.kwh_low,
        summary.kwh_high,
        summary.gco2e,
        summary.gco2e_low,
        summary.gco2e_high,
        summary.share_of_inferences_estimated as "Estimated",
        summary.n_inferences,
        summary.mean_watts,
        summary.joules_at_the_meter_per_inference as "J an inference",
        summary.joules,
        summary.joules_low,
        summary.joules_high,
        summary.first_date as "From",
        summary.last_date as "To",
        summary.break_even_inferences_per_second_somatic as "Inferences/s at 100 W",
        summary.break_even_inferences_per_second_external as "Inferences/s at 10,000 W"
    from marts.workload_summary as summary
    left join marts.models using (model_id)
    where summary.joules > 0 and (summary.model_id <> 'all' or not summary.is_hypothesis)
    order by
        summary.model_id <> 'all',
        max(summary.joules_at_the_meter_per_inference)
            filter (where summary.method = 'paper' and summary.scenario_id = 'paper')
            over (partition by summary.model_id) nulls last,
        summary.model_id,
        summary.scenario_id <> 'paper',
        summary.scenario_id,
        summary.method <> 'paper',
        summary.method
"""
READ = """
    select
        bool_or(is_hypothesis) as is_hypothesis,
        max(n_rows_read) as n_rows_read,
        max(n_rows_set_aside) as n_rows_set_aside
    from marts.workload_summary
"""
MARTS = tables(SCENARIOS, ESTIMATES, READ)
# column: its heading around the unit, and the units that it may have
UNITS: dict[str, tuple[str, tuple[Unit, ...]]] = {
    "kwh": ("{}", ELECTRICITY),
    "gco2e": ("{}", GASES),
    "n_inferences": ("Inferences, {}", COUNT),
    "mean_watts": ("Power, {}", POWER),
    "joules": ("{} of the method", ENERGY),
}


def in_fitting_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns of amounts are each in one unit, that of the largest, named in the heading.

    Parameters
    ----------
    frame
        The columns of ``UNITS`` in base units. The interval of an amount (``_low``, ``_high``) joins it in its cell.
    """
    fitted = frame.copy()
    headings = {}
    for name, (heading, units) in UNITS.items():
        largest = frame[name].max()
        unit = fitting(0.0 if is_missing(largest) else largest, units)
        headings[name] = heading.format(unit.name)
        fitted[name] = frame[name] / unit.size
        if f"{name}_low" in frame:
            low, high = (fitted.pop(f"{name}_{end}") / unit.size for end in ("low", "high"))
            fitted[name] = [
                None if is_missing(amount[0]) else bounded(*amount)
                for amount in zip(fitted[name], low, high, strict=True)
            ]
    return fitted.rename(columns=headings)


def workload_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the scenarios, and the workload under each of them by each method."""
    (source,) = read(connection, READ).itertuples()
    estimates = read(connection, ESTIMATES)
    estimates["Estimated"] = estimates["Estimated"].map(share, na_action="ignore")
    aside = (
        f"Of {int(source.n_rows_read):,} rows of the workload {int(source.n_rows_set_aside):,} were set aside "
        "(marts.workload_rejects)."
    )
    origin = (
        "A hypothesis, not a measurement: one inference a second for every person, in each whole year since the "
        "release of the model; its models are alternatives and have no total."
        if source.is_hypothesis
        else f"A workload of one's own. {aside} The hypothesis of one inference a second per person is not in this "
        "warehouse, and not on this page."
    )
    return [
        Table(
            "workload-scenarios",
            "Scenarios",
            "What each scenario assumes",
            "Utilisation is the share of the machines' energy that is drawn while they serve, host overhead the rest "
            "of the server over its boards, PUE the site over its computing equipment. At 1, 0 and 1 nothing is added. "
            "Each counts only where the boundary of a method leaves it out. Why, and by which source: "
            "raw/reference/scenarios.csv, or raw/own/scenarios.csv.",
            tables(SCENARIOS),
            read(connection, SCENARIOS),
        ),
        Table(
            "workload-estimates",
            "Workload",
            "What the workload takes, by scenario and method",
            f"{origin} Rows are alternatives, not to be added up. Electricity is that at the meter, with what the "
            "scenario adds; gases are those of the average grid of each country; in brackets stands the interval, "
            "where one is known. Estimated is the share of the inferences that the method has an estimate of. Joules "
            "of the method are those within its boundary, so that no scenario but that of the hardware changes them. "
            "100 W is the power of a human body, 10,000 W that of all the energy a person uses. A method without an "
            "estimate of a model has no row, nor has one that counts generated tokens alone where none are generated.",
            tables(ESTIMATES, READ),
            in_fitting_units(estimates),
            frozen=3,
        ),
    ]
