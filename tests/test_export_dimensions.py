"""The exported dimensions are those of the warehouse, in types that other engines read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import Project
from inference_energy import export_dimensions

# HUGEINT would be written as DOUBLE, and an ENUM or a LIST is read otherwise elsewhere.
PORTABLE_TYPES = {"VARCHAR", "DOUBLE", "BIGINT", "INTEGER", "BOOLEAN", "DATE"}


@pytest.fixture(scope="module")
def exported(open_warehouse: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("an export") / "not yet there"
    export_dimensions.export_dimensions(open_warehouse.cursor(), folder)
    return folder


def dimensions(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    rows = warehouse.execute("select table_name from duckdb_tables() where schema_name = 'dimensions'").fetchall()
    return [table for (table,) in rows]


def test_one_file_per_dimension_with_the_same_rows(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == {f"{table}.parquet" for table in dimensions(warehouse)}
    for table in dimensions(warehouse):
        file = exported / f"{table}.parquet"
        (differing,) = warehouse.execute(
            f"""
            select count(*) from (
                (from dimensions.{table} except all from read_parquet('{file}'))
                union all
                (from read_parquet('{file}') except all from dimensions.{table})
            )
            """
        ).fetchone()
        assert differing == 0, table


def test_types_are_those_that_every_engine_has(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    for table in dimensions(warehouse):
        kept = warehouse.sql(f"from dimensions.{table}")
        assert {str(kind) for kind in kept.types} <= PORTABLE_TYPES, table
        assert warehouse.sql(f"from read_parquet('{exported / table}.parquet')").types == kept.types, table


def test_without_a_warehouse_the_command_says_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFERENCE_ENERGY_WAREHOUSE", str(project.warehouse))
    monkeypatch.setattr("sys.argv", ["export_dimensions", str(project.folder / "dimensions")])
    assert export_dimensions.main() == 1
    assert "run `make build`" in capsys.readouterr().err
    assert not (project.folder / "dimensions").exists()


def test_a_warehouse_without_dimensions_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "old.duckdb"
    duckdb.connect(str(file)).close()
    monkeypatch.setenv("INFERENCE_ENERGY_WAREHOUSE", str(file))
    monkeypatch.setattr("sys.argv", ["export_dimensions", str(tmp_path / "dimensions")])
    assert export_dimensions.main() == 1
    assert "run `make build`" in capsys.readouterr().err
