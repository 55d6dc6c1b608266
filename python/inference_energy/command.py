"""What the commands of this package have in common: one path, the warehouse, and a clear word when it is not there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from inference_energy.connection import WarehouseError, connect


def run_on_warehouse(usage: str, action: Callable[[duckdb.DuckDBPyConnection, Path], str]) -> int:
    """Run an action on the warehouse with the path named on the command line, and print what it returns.

    Returns
    -------
    int
        Exit code: 0, 1 without a warehouse or without a table that the action reads, 2 without exactly one path.
    """
    if len(sys.argv) != 2:
        print(f"usage: {usage}", file=sys.stderr)
        return 2
    try:
        connection = connect()
    except WarehouseError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        with connection:
            print(action(connection, Path(sys.argv[1])))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        print(f"the warehouse lacks what this command reads; run `make build` ({error})", file=sys.stderr)
        return 1
    return 0
