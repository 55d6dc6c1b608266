"""Checksums of what tables hold: equal for equal data, whatever the file, the order of work and last digits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import duckdb

from inference_energy.marts import columns_of, marts_with_keys, quoted

# Sums over threads differ in the last digits of a double, which has 15 to 17.
SIGNIFICANT_DIGITS = 10
OWN_ROWS = ("stg_own_models", "stg_own_accelerators")


def comparable(column: str, data_type: str) -> str:
    """Return SQL for the text by which a cell is compared: a float to 10 significant digits, all else as it is written.

    Parameters
    ----------
    column
        SQL of the column.
    data_type
        Its DuckDB type.
    """
    if data_type in {"DOUBLE", "FLOAT"}:
        # Adding 0 makes -0 and 0 the same.
        return f"format('{{:.{SIGNIFICANT_DIGITS - 1}e}}', {column} + 0e0)"
    return f"cast({column} as varchar)"


def table_checksum(connection: duckdb.DuckDBPyConnection, schema: str, table: str, order_by: Sequence[str]) -> str:
    """Return the SHA-256, in hex, of a table's column names, types and rows.

    Parameters
    ----------
    connection
        An open connection to the database that holds the table.
    schema, table
        Where the rows are.
    order_by
        Columns that put the rows in one order; ``rowid`` for the order in which they were loaded.

    Raises
    ------
    ValueError
        When there is no such table.
    """
    columns = columns_of(connection, schema, table)
    if not columns:
        raise ValueError(f"there is no table {schema}.{table} to take a checksum of")
    cells = ", ".join(comparable(quoted(column), data_type) for column, data_type in columns.items())
    order = ", ".join(column if column == "rowid" else quoted(column) for column in order_by)
    # Each row is hashed on its own, so that a large table needs 64 characters a row at once and not its whole text.
    (rows,) = connection.execute(
        f"select sha256(string_agg(sha256(cast(to_json([{cells}]) as varchar)), '' order by {order})) "  # noqa: S608
        f"from {quoted(schema)}.{quoted(table)}"
    ).fetchone() or (None,)
    return _sha256([f"{name} {data_type}" for name, data_type in columns.items()] + [rows or "no rows"])


def mart_checksums(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the checksum of each mart with a key, its rows ordered by that key."""
    return {mart: table_checksum(connection, "marts", mart, key) for mart, key in marts_with_keys(connection).items()}


def raw_checksum(connection: duckdb.DuckDBPyConnection) -> str:
    """Return one checksum of all cells that were loaded from the folder `raw`: the shipped files and a user's rows.

    It is taken from the tables and not from the files, which someone may edit while a build runs.
    """
    raw_tables = [
        ("raw", table)
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'raw' and database_name = current_database() "
            "order by table_name"
        ).fetchall()
    ]
    tables = raw_tables + [("staging", table) for table in OWN_ROWS]
    return _sha256(
        [f"{schema}.{table} {table_checksum(connection, schema, table, ['rowid'])}" for schema, table in tables]
    )


def combined(checksums: dict[str, str]) -> str:
    """Return one checksum of several, the same in whatever order they come."""
    return _sha256([f"{name} {checksum}" for name, checksum in sorted(checksums.items())])


def _sha256(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
