"""`make diff`: what differs between two published files, row by row and number by number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest


def warehouse(path: Path, *changes: str) -> Path:
    """Write a warehouse of one mart of three models, then change it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.models (model_id varchar primary key, gflops double)")
        connection.execute("insert into marts.models values ('a', 1), ('b', 2), ('c', null)")
        for change in changes:
            connection.execute(change)
    return path


def diff(*paths: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inference_energy.diff", *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_equal_marts_are_equal_whatever_the_order_of_rows_and_the_last_digits(tmp_path: Path) -> None:
    old = warehouse(tmp_path / "old one.duckdb")
    new = warehouse(
        tmp_path / "new.duckdb",
        "delete from marts.models where model_id = 'a'",
        "insert into marts.models values ('a', 1 + 1e-14)",
    )
    result = diff(old, new)
    assert result.returncode == 0
    assert "All marts are equal" in result.stdout


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ("delete from marts.models where model_id = 'b'", ["models: 1 row only in OLD", "  b"]),
        ("insert into marts.models values ('d', 4)", ["models: 1 row only in NEW", "  d"]),
        (
            "update marts.models set gflops = 3 where gflops is null or gflops = 2",
            ["models: 2 rows with another gflops", "  b: was 2.0, is 3.0", "  c: was NULL, is 3.0"],
        ),
        ("alter table marts.models drop gflops", ["models.gflops: was DOUBLE, is absent"]),
        ("alter table marts.models add column watts double", ["models.watts: was absent, is DOUBLE"]),
        ("create table marts.trends (trend_id integer primary key)", ["trends: only in NEW"]),
        ("drop table marts.models", ["models: only in OLD"]),
        (
            "insert into marts.models select 'n' || range, 0 from range(25)",
            ["models: 25 rows only in NEW", "  n0", "  n1", "  n10"],
        ),
    ],
)
def test_differences_are_told(tmp_path: Path, change: str, lines: list[str]) -> None:
    result = diff(warehouse(tmp_path / "old.duckdb"), warehouse(tmp_path / "new.duckdb", change))
    assert result.returncode == 1
    told = result.stdout.splitlines()
    assert told[2 : 2 + len(lines)] == lines
    assert told[-1] == "The marts differ."
    assert ("  and 5 more" in told) is ("25 rows" in lines[0])


def test_what_cannot_be_compared_is_named(tmp_path: Path) -> None:
    old = warehouse(tmp_path / "old.duckdb")
    missing = diff(old, tmp_path / "nowhere.duckdb")
    assert missing.returncode == 2
    assert "there is no warehouse at" in missing.stderr
    assert "nowhere.duckdb" in missing.stderr
    usage = diff("", "")
    assert usage.returncode == 2
    assert "usage: make diff OLD=" in usage.stderr
