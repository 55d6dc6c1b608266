"""One warehouse per test session, built in a temporary folder; the user's own is neither needed nor touched."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]
WAREHOUSE_VARIABLE = "INFERENCE_ENERGY_WAREHOUSE"
MARTS = (
    "models",
    "accelerators",
    "accelerator_efficiency",
    "inference_energy",
    "energy_calibration",
    "energy_calibration_summary",
    "calibration_check",
    "trends",
    "trend_points",
    "trend_lines",
    "yearly_energy",
    "correlations",
    "consolidation_lag",
    "consolidation_medians",
    "progress_split",
    "frontier_over_time",
    "forecasts",
    "trend_backtest",
    "backtest_summary",
    "headline_sensitivity",
    "paper_ledger",
    "paper_statements",
    "decode_fits",
    "decode_check",
    "data_gaps",
    "source_agreement",
    "workload_energy",
    "workload_summary",
    "workload_rejects",
    "method_comparison",
)


# With one worker per core, a file that takes minutes and comes last would run alone. The second file needs no
# warehouse, so that its worker need not wait until the first one's has built that of the session.
LONGEST_FILES = (
    "test_build.py",
    "test_publishing.py",
    "test_spark.py",
    "test_own_rows.py",
    "test_reports_page.py",
    "test_mutations.py",
    "test_workload_build.py",
    "test_cells_as_text.py",
    "test_workload_reading.py",
    "test_since_paper.py",
    "test_reports.py",
    "test_generic_tests.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, and leave the order within each as it is."""
    places = {name: place for place, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


@dataclass(frozen=True)
class Project:
    """A copy of the project in a folder of its own, where a test may change raw files and build."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        """The published file."""
        return self.folder / "warehouse" / "inference_energy.duckdb"

    @property
    def side(self) -> Path:
        """The file in which dbt works."""
        return self.folder / "warehouse" / "build" / "inference_energy.duckdb"

    @property
    def kept_parse(self) -> Path:
        """What dbt keeps of its last parse."""
        return self.folder / "dbt_project" / "target" / "partial_parse.msgpack"

    def command(self, *arguments: str) -> list[str]:
        """Return the command of the README, for the root of the project."""
        return [str(Path(sys.executable).with_name("dbt")), *self._arguments(*arguments, cwd=None)]

    def _arguments(self, *arguments: str, cwd: Path | None) -> list[str]:
        """Return what stands behind ``dbt``, with the folders as seen from the current one, None for the root."""
        project, profiles = ("dbt_project", ".") if cwd is None else (self.folder / "dbt_project", self.folder)
        return ["--no-use-colors", *arguments, "--project-dir", str(project), "--profiles-dir", str(profiles)]

    def environment(self, **variables: str) -> dict[str, str]:
        """Return the environment of a user, without what this session set for itself."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("DBT_")}
        kept.pop(WAREHOUSE_VARIABLE, None)
        return kept | variables

    def dbt(self, *arguments: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run dbt as a user does, in the root of the project or another folder; output is captured.

        But for its log file and what it writes of its manifest and results: a fifth of a build goes into them. A test
        that reads the latter says ``DBT_WRITE_JSON="true"``.
        """
        from forked_dbt import run_dbt  # here, since `make bench` knows this module by another name and needs it not

        unwritten = {"DBT_LOG_LEVEL_FILE": "none", "DBT_WRITE_JSON": "false"}
        environment = self.environment(**(unwritten | variables))
        return run_dbt(self._arguments(*arguments, cwd=cwd), cwd or self.folder, environment)

    def build(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return self.dbt("build", *arguments, cwd=cwd)

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.warehouse), read_only=True)

    def connect_side(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.side), read_only=True)


def copy_project(folder: Path, *, with_unit_tests: bool = False, kept_parse: Path | None = None) -> Project:
    """Copy what a build reads, without anything that was built.

    Unit tests read no data, so they run once, for the fixture ``built_project``. With what dbt kept of a parse (the
    fixture ``kept_parse``) a build from the root of the copy parses changed files only, which saves most of 8 seconds.
    """
    ignored = ["target", "logs", "dbt_packages"] + ([] if with_unit_tests else ["unit_tests", "unit_tests.yml"])
    for name in ("dbt_project", "raw"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*ignored))
    shutil.copy(ROOT / "profiles.yml", folder)
    project = Project(folder)
    if kept_parse is not None:
        project.kept_parse.parent.mkdir()
        shutil.copy(kept_parse, project.kept_parse)
    return project


# A mart with a key in the smallest project that still has the profile, hooks and raw rows of the real one.
SMALL_MART = """
version: 2
models:
  - name: generations
    config: {contract: {enforced: true}}
    constraints: [{type: primary_key, columns: [generation]}]
    columns:
      - {name: generation, data_type: integer}
      - name: is_good
        data_type: boolean
        data_tests: [{holds: {arguments: {condition: is_good, expected: a good row, found: is_good}}}]
"""


def copy_small_project(folder: Path) -> Project:
    """Copy the project with one seed, its staging, the user's rows and one mart of our own: a build takes seconds."""
    project = copy_project(folder)
    models = project.folder / "dbt_project" / "models"
    kept = {"stg_own_models.sql", "stg_own_accelerators.sql", "columns.md"}
    for file in [*models.rglob("*"), *(project.folder / "dbt_project" / "tests").glob("*.sql")]:
        if file.is_file() and file.name not in kept:
            file.unlink()
    for folder in ("paper", "reference", "since_paper"):
        for file in (project.folder / "raw" / folder).iterdir():
            if file.name != "human_energy.csv":
                file.unlink()
    (models / "marts" / "generations.sql").write_text(
        "select {{ var('generation') }} as generation, {{ var('is_good') }} as is_good\n", encoding="utf-8"
    )
    (models / "marts" / "generations.yml").write_text(SMALL_MART, encoding="utf-8")
    settings = project.folder / "dbt_project" / "dbt_project.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("vars:\n", "vars:\n  generation: 1\n  is_good: true\n"), encoding="utf-8")
    return project


def state_of_users_warehouse() -> tuple[float, int] | None:
    """Return time of change and size of the warehouse in the checkout itself, None where there is none."""
    file = ROOT / "warehouse" / "inference_energy.duckdb"
    return (file.stat().st_mtime, file.stat().st_size) if file.exists() else None


@pytest.fixture(scope="session", autouse=True)
def users_warehouse() -> tuple[float, int] | None:
    """Return the state of the user's warehouse before the first test."""
    return state_of_users_warehouse()


def once(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    fill: Callable[[Path], subprocess.CompletedProcess[str]],
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Return a folder that is filled once per session, and what the command said that filled it.

    Of the workers of pytest-xdist, whose temporary folders lie side by side, the first that asks fills it. One that
    asks meanwhile waits.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp().parent if is_worker else tmp_path_factory.getbasetemp()
    folder, said = base / name, base / f"{name}.json"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            result = fill(folder)
            said.write_text(json.dumps([result.args, result.returncode, result.stdout, result.stderr]))
    return folder, subprocess.CompletedProcess(*json.loads(said.read_text()))


def parsed_once(tmp_path_factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """Return what dbt keeps of a parse with these arguments, done once per session in the folder of that name."""
    folder, result = once(tmp_path_factory, name, lambda folder: copy_project(folder).dbt("parse", *arguments))
    if result.returncode != 0:
        pytest.fail(f"dbt parse failed:\n{result.stdout}\n{result.stderr}", pytrace=False)
    return Project(folder).kept_parse


@pytest.fixture(scope="session")
def kept_parse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what dbt keeps of a parse of the project without unit tests, for ``copy_project``."""
    return parsed_once(tmp_path_factory, "parsed project")


# Every message of every failed test, where a test puts many faults into one build.
ALL_MESSAGES = ("--vars", "{failed_test_messages: 1000}")


@pytest.fixture(scope="session")
def kept_parse_for_all_messages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same for builds with ``ALL_MESSAGES``, since a parse serves only calls with the same variables."""
    return parsed_once(tmp_path_factory, "parsed for all messages", *ALL_MESSAGES)


@pytest.fixture
def project(tmp_path: Path, kept_parse: Path) -> Project:
    """Return a fresh copy of the project, not built, in a folder with a space in its name."""
    folder = tmp_path / "a copy"
    folder.mkdir()
    return copy_project(folder, kept_parse=kept_parse)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the project as shipped, built once per session with all dbt tests; do not change it.

    It is built by the program `dbt` itself, which parses every file, as on a fresh clone.
    """

    def build(folder: Path) -> subprocess.CompletedProcess[str]:
        copy = copy_project(folder, with_unit_tests=True)
        return subprocess.run(
            copy.command("build"), cwd=folder, env=copy.environment(), capture_output=True, text=True, check=False
        )

    folder, result = once(tmp_path_factory, "built project", build)
    if result.returncode != 0:
        pytest.fail(f"dbt build failed:\n{result.stdout}\n{result.stderr}", pytrace=False)
    return Project(folder)


@pytest.fixture(scope="session")
def project_with_own_rows(tmp_path_factory: pytest.TempPathFactory, kept_parse: Path) -> Project:
    """Return a copy built with the rows that README.md adds and with names that look like code; do not change it."""
    from own_rows import add_names_like_code, add_rows_of_readme  # here, since that module takes from this one

    def build(folder: Path) -> subprocess.CompletedProcess[str]:
        copy = copy_project(folder, kept_parse=kept_parse)
        add_rows_of_readme(copy)
        add_names_like_code(copy)
        return copy.build()

    folder, result = once(tmp_path_factory, "own rows", build)
    assert result.returncode == 0, result.stdout
    return Project(folder)


@pytest.fixture(scope="session")
def open_warehouse(built_project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the read-only connection of the session; take a cursor of it, for its results are not shared."""
    connection = built_project.connect()
    yield connection
    connection.close()


@pytest.fixture
def warehouse(open_warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a read-only connection to the session's warehouse, for one test."""
    cursor = open_warehouse.cursor()
    yield cursor
    cursor.close()


@pytest.fixture(scope="session")
def site(
    built_project: Project, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Return the folder that `make reports` filled from the session's warehouse, and what the command said."""
    folder, result = once(
        tmp_path_factory, "a site", lambda folder: run_reports(built_project.warehouse, folder / "of reports")
    )
    return folder / "of reports", result


def run_reports(warehouse: Path, folder: Path, module: str = "reports") -> subprocess.CompletedProcess[str]:
    """Draw into a folder as `make reports` does; output is captured."""
    return subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        cwd=ROOT,
        env={**os.environ, WAREHOUSE_VARIABLE: str(warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )
