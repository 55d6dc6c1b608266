"""Publishing by plain dbt commands, in the smallest project that has the real profile, hooks and user's rows."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Project, copy_small_project
from inference_energy.publish import PAUSE_VARIABLE
from killing import kill_builds


def generation(project: Project) -> int:
    """Return the generation that a reader finds."""
    with project.connect() as warehouse:
        ((found,),) = warehouse.execute("select generation from marts.generations").fetchall()
    return found


def as_seen(project: Project, file: Path) -> Path:
    """Return a file as messages name it to who calls dbt in the root of the project."""
    return file.relative_to(project.folder)


@pytest.fixture
def small_project(tmp_path: Path) -> Project:
    """Return a small project, not built."""
    return copy_small_project(tmp_path / "a small project")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a small project with its first generation published; tests leave that file as it is."""
    project = copy_small_project(tmp_path_factory.mktemp("published") / "a project")
    result = project.build()
    assert result.returncode == 0, result.stdout
    assert f"Published {as_seen(project, project.warehouse)}: 1 data tests and 0 unit tests passed" in result.stdout
    return project


@pytest.fixture
def unchanged(published: Project) -> Iterator[Project]:
    """Return the published project, and see that the published file stays as it is to the byte."""
    before = (published.warehouse.stat().st_ino, published.warehouse.read_bytes())
    yield published
    assert (published.warehouse.stat().st_ino, published.warehouse.read_bytes()) == before


@pytest.mark.parametrize(
    "command",
    [
        ["test"],
        ["build", "--select", "generations"],
        ["build", "--empty"],
        ["compile"],
    ],
    ids=" ".join,
)
def test_all_but_a_whole_build_publishes_nothing_and_says_how_to(unchanged: Project, command: list[str]) -> None:
    result = unchanged.dbt(*command)
    assert result.returncode == 0, result.stdout
    assert "Nothing was published: only a whole `dbt build` publishes" in result.stdout


def test_a_failed_test_publishes_nothing_and_says_where_the_build_lies(unchanged: Project) -> None:
    result = unchanged.build("--vars", "{generation: 2, is_good: false}")
    assert result.returncode == 1
    assert "generations, column is_good: found false, expected a good row" in result.stdout
    assert "Nothing was published: 1 of 5 results are no success" in result.stdout
    assert f"The published warehouse {as_seen(unchanged, unchanged.warehouse)} is as it was, of 2" in result.stdout
    # As a shell would read it, wherever the project lies.
    shell, _, side = shlex.split(re.search("for inspection: (.+)", result.stdout)[1])
    assert side == str(as_seen(unchanged, unchanged.side))
    # Not on the path of who has not entered the environment.
    assert (unchanged.folder / shell).exists()
    with unchanged.connect_side() as side:
        assert side.execute("select generation, is_good from marts.generations").fetchall() == [(2, False)]
    assert generation(unchanged) == 1


def test_a_file_that_dbt_cannot_read_leaves_the_published_one(unchanged: Project) -> None:
    seed = unchanged.folder / "raw" / "reference" / "human_energy.csv"
    good = seed.read_bytes()
    seed.write_bytes(good + b"\xff\xfe\n")
    try:
        assert unchanged.build().returncode != 0
    finally:
        seed.write_bytes(good)


def test_a_hook_that_fails_fails_the_build(unchanged: Project) -> None:
    settings = unchanged.folder / "dbt_project" / "dbt_project.yml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good + '\non-run-start: ["select * from nowhere"]\n', encoding="utf-8")
    try:
        result = unchanged.build("--vars", "{generation: 2}")
    finally:
        settings.write_text(good, encoding="utf-8")
    assert result.returncode != 0
    assert "Published" not in result.stdout


def test_a_published_file_that_is_open_for_writing_fails_the_build(unchanged: Project) -> None:
    with duckdb.connect(str(unchanged.warehouse)):
        result = unchanged.build("--vars", "{generation: 2}")
    assert result.returncode == 1
    assert f' -readonly "{as_seen(unchanged, unchanged.side)}"' in result.stdout
    assert f" {as_seen(unchanged, unchanged.warehouse)} is open for writing in another program" in result.stdout


def test_two_builds_at_once(small_project: Project) -> None:
    """One is told why it cannot start; the other ends well."""
    slow = small_project.environment(**{PAUSE_VARIABLE: "1"})
    builds = {
        number: subprocess.Popen(
            small_project.command("build", "--vars", f"{{generation: {number}}}"),
            cwd=small_project.folder,
            env=slow,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2)
    }
    outputs = {number: build.communicate()[0] for number, build in builds.items()}
    ((first, _),) = [(number, build) for number, build in builds.items() if build.returncode == 0]
    second = 3 - first
    # Where both begin within a millisecond, only the second part is said.
    assert "another dbt command is at work in it" in outputs[second] or "Could not set lock on file" in outputs[second]
    assert f"PID {builds[first].pid}" in outputs[second]
    assert generation(small_project) == first


def test_what_the_project_no_longer_has_is_not_published_again(small_project: Project) -> None:
    """And a side file that is no database, as a broken disk might leave, stands in the way of no whole build."""
    extra = small_project.folder / "dbt_project" / "models" / "marts" / "extra.sql"
    extra.write_text("{{ config(contract={'enforced': false}) }} select 1 as i\n", encoding="utf-8")
    assert small_project.build().returncode == 0
    extra.unlink()
    small_project.side.write_text("no database", encoding="utf-8")
    assert small_project.build().returncode == 0
    with small_project.connect() as warehouse:
        marts = warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by all"
        ).fetchall()
    assert marts == [("build_info",), ("generations",)]


def test_the_environment_names_the_published_file(small_project: Project, tmp_path: Path) -> None:
    """In a folder that is not there yet."""
    elsewhere = tmp_path / "some where" / "else.duckdb"
    result = small_project.dbt("build", INFERENCE_ENERGY_WAREHOUSE=str(elsewhere))
    assert result.returncode == 0, result.stdout
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == ["build", "else.duckdb"]
    assert not small_project.warehouse.exists()


def test_killed_builds_leave_whole_generations(small_project: Project) -> None:
    """The short version of `make kill-test`."""
    outcome = kill_builds(small_project, kills=4, kills_in_publishing=3, seed=1, report=lambda line: None)
    assert outcome.kills >= 4
    assert outcome.kills_in_publishing >= 3
    assert outcome.reads > 0
    assert outcome.mixed_reads == 0
    assert outcome.unreadable_states == 0
