"""Estimate a request or a workload with the published dimensions, in memory: no build, and nothing of it is kept."""

from __future__ import annotations

import csv
import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from inference_energy.connection import WarehouseError, connect, warehouse_path
from inference_energy.marts import columns_of, quoted
from inference_energy.names import Entry
from inference_energy.sql_models import PUBLISHED, SqlModels

Row = dict[str, Any]

# What is listed and matched by name: the query gives id and name first.
CATALOGUES = {
    "model": """
        select model_id, model_name, domain, is_generative, gflops_per_forward_pass, gflops_per_token, params_millions
        from {published}.dimensions.dim_models order by model_id
    """,
    "accelerator": """
        select accelerator_id, accelerator_name, maker, tdp_watts, vision_gflops_per_watt, language_gflops_per_watt
        from {published}.dimensions.dim_accelerators order by accelerator_id
    """,
    "country": """
        select
            country_iso3,
            any_value(country_name) as country_name,
            arg_max(gco2e_per_kwh, (intensity_year, year)) as gco2e_per_kwh,
            max(intensity_year) as intensity_year
        from {published}.dimensions.dim_grid_intensity
        where country_iso3 <> 'unstated'
        group by country_iso3 order by country_iso3
    """,
    "scenario": """
        select scenario_id, matching_policy, utilisation, host_overhead, pue, description
        from {published}.dimensions.dim_scenarios order by display_order
    """,
    "method": """
        select distinct method from {published}.dimensions.dim_published_rates order by method
    """,
}
# Those of this project, which stand in no table: the paper's, and the same times measured ratios.
OWN_METHODS = ("paper", "calibrated")
# The column of a workload's energy that takes the place of the model, for a summary by something else.
SUMMARY_KEYS = {
    "model": "model_id",
    "total": "model_id",
    "day": "cast(on_date as varchar)",
    "country": "country_iso3",
    "accelerator": "accelerator_id",
}


@dataclass(frozen=True)
class Request:
    """So many inferences of one kind on one day, in the columns of a workload; None is what was not said."""

    happened_at: dt.date
    model_id: str
    accelerator_id: str | None = None
    country_iso3: str | None = None
    inference_count: float = 1
    input_tokens: float | None = None
    output_tokens: float | None = None
    batch_size: float | None = None


class RequestError(ValueError):
    """A request that cannot be estimated; the message is the reason that a workload's row would be given."""


