"""One engine on one workload: ``python -m tests.bench.workload_engines ENGINE FOLDER RATES RESULT``.

First comes the engine ``rates``, which writes RATES for the others. Each of them computes the same: four sums of
inferences and tokens by day, model, accelerator, country and batch size, and from them, joined with the rates, the
joules in all. They are written as JSON. The bare scan reads the same columns and no more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Totals = dict[str, float]
KEY = ("on_date", "model_id", "accelerator_id", "country_iso3", "batch_size")
SUMS = ("n_inferences", "n_input_tokens", "n_output_tokens", "n_context_tokens")
RATES = ("joules_per_inference", "joules_per_input_token", "joules_per_output_token", "joules_per_context_token")
RATE_KEY = ("model_id", "accelerator_id", "batch_size")
READ = (
    "happened_at",
    "model_id",
    "accelerator_id",
    "country_iso3",
    "inference_count",
    "input_tokens",
    "output_tokens",
    "batch_size",
)
# Of the rows of `workload_energy` and `int_workload_rates`, those that are compared.
METHOD = "paper"
SCENARIO = "paper"
POLICY = "trend"


def write_rates(folder: Path, rates: Path) -> Totals:
    """Write the rates of all classes of a workload as Parquet, a missing batch size as 0; return nothing."""
    from inference_energy.sql_models import SqlModels
    from inference_energy.workloads import open_published

    with open_published() as connection:
        table = SqlModels(connection, variables={"workload": str(folder)}).run("int_workload_rates")
        path = str(rates).replace("'", "''")
        connection.execute(
            f"""
            copy (
                select model_id, accelerator_id, coalesce(batch_size, 0) as batch_size, {", ".join(RATES)}
                from {table}
                where method = '{METHOD}' and matching_policy = '{POLICY}' and missing_reason is null
            ) to '{path}' (format parquet)
            """
        )
    return {}


def scan(folder: Path, rates: Path) -> Totals:
    """Read the columns with DuckDB, and do the least with each that needs all its values."""
    import duckdb

    count, *_ = duckdb.execute(
        """
        select
            count(*), max(happened_at), max(model_id), max(accelerator_id), max(country_iso3), sum(inference_count),
            sum(input_tokens), sum(output_tokens), max(batch_size)
        from read_parquet(?)
        """,
        [f"{folder}/*.parquet"],
    ).fetchall()[0]
    return {"rows": count}


def unchecked_sums() -> str:
    """Return SQL of DuckDB and Spark alike for the totals of the relations `requests` and `rates`, in their order."""
    joules = " + ".join(f"groups.{name} * rates.{rate}" for name, rate in zip(SUMS, RATES, strict=True))
    return f"""
        with groups as (
            select
                cast(happened_at as date) as on_date, model_id, coalesce(accelerator_id, 'unstated') as accelerator_id,
                country_iso3, coalesce(batch_size, 0e0) as batch_size, count(*) as n_rows,
                sum(inferences) as n_inferences, sum(inferences * reads) as n_input_tokens,
                sum(inferences * writes) as n_output_tokens,
                sum(inferences * writes * (reads + writes / 2)) as n_context_tokens
            from (
                select
                    *,
                    cast(inference_count as double) as inferences,
                    cast(coalesce(input_tokens, 0) as double) as reads,
                    cast(coalesce(output_tokens, 0) as double) as writes
                from requests
            )
            group by all
        )
        select sum(n_rows), {", ".join(f"sum({name})" for name in SUMS)}, sum({joules})
        from groups left join rates using ({", ".join(RATE_KEY)})
    """


def totals_of(row: Sequence[float]) -> Totals:
    """Return a row of totals, such as that of ``unchecked_sums``, by name."""
    return dict(zip(("rows", *SUMS, "joules"), map(float, row), strict=True))


def duckdb_unchecked(folder: Path, rates: Path) -> Totals:
    """Sum up and price with DuckDB alone, as the other engines do: no row is checked."""
    import duckdb

    duckdb.read_parquet(f"{folder}/*.parquet").create_view("requests")
    duckdb.read_parquet(str(rates)).create_view("rates")
    return totals_of(duckdb.execute(unchecked_sums()).fetchall()[0])


def duckdb_models(folder: Path, rates: Path) -> Totals:
    """Run the models of this project, as the command line does: with the checks of each row, and all their methods."""
    from inference_energy.sql_models import SqlModels
    from inference_energy.workloads import open_published

    with open_published() as connection:
        models = SqlModels(connection, variables={"workload": str(folder)})
        energy = models.run("workload_energy")
        sums = connection.execute(
            f"""
            select sum(n_rows), {", ".join(f"sum({name})" for name in SUMS)}
            from {models.run("int_workload_judged")}
            where reject_reason is null
            """
        ).fetchall()[0]
        joules = connection.execute(
            f"select sum(joules) from {energy} where method = '{METHOD}' and scenario_id = '{SCENARIO}'"
        ).fetchall()[0]
    return totals_of(sums + joules)


def duckdb_groups(folder: Path, rates: Path) -> Totals:
    """Read, check and sum up as this project does, and price the groups as the other engines do: by one method."""
    from inference_energy.sql_models import SqlModels
    from inference_energy.workloads import open_published

    joules = " + ".join(f"groups.{name} * rates.{rate}" for name, rate in zip(SUMS, RATES, strict=True))
    with open_published() as connection:
        groups = SqlModels(connection, variables={"workload": str(folder)}).run("int_workload_groups")
        found = connection.execute(
            f"""
            select sum(n_rows), {", ".join(f"sum({name})" for name in SUMS)}, sum({joules})
            from {groups} as groups
            left join read_parquet(?) as rates
                on groups.model_id = rates.model_id
                and coalesce(groups.accelerator_id, 'unstated') = rates.accelerator_id
                and coalesce(groups.batch_size, 0) = rates.batch_size
            """,
            [str(rates)],
        ).fetchall()[0]
    return totals_of(found)


def polars(folder: Path, rates: Path) -> Totals:
    """Use the streaming engine of Polars."""
    import polars as pl

    inferences, reads, writes = (
        pl.col(name).fill_null(0).cast(pl.Float64) for name in ("inference_count", "input_tokens", "output_tokens")
    )
    groups = (
        pl.scan_parquet(f"{folder}/*.parquet")
        .group_by(
            pl.col("happened_at").dt.date().alias("on_date"),
            "model_id",
            pl.col("accelerator_id").fill_null("unstated"),
            "country_iso3",
            pl.col("batch_size").fill_null(0),
        )
        .agg(
            pl.len().alias("rows"),
            inferences.sum().alias("n_inferences"),
            (inferences * reads).sum().alias("n_input_tokens"),
            (inferences * writes).sum().alias("n_output_tokens"),
            (inferences * writes * (reads + writes / 2)).sum().alias("n_context_tokens"),
        )
    )
    joules = sum((pl.col(name) * pl.col(rate) for name, rate in zip(SUMS, RATES, strict=True)), pl.lit(0.0))
    totals = (
        groups.join(pl.scan_parquet(rates), on=RATE_KEY, how="left")
        .select(*(pl.col(name).sum() for name in ("rows", *SUMS)), joules.sum().alias("joules"))
        .collect(engine="streaming")
    )
    return {name: float(value) for name, value in totals.row(0, named=True).items()}


def pandas(folder: Path, rates: Path) -> Totals:
    """Read all files into memory, as pandas does."""
    import pandas as pd

    rows = pd.concat([pd.read_parquet(file, columns=list(READ)) for file in sorted(folder.glob("*.parquet"))])
    inferences = rows["inference_count"].astype(float)
    reads, writes = (rows[name].fillna(0).astype(float) for name in ("input_tokens", "output_tokens"))
    rows = rows.assign(
        on_date=rows["happened_at"].dt.normalize(),
        accelerator_id=rows["accelerator_id"].fillna("unstated"),
        batch_size=rows["batch_size"].fillna(0),
        rows=1,
        n_inferences=inferences,
        n_input_tokens=inferences * reads,
        n_output_tokens=inferences * writes,
        n_context_tokens=inferences * writes * (reads + writes / 2),
    )
    groups = rows.groupby(list(KEY), as_index=False, sort=False)[["rows", *SUMS]].sum()
    priced = groups.merge(pd.read_parquet(rates), on=list(RATE_KEY), how="left")
    joules = sum(priced[name] * priced[rate] for name, rate in zip(SUMS, RATES, strict=True))
    return {**{name: float(priced[name].sum()) for name in ("rows", *SUMS)}, "joules": float(joules.sum())}


def pyspark(folder: Path, rates: Path) -> Totals:
    """Use all cores of this machine as Spark's cluster."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "localhost")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    spark.read.parquet(str(folder)).createOrReplaceTempView("requests")
    spark.read.parquet(str(rates)).createOrReplaceTempView("rates")
    found = spark.sql(unchecked_sums()).collect()[0]
    java = SparkContext._gateway.proc
    spark.stop()
    # Waited for, so that its time and memory are counted as this process's own.
    java.stdin.close()
    java.wait()
    return totals_of(found)


ENGINES: dict[str, Callable[[Path, Path], Totals]] = {
    "rates": write_rates,
    "scan": scan,
    "unchecked": duckdb_unchecked,
    "groups": duckdb_groups,
    "duckdb": duckdb_models,
    "polars": polars,
    "pandas": pandas,
    "pyspark": pyspark,
}


def main() -> int:
    """Run the engine named on the command line."""
    engine, folder, rates, result = sys.argv[1:]
    Path(result).write_text(json.dumps(ENGINES[engine](Path(folder), Path(rates))), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
