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
from inference_energy.names import Entry, suggestions
from inference_energy.sql_models import PUBLISHED, SqlModels
from inference_energy.workload_paths import register_path_functions

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
        select distinct rates.method, rates.boundary, coalesce(sources.title, rates.source) as source
        from {published}.dimensions.dim_published_rates as rates
        left join {published}.raw.sources as sources on rates.source = sources.source_id
        order by rates.method
    """,
}


@dataclass(frozen=True)
class Method:
    """What a method does, in sentences.

    Parameters
    ----------
    what
        How it comes to its joules.
    models
        Which models it knows, and on which accelerators.
    known_bias
        What it leaves out, and which way it errs.
    boundary, source
        Of a method of this project, which stands in no table; of one published by others the warehouse knows them.
    """

    what: str
    models: str
    known_bias: str
    boundary: str | None = None
    source: str | None = None


METHODS = {
    "paper": Method(
        "FLOPs of the model over the rated FLOPS per watt of the accelerator, or of the hardware that the scenario "
        "matches.",
        "For models with FLOPs on record, on accelerators with a rate for their domain.",
        "Counts multiplying alone, at full power: moving weights and cache is left out, so written text comes out too "
        "low, the more so the smaller the batch. Most image networks under a framework took more than it says, and an "
        "encoder on tuned servers less (marts.energy_calibration_summary).",
        boundary="gpu_board",
        source="the paper (Eqs. 1 and 2)",
    ),
    "calibrated": Method(
        "The paper's joules times the measured ratio of the model's family; for written text, reading memory and "
        "computing, fitted on the accelerator.",
        "For measured families of image networks and encoders, and for generative models with an architecture on "
        "record on the accelerators that were measured while writing.",
        "Holds for the few chips and the software that were measured. Reading a prompt is estimated only, and some of "
        "it is counted twice (marts.energy_calibration, marts.decode_check).",
        boundary="gpu_board or wall",
        source="this project, from measurements by others",
    ),
    "ideal": Method(
        "Weights and cache read at the peak bandwidth of the accelerator and work done at its peak rate, at rated "
        "power.",
        "For generative models with an architecture on record, on a stated accelerator whose sheet has power, "
        "bandwidth and peak rate.",
        "Nothing of it is measured, and servers seldom reach peaks: mostly too low (marts.decode_check).",
        boundary="gpu_board",
        source="this project, from the sheets of accelerators",
    ),
    "ecologits_2024": Method(
        "Constants per written token by active parameters: GPUs, and their share of a server that serves one request "
        "at a time.",
        "For generative models with parameters on record, whatever the accelerator.",
        "Reading a prompt counts as nothing. Far too high for servers that answer many requests at a time.",
    ),
    "ecologits_2025": Method(
        "Constants per written token by active parameters and batch size: GPUs, and their share of a server that the "
        "requests of a batch share.",
        "For generative models with parameters on record, whatever the accelerator.",
        "Reading a prompt counts as nothing, and one kind of GPU stands for all.",
    ),
    "epoch_2025": Method(
        "FLOPs of written tokens at a share of the peak rate of an H100, times the power of a server and its site.",
        "For generative models with parameters on record, whatever the accelerator.",
        "Reading a prompt counts as nothing, so it is too low for long prompts. An H100 stands for all accelerators, "
        "and batch size for nothing.",
    ),
}


@dataclass(frozen=True)
class SummaryKey:
    """What a summary has one row per: the name of its column, and SQL for it from a row of a workload."""

    name: str
    sql: str


SUMMARY_KEYS = {
    "model": SummaryKey("model_id", "model_id"),
    "total": SummaryKey("model_id", "model_id"),
    "day": SummaryKey("on_date", "cast(on_date as varchar)"),
    "country": SummaryKey("country_iso3", "country_iso3"),
    "accelerator": SummaryKey("accelerator_id", "accelerator_id"),
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
        register_path_functions(connection)
        if not columns_of(connection, "dimensions", "dim_models", PUBLISHED):
            raise WarehouseError(f"the warehouse {file} lacks the schema dimensions, an older build; run `make build`")
        yield connection


def catalogue(connection: duckdb.DuckDBPyConnection, kind: str) -> list[Row]:
    """Return what the warehouse knows of a kind, a key of ``CATALOGUES``, in order."""
    rows = rows_of(connection.execute(CATALOGUES[kind].format(published=quoted(PUBLISHED))))
    if kind != "method":
        return rows
    texts = {name: asdict(method) for name, method in METHODS.items()}
    own = [{"method": name, **texts[name]} for name, method in METHODS.items() if method.source]
    columns = ("method", "what", "boundary", "models", "known_bias", "source")
    described = [*own, *(texts.get(row["method"], {}) | row for row in rows)]
    return [{column: row.get(column) for column in columns} for row in described]


def entries(connection: duckdb.DuckDBPyConnection, kind: str) -> list[Entry]:
    """Return the ids of a kind, the names that go with them, and the makers of accelerators."""
    named = kind in {"model", "accelerator", "country"}
    rows = catalogue(connection, kind)
    cells = [list(row.values()) for row in rows]
    return [
        Entry(row[0], row[1] if named else row[0], known.get("maker")) for row, known in zip(cells, rows, strict=True)
    ]


def scenarios(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return the scenarios as `catalogue` does, with the factors from joules within a boundary to those at the meter.

    They are ``meter_factor_of_boards`` and ``meter_factor_of_server``; within a whole facility all is in already.
    """
    factors = SqlModels(connection).render_text(
        """
        select
            scenario_id,
            3.6e6 * {{ kwh_at_the_meter('1e0', "'gpu_board'", 'scenarios') }} as meter_factor_of_boards,
            3.6e6 * {{ kwh_at_the_meter('1e0', "'server'", 'scenarios') }} as meter_factor_of_server
        from {{ ref('dim_scenarios') }} as scenarios
        """
    )
    by_id = {row.pop("scenario_id"): row for row in rows_of(connection.execute(factors))}
    return [row | by_id[row["scenario_id"]] for row in catalogue(connection, "scenario")]


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
        literal = file.name.replace("'", "''")
        # Nobody named this file, so nobody is told what is wrong with its name.
        files = f"(select '{literal}' as file, 'csv' as format, '{','.join(asdict(request))}' as layout)"
        models = SqlModels(connection, {"int_workload_files": files}, {"workload": "of one request"})
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