@contextmanager
def open_published(path: str | os.PathLike[str] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in memory to which the published file is attached read-only, under the name ``PUBLISHED``.

    What does not fit into memory goes to a temporary folder, which is removed at the end.

    Parameters
    ----------
    path
        A database file; by default that of ``warehouse_path``.

    Raises
    ------
    WarehouseError
        When the file is not there, cannot be opened, or was built before there were dimensions.
    """
    file = Path(path) if path is not None else warehouse_path()
    # Its message says what to do about each fault of a file.
    connect(file).close()
    with (
        tempfile.TemporaryDirectory(prefix="inference-energy-") as spill,
        duckdb.connect(config={"temp_directory": spill}) as connection,
    ):
        literal = str(file).replace("'", "''")
        connection.execute(f"attach '{literal}' as {quoted(PUBLISHED)} (read_only)")
        if not columns_of(connection, "dimensions", "dim_models", PUBLISHED):
            raise WarehouseError(f"the warehouse {file} lacks the schema dimensions, an older build; run `make build`")
        yield connection


def catalogue(connection: duckdb.DuckDBPyConnection, kind: str) -> list[Row]:
    """Return what the warehouse knows of a kind, a key of ``CATALOGUES``, in order."""
    rows = rows_of(connection.execute(CATALOGUES[kind].format(published=quoted(PUBLISHED))))
    return [{"method": method} for method in OWN_METHODS] + rows if kind == "method" else rows


def entries(connection: duckdb.DuckDBPyConnection, kind: str) -> list[Entry]:
    """Return the ids of a kind and the names that go with them."""
    named = kind in {"model", "accelerator", "country"}
    cells = [list(row.values()) for row in catalogue(connection, kind)]
    return [Entry(row[0], row[1] if named else row[0]) for row in cells]


def estimate(connection: duckdb.DuckDBPyConnection, request: Request) -> list[Row]:
    """Estimate one request under all scenarios and by all methods that know its model.

    Returns
    -------
    list of dict
        The rows of the mart `workload_energy` with the batch size that each method took, in the order of scenarios and
        methods. Joules, kWh and gCO2e are NULL where ``missing_reason`` says why.

    Raises
    ------
    RequestError
        When a workload would set the request aside.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        # A workload of one line, so that it is read, judged and priced as any other.
        csv.writer(file).writerows([asdict(request), asdict(request).values()])
        file.flush()
        models = SqlModels(connection, variables={"workload": [file.name]})
        models.run("int_workload_groups")
    for (reason,) in connection.execute(f"select reject_reason from {models.run('int_workload_judged')}").fetchall():  # noqa: S608
        if reason is not None:
            raise RequestError(reason)
    energy, rates = models.run("workload_energy"), models.run("int_workload_rates")
    rows = rows_of(
        connection.execute(
            f"""
            select energy.*, rates.batch_size_used
            from {energy} as energy
            inner join {quoted(PUBLISHED)}.dimensions.dim_scenarios as scenarios using (scenario_id)
            inner join {rates} as rates
                on
                    energy.model_id = rates.model_id
                    and energy.accelerator_id = rates.accelerator_id
                    and energy.method = rates.method
                    and scenarios.matching_policy = rates.matching_policy
                    and rates.batch_size is not distinct from $batch_size
            """,  # noqa: S608
            {"batch_size": request.batch_size},
        )
    )
    return in_order(connection, rows)


@dataclass(frozen=True)
class Summary:
    """What came of a workload.

    Parameters
    ----------
    rows
        Those of the mart `workload_summary`, with what the summary is by in place of the model; ``all`` is the total.
    n_rows
        Rows read.
    n_set_aside
        Rows of these that were not counted.
    reasons
        How many rows were set aside for each reason, the most frequent first.
    """

    rows: list[Row]
    n_rows: int
    n_set_aside: int
    reasons: dict[str, int]

    @property
    def share_set_aside(self) -> float:
        """Share of rows not counted; 0 for a workload without rows."""
        return self.n_set_aside / self.n_rows if self.n_rows else 0.0


def summarise(models: SqlModels, by: str) -> Summary:
    """Run the models of a workload and sum it up.

    Parameters
    ----------
    models
        With the var ``workload``.
    by
        A key of ``SUMMARY_KEYS``.
    """
    connection = models.connection
    judged, energy = models.run("int_workload_judged"), models.run("workload_energy")
    key = SUMMARY_KEYS[by]
    # The same sums as in the mart, by another column than the model.
    for name in ("int_workload_judged", "workload_energy"):
        models.relations[name] = f"(select * replace ({key} as model_id) from {models.relations[name]})"  # noqa: S608
    summary = models.run("workload_summary")
    models.relations |= {"int_workload_judged": judged, "workload_energy": energy}
    rows = rows_of(
        connection.execute(
            f"""
            select * from {summary}
            where $by <> 'total' or model_id = 'all'
            order by model_id <> 'all', model_id
            """,  # noqa: S608
            {"by": by},
        )
    )
    reasons = connection.execute(
        f"select reject_reason, sum(n_rows)::bigint from {judged} group by all order by 2 desc, 1"  # noqa: S608
    ).fetchall()
    named = {reason: n for reason, n in reasons if reason is not None}
    return Summary(in_order(connection, rows), sum(n for _, n in reasons), sum(named.values()), named)


def rows_of(result: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the rows of a result as dictionaries."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def in_order(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> list[Row]:
    """Return rows in the order of scenarios and methods, and as they stand within each."""
    places = {
        kind: {entry.id: place for place, entry in enumerate(entries(connection, kind))}
        for kind in ("scenario", "method")
    }
    return sorted(rows, key=lambda row: (places["scenario"][row["scenario_id"]], places["method"][row["method"]]))


def selected(rows: Sequence[Mapping[str, Any]], scenario: str, method: str) -> list[Row]:
    """Return the rows of a scenario and a method, either of them ``all``."""
    return [dict(row) for row in rows if scenario in {"all", row["scenario_id"]} and method in {"all", row["method"]}]
