"""Which models were on the frontier of accuracy and compute, and for how long? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import linear_y, log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.frontier_chart import year_colours
from reports.labels import names_beside
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

MEMBERS = """
    select
        frontier.model_id,
        models.model_name,
        models.release_date,
        year(frontier.entry_date) as year,
        frontier.top1_accuracy_pct,
        frontier.gflops_per_forward_pass,
        case when frontier.is_on_frontier then 'still on it' else 'pushed off' end as state,
        frontier.years_on_frontier,
        coalesce(winners.model_name || ', ' || frontier.exit_date, 'none') as pushed_off_by,
        frontier.exit_date,
        frontier.observed_until,
        coalesce(frontier.extra_training_data, 'none') as extra_training_data,
        models.gflops_source as source
    from marts.frontier_over_time as frontier
    inner join marts.models as models on frontier.model_id = models.model_id
    left join marts.models as winners on frontier.pushed_off_by_model_id = winners.model_id
    where frontier.cohort = 'paper'
    order by frontier.entry_date, frontier.gflops_per_forward_pass, frontier.model_id
"""
# The census of the last year ends in June.
FRONTIERS = """
    select
        years.year,
        years.year as series,
        frontier.gflops_per_forward_pass,
        frontier.top1_accuracy_pct
    from marts.frontier_over_time as frontier
    inner join (select distinct year(entry_date) as year from marts.frontier_over_time) as years
        on year(frontier.entry_date) <= years.year
        and (frontier.exit_date is null or year(frontier.exit_date) > years.year)
    where frontier.cohort = 'paper'
    order by years.year, frontier.gflops_per_forward_pass, frontier.top1_accuracy_pct
"""
DAYS = """
    select exit_date, count(*) as n_pushed_off
    from marts.frontier_over_time
    where cohort = 'paper' and not is_on_frontier
    group by exit_date
    order by n_pushed_off desc, exit_date
    limit 1
"""
MARTS = tables(MEMBERS, FRONTIERS, DAYS)
STATES = {"still on it": "circle", "pushed off": "triangle-down"}
HEIGHT = 460
SCORE, COST = "ImageNet top-1 accuracy, %", "GFLOPs per forward pass"


def frontiers(members: pd.DataFrame, steps: pd.DataFrame) -> alt.LayerChart:
    """Return the frontier at the end of each year as steps, with the models that ever were on it.

    Parameters
    ----------
    members
        One row per model that ever was on the frontier, the columns of ``MEMBERS``.
    steps
        One row per year and model that was on the frontier at its end, the columns of ``FRONTIERS``.
    """
    points = members.assign(label=longest_and_ends(members))
    years = sorted(points["year"].unique().tolist())
    chosen = alt.selection_point(name="chosen", fields=["year"], bind="legend", toggle="true")
    low, high = points["top1_accuracy_pct"].min(), points["top1_accuracy_pct"].max()
    x = log_x("gflops_per_forward_pass", log_bounds(points["gflops_per_forward_pass"]), COST)
    y = linear_y("top1_accuracy_pct", (5 * (low // 5), 5 * (high // 5) + 5), SCORE)
    colours = year_colours(years)
    lines = (
        alt.Chart(rows_of(steps, name="frontiers"))
        .transform_filter(chosen)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(x=x, y=y, color=alt.Color("year:O", scale=colours, legend=None), detail="year:O")
    )
    marks = (
        alt.Chart(rows_of(points.drop(columns="label")))
        .transform_filter(chosen)
        .mark_point(filled=True, size=64, opacity=1, stroke=colour("ink"), strokeWidth=0.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color("year:O", title="Year", scale=colours),
            shape=alt.Shape("state:N", title="At the end of the census")
            .scale(domain=list(STATES), range=list(STATES.values()))
            .legend(orient="bottom"),
            tooltip=[
                said("model_name", "Model"),
                said("release_date", "Released"),
                measured("top1_accuracy_pct", SCORE),
                measured("gflops_per_forward_pass", COST),
                measured("years_on_frontier", "Years on the frontier"),
                said("pushed_off_by", "Pushed off by"),
                said("extra_training_data", "Extra training data"),
                said("source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    names = names_beside(points, x, y, HEIGHT, chosen, lines=with_corners(steps))
    return alt.layer(lines, *names, marks).resolve_legend(color="independent", shape="independent")


def with_corners(steps: pd.DataFrame) -> pd.DataFrame:
    """Return frontiers with the corners of their steps: names keep off what is drawn."""
    next_cost = steps.groupby("series")["gflops_per_forward_pass"].shift(-1)
    corners = steps.assign(gflops_per_forward_pass=next_cost).dropna(subset="gflops_per_forward_pass")
    return pd.concat([steps, corners], ignore_index=True)


def longest_and_ends(members: pd.DataFrame) -> pd.Series:
    """Return the names of the three models that stayed on the frontier longest, of the cheapest and of the best."""
    cost, score = members["gflops_per_forward_pass"], members["top1_accuracy_pct"]
    named = {*members["years_on_frontier"].nlargest(3).index, cost.idxmin(), score.idxmax()}
    return members["model_name"].where(members.index.isin(named))


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figure of the frontier by year."""
    members, steps = read(connection, MEMBERS), read(connection, FRONTIERS)
    busiest = read(connection, DAYS).iloc[0]
    pushed_off = members[members["state"] == "pushed off"]
    longest = members.loc[members["years_on_frontier"].idxmax()]
    until = members["observed_until"].iloc[0]
    return [
        Figure(
            figure_id="frontier-by-year",
            label="Frontier by year",
            title=f"Of {len(members)} models that reached the frontier of accuracy and GFLOPs, {len(pushed_off)} were "
            f"pushed off; {longest.model_name} stayed longest, {number(longest.years_on_frontier)} years",
            subtitle=f"The frontier at the end of each year, of the last one on {until}. On {busiest.exit_date} alone "
            f"{busiest.n_pushed_off:.0f} models were pushed off.",
            caption="Each line is the frontier of the vision models released by the end of a year: no model is as "
            "accurate for fewer GFLOPs, none more accurate for as many. Points are the models that ever were on it, in "
            "the colour of the year in which they entered; a triangle was pushed off by a later model that is at least "
            "as accurate for no more GFLOPs. Models that a sibling of the same day beats never were on it. Named are "
            "the three that stayed longest, the cheapest and the best. The accuracy axis does not begin at 0.",
            alt_text=f"ImageNet top-1 accuracy against GFLOPs on a log axis: the frontier at the end of each of "
            f"{members['year'].nunique()} years as rising steps, which move up and to the left, and the "
            f"{len(members)} models that ever were on it.",
            marts=MARTS,
            rows=members,
            chart=frontiers(members, steps),
            phone_legend_columns=4,
            height=HEIGHT,
        )
    ]
