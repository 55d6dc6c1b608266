"""Write each table of the layer `dimensions` as Parquet, for engines that do not read DuckDB files."""

from __future__ import annotations

from pathlib import Path

import duckdb

from inference_energy.command import run_on_warehouse
from inference_energy.marts import quoted


def export_dimensions(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write every table of the schema `dimensions` into a folder, as ``<table>.parquet``.

    Parameters
    ----------
    connection
        An open connection to the warehouse.
    folder
        Made if it is not there; files of the same names are replaced.

    Returns
    -------
    list of Path
        The files written, in order.

    Raises
    ------
    duckdb.CatalogException
        When the warehouse has no such table: it was built before there were any.
    """
    tables = connection.execute(
        """
        select table_name
        from duckdb_tables()
        where database_name = current_database() and schema_name = 'dimensions'
        order by table_name
        """
    ).fetchall()
    if not tables:
        raise duckdb.CatalogException("the schema dimensions has no tables")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for (table,) in tables:
        file = folder / f"{table}.parquet"
        rows = connection.sql(f"select * from dimensions.{quoted(table)} order by all")  # noqa: S608
        rows.write_parquet(str(file))
        written.append(file)
    return written


def export_command(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Export into a folder and say what was written."""
    return f"Wrote {len(export_dimensions(connection, folder))} dimensions to {folder}/"


def main() -> int:
    """Export into the folder named on the command line."""
    return run_on_warehouse("python -m inference_energy.export_dimensions FOLDER", export_command)


if __name__ == "__main__":
    raise SystemExit(main())
