"""Building as a user does: from anywhere, into one file, again and again, and with a fault in a raw file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project


def mart_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple]]:
    """Return all rows of all marts, floats to 10 significant digits."""
    marts = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
    ).fetchall()
    return {
        mart: sorted(
            (
                tuple(f"{cell:.9e}" if isinstance(cell, float) else cell for cell in row)
                for row in connection.execute(f"select * from marts.{mart}").fetchall()
            ),
            key=repr,
        )
        for (mart,) in marts
    }


def test_building_twice_gives_the_same_marts(project: Project, built_project: Project, tmp_path: Path) -> None:
    """The second build runs over the first one's tables, from another folder, into the same one file."""
    assert project.dbt("build").returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    second = project.dbt("build", cwd=elsewhere)
    assert second.returncode == 0, second.stdout
    assert list(tmp_path.rglob("*.duckdb*")) == [project.warehouse]
    with project.connect() as again, built_project.connect() as once:
        assert mart_rows(again) == mart_rows(once)


def test_documents_and_tests_run_on_their_own(built_project: Project) -> None:
    assert built_project.dbt("test", "--select", "marts").returncode == 0
    result = built_project.dbt("docs", "generate", "--static")
    assert result.returncode == 0, result.stdout
    page = (built_project.folder / "dbt_project" / "target" / "static_index.html").read_text(encoding="utf-8")
    assert "One row per model variant" in page


def change(project: Project, file: str, old: str, new: str) -> None:
    path = project.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


VISION = "raw/paper/table_2_vision_models.csv"


def test_a_cell_that_cannot_be_parsed_stops_the_build_and_is_named(project: Project) -> None:
    change(project, VISION, ",11.48,", ",11.4.8,")
    result = project.dbt("build")
    assert result.returncode != 0
    assert (
        f'{VISION}, line 9, column gflops_per_forward_pass: found "11.4.8", expected a number, a citation in brackets'
        in result.stdout
    )
    assert f"{VISION} is not the file that raw/paper/paper.yml describes" in result.stdout
    with project.connect() as connection:
        row = connection.execute(
            "select gflops_per_forward_pass, gflops_per_forward_pass_printed from staging.stg_vision_models "
            "where model_name = 'Inception V3'"
        ).fetchone()
        (models,) = connection.execute(
            "select count(*) from information_schema.tables where table_name in ('int_models', 'models')"
        ).fetchone()
    assert row == (None, "11.4.8")
    assert models == 0


FAULTS = [
    pytest.param(VISION, ",61.00 †", ",61.00 ‡", 'line 2, column params_millions: found "61.00 ‡"', id="mark"),
    pytest.param(VISION, "01/06/2012", "31/06/2012", 'line 2, column release_date: found "31/06/2012"', id="date"),
    pytest.param(VISION, "56.52 [", "156.52 [", "line 2, column top1_accuracy_pct: found 156.52", id="accuracy"),
    pytest.param(VISION, "1.42 †", "0.00 †", "line 2, column gflops_per_forward_pass: found 0.0", id="zero"),
    pytest.param(
        "raw/paper/table_8_gpu_theoretical_performance.csv",
        "GeForce GTX 580,",
        "GeForce GTX 581,",
        'line 2, column accelerator_printed_name: found "GeForce GTX 581", expected a value of printed_name',
        id="unknown GPU",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS)
def test_other_faults_are_named(project: Project, file: str, old: str, new: str, message: str) -> None:
    change(project, file, old, new)
    staging = {"table_2": "stg_vision_models", "table_8": "stg_gpu_theoretical_performance"}
    model = next(name for key, name in staging.items() if key in file)
    result = project.dbt("build", "--select", f"+{model}", "stg_accelerator_names", "accelerator_names")
    assert result.returncode != 0
    assert message in result.stdout


def test_a_row_that_is_gone_is_noticed(project: Project) -> None:
    path = project.folder / VISION
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    result = project.dbt("build", "--select", "+stg_vision_models")
    assert result.returncode != 0
    assert "stg_vision_models: found 93 rows, expected 94, as in Table 2" in result.stdout


def test_a_number_that_no_longer_reproduces_is_named(project: Project) -> None:
    """A printed efficiency changed by one unit of its last digit, and nothing else, fails the ledger."""
    change(project, "raw/paper/table_9_gpu_adapted_performance.csv", "312.15", "312.18")
    result = project.dbt("build")
    assert result.returncode != 0
    assert "ledger table-9-for-cnn-tesla-t4-mixed-gflops-per-watt: found close (printed 312.18" in result.stdout


def test_raw_keeps_cells_as_printed(built_project: Project) -> None:
    with built_project.connect() as connection:
        cells = connection.execute(
            "select top1_acc, gflops from raw.table_2_vision_models where model like 'PNASNet-5 (N = 4%'"
        ).fetchone()
        dashes = connection.execute(
            "select count(*) from raw.table_7_language_models where glue_test_set = '-'"
        ).fetchone()
    assert cells == ("82.90", "50.00")
    assert dashes == (8,)


def test_the_users_warehouse_is_not_touched(built_project: Project) -> None:
    assert not str(built_project.warehouse).startswith(str(ROOT))
