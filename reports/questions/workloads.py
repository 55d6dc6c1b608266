"""What does a workload take, and how far are methods apart? No figure of the paper has it."""

from __future__ import annotations

import math

import altair as alt
import duckdb
import pandas as pd
from inference_energy.terminal import share

from reports import methods_chart
from reports.axes import PLAIN_NUMBER, STEPS, linear_y, log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import names_beside
from reports.theme import colour
from reports.tooltips import measured, said
from reports.units import ELECTRICITY, GASES, Unit, fitting
from reports.words import Row, bounded, number

# Of the hypothesis the last year of the model with the most joules an inference; of a workload of one's own all of it.
COUNTRIES = """
    with chosen as (
        select
            bool_or(is_hypothesis) as is_hypothesis,
            arg_max(model_id, joules_at_the_meter_per_inference) filter (where model_id <> 'all') as model_id
        from marts.workload_summary
        where scenario_id = 'paper' and method = 'paper'
    ),
    by_country as (
        select
            energy.country_iso3,
            any_value(energy.country_name) as country_name,
            energy.is_hypothesis,
            case
                when energy.is_hypothesis then regexp_replace(any_value(models.model_name), '^.*/([A-Za-z])', '\\1')
                else 'all of the workload'
            end as model_name,
            max(energy.on_date) as on_date,
            sum(energy.n_inferences) as n_inferences,
            sum(energy.kwh) as kwh,
            -- Bounds of a part are no bounds of the whole.
            case when count(energy.kwh_low) = count(energy.kwh) then sum(energy.kwh_low) end as kwh_low,
            case when count(energy.kwh_high) = count(energy.kwh) then sum(energy.kwh_high) end as kwh_high,
            sum(energy.gco2e) as gco2e,
            arg_max(energy.gco2e_per_kwh, energy.on_date) as gco2e_per_kwh,
            arg_max(energy.intensity_year, energy.on_date) as intensity_year,
            any_value(energy.basis) as basis,
            case when energy.is_hypothesis then any_value(models.gflops_source) else 'own workload' end as source
        from marts.workload_energy as energy
        inner join marts.models using (model_id)
        cross join chosen
        where
            energy.scenario_id = 'paper'
            and energy.method = 'paper'
            and (
                not energy.is_hypothesis
                or (
                    energy.model_id = chosen.model_id
                    and energy.on_date = (select max(on_date) from marts.workload_energy)
                )
            )
        group by energy.country_iso3, energy.is_hypothesis
    )
    select
        *,
        case
            when intensity_year = year(on_date) then 'Grid of the same year'
            else 'Grid of the nearest year on record'
        end as grid_is,
        case when row_number() over (order by kwh desc, country_iso3) <= 24 then country_name end as label,
        count(*) over () as n_countries
    from by_country
    where kwh > 0
    qualify row_number() over (order by kwh desc, country_iso3) <= 40
    order by gco2e desc, country_iso3
"""
TOTAL = """
    select
        kwh,
        gco2e,
        share_of_inferences_estimated,
        share_of_rows_covered,
        share_of_inferences_covered
    from marts.workload_summary
    where model_id = 'all' and scenario_id = 'paper' and method = 'paper'
"""
PASSES = """
    select
        regexp_replace(models.model_name, '^.*/([A-Za-z])', '\\1') as model_name,
        summary.joules_at_the_meter_per_inference as joules
    from marts.workload_summary as summary
    inner join marts.models using (model_id)
    where
        summary.scenario_id = 'paper'
        and summary.method = 'paper'
        and summary.joules_at_the_meter_per_inference is not null
    order by joules
"""
MARTS_BY_COUNTRY = tables(COUNTRIES, TOTAL, PASSES)
MARTS = tuple(sorted({*MARTS_BY_COUNTRY, *methods_chart.MARTS}))
GRIDS = {"Grid of the same year": "blue", "Grid of the nearest year on record": "orange"}
BUBBLE_AREAS = (10, 1500)
NAMED_ON_A_PHONE = 5


