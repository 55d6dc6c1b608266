"""What a figure is: a chart with the words and the rows that belong to it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

from reports.theme import CONFIG


@dataclass(frozen=True)
class Figure:
    """One chart of the page.

    Parameters
    ----------
    figure_id
        Name of its files and its anchor, such as ``figure-3``.
    label
        What the reader calls it, such as ``Fig. 3``.
    title
        The finding, in words and numbers of the marts.
    subtitle
        Method and numbers that the finding rests on.
    caption
        What marks, lines and bands mean, and what the axes leave out.
    alt_text
        What the chart shows, for who cannot see it.
    marts
        The tables that it is drawn from, as schema and name.
    rows
        The rows that its marks stand for.
    chart
        The chart, without title and width.
    height
        Of the plot, in pixels.
    legend_columns
        How many entries of a legend fit side by side; None for all in one line.
    phone_legend_columns
        The same on a phone.
    """

    figure_id: str
    label: str
    title: str
    subtitle: str
    caption: str
    alt_text: str
    marts: tuple[str, ...]
    rows: pd.DataFrame
    chart: alt.LayerChart
    height: int = 400
    legend_columns: int | None = None
    phone_legend_columns: int = 1

    def spec(self) -> dict[str, Any]:
        """Return the Vega-Lite specification, as wide as its container, its colours as CSS variables.

        Raises
        ------
        altair.utils.schemapi.SchemaValidationError
            When the chart is not valid Vega-Lite.
        """
        return copy.deepcopy(self._valid_spec)

    @cached_property
    def _valid_spec(self) -> dict[str, Any]:
        # Checking a chart takes longer than drawing it, so that is done once.
        chart = self.chart.properties(
            width="container",
            height=self.height,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            description=self.alt_text,
            usermeta={"phone_legend_columns": self.phone_legend_columns},
        )
        columns = {} if self.legend_columns is None else {"columns": self.legend_columns}
        return with_datasets(chart.configure(**CONFIG | {"legend": CONFIG["legend"] | columns}).to_dict())


def with_datasets(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a specification whose layers share their data: each named data source stands once, at the top.

    Raises
    ------
    ValueError
        When two layers hold other rows under one name.
    """
    datasets: dict[str, Any] = {}

    def named(part: Any) -> Any:  # noqa: ANN401 - JSON of any depth
        if isinstance(part, list):
            return [named(each) for each in part]
        if not isinstance(part, dict):
            return part
        if part.keys() == {"name", "values"}:
            if datasets.setdefault(part["name"], part["values"]) != part["values"]:
                raise ValueError(f"two layers have data named {part['name']!r} with other rows; name one of them anew")
            return {"name": part["name"]}
        return {key: named(value) for key, value in part.items()}

    return {**named(spec), "datasets": datasets}


def rows_of(frame: pd.DataFrame, name: str = "rows") -> alt.InlineData:
    """Return a frame as the data of a mark; those named ``rows`` are what the page offers for download."""
    return alt.InlineData(values=records(frame), name=name)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as JSON has them: None for a missing value."""
    return [{str(key): clean(value) for key, value in row.items()} for row in frame.to_dict(orient="records")]


def clean(value: Any) -> Any:  # noqa: ANN401 - a cell of any type
    """Return a cell as JSON has it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return value.item() if hasattr(value, "item") else value
