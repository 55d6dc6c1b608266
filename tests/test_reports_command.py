"""`make reports` as it is typed: progress, and a word of help in place of a traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import run_reports

N_CHARTS = 27


def test_everything_is_drawn_with_a_line_for_each_chart(
    site: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, result = site
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split("]")[0] for line in lines[:-1]] == [
        f"[{position}/{N_CHARTS}" for position in range(1, N_CHARTS + 1)
    ]
    assert lines[-1].startswith(f"Wrote {folder / 'index.html'} (")
    drawn = {path.name for path in (folder / "figures").iterdir()}
    assert len(drawn) == 2 * N_CHARTS
    assert (folder / "figures" / "figure-1.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "figures" / "figure-1.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("module", ["reports", "reports.pictures"])
def test_without_a_warehouse_the_command_to_run_is_named(tmp_path: Path, module: str) -> None:
    result = run_reports(tmp_path / "none.duckdb", tmp_path / "site", module)
    assert result.returncode == 1
    assert result.stderr.startswith(f"there is no warehouse at {tmp_path / 'none.duckdb'}; run `make build`")
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_locked_warehouse_is_said_to_be_in_use(tmp_path: Path) -> None:
    path = tmp_path / "locked.duckdb"
    with duckdb.connect(str(path)):
        result = run_reports(path, tmp_path / "site")
    assert result.returncode == 1
    assert "another program has it open for writing, so close it there" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_mart_is_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
    result = run_reports(path, tmp_path / "site")
    assert result.returncode == 1
    assert result.stderr.startswith("the warehouse lacks what this command reads; run `make build` (")
    assert "models" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "site").exists()
