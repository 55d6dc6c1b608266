"""What does a workload take, and how far are methods apart? No figure of the paper has it."""

from __future__ import annotations

import math

import altair as alt
import duckdb
import pandas as pd

from reports.axes import PLAIN_NUMBER, STEPS, linear_y, log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import names_beside
from reports.theme import colour
from reports.tooltips import measured, said
from reports.units import ELECTRICITY, GASES, Unit, fitting
from reports.words import is_missing, number

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
            sum(coalesce(energy.kwh_low, energy.kwh)) as kwh_low,
            sum(coalesce(energy.kwh_high, energy.kwh)) as kwh_high,
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
REQUESTS = """
    select
        comparison.request_id,
        comparison.kind,
        comparison.method,
        case comparison.kind
            when 'provider_statement' then upper(left(comparison.method, 1)) || right(comparison.method, -1)
            else
                regexp_replace(regexp_replace(models.model_name, '^.*/([A-Za-z])', '\\1'), '-Instruct.*$', '')
                || coalesce(', ' || regexp_replace(accelerators.accelerator_name, '^NVIDIA (\\S+).*$', '\\1'), '')
        end as request,
        case comparison.method
            when 'paper' then 'Paper'
            when 'calibrated' then 'Calibrated'
            when 'ecologits_2024' then 'EcoLogits 2024'
            when 'ecologits_2025' then 'EcoLogits 2025'
            when 'epoch_2025' then 'Epoch AI 2025'
            when 'measured' then 'Measured'
            else case when comparison.kind = 'provider_statement' then 'Stated' end
        end as way,
        case comparison.method
            when 'paper' then -2
            when 'calibrated' then -1
            when 'epoch_2025' then 1
            when 'ecologits_2025' then 2
            when 'ecologits_2024' then 3
            else 0
        end as lane,
        case comparison.boundary
            when 'gpu_board' then 'GPU boards'
            when 'wall' then 'Wall socket'
            when 'server' then 'Server'
            when 'facility' then 'Whole site'
            else 'Boundary not stated'
        end as includes,
        comparison.description,
        coalesce(models.model_name, 'not stated') as model_name,
        coalesce(cast(models.release_date as varchar), 'not stated') as release_date,
        coalesce(accelerators.accelerator_name, 'not stated') as accelerator_name,
        coalesce(cast(comparison.input_tokens as varchar), 'not stated') as input_tokens,
        coalesce(cast(comparison.output_tokens as varchar), 'not stated') as output_tokens,
        coalesce(format('{:.0f}', comparison.batch_size), 'not stated') as batch,
        comparison.wh,
        comparison.joules_low / 3600 as wh_low,
        comparison.joules_high / 3600 as wh_high,
        comparison.ratio_to_measured,
        comparison.basis,
        coalesce(models.gflops_source, regexp_replace(comparison.method, '^stated by ', '')) as source
    from marts.method_comparison as comparison
    left join marts.models using (model_id)
    left join marts.accelerators using (accelerator_id)
    where comparison.wh > 0 and comparison.method <> 'ideal'
    order by
        comparison.kind = 'provider_statement',
        max(comparison.wh) filter (where comparison.kind = 'measurement') over (partition by comparison.request_id),
        min(comparison.wh) over (partition by comparison.request_id),
        comparison.request_id,
        lane
"""
SPREADS = """
    with spreads as (
        select request_id, max(ratio_to_lowest_estimate) as spread
        from marts.method_comparison
        where kind = 'estimate' and method <> 'ideal' and wh > 0
        group by request_id
    )
    select min(spread) as least, max(spread) as most, count(*) as n_requests from spreads
"""
MISSES = """
    select
        method,
        min(ratio_to_measured) as least,
        max(ratio_to_measured) as most,
        count(*) as n_measured
    from marts.method_comparison
    where ratio_to_measured is not null and method <> 'ideal'
    group by method
    order by max(abs(ln(ratio_to_measured)))
"""
UNDISCLOSED = """
    select regexp_replace(method, '^stated by ', '') as provider, stated_gco2e
    from marts.method_comparison
    where kind = 'provider_statement' and wh is null
    order by provider
"""
MARTS = tables(COUNTRIES, PASSES, REQUESTS, SPREADS, MISSES, UNDISCLOSED)
GRIDS = {"Grid of the same year": "blue", "Grid of the nearest year on record": "orange"}
BUBBLE_AREAS = (10, 1500)
METHODS = {
    "Paper": "blue",
    "Calibrated": "green",
    "Measured": "ink",
    "Epoch AI 2025": "purple",
    "EcoLogits 2025": "orange",
    "EcoLogits 2024": "grey",
    "Stated": "muted",
}
BOUNDARIES = {
    "GPU boards": "circle",
    "Wall socket": "diamond",
    "Server": "square",
    "Whole site": "triangle-up",
    "Boundary not stated": "cross",
}
LANES = list(range(-3, 4))


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
                measured("electricity", electricity.name),
                measured("electricity_low", "Low"),
                measured("electricity_high", "High"),
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
    return alt.layer(*names_beside(rows, x, y, height, chosen, radii), bubbles)


