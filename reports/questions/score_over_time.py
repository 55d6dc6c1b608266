"""How did scores rise over the years, and at what compute? Figs 2 and 15."""

from __future__ import annotations

import math

import altair as alt
import duckdb
import pandas as pd

from reports.axes import PLAIN_NUMBER, linear_y, log_bounds, log_ticks, time_x, year_bounds
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import names_beside, plot_fractions
from reports.theme import colour
from reports.tooltips import day, measured, said
from reports.words import number

MODELS = """
    select
        model_id,
        model_name,
        release_date,
        coalesce(top1_accuracy_pct, glue_score) as score,
        gflops_per_forward_pass,
        case when domain = 'vision' then coalesce(extra_training_data, 'none') end as extra_training_data,
        case when domain = 'language' then 'Language model'
            when extra_training_data is null then 'ImageNet-1k only' else 'Extra data' end as training_data,
        case when is_best_of_year or domain = 'language' then model_name end as label,
        score_source,
        gflops_source
    from marts.models
    where domain = $domain and is_in_paper and coalesce(top1_accuracy_pct, glue_score) is not null
    order by gflops_per_forward_pass desc, model_id
"""
MARTS = tables(MODELS)
BUBBLE_AREAS = (14, 900)
SCORES = {"vision": "ImageNet top-1 accuracy, %", "language": "GLUE score"}
BUBBLES = (
    "The area of a bubble grows with the logarithm of the GFLOPs of one forward pass, since in proportion all but "
    "the largest would vanish; the largest are drawn first, so that none hides a smaller one."
)


def scores_over_time(models: pd.DataFrame, domain: str, bounds: tuple[float, float]) -> alt.LayerChart:
    """Return the chart of Figs 2 and 15: bubbles sized by GFLOPs.

    Parameters
    ----------
    models
        One row per model with a score, the columns of ``MODELS``, the largest first.
    domain
        ``vision`` or ``language``.
    bounds
        GFLOPs of the smallest and of the largest bubble.
    """
    low, high = bounds
    low_score, high_score = models["score"].min(), models["score"].max()
    x = time_x("release_date", year_bounds(models["release_date"]))
    y = linear_y("score", (5 * (low_score // 5), 5 * (high_score // 5) + 5), SCORES[domain])
    chosen = alt.selection_point(name="chosen", fields=["training_data"], bind="legend", toggle="true")
    groups = ["ImageNet-1k only", "Extra data"] if domain == "vision" else ["Language model"]
    colours = alt.Scale(domain=groups, range=[colour("blue"), colour("orange")][: len(groups)])
    bubbles = (
        alt.Chart(rows_of(models))
        .transform_filter(chosen)
        .mark_circle(opacity=0.62, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=x,
            y=y,
            size=alt.Size("gflops_per_forward_pass:Q", title="GFLOPs")
            .scale(type="log", domain=[low, high], range=list(BUBBLE_AREAS))
            .legend(
                values=log_ticks(low, high),
                format=PLAIN_NUMBER,
                symbolType="circle",
                symbolFillColor=colour("grey"),
                orient="bottom",
            ),
            color=alt.Color(
                "training_data:N",
                scale=colours,
                legend=alt.Legend(title="Trained on") if domain == "vision" else None,
            ),
            tooltip=[
                said("model_name", "Model"),
                day("release_date", "Released"),
                measured("score", SCORES[domain]),
                measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
                *([said("extra_training_data", "Extra training data")] if domain == "vision" else []),
                said("score_source", "Source of the score"),
                said("gflops_source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    shares = plot_fractions(models["gflops_per_forward_pass"].tolist(), {"type": "log", "domain": [low, high]})
    smallest, largest = BUBBLE_AREAS
    radii = [math.sqrt((smallest + share * (largest - smallest)) / math.pi) for share in shares]
    return alt.layer(*names_beside(models, x, y, 400, chosen, radii), bubbles)


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Figs 2 and 15."""
    vision, language = (read(connection, MODELS, domain=domain) for domain in ("vision", "language"))
    bounds = log_bounds(vision["gflops_per_forward_pass"], language["gflops_per_forward_pass"])
    first, best = vision.loc[vision["release_date"].idxmin()], vision.loc[vision["score"].idxmax()]
    oldest, top = language.loc[language["release_date"].idxmin()], language.loc[language["score"].idxmax()]
    return [
        Figure(
            figure_id="figure-2",
            label="Fig. 2",
            title=f"Accuracy rose from {number(first.score)} % ({first.model_name}, "
            f"{number(first.gflops_per_forward_pass)} GFLOPs) to {number(best.score)} % ({best.model_name}, "
            f"{number(best.gflops_per_forward_pass)} GFLOPs)",
            subtitle=f"{len(vision)} vision models of Table 2, {first.release_date[:4]} to "
            f"{vision['release_date'].max()[:4]}; the most accurate of each year is named.",
            caption=f"{BUBBLES} Extra training data cost nothing at inference. The accuracy axis does not begin at 0.",
            alt_text=f"ImageNet top-1 accuracy of {len(vision)} vision models by release date, bubbles sized by "
            "GFLOPs and coloured by whether extra training data were used; accuracy and bubbles rise.",
            marts=MARTS,
            rows=vision,
            chart=scores_over_time(vision, "vision", bounds),
            phone_legend_columns=2,
        ),
        Figure(
            figure_id="figure-15",
            label="Fig. 15",
            title=f"GLUE rose from {number(oldest.score)} ({oldest.model_name}, "
            f"{number(oldest.gflops_per_forward_pass)} GFLOPs) to {number(top.score)} ({top.model_name}, "
            f"{number(top.gflops_per_forward_pass)} GFLOPs)",
            subtitle=f"The {len(language)} language models of Table 7 that have a GLUE score, "
            f"{oldest.release_date[:4]} to {language['release_date'].max()[:4]}.",
            caption=f"{BUBBLES} Sizes are those of Fig. 2. All have an input of 128 tokens; the paper's caption "
            "says per token, its values are for 128 tokens. Models without a GLUE score are left out. The score "
            "axis does not begin at 0.",
            alt_text=f"GLUE score of {len(language)} language models by release date, bubbles sized by GFLOPs; "
            "smaller models reach scores that large ones had before.",
            marts=MARTS,
            rows=language,
            chart=scores_over_time(language, "language", bounds),
            phone_legend_columns=2,
        ),
    ]
