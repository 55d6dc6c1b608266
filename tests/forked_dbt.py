"""dbt in a fresh process for each call, forked from one that has imported dbt: the imports are half of a short call.

A call is otherwise that of the command line: folder, environment, output and exit status are its own, and it leaves
nothing behind in the process that asks.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb", "inference_energy.dbt_plugin"])


def run_dbt(arguments: list[str], cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Do what the command ``dbt`` does and return what it printed, and its exit status.

    Parameters
    ----------
    arguments
        What stands behind ``dbt`` on the command line.
    cwd
        The current folder of the call.
    environment
        All environment variables of the call.
    """
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder) / "output", Path(folder) / "errors"
        # As a daemon it ends with the process that asks, should that be interrupted.
        process = FORKS.Process(target=_call, args=(arguments, cwd, environment, output, errors), daemon=True)
        process.start()
        process.join()
        return subprocess.CompletedProcess(
            ["dbt", *arguments],
            process.exitcode,
            output.read_text(encoding="utf-8"),
            errors.read_text(encoding="utf-8"),
        )


def _call(arguments: list[str], cwd: Path, environment: dict[str, str], output: Path, errors: Path) -> None:
    """Become the command ``dbt``; runs in the forked process, which ends with dbt's exit status."""
    for file, stream in ((output, sys.stdout), (errors, sys.stderr)):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["dbt", *arguments]
    # Here, so that the process that asks need not import them.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import cli

    try:
        cli(arguments, prog_name="dbt")
    finally:
        # Where a program ends, Python closes the side file; a forked process ends without that.
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager.env().close()
