"""A build with a workload: what stops it publishes nothing, and says why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project, copy_small_project

# The models that read a workload, on a few rows in place of the warehouse's dimensions.
READING = ("int_workload_files", "int_workload_groups", "int_workload_judged", "workload_rejects")
CHECKS = (
    "workload_rows_set_aside_are_few",
    "workload_rejects_are_those_that_were_counted",
    "workload_files_are_as_they_were",
)
DIMENSIONS = {
    "dim_models": "select 'cnn' as model_id, 'vision' as domain, false as is_generative",
    "dim_accelerators": "select 'chip' as accelerator_id",
    "dim_grid_intensity": "select 'ESP' as country_iso3, 2026 as year",
    "dim_hypothesis": "select date '2020-01-01' as happened_at, 'cnn' as model_id, null::varchar as accelerator_id, "
    "'ESP' as country_iso3, 1e9 as inference_count, null::integer as input_tokens, null::integer as output_tokens, "
    "null::double as batch_size",
}


@pytest.fixture(scope="module")
def reading_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that reads a workload and nothing else, built once with the hypothesis."""
    project = copy_small_project(tmp_path_factory.mktemp("reading a workload"))
    models = project.folder / "dbt_project" / "models"
    files = [
        *(path for path in (ROOT / "dbt_project" / "models" / "workload").rglob("*.*") if path.stem in READING),
        *(ROOT / "dbt_project" / "tests" / f"{name}.sql" for name in CHECKS),
        ROOT / "dbt_project" / "models" / "workload" / "intermediate" / "reading.yml",
        *(ROOT / "dbt_project" / "models" / f"columns_{name}.md" for name in ("workload", "workload_reading")),
    ]
    for file in files:
        target = project.folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    for name, sql in DIMENSIONS.items():
        (models / "dimensions").mkdir(exist_ok=True)
        (models / "dimensions" / f"{name}.sql").write_text(sql)
    result = project.build()
    assert result.returncode == 0, result.stdout
    assert "Published" in result.stdout
    assert "\nWorkload: the hypothesis, since WORKLOAD is not set." in result.stdout
    return project


def rows(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def write(project: Project, *lines: str) -> None:
    folder = project.folder / "my logs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "log.csv").write_text("\n".join(["happened_at,model_id,inference_count", *lines, ""]))


def test_without_a_workload_the_hypothesis_is_published(reading_project: Project) -> None:
    assert not (reading_project.folder / "my logs").exists()
    found = rows(reading_project.side, "select is_hypothesis, n_inferences from intermediate.int_workload_groups")
    assert found == [(True, 1e9)]
    assert rows(reading_project.warehouse, "select vars->>'workload' from marts.build_info") == [("the hypothesis",)]


def test_a_workload_is_published_as_groups_and_rejects(reading_project: Project) -> None:
    """A path is seen from the folder of the command; the published file holds no copy of the log."""
    write(reading_project, *["2026-03-01,CNN,2"] * 99, "2026-03-01,cnn,-1")
    result = reading_project.dbt("build", WORKLOAD="my logs")
    assert result.returncode == 0, result.stdout
    assert "Workload: my logs, 100 rows, 1 set aside." in result.stdout
    published = reading_project.warehouse
    assert rows(published, "select vars->>'workload' from marts.build_info") == [("my logs",)]
    assert rows(published, "select * from marts.workload_rejects") == [
        ("my logs/log.csv", 101, "2026-03-01,cnn,-1", "inference_count is no whole number from 0 to 1e18")
    ]
    assert rows(published, "select n_rows, n_inferences from intermediate.int_workload_judged order by all") == [
        (1, 1),
        (99, 198),
    ]
    assert max(count for (count,) in rows(published, "select estimated_size from duckdb_tables()")) < 99


def test_what_makes_totals_doubtful_is_found_by_dbt_too(reading_project: Project) -> None:
    """That rows count as one is said once; a link to a file beside it and one to a folder stop the build."""
    write(reading_project)
    folder = reading_project.folder / "my logs"
    (folder / "log.csv").write_text("happened_at,model_id\n" + "2026-03-01,cnn\n" * 199 + "never,cnn\n")
    result = reading_project.dbt("build", WORKLOAD="my logs")
    assert result.returncode == 0, result.stdout
    # Printed at the start of a line, and not logged behind a time: `make build` hides what dbt logs.
    said = re.findall(
        "^workload my logs/log.csv.*: no column inference_count, so every row counts as one$", result.stdout, re.M
    )
    assert len(said) == 1
    (folder / "latest.csv").symlink_to("log.csv")
    result = reading_project.dbt("build", WORKLOAD="my logs")
    assert result.returncode != 0
    assert "my logs/latest.csv and my logs/log.csv, which are the same file" in result.stdout
    (folder / "latest.csv").unlink()
    (reading_project.folder / "disk").mkdir()
    (folder / "log.csv").rename(reading_project.folder / "disk" / "b.csv")
    (folder / "2025").symlink_to("../disk")
    (folder / "a.csv").write_text("happened_at,model_id,inference_count\n2026-03-01,cnn,1\n")
    result = reading_project.dbt("build", WORKLOAD="my logs/**/*.csv")
    assert result.returncode != 0
    assert "found my logs/2025/b.csv behind a link to a folder" in result.stdout


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["2026-03-01,cnn,1"] * 98 + ["2026-03-01,cnn,-1"] * 2,
            "found 2 of 100 rows set aside, with 2.0 % of the inferences, expected at most a share of 0.01; 1 reason. "
            "Each stands in table marts.workload_rejects of warehouse/build/inference_energy.duckdb, while the",
        ),
        (
            ["2026-03-01,cnn,1"] * 500 + ['2026-03-01,cnn,"1'],
            "my logs/log.csv:502: a double quote is not closed; a cell with a line break would be read as rows",
        ),
        ([], "workload: found no row, expected one at least"),
    ],
    ids=["too many rows set aside", "a double quote not closed", "a header alone"],
)
def test_what_stops_a_build_publishes_nothing(reading_project: Project, lines: list[str], message: str) -> None:
    write(reading_project, *lines)
    before = reading_project.warehouse.read_bytes()
    result = reading_project.dbt("build", WORKLOAD="my logs")
    assert result.returncode != 0
    assert message in result.stdout
    assert "Nothing was published" in result.stdout
    assert reading_project.warehouse.read_bytes() == before


