"""Write each mart as Parquet and CSV, with a file that describes its columns."""

from __future__ import annotations

from pathlib import Path

import duckdb

from inference_energy.command import run_on_warehouse
from inference_energy.marts import marts_with_keys

# How a text begins that a spreadsheet runs.
FORMULA = r"^[=+@\t\r-]"


def export_marts(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write every table of the schema `marts` into a folder.

    Each mart gives ``<mart>.parquet``, ``<mart>.csv`` and ``<mart>.columns.csv`` (column, type, description), the rows
    ordered by their key. In CSV a text that a spreadsheet would run as a formula has an apostrophe in front;
    Parquet holds every cell as it is.

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
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for mart, key in marts_with_keys(connection).items():
        rows = connection.sql(f'select * from marts."{mart}" order by {", ".join(key)}')  # noqa: S608
        columns = connection.sql(
            """
            select column_name, data_type, comment as description
            from duckdb_columns()
            where schema_name = 'marts' and table_name = $mart
            order by column_index
            """,
            params={"mart": mart},
        )
        files = [folder / f"{mart}.parquet", folder / f"{mart}.csv", folder / f"{mart}.columns.csv"]
        rows.write_parquet(str(files[0]))
        without_formulas(rows).write_csv(str(files[1]), header=True)
        without_formulas(columns).write_csv(str(files[2]), header=True)
        written += files
    return written


def without_formulas(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return rows with an apostrophe in front of each text that a spreadsheet would take for a formula.

    Numbers stay numbers, the negative ones too: a column of another type than text is left alone.
    """
    cells = [
        f"""if(regexp_matches("{name}", '{FORMULA}'), '''' || "{name}", "{name}") as "{name}" """
        if kind == "VARCHAR"
        else f'"{name}"'
        for name, kind in zip(rows.columns, map(str, rows.types), strict=True)
    ]
    return rows.project(", ".join(cells))


def export_command(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Export into a folder and say what was written."""
    files = export_marts(connection, folder)
    return f"Wrote {len(files)} files for {len(files) // 3} marts to {folder}/"


def main() -> int:
    """Export into the folder named on the command line."""
    return run_on_warehouse("python -m inference_energy.export FOLDER", export_command)


if __name__ == "__main__":
    raise SystemExit(main())
