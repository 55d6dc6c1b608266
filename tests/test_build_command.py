"""``make build`` says that it moves, what warns or fails, and what became of it, and leaves out dbt's other lines."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from conftest import Project, copy_small_project
from inference_energy.build import Progress


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a small project, not built."""
    return copy_small_project(tmp_path_factory.mktemp("said") / "a project")


def build(project: Project, *options: str) -> subprocess.CompletedProcess[str]:
    """Build as `make build` does, but with a line of progress every tenth of a second."""
    command = "import sys; from inference_energy.build import build; build(sys.argv[1:], 0.1)"
    folders = ("--project-dir", "dbt_project", "--profiles-dir", ".")
    return subprocess.run(
        [sys.executable, "-c", command, *folders, *options],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_good_build_says_that_it_moves_and_what_it_published(project: Project) -> None:
    result = build(project)
    assert result.returncode == 0, result.stdout
    # One seed, two models of the user's rows, the mart and its test.
    counts = [tuple(map(int, found)) for found in re.findall(r": (\d+) of (\d+) steps done, now \w", result.stdout)]
    assert counts
    assert all(done <= total == 5 for done, total in counts), counts
    assert not re.search(r"START|PASS|OK created|Done\.", result.stdout), result.stdout
    assert "\nPublished warehouse/inference_energy.duckdb: 1 data tests and 0 unit tests passed" in result.stdout
    assert "OK created" in (project.folder / "dbt_project" / "logs" / "dbt.log").read_text(encoding="utf-8")


def test_a_failed_test_is_shown_with_what_it_found(project: Project) -> None:
    result = build(project, "--vars", "{is_good: false}")
    assert result.returncode == 1
    assert "generations, column is_good: found false, expected a good row" in result.stdout
    assert "Nothing was published: 1 of 5 results are no success" in result.stdout
    assert "Failure in test holds_generations" in result.stdout


def test_a_warning_is_shown(project: Project) -> None:
    mart = project.folder / "dbt_project" / "models" / "marts" / "generations.yml"
    good = mart.read_text(encoding="utf-8")
    mart.write_text(good.replace("{holds: {", "{holds: {config: {severity: warn}, "), encoding="utf-8")
    try:
        result = build(project, "--vars", "{is_good: false}")
    finally:
        mart.write_text(good, encoding="utf-8")
    assert result.returncode == 0, result.stdout
    assert "Warning in test holds_generations" in result.stdout
    assert "generations, column is_good: found false, expected a good row" in result.stdout
    assert "1 warned" in result.stdout


def test_what_dbt_cannot_read_or_does_not_know_is_said(project: Project) -> None:
    model = project.folder / "dbt_project" / "models" / "marts" / "broken.sql"
    model.write_text("select * from {{ ref('nowhere') }}\n", encoding="utf-8")
    try:
        result = build(project)
    finally:
        model.unlink()
    assert result.returncode == 2
    assert "depends on a node named 'nowhere' which was not found" in result.stdout
    result = build(project, "--no-such-option")
    assert result.returncode == 2
    assert "No such option" in result.stderr


def event(name: str, **data: object) -> SimpleNamespace:
    return SimpleNamespace(info=SimpleNamespace(name=name), data=SimpleNamespace(**data))


def test_progress_names_the_step_that_is_at_work_for_longest() -> None:
    progress = Progress()
    assert progress.line() == "0 s: reading the project"
    nodes = {name: SimpleNamespace(unique_id=f"model.{name}", node_name=name) for name in ("long", "short")}
    for name, node in nodes.items():
        progress.note(event("NodeStart", node_info=node))
        progress.note(event("LogStartLine", total=1_200, description=name))
    assert progress.line() == "0 s: 0 of 1,200 steps done, now long"
    progress.note(event("NodeFinished", node_info=nodes["short"]))
    assert progress.line() == "0 s: 1 of 1,200 steps done, now long"
    progress.note(event("NodeFinished", node_info=nodes["long"]))
    assert progress.line() == "0 s: 2 of 1,200 steps done, now the end"