def distinct_paths(paths: Sequence[str]) -> list[str]:
    """Return paths and globs without links in their folders, so that what is named in two ways counts once.

    A file keeps its own name, for a link may have an ending that its target has not.
    """
    distinct: dict[str, str] = {}
    for path in paths:
        distinct.setdefault(_real_path(path), _with_real_folder(path))
    return list(distinct.values())


def _real_path(path: str) -> str:
    return os.path.realpath(path) if Path(path).exists() else _with_real_folder(path)


def _with_real_folder(path: str) -> str:
    if "://" in path:
        return path
    if Path(path).is_dir():
        return os.path.realpath(path)
    # Where a folder is a glob, the part before it.
    folder, name = os.path.split(path.rstrip(os.sep))
    return f"{_with_real_folder(folder or os.curdir).rstrip(os.sep)}{os.sep}{name}"


def files_of(models: SqlModels) -> list[str]:
    """Return the files of a workload, in order.

    Raises
    ------
    WarehouseError
        When there is none, or when not each would be read, whole and once.
    """
    name = models.run("int_workload_files")
    return [file for (file,) in models.connection.execute(f"select file from {name} order by file").fetchall()]  # noqa: S608


def is_read(target: Path, paths: Sequence[str]) -> bool:
    """Return whether a file would be one of a workload of these paths, or lie in or below a folder that is read.

    Parameters
    ----------
    target
        A file, there or not.
    paths
        Those of `distinct_paths`.
    """
    real = Path(os.path.realpath(target))
    for path in paths:
        before_any_depth = path.split("**")[0]
        if real in {Path(path), Path(os.path.realpath(path))}:
            return True
        # Nor below it: a folder in one that is read stops the next reading.
        if Path(path).is_dir() and real.is_relative_to(path):
            return True
        if real.match(path) or real.parent.match(path):
            return True
        if before_any_depth != path and str(real).startswith(before_any_depth):
            return True
    return False


