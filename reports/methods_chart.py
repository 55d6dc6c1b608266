"""Estimates of the same requests by different methods, beside what was measured and what providers state."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.theme import colour
from reports.tooltips import said
from reports.words import bounded, is_missing, number

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
            when 'ideal' then 'Ideal machine'
            when 'measured' then 'Measured'
            else case when comparison.kind = 'provider_statement' then 'Stated' end
        end as way,
        case comparison.method
            when 'ideal' then -3
            when 'paper' then -2
            when 'calibrated' then -1
            when 'epoch_2025' then 1
            when 'ecologits_2025' then 2
            when 'ecologits_2024' then 3
            else 0
        end as lane,
        comparison.method = 'ideal' as is_ideal,
        case
            when comparison.site_wh is null then 'As stated, not of a site'
            when comparison.boundary = 'gpu_board' then 'From GPU boards'
            when comparison.boundary = 'wall' then 'From the wall socket'
            when comparison.boundary = 'server' then 'From the server'
            when comparison.boundary = 'facility' then 'From the whole site'
        end as drawn_from,
        replace(comparison.boundary, '_', ' ') as boundary,
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
        coalesce(comparison.site_wh, comparison.wh) as drawn_wh,
        -- What a site adds is a factor, the same for the bounds.
        comparison.site_wh * comparison.joules_low / comparison.joules as drawn_wh_low,
        comparison.site_wh * comparison.joules_high / comparison.joules as drawn_wh_high,
        comparison.ratio_to_measured,
        comparison.basis,
        coalesce(models.gflops_source, regexp_replace(comparison.method, '^stated by ', '')) as source
    from marts.method_comparison as comparison
    left join marts.models using (model_id)
    left join marts.accelerators using (accelerator_id)
    where comparison.wh > 0
    order by
        comparison.kind = 'provider_statement',
        max(drawn_wh) filter (where comparison.kind = 'measurement') over (partition by comparison.request_id),
        min(drawn_wh) filter (where not is_ideal) over (partition by comparison.request_id),
        comparison.request_id,
        lane
"""
SPREADS = """
    with spreads as (
        select
            request_id,
            max(site_wh) / min(site_wh) as spread,
            max(site_wh) filter (where method <> 'ecologits_2024')
            / min(site_wh) filter (where method <> 'ecologits_2024') as spread_of_others
        from marts.method_comparison
        where kind = 'estimate' and method <> 'ideal' and wh > 0
        group by request_id
    )
    select
        min(spread) as least,
        max(spread) as most,
        min(spread_of_others) as least_of_others,
        max(spread_of_others) as most_of_others,
        count(*) as n_requests
    from spreads
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
MARTS = tables(REQUESTS, SPREADS, MISSES, UNDISCLOSED)
METHODS = {
    "Paper": "blue",
    "Calibrated": "green",
    "Measured": "ink",
    "Epoch AI 2025": "purple",
    "EcoLogits 2025": "orange",
    "EcoLogits 2024": "sky",
    "Stated": "amber",
    "Ideal machine": "grey",
}
UNPLACED = "As stated, not of a site"
ORIGINS = {
    "From GPU boards": "circle",
    "From the wall socket": "diamond",
    "From the server": "square",
    "From the whole site": "triangle-up",
    UNPLACED: "cross",
}
LANES = list(range(-3, 4))


def methods_by_request(rows: pd.DataFrame) -> alt.LayerChart:
    """Return the Wh of a site for each request by each method, measured and as providers state theirs, on a log axis.

    Parameters
    ----------
    rows
        One row per request and method, the columns of ``REQUESTS``, in the order in which requests are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["way"], bind="legend", toggle="true")
    bounds = log_bounds(rows["drawn_wh"], rows["drawn_wh_low"], rows["drawn_wh_high"])
    x = log_x("drawn_wh", bounds, "Wh of one site per request")
    x = x.axis(**{**x["axis"], "grid": True})
    requests = rows["request"].drop_duplicates().tolist()
    y = alt.Y("request:N").sort(requests).axis(title=None, domain=False, ticks=False, grid=False)
    offset = alt.YOffset("lane:O").scale(domain=LANES)
    ways = [name for name in METHODS if (rows["way"] == name).any()]
    origins = [name for name in ORIGINS if (rows["drawn_from"] == name).any()]
    colours = alt.Scale(domain=ways, range=[colour(METHODS[name]) for name in ways])
    shapes = alt.Scale(domain=origins, range=[ORIGINS[name] for name in origins])
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    # Across the whole row, so that each estimate can be held against it.
    references = (
        data.transform_filter("datum.kind != 'estimate'")
        .mark_tick(orient="vertical", thickness=1.6, size=34)
        .encode(x=x, y=y, color=alt.Color("way:N", scale=colours, legend=None))
    )
    intervals = (
        data.transform_filter("isValid(datum.drawn_wh_low) && isValid(datum.drawn_wh_high)")
        .mark_rule(strokeWidth=1.8, opacity=0.8)
        .encode(
            x=x.copy().field("drawn_wh_low"),
            x2="drawn_wh_high:Q",
            y=y,
            yOffset=offset,
            color=alt.Color("way:N", scale=colours, legend=None),
        )
    )
    marks = (
        data.mark_point(filled=True, size=62, opacity=1)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=alt.Color("way:N", title=None, scale=colours).legend(symbolType="circle"),
            shape=alt.Shape("drawn_from:N", title=None, scale=shapes).legend(orient="bottom"),
            # Hollow: no machine is ideal.
            fillOpacity=alt.condition("datum.is_ideal", alt.value(0), alt.value(1)),
            strokeWidth=alt.condition("datum.is_ideal", alt.value(1.6), alt.value(0.9)),
            stroke=alt.condition(
                "datum.is_ideal", alt.Stroke("way:N", scale=colours, legend=None), alt.value(colour("paper"))
            ),
            tooltip=[
                said("description", "Request"),
                said("way", "Method"),
                said("drawn_wh_in_words", "Wh drawn"),
                said("wh_in_words", "Wh within the boundary"),
                said("boundary", "Boundary of the source"),
                said("ratio_in_words", "Over measured"),
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


def figure_of_methods(connection: duckdb.DuckDBPyConnection) -> Figure:
    """Return the figure of methods side by side."""
    rows = read(connection, REQUESTS)
    for name in ("drawn_wh", "wh"):
        rows[f"{name}_in_words"] = [
            bounded(*interval) for interval in zip(rows[name], rows[f"{name}_low"], rows[f"{name}_high"], strict=True)
        ]
    rows["ratio_in_words"] = [
        "not measured" if is_missing(ratio) else f"×{number(ratio)}" for ratio in rows["ratio_to_measured"]
    ]
    unplaced = (
        "A statement that tells no electricity of a site is drawn at its own Wh. "
        if (rows["drawn_from"] == UNPLACED).any()
        else ""
    )
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
        f"apart between methods, ×{number(spread.least_of_others, 2)} to ×{number(spread.most_of_others, 2)} without "
        "EcoLogits 2024",
        subtitle=f"{spread.n_requests} requests to language models, each method as electricity of one site: what its "
        f"boundary leaves out is added by scenario google_2025. Over the measured: {misses}.",
        caption="One row per request, one mark per method, its shape the boundary that the site was added to. The "
        "upright line is what was measured, with the reading of prompts of a length that the source does not state, "
        "or what a provider states about its own average request, which is another model's and another length. "
        f"{unplaced}The hollow mark is an ideal machine that draws its rated power at full bandwidth and peak rate, "
        "and is in no factor. Rules are intervals of the whole request, where one is known; of writing alone "
        "calibrated has one, in marts.method_comparison. Where it is fitted on the accelerator, these measurements "
        "were among those that it was fitted on, so that its nearness is no test. An "
        f"estimate that is missing has no mark; marts.method_comparison says why.{silent}",
        alt_text=f"Wh of one site for {rows['request_id'].nunique()} requests and statements by method on a log axis: "
        f"the methods of a request spread over a factor of {number(spread.least, 2)} or more, with the measured value "
        "among them.",
        marts=MARTS,
        rows=rows,
        chart=methods_by_request(rows),
        height=560,
        legend_columns=4,
    )
