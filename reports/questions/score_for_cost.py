"""Which models give the most accuracy for their compute, and for their energy? Figs 4, 5, 11 and 12."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import linear_y, log_bounds, log_x, shapes
from reports.data import read, tables
from reports.figure import Figure
from reports.frontier_chart import frontier_chart
from reports.tooltips import measured, said
from reports.words import JOULES, number

MODELS = """
    select
        models.model_id,
        models.model_name,
        models.release_date,
        year(models.release_date) as release_year,
        coalesce(models.top1_accuracy_pct, models.glue_score) as score,
        models.gflops_per_forward_pass,
        inference_energy.joules_per_forward_pass,
        models.is_on_gflops_frontier,
        models.is_on_joules_frontier,
        case when models.domain = 'vision' then coalesce(models.extra_training_data, 'none') end as extra_training_data,
        case
            when models.domain <> 'vision' then null
            when models.extra_training_data is null then 'ImageNet-1k only'
            else 'extra data'
        end as training_data,
        models.score_source,
        models.gflops_source
    from marts.models
    inner join marts.inference_energy using (model_id)
    where
        models.domain = $domain and models.is_in_paper and inference_energy.matching_policy = 'trend'
        and coalesce(models.top1_accuracy_pct, models.glue_score) is not null
    order by models.gflops_per_forward_pass, models.model_id
"""
STATEMENTS = """
    select statement_id, claim, verdict
    from marts.paper_statements
    where statement_id in (
        'statement-fig-4-frontier-new-models', 'statement-fig-5-old-models-inefficient',
        'statement-fig-11-old-models-high-joules', 'statement-fig-12-clearer-for-nlp'
    )
"""
MARTS = tables(MODELS, STATEMENTS)
SCORES = {"vision": "ImageNet top-1 accuracy, %", "language": "GLUE score"}
COSTS = {
    ("vision", "gflops"): "GFLOPs per forward pass",
    ("language", "gflops"): "GFLOPs per forward pass of 128 tokens",
    ("vision", "joules"): "Joules per forward pass",
    ("language", "joules"): "Joules per forward pass of 128 tokens",
}
FRONTIER = (
    "The steps join the models that none beats: no model scores as high at less cost, and none scores higher at "
    "the same. Colour is the year of release."
)


def score_against_cost(models: pd.DataFrame, domain: str, cost: str) -> alt.LayerChart:
    """Return the chart of Figs 4, 5, 11 and 12.

    Parameters
    ----------
    models
        One row per model with a score, the columns of ``MODELS``.
    domain
        ``vision`` or ``language``.
    cost
        ``gflops`` or ``joules``.
    """
    column = f"{cost}_per_forward_pass"
    points = models.assign(is_on_frontier=models[f"is_on_{cost}_frontier"].astype(bool)).sort_values(
        [column, "model_id"]
    )
    points["label"] = points["model_name"].where(points["is_on_frontier"]) if domain == "language" else ends(points)
    low, high = points["score"].min(), points["score"].max()
    y = linear_y("score", (5 * (low // 5), 5 * (high // 5) + 5), SCORES[domain])
    tooltip = [
        said("model_name", "Model"),
        said("release_date", "Released"),
        measured("score", SCORES[domain]),
        measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
        measured("joules_per_forward_pass", "Joules per forward pass (estimated)"),
        *([said("extra_training_data", "Extra training data")] if domain == "vision" else []),
        said("score_source", "Source of the score"),
        said("gflops_source", "Source of GFLOPs"),
    ]
    shape = (
        alt.Shape("training_data:N", scale=shapes(points["training_data"])).legend(title="Trained on", orient="bottom")
        if domain == "vision"
        else alt.Undefined
    )
    return frontier_chart(
        points, log_x(column, log_bounds(points[column]), COSTS[domain, cost]), y, tooltip, shape=shape
    )


def ends(points: pd.DataFrame) -> pd.Series:
    """Return the names of the oldest model, the cheapest and the best; the frontier of vision is too dense for all."""
    named = {points["release_date"].idxmin(), points[points["is_on_frontier"]].index[0], points["score"].idxmax()}
    return points["model_name"].where(points.index.isin(named))


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 4, 5, 11 and 12."""
    statements = read(connection, STATEMENTS).set_index("statement_id")
    frames = {domain: read(connection, MODELS, domain=domain) for domain in ("vision", "language")}
    return [
        figure(frames["vision"], "vision", "gflops", "Fig. 4", statements.loc["statement-fig-4-frontier-new-models"]),
        figure(
            frames["language"], "language", "gflops", "Fig. 5", statements.loc["statement-fig-5-old-models-inefficient"]
        ),
        figure(
            frames["vision"], "vision", "joules", "Fig. 11", statements.loc["statement-fig-11-old-models-high-joules"]
        ),
        figure(frames["language"], "language", "joules", "Fig. 12", statements.loc["statement-fig-12-clearer-for-nlp"]),
    ]


def figure(models: pd.DataFrame, domain: str, cost: str, label: str, statement: pd.Series) -> Figure:
    """Return one of the four figures with the claim that the paper makes of it."""
    on_frontier = models[models[f"is_on_{cost}_frontier"].astype(bool)].sort_values(f"{cost}_per_forward_pass")
    cheapest, best = on_frontier.iloc[0], on_frontier.iloc[-1]
    unit = {"gflops": "GFLOPs", "joules": "J"}[cost]
    score = {"vision": "% top-1 accuracy", "language": "points on GLUE"}[domain]
    column = f"{cost}_per_forward_pass"
    shape = " Shape says whether it was trained on more than ImageNet-1k." if domain == "vision" else ""
    method = f" {JOULES}" if cost == "joules" else ""
    return Figure(
        figure_id=label.lower().replace(". ", "ure-"),
        label=label,
        title=f"The frontier runs from {number(cheapest.score)} {score} for {number(cheapest[column])} {unit} to "
        f"{number(best.score)} for {number(best[column])} {unit}",
        subtitle=f"{len(on_frontier)} of {len(models)} {domain} models are on it, {cheapest.model_name} to "
        f"{best.model_name}.",
        caption=f"{FRONTIER}{shape}{method} The score axis does not begin at 0. The paper claims: "
        f"{statement.claim}. Verdict: {statement.verdict.replace('_', ' ')}; the test and its result stand under "
        "Claims.",
        alt_text=f"{SCORES[domain]} against {COSTS[domain, cost]} on a log axis for {len(models)} {domain} models "
        "coloured by year, with the frontier as rising steps.",
        marts=MARTS,
        rows=models,
        chart=score_against_cost(models, domain, cost),
        phone_legend_columns=4,
    )