def intensity_against_electricity(rows: pd.DataFrame, electricity: Unit, gases: Unit, height: int) -> alt.LayerChart:
    """Return the intensity of each country's grid over its electricity, in bubbles whose area is the gases.

    Parameters
    ----------
    rows
        One row per country with an intensity, the columns of ``COUNTRIES``, with ``electricity`` and ``gases`` in
        their units, the most gases first.
    electricity, gases
        The units.
    height
        Of the plot, in pixels.
    """
    chosen = alt.selection_point(name="chosen", fields=["grid_is"], bind="legend", toggle="true")
    x = log_x("electricity", log_bounds(rows["electricity"]), f"Electricity, {electricity.name}")
    x = x.axis(**{**x["axis"], "grid": True})
    dirtiest = rows["gco2e_per_kwh"].max()
    y = linear_y("gco2e_per_kwh", (0, 100 * math.ceil(1.02 * dirtiest / 100)), "gCO2e per kWh of the grid")
    grids = [name for name in GRIDS if (rows["grid_is"] == name).any()]
    most = rows["gases"].max()
    smallest, largest = BUBBLE_AREAS
    bubbles = (
        alt.Chart(rows_of(rows))
        .transform_filter(chosen)
        .mark_circle(opacity=0.62, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=x,
            y=y,
            size=alt.Size("gases:Q", title=gases.name)
            .scale(domain=[0, most], range=[smallest, largest])
            .legend(
                values=round_shares(most),
                format=PLAIN_NUMBER,
                symbolType="circle",
                symbolFillColor=colour("grey"),
                orient="bottom",
            ),
            color=alt.Color(
                "grid_is:N", title=None, scale=alt.Scale(domain=grids, range=[colour(GRIDS[name]) for name in grids])
            ),
            tooltip=[
                said("country_name", "Country"),
                said("model_name", "Model"),
                said("on_date", "Begins on" if rows["is_hypothesis"].any() else "Last day"),
                measured("n_inferences", "Inferences"),
                said("electricity_in_words", electricity.name),
                measured("gases", gases.name),
                measured("gco2e_per_kwh", "gCO2e per kWh"),
                said("intensity_year", "Intensity of"),
                said("basis", "Rests on"),
                said("source", "Source of FLOPs"),
            ],
        )
        .add_params(chosen)
    )
    radii = [math.sqrt((smallest + share * (largest - smallest)) / math.pi) for share in rows["gases"] / most]
    largest_few = rows.assign(label=rows["country_name"].where(rows.index < NAMED_ON_A_PHONE))
    return alt.layer(
        *names_beside(rows, x, y, height, chosen, radii),
        *names_beside(largest_few, x, y, height, chosen, radii, on_a_phone=True),
        bubbles,
    )


def round_shares(most: float) -> list[float]:
    """Return three round numbers for a legend of areas: the largest that is not above a positive one, and less."""
    power = 10.0 ** math.floor(math.log10(most))
    top = max(step for step in STEPS if step * power <= most * 1.0001) * power
    return [float(f"{value:.12g}") for value in (top / 100, top / 10, top)]


