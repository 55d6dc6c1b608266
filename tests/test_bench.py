"""What `make bench` compares a build with does the same work; how long either takes is no test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
from bench import bare_script
from bench.plan import write_plan
from conftest import Project
from inference_energy.build_info import BUILD_INFO
from inference_energy.checksum import mart_checksums


def test_bare_script_makes_the_same_marts(built_project: Project, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    database = tmp_path / "inference_energy.duckdb"
    n_steps = write_plan(built_project.folder / "dbt_project", plan)
    result = subprocess.run(
        [sys.executable, bare_script.__file__, str(plan), str(database)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert n_steps > 400
    with duckdb.connect(str(database), read_only=True) as bare, built_project.connect() as built:
        stated = built.execute(f"select mart_checksums from marts.{BUILD_INFO}").fetchone()
        assert (mart_checksums(bare),) == stated
