"""Where the warehouse lies, and a read-only connection to it."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

WAREHOUSE_VARIABLE = "INFERENCE_ENERGY_WAREHOUSE"


class WarehouseError(RuntimeError):
    """The warehouse is not there or cannot be opened; the message says what to do."""


def warehouse_path() -> Path:
    """Return the path of the database file that ``dbt build`` publishes.

    It is ``warehouse/inference_energy.duckdb`` in the project's folder, unless the environment variable
    ``INFERENCE_ENERGY_WAREHOUSE`` names another; dbt's profile follows the same rule.
    """
    named = os.environ.get(WAREHOUSE_VARIABLE)
    if named:
        return Path(named)
    return Path(__file__).resolve().parents[2] / "warehouse" / "inference_energy.duckdb"


def connect(path: str | os.PathLike[str] | None = None) -> duckdb.DuckDBPyConnection:
    """Open the warehouse read-only.

    Parameters
    ----------
    path
        A database file; by default that of :func:`warehouse_path`.

    Raises
    ------
    WarehouseError
        When there is no such file, when it is open for writing in another process or in this one, or when it is no
        DuckDB database.
    """
    file = Path(path) if path is not None else warehouse_path()
    if not file.is_file():
        raise WarehouseError(f"there is no warehouse at {file}; run `make build` in the project's folder first")
    try:
        return duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"the warehouse {file} cannot be opened; {_remedy(error)} ({error})") from error


def _remedy(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.ConnectionException):
        return "this program already has it open for writing, so close that connection first"
    if any(words in str(error) for words in ("Could not set lock on file", "used by another process")):
        return "another program has it open for writing, so close it there; to read, open it read-only"
    return "it is no DuckDB database that this version can read, so check the path or run `make build` again"
