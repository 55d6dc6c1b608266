"""The identity of a published warehouse: the one row of `marts.build_info`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from inference_energy.checksum import combined, mart_checksums, raw_checksum

BUILD_INFO = "build_info"

# Column, type, description; the order is that of the fields of BuildInfo.
COLUMNS = (
    ("published_at", "timestamp", "When this file was published, in UTC."),
    ("project_version", "varchar", "Version of this project."),
    ("git_commit", "varchar", "Commit of the project's folder. NULL where git does not know it."),
    (
        "has_uncommitted_changes",
        "boolean",
        "Whether files of the project differed from that commit. NULL without a commit.",
    ),
    ("dbt_version", "varchar", "Version of dbt-core that built it."),
    ("duckdb_version", "varchar", "Version of DuckDB that built it."),
    (
        "vars",
        "json",
        "Settings of the build: the vars of dbt_project.yml, with those given on the command line; `workload` is what "
        "was read, be it named by the var or by WORKLOAD.",
    ),
    ("raw_checksum", "varchar", "SHA-256 of all cells loaded from the folder raw, a user's own rows included."),
    ("content_checksum", "varchar", "SHA-256 of all mart checksums: equal for equal contents of all marts."),
    (
        "mart_checksums",
        "map(varchar, varchar)",
        "SHA-256 of each mart, by name: its rows ordered by key, floats to 10 significant digits.",
    ),
    ("n_data_tests_passed", "integer", "Data tests that passed."),
    ("n_data_tests_warned", "integer", "Data tests that warned; the messages were printed by the build."),
    ("n_unit_tests_passed", "integer", "Unit tests of the models that passed."),
)


@dataclass(frozen=True)
class BuildInfo:
    """What a published warehouse says of itself; see ``COLUMNS`` for the meaning of each field."""

    published_at: datetime
    project_version: str
    git_commit: str | None
    has_uncommitted_changes: bool | None
    dbt_version: str
    duckdb_version: str
    vars: str
    raw_checksum: str
    content_checksum: str
    mart_checksums: dict[str, str]
    n_data_tests_passed: int
    n_data_tests_warned: int
    n_unit_tests_passed: int


def describe_build(
    connection: duckdb.DuckDBPyConnection,
    project_folder: Path,
    settings: Mapping[str, Any],
    counts: Mapping[tuple[str, str], int],
) -> BuildInfo:
    """Return the identity of the build that a connection is open on.

    Parameters
    ----------
    connection
        An open connection to the finished build.
    project_folder
        The folder of dbt_project.yml.
    settings
        The dbt vars of the build.
    counts
        Number of results by dbt's resource type and status, such as ``("test", "pass")``.
    """
    marts = mart_checksums(connection)
    git_commit = _git(project_folder, "rev-parse", "HEAD")
    return BuildInfo(
        published_at=datetime.now(UTC).replace(tzinfo=None),
        project_version=version("inference-energy"),
        git_commit=git_commit,
        has_uncommitted_changes=None if git_commit is None else bool(_git(project_folder, "status", "--porcelain")),
        dbt_version=version("dbt-core"),
        duckdb_version=duckdb.__version__,
        vars=json.dumps(settings, sort_keys=True, default=str),
        raw_checksum=raw_checksum(connection),
        content_checksum=combined(marts),
        mart_checksums=marts,
        n_data_tests_passed=counts.get(("test", "pass"), 0),
        n_data_tests_warned=counts.get(("test", "warn"), 0),
        n_unit_tests_passed=counts.get(("unit_test", "pass"), 0),
    )


def write_build_info(connection: duckdb.DuckDBPyConnection, database: str, info: BuildInfo) -> None:
    """Write the one row, with its descriptions, into the schema `marts` of an attached database."""
    table = f"{database}.marts.{BUILD_INFO}"
    columns = ", ".join(f"{name} {data_type}" for name, data_type, _ in COLUMNS)
    connection.execute(f"create table {table} ({columns}, primary key (published_at))")
    connection.execute(f"insert into {table} values ({', '.join('?' * len(COLUMNS))})", astuple(info))  # noqa: S608
    connection.execute(
        f"comment on table {table} is 'One row: which build this file is, written when it was published.'"
    )
    for name, _, description in COLUMNS:
        text = description.replace("'", "''")
        connection.execute(f"comment on column {table}.{name} is '{text}'")


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git says of a folder that it tracks, None where it does not track it or is not there."""
    try:
        subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), "ls-files", "--error-unmatch", "dbt_project.yml"],  # noqa: S607
            check=True,
            capture_output=True,
        )
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


if [name for name, _, _ in COLUMNS] != [field.name for field in fields(BuildInfo)]:
    raise RuntimeError("COLUMNS and the fields of BuildInfo differ")
