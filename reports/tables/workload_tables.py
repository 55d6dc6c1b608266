"""What a workload takes under each scenario and by each method."""

from __future__ import annotations

import duckdb
import pandas as pd

from reports.data import read, tables
from reports.tables.table import Table
from reports.units import COUNT, ELECTRICITY, ENERGY, GASES, POWER, Unit, fitting

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
        summary.first_date as "From",
        summary.last_date as "To",
        summary.n_inferences as inferences,
        100 * summary.share_of_inferences_estimated as "Estimated, %",
        summary.joules,
        summary.joules_low,
        summary.joules_high,
        summary.kwh,
        summary.gco2e,
        summary.mean_watts,
        summary.joules_at_the_meter_per_inference as "J an inference, at the meter",
        summary.break_even_inferences_per_second_somatic as "Inferences a second that draw 100 W",
        summary.break_even_inferences_per_second_external as "Inferences a second that draw 10,000 W"
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
# column: its heading, and the units that it may have
UNITS: dict[str, tuple[str, tuple[Unit, ...]]] = {
    "inferences": ("Inferences", COUNT),
    "joules": ("Joules of the method", ENERGY),
    "joules_low": ("Low", ENERGY),
    "joules_high": ("High", ENERGY),
    "kwh": ("At the meter", ELECTRICITY),
    "gco2e": ("Greenhouse gases", GASES),
    "mean_watts": ("Mean power", POWER),
}


def in_fitting_units(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns of amounts are each in one unit, that of the largest, named in the heading.

    Parameters
    ----------
    frame
        The columns of ``UNITS`` in base units. Bounds are in the unit of what they bound.
    """
    fitted = frame.copy()
    headings = {}
    for name, (heading, units) in UNITS.items():
        largest = frame[name.removesuffix("_low").removesuffix("_high")].max()
        unit = fitting(largest if largest == largest else 0.0, units)
        fitted[name] = frame[name] / unit.size
        headings[name] = f"{heading}, {unit.name}"
    return fitted.rename(columns=headings)


def workload_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the scenarios, and the workload under each of them by each method."""
    (source,) = read(connection, READ).itertuples()
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
            f"{origin} Rows are alternatives, not to be added up. Joules are those within the boundary of the method, "
            "low and high the ends of its interval; at the meter they have what the scenario adds. Gases are those "
            "of the average grid of each country. A method without an estimate of a model has no row, nor has one "
            "that counts generated tokens alone where none are generated.",
            tables(ESTIMATES, READ),
            in_fitting_units(read(connection, ESTIMATES)),
        ),
    ]
