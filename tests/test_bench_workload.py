"""The engines that `make bench-workload` compares compute the same; how long each takes is no test."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from bench import workload
from bench.measure import Cost
from bench.workload_files import COUNTRIES, MODELS, N_DAYS, write_workload
from conftest import WAREHOUSE_VARIABLE, Project

N_ROWS = 100_000


@pytest.mark.skipif(
    any(importlib.util.find_spec(module) is None for module in ("polars", "pyarrow")),
    reason="Polars and pyarrow are not installed; pip install -e '.[bench]'",
)
def test_engines_agree(built_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but Spark, whose start alone takes longer; tests/test_spark.py holds it against DuckDB."""
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(built_project.warehouse))
    engines = ["scan", "unchecked", "groups", "duckdb", "polars", "pandas"]
    runs = workload.measure(tmp_path, N_ROWS, engines)
    assert [run.engine for run in runs] == engines
    # Counts of 1, 2, 3 and 4 are drawn alike.
    assert runs[1].totals["n_inferences"] == pytest.approx(2.5 * N_ROWS, rel=0.01)
    assert runs[1].totals["joules"] > 0
    table = workload.report(runs)
    assert sum(line.startswith(f"| {N_ROWS:,} |") for line in table) == len(engines)
    assert not list(tmp_path.glob("*rows"))
    wrong = replace(runs[4], totals=runs[4].totals | {"joules": runs[2].totals["joules"] * (1 + 1e-8)})
    with pytest.raises(workload.DifferentTotalsError, match="joules of 100,000 rows: polars has"):
        workload.check_totals([*runs[:4], wrong], N_ROWS)
    with pytest.raises(workload.DifferentTotalsError, match="polars counted 99,999 rows"):
        workload.check_totals([replace(wrong, totals={"rows": N_ROWS - 1})], N_ROWS)


def test_the_same_seed_gives_the_same_rows(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_workload(tmp_path / name, 10_000, seed, rows_per_file=4_000)
    with duckdb.connect() as connection:
        one, again, other = (
            connection.execute(f"from read_parquet('{tmp_path / name}/*.parquet') order by all").fetchall()
            for name in ("one", "again", "other")
        )
        kinds = connection.execute(
            f"""
            select count(distinct model_id), count(distinct country_iso3), count(distinct happened_at::date)
            from read_parquet('{tmp_path / "one"}/*.parquet')
            """
        ).fetchall()
    assert one == again != other
    assert kinds == [(len(MODELS), len(COUNTRIES), N_DAYS)]
    assert len(list((tmp_path / "one").iterdir())) == 3


def test_the_report_says_how_it_grows() -> None:
    runs = [
        workload.Run(engine, n_rows, Cost(n_rows / 1e6 * slowness, n_rows / 1e6 * slowness, 100), {"rows": n_rows})
        for n_rows in (1_000_000, 10_000_000)
        for engine, slowness in (("scan", 1), ("groups", 2), ("duckdb", 3), ("polars", 3), ("pandas", 8))
    ]
    *_, said = workload.report(runs)
    assert "Polars, streaming takes 1.5 times as long for 10,000,000 rows" in said
    assert "grows 10.0 times and its CPU time 10.0 times" in said
