"""How do parameters relate to compute? Fig. 1."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_x, log_y
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

MODELS = """
    select
        model_id,
        model_name,
        release_date,
        architecture,
        params_millions,
        gflops_per_forward_pass,
        top1_accuracy_pct,
        params_source,
        gflops_source
    from marts.models
    where domain = 'vision' and is_in_paper
    order by architecture = 'CNN' desc, release_date, model_id
"""
CORRELATIONS = "select * from marts.correlations"
PRINTED = """
    select ledger_id, printed_value
    from marts.paper_ledger
    where ledger_id in ('text-parameters-correlation-cnn', 'text-parameters-correlation-transformer')
"""
MARTS = tables(MODELS, CORRELATIONS, PRINTED)
ARCHITECTURES = {"CNN": ("blue", "circle"), "Transformer": ("orange", "triangle-up"), "Hybrid": ("green", "square")}


def gflops_against_parameters(models: pd.DataFrame) -> alt.LayerChart:
    """Return the chart of Fig. 1.

    Parameters
    ----------
    models
        One row per vision model, the columns of ``MODELS``.

    Raises
    ------
    ValueError
        When a model has an architecture without a colour.
    """
    unknown = set(models["architecture"]) - set(ARCHITECTURES)
    if unknown:
        raise ValueError(f"no colour for the architectures {', '.join(sorted(unknown))}; add them to ARCHITECTURES")
    names = [name for name in ARCHITECTURES if name in set(models["architecture"])]
    chosen = alt.selection_point(name="chosen", fields=["architecture"], bind="legend", toggle="true")
    marks = (
        alt.Chart(rows_of(models))
        .transform_filter(chosen)
        .mark_point(filled=True, size=70, opacity=0.85, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=log_x("params_millions", log_bounds(models["params_millions"]), "Parameters, millions"),
            y=log_y(
                "gflops_per_forward_pass", log_bounds(models["gflops_per_forward_pass"]), "GFLOPs per forward pass"
            ),
            color=alt.Color("architecture:N", title=None).scale(
                domain=names, range=[colour(ARCHITECTURES[name][0]) for name in names]
            ),
            shape=alt.Shape("architecture:N", title=None).scale(
                domain=names, range=[ARCHITECTURES[name][1] for name in names]
            ),
            tooltip=[
                said("model_name", "Model"),
                said("release_date", "Released"),
                said("architecture", "Architecture"),
                measured("params_millions", "Parameters, millions"),
                measured("gflops_per_forward_pass", "GFLOPs per forward pass"),
                said("params_source", "Source of parameters"),
                said("gflops_source", "Source of GFLOPs"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(marks)


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return Fig. 1."""
    models = read(connection, MODELS)
    correlations = read(connection, CORRELATIONS).set_index(["architecture", "subset"])
    printed = read(connection, PRINTED).set_index("ledger_id")
    cnn, transformer = correlations.loc[("CNN", "all_rows")], correlations.loc[("Transformer", "all_rows")]
    pairs = [correlations.loc[(name, "distinct_pairs")] for name in ("CNN", "Transformer")]
    return [
        Figure(
            figure_id="figure-1",
            label="Fig. 1",
            title=f"Parameters and GFLOPs rise together: correlation {cnn.pearson:.2f} in CNNs, "
            f"{transformer.pearson:.2f} in transformers",
            subtitle=f"On log axes {cnn.pearson_log:.2f} (n = {cnn.n:.0f}) and {transformer.pearson_log:.2f} (n = "
            f"{transformer.n:.0f}); by rank {cnn.spearman:.2f} and {transformer.spearman:.2f}.",
            caption="Each point is a vision model of Table 2. The title has Pearson's coefficient of the values, "
            f"of which the paper prints {number(printed.loc['text-parameters-correlation-cnn'].printed_value)} and "
            f"{number(printed.loc['text-parameters-correlation-transformer'].printed_value)}; counting models that "
            f"share both numbers once it is {pairs[0].pearson:.4f} (n = {pairs[0].n:.0f}) and "
            f"{pairs[1].pearson:.4f} (n = {pairs[1].n:.0f}). Both axes are logarithmic: a straight line is a power "
            "law, and proportion only where its slope is 1. Hybrids are too few for a coefficient. Models that "
            "share both numbers lie on one another.",
            alt_text=f"GFLOPs per forward pass against parameters of {len(models)} vision models, both on log axes; "
            "CNNs, transformers and hybrids rise along a common diagonal.",
            marts=MARTS,
            rows=models,
            chart=gflops_against_parameters(models),
            phone_legend_columns=2,
        )
    ]