@dataclass(frozen=True)
class Summary:
    """What came of a workload.

    Parameters
    ----------
    rows
        Those of the mart `workload_summary`, with what the summary is by in place of the model; ``all`` is the sum.
    n_rows
        Rows read.
    n_set_aside
        Rows of these that were not counted.
    n_inferences
        Inferences in the rows read, by the digits of the counts that they state; a row without any is one.
    n_inferences_set_aside
        Inferences of these that were not counted.
    n_lines_of_wrong_length
        Rows of those set aside with too few or too many cells, of which nobody knows what they stand for: each is one.
    """

    rows: list[Row]
    n_rows: int
    n_set_aside: int
    n_inferences: float
    n_inferences_set_aside: float
    n_lines_of_wrong_length: int = 0

    @property
    def share_set_aside(self) -> float:
        """Share of rows not counted; 0 for a workload without rows."""
        return self.n_set_aside / self.n_rows if self.n_rows else 0.0

    @property
    def share_of_inferences_set_aside(self) -> float:
        """Share of inferences not counted; 0 for a workload without inferences."""
        return self.n_inferences_set_aside / self.n_inferences if self.n_inferences else 0.0


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
        models.relations[name] = f"(select * replace ({key.sql} as model_id) from {models.relations[name]})"  # noqa: S608
    summary = models.run("workload_summary")
    models.relations |= {"int_workload_judged": judged, "workload_energy": energy}
    rows = rows_of(
        connection.execute(
            f"""
            select model_id as {key.name}, * exclude (model_id)
            from {summary}
            where $by <> 'total' or model_id = 'all'
            order by model_id <> 'all', model_id
            """,  # noqa: S608
            {"by": by},
        )
    )
    (counts,) = connection.execute(
        f"""
        select
            coalesce(sum(n_rows), 0)::bigint,
            coalesce(sum(n_rows) filter (reject_reason is not null), 0)::bigint,
            coalesce(sum(n_inferences), 0),
            coalesce(sum(n_inferences) filter (reject_reason is not null), 0),
            coalesce(sum(n_rows) filter (fault like 'the line has %'), 0)::bigint
        from {judged}
        """  # noqa: S608
    ).fetchall()
    return Summary(in_order(connection, rows), *counts)


def facts(models: SqlModels) -> list[Row]:
    """Return what the numbers of a workload rest on, one row per scenario and method.

    Returns
    -------
    list of dict
        ``bases`` and ``missing`` list what each part rests on, or why it has no estimate, with its inferences, the most
        first; shares of kWh are None where there is no electricity. ``share_of_joules_left_out`` is that of the joules
        that ``widest_method``, which estimates the most inferences, has for requests that the method leaves out; None
        where it has none.
    """
    connection, energy = models.connection, models.run("workload_energy")
    rows = rows_of(
        connection.execute(
            f"""
            select
                scenario_id,
                method,
                sum(n_inferences_estimated) as n_inferences_estimated,
                coalesce(bool_or(has_default_batch_size and n_inferences_estimated > 0), false)
                    as uses_default_batch_size,
                coalesce(bool_or(is_hardware_extrapolated), false) as is_hardware_extrapolated,
                bool_or(accelerator_id <> 'unstated') as has_stated_accelerator,
                bool_or(accelerator_id = 'unstated') as has_unstated_accelerator,
                coalesce(sum(kwh) filter (country_iso3 = 'unstated'), 0) / nullif(sum(kwh), 0)
                    as share_of_kwh_without_country,
                coalesce(sum(kwh) filter (gco2e is null), 0) / nullif(sum(kwh), 0) as share_of_kwh_without_intensity,
                min(intensity_year) filter (gco2e is not null) as first_intensity_year,
                max(intensity_year) filter (gco2e is not null) as last_intensity_year,
                coalesce(bool_or(intensity_year <> year(on_date)) filter (gco2e is not null), false)
                    as uses_nearest_intensity_year
            from {energy}
            group by scenario_id, method
            """  # noqa: S608
        )
    )
    left_out = _left_out(connection, energy)
    for row in rows:
        row |= left_out[row["scenario_id"], row["method"]]
    lists = {
        "bases": ("basis", "n_inferences_estimated", "n_inferences_estimated > 0"),
        # One row of the mart may hold requests with an estimate and requests without; it has no reason then.
        "missing": (
            "coalesce(missing_reason, 'of some requests of a day only')",
            "n_inferences - n_inferences_estimated",
            "n_inferences > n_inferences_estimated",
        ),
    }
    for name, (text, inferences, condition) in lists.items():
        found = connection.execute(
            f"""
            select scenario_id, method, {text} as text, sum({inferences}) as n_inferences
            from {energy}
            where {condition}
            group by scenario_id, method, text
            order by n_inferences desc, text
            """  # noqa: S608
        ).fetchall()
        for row in rows:
            row[name] = [
                {"text": part, "n_inferences": count}
                for scenario_id, method, part, count in found
                if (scenario_id, method) == (row["scenario_id"], row["method"])
            ]
    return in_order(connection, rows)