def in_words(names: list[str]) -> str:
    """Return names in a row: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def joules_in_words(passes: pd.DataFrame) -> str:
    """Return the joules of an inference of each model, the least first; of many models those with the most."""
    shown = passes.tail(8)
    others = f"{len(passes) - len(shown)} models with less; " if len(passes) > len(shown) else ""
    return others + "; ".join(f"{row.model_name} {number(row.joules)} J" for row in shown.itertuples())


def coverage_in_words(total: Row) -> str:
    """Return how much of a log was read and how much of that has an estimate, a row of ``TOTAL``."""
    read_of_it = (
        "All rows of the log were read"
        if total.share_of_rows_covered == 1
        else f"Of the log {share(total.share_of_rows_covered)} of the rows and "
        f"{share(total.share_of_inferences_covered)} of the inferences were read, the others set aside "
        "(marts.workload_rejects)"
    )
    estimated = (
        "each inference of them has an estimate"
        if total.share_of_inferences_estimated == 1
        else f"{share(1 - total.share_of_inferences_estimated)} of their inferences have no estimate and are not "
        "in the chart"
    )
    return f"{read_of_it}; {estimated}."


def title_of_own(rows: pd.DataFrame, total: Row) -> str:
    """Return where a workload of one's own emits most; of places that it does not state there is no such where.

    Parameters
    ----------
    rows
        The columns of ``COUNTRIES``, the most gases first.
    total
        A row of ``TOTAL``.
    """
    top = rows.iloc[0]
    if top.country_iso3 != "unstated":
        return (
            f"The workload emits most in {top.country_name}: {amount(top.kwh, ELECTRICITY)} and "
            f"{amount(top.gco2e, GASES)}"
        )
    whole = f"The workload takes {amount(total.kwh, ELECTRICITY)} and emits {amount(total.gco2e, GASES)}"
    if len(rows) == 1:
        return f"{whole} at the world's average, since it states no country"
    return f"{whole}, the largest part in places that it does not state, for which the world's average stands in"


def amount(value: float, units: tuple[Unit, ...]) -> str:
    """Return an amount, which is in the base unit, in the unit that fits it."""
    unit = fitting(value, units)
    return f"{number(value / unit.size)} {unit.name}"


def figure_by_country(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the workload by country; none where no country has an estimate and an intensity."""
    found = read(connection, COUNTRIES)
    rows = found[found["gco2e_per_kwh"].notna()].reset_index(drop=True)
    if rows.empty:
        return []
    electricity, gases = fitting(rows["kwh"].max(), ELECTRICITY), fitting(rows["gco2e"].max(), GASES)
    rows["electricity"] = rows["kwh"] / electricity.size
    rows["electricity_in_words"] = [
        bounded(*(kwh / electricity.size for kwh in interval))
        for interval in zip(rows["kwh"], rows["kwh_low"], rows["kwh_high"], strict=True)
    ]
    rows["gases"] = rows["gco2e"] / gases.size
    top = rows.iloc[0]
    without = found[found["gco2e_per_kwh"].isna()]
    gaps = (
        f" Without an intensity on record, and so without a bubble: {in_words(without['country_name'].tolist())}."
        if len(without)
        else ""
    )
    left_out = (
        f" Of {top.n_countries} countries the {len(found)} with the most electricity are drawn."
        if top.n_countries > len(found)
        else ""
    )
    passes = joules_in_words(read(connection, PASSES))
    if top.is_hypothesis:
        differs = "An inference differs between countries by the grid alone, their electricity by their people."
        words = {
            "label": "One inference a second per person, by country",
            "title": f"If everybody had {top.model_name} infer once a second, {top.country_name} would emit most: "
            f"{amount(top.kwh, ELECTRICITY)} and {amount(top.gco2e, GASES)} in {top.on_date[:4]}",
            "subtitle": "A hypothesis of the paper, not a measurement and no forecast. Every person takes the same "
            f"electricity; joules of an inference, and so watts of a person: {passes}.",
            "alt_text": f"Intensity of the grid against electricity of {len(rows)} countries, one inference a second "
            f"for each inhabitant: bubbles spread over the whole height; {in_words(rows['country_name'].tolist()[:3])} "
            "are the largest.",
        }
    else:
        (total,) = read(connection, TOTAL).itertuples()
        differs = "Countries differ by their requests, by the models that were asked and by their grids."
        words = {
            "label": "The workload by country",
            "title": title_of_own(rows, total),
            "subtitle": "Estimated by the method and the scenario of the paper, from the requests of a workload of "
            f"one's own, up to {rows['on_date'].max()}. {coverage_in_words(total)} Joules of an inference: {passes}.",
            "alt_text": f"Intensity of the grid against electricity of the workload in {len(rows)} countries, bubbles "
            f"sized by greenhouse gases; {in_words(rows['country_name'].tolist()[:3])} emit most.",
        }
    return [
        Figure(
            figure_id="workload-by-country",
            caption="One bubble per country, its area the greenhouse gases: across the electricity, up the average "
            f"intensity of the grid. {differs} Joules are those of the boards by the paper's method, at full use, "
            "without hosts, idle time, cooling, network or the making of the hardware. Gases are location-based. "
            f"The smallest bubbles are drawn larger than they are.{left_out}{gaps}",
            marts=MARTS_BY_COUNTRY,
            rows=rows,
            chart=intensity_against_electricity(rows, electricity, gases, 460),
            height=460,
            **words,
        )
    ]


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figures of the workload by country and of methods side by side."""
    return [*figure_by_country(connection), methods_chart.figure_of_methods(connection)]
