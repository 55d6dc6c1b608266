"""`make reports` as it is typed: progress, and a word of help in place of a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project


def reports(warehouse: Path, folder: Path, module: str = "reports") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INFERENCE_ENERGY_WAREHOUSE": str(warehouse)}
    return subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_is_drawn_with_a_line_for_each_chart(built_project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "a site"
    result = reports(built_project.warehouse, folder)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split("]")[0] for line in lines[:-1]] == [f"[{position}/17" for position in range(1, 18)]
    assert lines[-1].startswith(f"Wrote {folder / 'index.html'} (")
    drawn = {path.name for path in (folder / "figures").iterdir()}
    assert len(drawn) == 34
    assert (folder / "figures" / "figure-1.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "figures" / "figure-1.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("module", ["reports", "reports.pictures"])
def test_without_a_warehouse_the_command_to_run_is_named(tmp_path: Path, module: str) -> None:
    result = reports(tmp_path / "none.duckdb", tmp_path / "site", module)
    assert result.returncode == 1
    assert result.stderr.startswith(f"there is no warehouse at {tmp_path / 'none.duckdb'}; run `make build`")
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_locked_warehouse_is_said_to_be_in_use(tmp_path: Path) -> None:
    path = tmp_path / "locked.duckdb"
    with duckdb.connect(str(path)):
        result = reports(path, tmp_path / "site")
    assert result.returncode == 1
    assert "a build or a shell has it open for writing, so wait for it to end" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_mart_is_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
    result = reports(path, tmp_path / "site")
    assert result.returncode == 1
    assert result.stderr.startswith("the warehouse lacks what this command reads; run `make build` (")
    assert "models" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()