def round_shares(most: float) -> list[float]:
    """Return three round numbers for a legend of areas: the largest that is not above a positive one, and less."""
    power = 10.0 ** math.floor(math.log10(most))
    top = max(step for step in STEPS if step * power <= most * 1.0001) * power
    return [float(f"{value:.12g}") for value in (top / 100, top / 10, top)]


def methods_by_request(rows: pd.DataFrame) -> alt.LayerChart:
    """Return the Wh of each request by each method, measured and as providers state theirs, on a log axis.

    Parameters
    ----------
    rows
        One row per request and method, the columns of ``REQUESTS``, in the order in which requests are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["way"], bind="legend", toggle="true")
    bounds = log_bounds(rows["wh"], rows["wh_low"], rows["wh_high"])
    x = log_x("wh", bounds, "Wh per request")
    x = x.axis(**{**x["axis"], "grid": True})
    requests = rows["request"].drop_duplicates().tolist()
    y = alt.Y("request:N").sort(requests).axis(title=None, domain=False, ticks=False, grid=False)
    offset = alt.YOffset("lane:O").scale(domain=LANES)
    ways = [name for name in METHODS if (rows["way"] == name).any()]
    boundaries = [name for name in BOUNDARIES if (rows["includes"] == name).any()]
    colours = alt.Scale(domain=ways, range=[colour(METHODS[name]) for name in ways])
    shapes = alt.Scale(domain=boundaries, range=[BOUNDARIES[name] for name in boundaries])
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    # Across the whole row, so that each estimate can be held against it.
    references = (
        data.transform_filter("datum.kind != 'estimate'")
        .mark_tick(orient="vertical", thickness=1.6, size=34)
        .encode(x=x, y=y, color=alt.Color("way:N", scale=colours, legend=None))
    )
    intervals = (
        data.transform_filter("isValid(datum.wh_low)")
        .mark_rule(strokeWidth=1.8, opacity=0.8)
        .encode(
            x=x.copy().field("wh_low"),
            x2="wh_high:Q",
            y=y,
            yOffset=offset,
            color=alt.Color("way:N", scale=colours, legend=None),
        )
    )
    marks = (
        data.mark_point(filled=True, size=62, opacity=1, stroke=colour("paper"), strokeWidth=0.9)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=alt.Color("way:N", title=None, scale=colours).legend(symbolType="circle"),
            shape=alt.Shape("includes:N", title=None, scale=shapes).legend(orient="bottom"),
            tooltip=[
                said("description", "Request"),
                said("way", "Method"),
                measured("wh", "Wh"),
                measured("wh_low", "Low"),
                measured("wh_high", "High"),
                measured("ratio_to_measured", "Over measured"),
                said("includes", "Includes"),
                said("basis", "Rests on"),
                said("model_name", "Model"),
                said("release_date", "Released"),
                said("accelerator_name", "Accelerator"),
                said("input_tokens", "Tokens read"),
                said("output_tokens", "Tokens written"),
                said("batch", "Requests at a time"),
                said("source", "Source of FLOPs, or provider"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(references, intervals, marks).resolve_legend(color="independent", shape="independent")


def in_words(names: list[str]) -> str:
    """Return names in a row: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def joules_in_words(passes: pd.DataFrame) -> str:
    """Return the joules of an inference of each model, the least first; of many models those with the most."""
    shown = passes.tail(8)
    others = f"{len(passes) - len(shown)} models with less; " if len(passes) > len(shown) else ""
    return others + "; ".join(f"{row.model_name} {number(row.joules)} J" for row in shown.itertuples())


