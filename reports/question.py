"""The questions of the page, in its order, each with the figures that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import duckdb

from reports.figure import Figure
from reports.questions import (
    compute_trend,
    consolidation_lags,
    energy_trend,
    forecast_on_trial,
    frontier_by_year,
    hardware_efficiency,
    hardware_influence,
    headline_variants,
    human_energy,
    matching_policies,
    measured_energy,
    parameters_and_compute,
    progress_split,
    score_for_cost,
    score_over_time,
    workloads,
)

QUESTIONS: dict[str, ModuleType] = {
    "How do parameters relate to compute?": parameters_and_compute,
    "How did scores rise, and at what compute?": score_over_time,
    "How fast does the compute of one forward pass grow?": compute_trend,
    "Which models give the most for their compute and energy?": score_for_cost,
    "Which models were on the frontier, and for how long?": frontier_by_year,
    "How soon is a leading model equalled for a fraction of its compute?": consolidation_lags,
    "How efficient has hardware become?": hardware_efficiency,
    "How much does the hardware trend rest on single GPUs?": hardware_influence,
    "Did the hardware forecast of 2021 hold?": forecast_on_trial,
    "How fast does the energy of one forward pass grow?": energy_trend,
    "How much does energy depend on the hardware that a model is matched with?": matching_policies,
    "Do the estimated joules agree with measured ones?": measured_energy,
    "Is it the models or the hardware that made accuracy cheaper?": progress_split,
    "When does one pass a second reach the power of a human?": human_energy,
    "What does a workload take, and how far are methods apart?": workloads,
    "Which of the headlines hang on a choice?": headline_variants,
}

TABLE_IDS: dict[ModuleType, tuple[str, ...]] = {workloads: ("workload-scenarios", "workload-estimates")}


@dataclass(frozen=True)
class Question:
    """A question with the figures that answer it, and the anchors of the tables that say more."""

    title: str
    figures: list[Figure]
    table_ids: tuple[str, ...] = ()


def questions(connection: duckdb.DuckDBPyConnection) -> list[Question]:
    """Return all questions with their figures.

    Raises
    ------
    duckdb.CatalogException
        When the warehouse lacks a table that a figure is drawn from.
    """
    return [
        Question(title, module.figures(connection), TABLE_IDS.get(module, ())) for title, module in QUESTIONS.items()
    ]
