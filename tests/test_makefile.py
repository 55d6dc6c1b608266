"""The front door, without installing anything: what it lists, what it would do, what it removes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Project

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed, so its targets cannot be run")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with a space in its name that holds what make looks at, installed a moment ago."""
    folder = tmp_path / "a checkout"
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / "warehouse").mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy2(ROOT / name, folder)
    (folder / ".venv" / ".installed").touch()
    return folder


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # The make that runs the tests would hand on its own flags.
    environment = {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    environment |= variables
    return subprocess.run(
        [str(MAKE), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_targets_are_listed(checkout: Path) -> None:
    result = make(checkout)
    assert result.returncode == 0
    for target in ("build", "test", "shell", "docs", "export", "lint", "clean"):
        assert f"make {target} " in result.stdout


@pytest.mark.parametrize("target", ["build", "test", "lint"])
def test_a_second_call_installs_nothing(checkout: Path, target: str) -> None:
    assert "pip install" not in make(checkout, "--dry-run", target).stdout


@pytest.mark.parametrize("target", ["build", "test"])
def test_either_command_may_come_first(checkout: Path, target: str) -> None:
    shutil.rmtree(checkout / ".venv")
    assert "pip install" in make(checkout, "--dry-run", target).stdout


@pytest.mark.parametrize(("target", "tool"), [("build", "inference_energy.build"), ("test", "pytest")])
def test_the_shape_of_the_raw_files_is_checked_first(checkout: Path, target: str, tool: str) -> None:
    commands = make(checkout, "--dry-run", target).stdout
    assert 0 < commands.index("inference_energy.check_raw") < commands.index(tool)


def test_spark_is_installed_only_for_what_needs_it(checkout: Path) -> None:
    (checkout / "warehouse" / "inference_energy.duckdb").touch()
    commands = make(checkout, "--dry-run", "build-spark").stdout
    assert 0 < commands.index("--editable '.[dev,spark]'") < commands.index("inference_energy.build_spark")
    assert "spark" not in make(checkout, "--dry-run", "build", "test").stdout
    (checkout / ".venv" / ".installed-spark").touch()
    assert "pip install" not in make(checkout, "--dry-run", "build-spark").stdout


def test_changed_pins_are_installed(checkout: Path) -> None:
    later = (checkout / ".venv" / ".installed").stat().st_mtime + 10
    os.utime(checkout / "constraints.txt", (later, later))
    assert "pip install" in make(checkout, "--dry-run", "build").stdout


def test_the_shell_opens_the_warehouse_that_the_environment_names(checkout: Path, tmp_path: Path) -> None:
    (checkout / "warehouse" / "inference_energy.duckdb").touch()
    shell = checkout / ".venv" / "bin" / "duckdb"
    shell.write_text('#!/bin/sh\necho "$2"\n')
    shell.chmod(0o755)
    assert make(checkout, "shell").stdout == "warehouse/inference_energy.duckdb\n"
    named = tmp_path / "another one.duckdb"
    named.touch()
    assert make(checkout, "shell", INFERENCE_ENERGY_WAREHOUSE=str(named)).stdout == f"{named}\n"


def test_clean_removes_what_was_built_and_nothing_else(checkout: Path) -> None:
    built = [
        "warehouse/build/inference_energy.duckdb",
        "warehouse/inference_energy.duckdb",
        "warehouse/dimensions/dim_models.parquet",
        "warehouse/spark/marts.db/workload_summary/part-0.parquet",
        "docs/index.html",
        "export/models.csv",
        "dbt_project/target/manifest.json",
        "dbt_project/logs/dbt.log",
    ]
    # README.md names a user's log in logs/.
    kept = ["raw/own/models.csv", "dbt_project/dbt_project.yml", ".venv/.installed", "logs/june.parquet", "log.csv"]
    for name in built + kept:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).touch()
    result = make(checkout, "clean")
    assert result.returncode == 0, result.stderr
    assert not any((checkout / name).exists() for name in built)
    assert all((checkout / name).exists() for name in kept)
    assert make(checkout, "clean").returncode == 0


@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None, reason="this is no checkout of git")
@pytest.mark.parametrize("name", ["logs/june.parquet", "log.csv", "data/export/june.csv"])
def test_a_users_log_is_not_hidden_from_git(name: str) -> None:
    result = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT, check=False)
    assert result.returncode == 1


def test_dbt_writes_its_log_into_its_own_folder(built_project: Project) -> None:
    result = built_project.dbt("ls", "--select", "models", DBT_LOG_LEVEL_FILE="info")
    assert result.returncode == 0, result.stdout
    assert (built_project.folder / "dbt_project" / "logs" / "dbt.log").stat().st_size > 0
    assert not (built_project.folder / "logs").exists()
