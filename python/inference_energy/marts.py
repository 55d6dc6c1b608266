"""The tables of the schema `marts` and the key that orders the rows of each."""

from __future__ import annotations

import duckdb


def marts_with_keys(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> dict[str, list[str]]:
    """Return the key columns of each mart that has a primary key, by name.

    Parameters
    ----------
    connection
        An open connection.
    database
        The attached database to look at; by default the connection's own.
    """
    return dict(
        connection.execute(
            """
            select table_name, constraint_column_names
            from duckdb_constraints()
            where
                database_name = coalesce($database, current_database())
                and schema_name = 'marts'
                and constraint_type = 'PRIMARY KEY'
            order by table_name
            """,
            {"database": database},
        ).fetchall()
    )


def columns_of(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, database: str | None = None
) -> dict[str, str]:
    """Return the type of each column of a table, by name and in order; nothing where there is no such table."""
    return dict(
        connection.execute(
            """
            select column_name, data_type
            from duckdb_columns()
            where
                database_name = coalesce($database, current_database())
                and schema_name = $schema
                and table_name = $table
            order by column_index
            """,
            {"database": database, "schema": schema, "table": table},
        ).fetchall()
    )


def quoted(name: str) -> str:
    """Return a name as an SQL identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'
