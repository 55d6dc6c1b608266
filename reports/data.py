"""Rows of the marts as frames that charts can hold."""

from __future__ import annotations

import re

import duckdb
import pandas as pd

SOURCE = re.compile(r"\b(?:from|join)\s+((?:marts|staging)\.\w+)")


def read(connection: duckdb.DuckDBPyConnection, query: str, **parameters: str) -> pd.DataFrame:
    """Return the rows of a query with named parameters, dates as text (yyyy-mm-dd).

    A chart reads text as a day in UTC; a date with a time would be read in the reader's own time zone and could slip a
    day.
    """
    relation = connection.sql(query, params=parameters or None)
    columns = [
        f'strftime("{name}", \'%Y-%m-%d\') as "{name}"' if kind == "DATE" else f'"{name}"'
        for name, kind in zip(relation.columns, map(str, relation.types), strict=True)
    ]
    return relation.project(", ".join(columns)).df()


def tables(*queries: str) -> tuple[str, ...]:
    """Return the tables that queries read, as schema and name, each once."""
    return tuple(sorted({name for query in queries for name in SOURCE.findall(query)}))