def figure_by_country(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the workload by country; none where no country has an estimate and an intensity."""
    found = read(connection, COUNTRIES)
    rows = found[found["gco2e_per_kwh"].notna()].reset_index(drop=True)
    if rows.empty:
        return []
    electricity, gases = fitting(rows["kwh"].max(), ELECTRICITY), fitting(rows["gco2e"].max(), GASES)
    for name in ("kwh", "kwh_low", "kwh_high"):
        rows[name.replace("kwh", "electricity")] = rows[name] / electricity.size
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
    amount = f"{number(top.electricity)} {electricity.name} and {number(top.gases)} {gases.name}"
    place = "places that it does not state" if top.country_iso3 == "unstated" else top.country_name
    if top.is_hypothesis:
        differs = "An inference differs between countries by the grid alone, their electricity by their people."
        words = {
            "label": "One inference a second per person, by country",
            "title": f"If everybody had {top.model_name} infer once a second, {top.country_name} would emit most: "
            f"{amount} in {top.on_date[:4]}",
            "subtitle": "A hypothesis of the paper, not a measurement and no forecast. Every person takes the same "
            f"electricity; joules of an inference, and so watts of a person: {passes}.",
            "alt_text": f"Intensity of the grid against electricity of {len(rows)} countries, one inference a second "
            f"for each inhabitant: bubbles spread over the whole height; {in_words(rows['country_name'].tolist()[:3])} "
            "are the largest.",
        }
    else:
        differs = "Countries differ by their requests, by the models that were asked and by their grids."
        words = {
            "label": "The workload by country",
            "title": f"The workload emits most in {place}: {amount}",
            "subtitle": "Estimated by the method and the scenario of the paper, from the requests of a workload of "
            f"one's own, up to {rows['on_date'].max()}. Joules of an inference: {passes}.",
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
            marts=MARTS,
            rows=rows,
            chart=intensity_against_electricity(rows, electricity, gases, 460),
            height=460,
            **words,
        )
    ]


def figure_of_methods(connection: duckdb.DuckDBPyConnection) -> Figure:
    """Return the figure of methods side by side."""
    rows = read(connection, REQUESTS)
    (spread,) = read(connection, SPREADS).itertuples()
    misses = "; ".join(
        f"{row.way} ×{number(row.least, 2)} to ×{number(row.most, 2)}"
        for row in read(connection, MISSES).merge(rows[["method", "way"]].drop_duplicates(), on="method").itertuples()
    )
    silent = "".join(
        f" {row.provider} states no energy"
        + ("." if is_missing(row.stated_gco2e) else f", but {number(row.stated_gco2e)} gCO2e for a request.")
        for row in read(connection, UNDISCLOSED).itertuples()
    )
    return Figure(
        figure_id="methods-side-by-side",
        label="Methods side by side",
        title=f"Estimates of one and the same request are ×{number(spread.least, 2)} to ×{number(spread.most, 2)} "
        "apart between methods",
        subtitle=f"{spread.n_requests} requests to language models, compared as electricity of one site. Over measured "
        f"joules: {misses}.",
        caption="One row per request, one mark per method; the upright line is what was measured, with the reading of "
        "prompts of a length that the source does not state, or what a provider states about its own average "
        "request, which is another model's and another length. Shapes are what is included and must not be mixed: the "
        "joules of boards leave out hosts, idle time and the site. Factors are of the electricity of a site by "
        "scenario google_2025, which adds to each figure what its boundary leaves out. The ideal machine is not drawn. "
        "Rules are intervals; published methods have none. "
        "Where `calibrated` is fitted on the accelerator, these measurements were among those that it was fitted on, "
        "so that its nearness is no test. An estimate that is missing has no mark; marts.method_comparison says why."
        f"{silent}",
        alt_text=f"Wh per request of {rows['request_id'].nunique()} requests and statements by method on a log axis: "
        f"the methods of a request spread over a factor of {number(spread.least, 2)} or more, with the measured value "
        "among them.",
        marts=MARTS,
        rows=rows,
        chart=methods_by_request(rows),
        height=560,
    )


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figures of the workload by country and of methods side by side."""
    return [*figure_by_country(connection), figure_of_methods(connection)]
