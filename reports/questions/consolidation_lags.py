"""How soon is a leading model equalled for a fraction of its compute? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import PLOT_WIDTH
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import is_missing, number

LAGS = """
    select
        leaders.model_id,
        leaders.model_name,
        leaders.model_name || ', ' || year(leaders.release_date) as leader,
        leaders.release_date,
        coalesce(lags.follower_release_date, lags.observed_until) as on_date,
        case lags.cost_factor
            when 2 then 'half the GFLOPs' when 5 then 'a fifth of them' when 10 then 'a tenth of them'
        end as fraction,
        case when lags.is_reached then 'equalled' else 'not by the end of the census' end as state,
        followers.model_name as follower_name,
        coalesce(followers.model_name || ', ' || lags.follower_release_date, 'none') as follower,
        case
            when lags.is_reached then format('{:.2f}', lags.lag_years)
            else format('more than {:.2f}', lags.lag_years_lower_bound)
        end as lag_in_words,
        lags.times_cheaper,
        leaders.top1_accuracy_pct,
        leaders.gflops_per_forward_pass,
        leaders.gflops_source as source
    from marts.consolidation_lag as lags
    inner join marts.models as leaders on lags.model_id = leaders.model_id
    left join marts.models as followers on lags.follower_model_id = followers.model_id
    where
        lags.domain = 'vision' and lags.cost = 'gflops' and lags.tolerance_points = 0
        and lags.cost_factor in (2, 5, 10)
    order by leaders.release_date, lags.cost_factor
"""
MEDIANS = """
    select *
    from marts.consolidation_medians
    where domain = 'vision' and tolerance_points = 0 and cost_factor in (2, 5, 10)
    order by cost, cost_factor
"""
MARTS = tables(LAGS, MEDIANS)
FRACTIONS = {"half the GFLOPs": "blue", "a fifth of them": "orange", "a tenth of them": "green"}
STATES = {"equalled": ("circle", [1, 0]), "not by the end of the census": ("triangle-right", [3, 3])}


def leaders_and_followers(rows: pd.DataFrame) -> alt.LayerChart:
    """Return a line per leader and fraction, from the release of the leader to that of its follower.

    Parameters
    ----------
    rows
        One row per leader and fraction, the columns of ``LAGS``, in the order in which they are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["fraction"], bind="legend", toggle="true")
    x = time_x("on_date", year_bounds(rows["release_date"], rows["on_date"]))
    y = (
        alt.Y("leader:N")
        .sort(rows["leader"].drop_duplicates().tolist())
        .axis(title=None, domain=False, ticks=False, grid=True)
    )
    offset = alt.YOffset("fraction:N").sort(list(FRACTIONS))
    colours = alt.Scale(domain=list(FRACTIONS), range=[colour(name) for name in FRACTIONS.values()])
    plain = alt.Color("fraction:N", scale=colours, legend=None)
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    lines = (
        alt.Chart(rows_of(both_ends(rows), name="lines"))
        .transform_filter(chosen)
        .mark_line(strokeWidth=2.4)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=plain,
            strokeDash=alt.StrokeDash("state:N", legend=None).scale(
                domain=list(STATES), range=[dash for _, dash in STATES.values()]
            ),
            detail="leader:N",
        )
    )
    marks = (
        data.mark_point(filled=False, size=70, opacity=1, strokeWidth=1.6)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=alt.Color("fraction:N", title=None, scale=colours).legend(
                symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300
            ),
            # An open arrow: observation stopped, the lag went on.
            fill=alt.condition(
                "datum.state !== 'equalled'",
                alt.value(colour("paper")),
                alt.Fill("fraction:N", scale=colours, legend=None),
            ),
            shape=alt.Shape("state:N", legend=None).scale(
                domain=list(STATES), range=[shape for shape, _ in STATES.values()]
            ),
            tooltip=[
                said("model_name", "Model"),
                said("release_date", "Released"),
                measured("top1_accuracy_pct", "Top-1 accuracy, %"),
                measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
                said("fraction", "Equalled at"),
                said("follower", "By"),
                measured("times_cheaper", "GFLOPs fewer by a factor of"),
                said("lag_in_words", "After years"),
                said("source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    named = data.transform_filter("isValid(datum.follower_name)").encode(
        x=x, y=y, yOffset=offset, text="follower_name:N"
    )
    style = {
        "align": "left",
        "baseline": "middle",
        "dx": 8,
        "fontSize": 10,
        "opacity": alt.expr(f"width < {0.6 * PLOT_WIDTH} ? 0 : 1"),
    }
    names = (
        named.mark_text(stroke=colour("paper"), strokeWidth=3, strokeJoin="round", **style),
        named.mark_text(color=colour("muted"), **style),
    )
    return alt.layer(lines, *names, marks).resolve_legend(color="independent")


def both_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return two rows per line, at the release of the leader and at that of its follower or the end of the census."""
    ends = pd.concat([rows.assign(on_date=rows["release_date"]), rows], ignore_index=True)
    return ends[["leader", "fraction", "state", "on_date"]]


def median_in_words(row: pd.Series) -> str:
    """Return a median with its interval; what the curve does not reach has no bound."""
    if is_missing(row.median_lag_years):
        return f"none ({row.n_reached:.0f} of {row.n_leaders:.0f} equalled)"
    high = "no bound" if is_missing(row.median_lag_years_high) else number(row.median_lag_years_high, 2)
    return f"{number(row.median_lag_years, 2)} [{number(row.median_lag_years_low, 2)}, {high}]"


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the consolidation lags."""
    rows = read(connection, LAGS)
    medians = read(connection, MEDIANS).set_index(["cost", "cost_factor"])
    tenth = medians.loc[("gflops", 10)]
    words = {
        cost: ", ".join(median_in_words(medians.loc[(cost, factor)]) for factor in (2, 5, 10))
        for cost in ("gflops", "joules")
    }
    return [
        Figure(
            figure_id="consolidation-lags",
            label="Consolidation lags",
            title=f"After {number(tenth.median_lag_years, 2)} years half of the leading vision models are equalled at "
            "a tenth of their GFLOPs",
            subtitle="From the most accurate model of each year to the first as accurate for less; an open arrow where "
            f"none came by {rows['on_date'].max()}. Median years, with 95 % intervals, at a half, a fifth, a tenth of "
            f"the GFLOPs: {words['gflops']}; of the joules on the hardware of their day: {words['joules']}.",
            caption="Each line runs from the release of the most accurate vision model of a year to the first model of "
            "at least its top-1 accuracy at no more than that part of its GFLOPs, which is named. Dashed lines with an "
            "open arrow end with the census: the lag is longer than the line. Medians are Kaplan-Meier estimates, "
            "which count those lines for as long as they are, with the intervals of Brookmeyer and Crowley; leaders "
            "are few and selected, so they describe and predict nothing. "
            f"A tenth was reached by {tenth.n_reached:.0f} of {tenth.n_leaders:.0f}.",
            alt_text=f"Lines from the release of {rows['model_id'].nunique()} leading vision models to the first model "
            "as accurate for a half, a fifth and a tenth of the GFLOPs; the lines of the newest leaders are open.",
            marts=MARTS,
            rows=rows,
            chart=leaders_and_followers(rows),
            height=640,
        )
    ]
