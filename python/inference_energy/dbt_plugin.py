"""What dbt calls: dbt-duckdb loads the class `Plugin`, which profiles.yml names, before it opens the side file."""

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags

from inference_energy.build_info import BUILD_INFO, describe_build, write_build_info
from inference_energy.connection import WarehouseError, connect
from inference_energy.marts import columns_of
from inference_energy.publish import prepare_side_file, publish, published_path
from inference_energy.workload_paths import register_path_functions

# dbt's options that leave out nodes or rows; `--exclude-resource-type unit_test` is one of them.
PARTIAL_OPTIONS = ("SELECT", "EXCLUDE", "SELECTOR", "RESOURCE_TYPES", "EXCLUDE_RESOURCE_TYPES", "EMPTY", "SAMPLE")
# What a build without a workload prices.
HYPOTHESIS = "the hypothesis"
# An exposure is never run, so its result is "no-op".
GOOD_STATUSES = {"success", "pass", "warn", "no-op"}


def is_whole_build() -> bool:
    """Return whether the running dbt command is a ``dbt build`` of everything."""
    flags = get_flags()
    return flags.WHICH == "build" and not any(getattr(flags, option, None) for option in PARTIAL_OPTIONS)


class Plugin(BasePlugin):
    """Guards the side file; gives SQL ``publish_warehouse``, called by a run's last hook, and what it asks of paths."""

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Prepare the side file, at the last moment before dbt-duckdb opens it."""
        if config.get("access_mode") != "READ_ONLY":
            prepare_side_file(Path(creds.path), start_afresh=is_whole_build())

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Register the functions; without `side_effects` DuckDB would call ``publish_warehouse`` while it plans."""
        side = Path(self.creds.path)
        conn.create_function(
            "publish_warehouse", lambda run: answer_to(conn, side, run), ["VARCHAR"], "VARCHAR", side_effects=True
        )
        register_path_functions(conn)


def answer_to(connection: duckdb.DuckDBPyConnection, side: Path, run: str) -> str:
    """Return what :func:`finish_run` says as JSON, ``message`` and ``has_failed``, for the macro to print or raise."""
    try:
        return json.dumps({"message": finish_run(connection, side, run), "has_failed": False})
    except (WarehouseError, duckdb.Error, OSError, ValueError) as error:
        message = f"Nothing was published: {str(error).rstrip('.')}. {_remains(side)}"
        return json.dumps({"message": message, "has_failed": True})


def finish_run(connection: duckdb.DuckDBPyConnection, side: Path, run: str) -> str:
    """Publish a whole and good build; say what was published, or why nothing was and how to.

    Parameters
    ----------
    connection
        The connection to the side file.
    side
        The side file.
    run
        JSON with ``project_folder``, ``missing`` (names of nodes without a result), ``results`` (name, resource type
        and status of each) and ``workload`` (its paths and globs; none is the hypothesis).

    Raises
    ------
    WarehouseError, duckdb.Error, OSError
        When a whole and good build could not be published.
    """
    report = json.loads(run)
    if not is_whole_build():
        return (
            "Nothing was published: only a whole `dbt build` publishes, one without selection, exclusion, --empty or "
            f"--sample. This run worked in {side}."
        )
    failed = [name for name, _, status in report["results"] if status not in GOOD_STATUSES]
    if failed:
        return (
            f"Nothing was published: {len(failed)} of {len(report['results'])} results are no success, the first is "
            f"{failed[0]}. {_remains(side)}"
        )
    if report["missing"] or not report["results"]:
        raise WarehouseError(
            f"the build called itself whole, and {len(report['missing'])} nodes have no result, such as "
            f"{', '.join(report['missing'][:3])}; call `dbt build` again without options."
        )
    folder = Path(report["project_folder"])
    settings = yaml.safe_load((folder / "dbt_project.yml").read_text(encoding="utf-8"))["vars"] | get_flags().VARS
    settings["workload"] = ", ".join(report["workload"]) or HYPOTHESIS
    counts = Counter((resource_type, status) for _, resource_type, status in report["results"])
    with connection.cursor() as cursor:
        info = describe_build(cursor, folder, settings, counts)
        workload = _workload(cursor, report["workload"])
    published = publish(connection, side, lambda copy, name: write_build_info(copy, name, info))
    return (
        f"Published {published}: {info.n_data_tests_passed} data tests and {info.n_unit_tests_passed} unit tests "
        f"passed, {info.n_data_tests_warned} warned; content {info.content_checksum[:12]}, raw "
        f"{info.raw_checksum[:12]} (table marts.{BUILD_INFO}).{workload}"
    )


def _workload(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> str:
    """Return a line on what the published totals are of, nothing where the build has no workload."""
    if not columns_of(connection, "intermediate", "int_workload_judged"):
        return ""
    if not paths:
        return f"\nWorkload: {HYPOTHESIS}, since WORKLOAD is not set."
    ((n_rows, n_set_aside),) = connection.execute(
        """
        select coalesce(sum(n_rows), 0)::bigint, coalesce(sum(n_rows) filter (reject_reason is not null), 0)::bigint
        from intermediate.int_workload_judged
        """
    ).fetchall()
    return f"\nWorkload: {', '.join(paths)}, {n_rows:,} rows, {n_set_aside:,} set aside."


def _remains(side: Path) -> str:
    """Say which build readers see, and where the one lies that they do not."""
    shell = _shell()
    return f'{_state(published_path(side))} What was built lies in {side} for inspection: {shell} -readonly "{side}"'


def _shell() -> str:
    """Return how to call DuckDB's shell from the current folder: the one beside this Python, where it is there."""
    shell = Path(sys.executable).with_name("duckdb")
    if not shell.exists():
        return "duckdb"
    return shlex.quote(str(shell.relative_to(Path.cwd()) if shell.is_relative_to(Path.cwd()) else shell))


def _state(published: Path) -> str:
    if not published.exists():
        return f"There is no published warehouse yet ({published})."
    try:
        with connect(published) as warehouse:
            (when,) = warehouse.execute(f"select max(published_at) from marts.{BUILD_INFO}").fetchone() or (None,)  # noqa: S608
    except (WarehouseError, duckdb.Error):
        return f"The published warehouse {published} is as it was."
    return f"The published warehouse {published} is as it was, of {when:%Y-%m-%d %H:%M} UTC."
