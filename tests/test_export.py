"""The export holds what the marts hold, in both formats, and describes every column."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import Project
from inference_energy import export


@pytest.fixture(scope="module")
def exported(open_warehouse: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("an export") / "not yet there"
    export.export_marts(open_warehouse.cursor(), folder)
    return folder


def marts(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    rows = warehouse.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    return [mart for (mart,) in rows]


def test_three_files_per_mart(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    expected = {f"{mart}{ending}" for mart in marts(warehouse) for ending in (".parquet", ".csv", ".columns.csv")}
    assert {path.name for path in exported.iterdir()} == expected


def test_parquet_holds_the_same_rows(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    for mart in marts(warehouse):
        file = exported / f"{mart}.parquet"
        (differing,) = warehouse.execute(
            f"""
            select count(*) from (
                (from marts.{mart} except all from read_parquet('{file}'))
                union all
                (from read_parquet('{file}') except all from marts.{mart})
            )
            """
        ).fetchone()
        assert differing == 0, mart


def test_csv_has_the_same_header_and_number_of_rows(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    for mart in marts(warehouse):
        file = f"read_csv('{exported / f'{mart}.csv'}', all_varchar = true, header = true)"
        assert warehouse.sql(f"from {file}").columns == warehouse.sql(f"from marts.{mart}").columns
        counts = warehouse.execute(
            f"select (select count(*) from {file}), (select count(*) from marts.{mart})"
        ).fetchone()
        # The paper's hypothesis, the workload of a build without one, has no rows to set aside.
        assert counts[0] == counts[1] >= (0 if mart == "workload_rejects" else 1), mart


def test_columns_are_described(warehouse: duckdb.DuckDBPyConnection, exported: Path) -> None:
    for mart in marts(warehouse):
        described = warehouse.sql(f"from read_csv('{exported / f'{mart}.columns.csv'}', header = true)").fetchall()
        assert [name for name, *_ in described] == warehouse.sql(f"from marts.{mart}").columns
        assert all(kind and text for _, kind, text in described)


def test_without_a_warehouse_the_command_says_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFERENCE_ENERGY_WAREHOUSE", str(project.warehouse))
    monkeypatch.setattr("sys.argv", ["export", str(project.folder / "export")])
    assert export.main() == 1
    assert "run `make build`" in capsys.readouterr().err
    assert not (project.folder / "export").exists()