def test_a_truncated_parquet_file_publishes_nothing(reading_project: Project) -> None:
    write(reading_project)
    folder = reading_project.folder / "my logs"
    (folder / "log.csv").unlink()
    for name in ("whole", "torn"):
        duckdb.execute(
            f"copy (select date '2026-03-01' as happened_at, 'cnn' as model_id) to '{folder}/{name}.parquet'"
        )
    content = (folder / "torn.parquet").read_bytes()
    (folder / "torn.parquet").write_bytes(content[:-20])
    before = reading_project.warehouse.read_bytes()
    result = reading_project.dbt("build", WORKLOAD="my logs/*.parquet")
    assert result.returncode != 0
    assert "torn.parquet" in result.stdout
    assert reading_project.warehouse.read_bytes() == before


def test_what_dbt_only_compiles_reads_no_file(reading_project: Project) -> None:
    result = reading_project.dbt("compile", WORKLOAD="absent.csv")
    assert result.returncode == 0, result.stdout
    result = reading_project.dbt("run", WORKLOAD="absent.csv")
    assert "found no file at absent.csv" in result.stdout
    assert result.returncode != 0


def test_the_memory_of_a_run_is_bounded_by_a_var(reading_project: Project) -> None:
    """A limit that DuckDB cannot read fails the run, and one that it can is in force, where a log is read."""
    write(reading_project, "2026-03-01,cnn,1")
    log = {"WORKLOAD": "my logs/*.csv"}
    result = reading_project.dbt("build", "--vars", "{workload_memory_limit: as little as can be}", **log)
    assert result.returncode != 0
    assert "Failure in operation inference_energy-on-run-start" in result.stdout
    (reading_project.folder / "dbt_project" / "tests" / "limit.sql").write_text(
        "select current_setting('memory_limit') as message where current_setting('memory_limit') <> '286.1 MiB'"
    )
    limited, unlimited = (
        reading_project.dbt("test", "--select", "limit", "--vars", "{workload_memory_limit: 300MB}", **environment)
        for environment in (log, {})
    )
    (reading_project.folder / "dbt_project" / "tests" / "limit.sql").unlink()
    assert limited.returncode == 0, limited.stdout
    assert unlimited.returncode == 1
