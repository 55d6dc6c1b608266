"""Run a plan in one fresh DuckDB file without dbt: ``python bare_script.py PLAN DATABASE``.

It does what ``dbt build`` does to the data: it loads the seeds, creates views and tables with their keys, fits, and
runs every data and unit test. What it leaves out is dbt: parsing, rendering, comments on columns, logs and artefacts.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import duckdb

SCHEMAS = ("raw", "staging", "intermediate", "dimensions", "marts")


def run_plan(plan: Path, database: Path) -> Counter[str]:
    """Run every step of a plan and return how many there were of each kind.

    Raises
    ------
    AssertionError
        When a test finds a row, or a unit test another result than expected.
    """
    counts: Counter[str] = Counter()
    with duckdb.connect(str(database)) as connection:
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        for step in json.loads(plan.read_text(encoding="utf-8")):
            counts[step["kind"]] += 1
            if step["language"] == "python":
                _run_python_model(connection, step["code"])
                continue
            result = connection.execute(step["code"])
            if step["kind"] == "test":
                # All rows: an unread result would block the connection for the fits.
                ((failures, *_),) = result.fetchall()
                if failures and not step["may_fail"]:
                    raise AssertionError(f"{step['name']}: {failures} rows")
            elif step["kind"] == "unit_test":
                _compare(step["name"], result)
    return counts


def _run_python_model(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    """Run what dbt made of a Python model: its own code, a stub of ``dbt`` and a function that writes the table."""
    compiled: dict = {}
    exec(code, compiled)  # noqa: S102
    rows = compiled["model"](compiled["dbtObj"](connection.table), connection)
    compiled["materialize"](rows, connection)


def _compare(name: str, result: duckdb.DuckDBPyConnection) -> None:
    """Hold the actual rows of a unit test against the expected ones, whatever their order."""
    columns = [column[0] for column in result.description]
    side = columns.index("actual_or_expected")
    rows: dict[str, Counter] = {"actual": Counter(), "expected": Counter()}
    for row in result.fetchall():
        rows[row[side]][repr(row[:side] + row[side + 1 :])] += 1
    if rows["actual"] != rows["expected"]:
        raise AssertionError(f"{name}: {rows['actual'] - rows['expected']} and not {rows['expected'] - rows['actual']}")


if __name__ == "__main__":
    print(dict(run_plan(Path(sys.argv[1]), Path(sys.argv[2]))))