def _left_out(connection: duckdb.DuckDBPyConnection, energy: str) -> dict[tuple[str, str], Row]:
    """Return by scenario and method which one covers most, and the share of its joules that the method leaves out.

    A cell of the mart of which a method estimates a part of the inferences is left out in proportion.
    """
    rows = rows_of(
        connection.execute(
            f"""
            with

            methods as (

                select
                    scenario_id,
                    method,
                    sum(n_inferences_estimated) as n_inferences_estimated
                from {energy}
                group by scenario_id, method

            ),

            widest as (

                select
                    scenario_id,
                    arg_max(method, (n_inferences_estimated, method = 'paper')) as widest_method
                from methods
                group by scenario_id

            )

            select
                methods.scenario_id,
                methods.method,
                widest.widest_method,
                sum(
                    cells.joules * (1 - coalesce(covered.n_inferences_estimated / nullif(covered.n_inferences, 0), 0))
                ) / nullif(sum(cells.joules), 0) as share_of_joules_left_out
            from methods
            inner join widest on methods.scenario_id = widest.scenario_id
            inner join {energy} as cells
                on widest.scenario_id = cells.scenario_id and widest.widest_method = cells.method
            left join {energy} as covered
                on
                    methods.scenario_id = covered.scenario_id
                    and methods.method = covered.method
                    and cells.on_date = covered.on_date
                    and cells.model_id = covered.model_id
                    and cells.accelerator_id = covered.accelerator_id
                    and cells.country_iso3 = covered.country_iso3
            group by methods.scenario_id, methods.method, widest.widest_method
            """  # noqa: S608
        )
    )
    return {(row.pop("scenario_id"), row.pop("method")): row for row in rows}


def near_misses_of_rejects(models: SqlModels, rejected: Sequence[Row]) -> list[list[str]]:
    """Return for each of some rows set aside the ids that its unknown id may mean, none where its fault is another."""
    columns = {"model_id": "model", "accelerator_id": "accelerator", "country_iso3": "country"}
    judged = models.run("int_workload_judged")
    found: dict[str, list[str]] = {}
    for reason in {row["reason"] for row in rejected}:
        column = reason.split(maxsplit=1)[0]
        written = None
        if column in columns:
            # What was written, which the reason quotes; a row with a fault of its own states no id.
            (written,) = models.connection.execute(
                f"select any_value({column}) from {judged} where reject_reason = $reason and fault is null",  # noqa: S608
                {"reason": reason},
            ).fetchone() or (None,)
        found[reason] = (
            [entry.id for entry in suggestions(written, entries(models.connection, columns[column]), columns[column])]
            if written
            else []
        )
    return [found[row["reason"]] for row in rejected]


def rejects(models: SqlModels) -> duckdb.DuckDBPyRelation:
    """Return the rows of a workload that were set aside, in the order of its files; it is read once more for them."""
    name = models.run("workload_rejects")
    return models.connection.sql(f"select file, row_number, reason, row_text from {name} order by file, row_number")  # noqa: S608


def faults_of_reading(models: SqlModels) -> list[str]:
    """Return why no number of a workload holds, one message each: files that changed, and lines that may be no rows."""
    queries = [
        models.render_text(text)
        for text in (
            "{{ changed_workload_files(ref('int_workload_files')) }}",
            "{{ uncounted_rejected_rows(ref('int_workload_judged'), ref('workload_rejects')) }}",
            "{{ unclosed_quotes(ref('int_workload_judged'), ref('workload_rejects')) }}",
        )
    ]
    return [message for query in queries for (message,) in models.connection.execute(query).fetchall()]


def rows_of(result: duckdb.DuckDBPyConnection | duckdb.DuckDBPyRelation) -> list[Row]:
    """Return the rows of a result as dictionaries."""
    names = [name for name, *_ in result.description or ()]
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
