"""Building as a user does: from anywhere, into one file, again and again, and with a fault in a raw file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import Project, copy_project, state_of_users_warehouse


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
    assert project.build().returncode == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    second = project.build(cwd=elsewhere)
    assert second.returncode == 0, second.stdout
    assert list(tmp_path.rglob("*.duckdb*")) == [project.warehouse]
    with project.connect() as again, built_project.connect() as once:
        assert mart_rows(again) == mart_rows(once)


def test_a_kept_parse_serves_every_folder(project: Project) -> None:
    """What dbt keeps of a parse names neither where the files were then nor what was in them."""
    arguments = ["--select", "resource_type:seed", "stg_own_models", "--exclude", "own_rows_have_names_of_their_own"]
    relative = subprocess.run(
        [
            str(Path(sys.executable).with_name("dbt")),
            "build",
            *arguments,
            *("--project-dir", "dbt_project", "--profiles-dir", str(project.folder)),
        ],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert relative.returncode == 0, relative.stdout
    with (project.folder / "raw" / "own" / "models.csv").open("a", encoding="utf-8") as file:
        file.write("My CNN,vision,CNN,2021-03-01,25,82.5,,,,4.1,tool,,fvcore 0.1.5\n")
    change(project, "raw/reference/human_energy.csv", ",2000,", ",2001,")
    inside = project.dbt("build", *arguments, cwd=project.folder / "dbt_project" / "models")
    assert "Unable to do partial parsing" not in inside.stdout
    assert inside.returncode == 0, inside.stdout
    assert "raw/reference/human_energy.csv is not the file" in inside.stdout
    with project.connect() as connection:
        assert connection.execute("select model_name from staging.stg_own_models").fetchall() == [("My CNN",)]
        assert connection.execute("select count(*) from raw.human_energy where amount = '2001'").fetchone() == (1,)


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


# file, cell as printed, cell as changed, what the build must say
FAULTS = [
    pytest.param(
        VISION,
        ",11.48,",
        ",11.4.8,",
        'line 9, column gflops_per_forward_pass: found "11.4.8", expected a number, a citation in brackets',
        id="number",
    ),
    pytest.param(VISION, ",61.00 †", ",61.00 ‡", 'line 2, column params_millions: found "61.00 ‡"', id="mark"),
    pytest.param(VISION, "11/11/2013", "31/11/2013", 'line 3, column release_date: found "31/11/2013"', id="date"),
    pytest.param(VISION, "56.52 [", "156.52 [", "line 2, column top1_accuracy_pct: found 156.52", id="accuracy"),
    pytest.param(VISION, ",6.80,", ",0.00,", "line 7, column params_millions: found 0.0", id="zero"),
    pytest.param(
        VISION, "No,12/11/2013,CNN", "No,12/11/2013,RNN", 'line 4, column architecture: found "RNN"', id="architecture"
    ),
    pytest.param(
        "raw/paper/table_8_gpu_theoretical_performance.csv",
        "GeForce GTX 580,",
        "GeForce GTX 581,",
        'line 2, column accelerator_printed_name: found "GeForce GTX 581", expected a value of printed_name',
        id="unknown GPU",
    ),
    pytest.param(
        "raw/paper/table_7_language_models.csv",
        '"SqueezeBERT [Iandola et al., 2020]",128,7.42,51.1,19/06/2020,78.1\n',
        "",
        "stg_language_models: found 18 rows, expected 19, as in Table 7",
        id="missing row",
    ),
    pytest.param(
        "raw/paper/table_6_vit_g_gflops.csv",
        "gflops_224x224,gflops_384x384",
        "gflops_384x384,gflops_224x224",
        'seed table_6_vit_g_gflops, line 1: found columns "model, gflops_384x384, gflops_224x224"',
        id="swapped columns",
    ),
]


@pytest.fixture(scope="module")
def faulty_project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """Return a copy of the project with all those faults, and what its build printed."""
    copy = copy_project(tmp_path_factory.mktemp("faulty project"))
    for fault in FAULTS:
        change(copy, *fault.values[:3])
    result = copy.build("--vars", "{failed_test_messages: 1000}")
    assert result.returncode != 0
    return copy, result.stdout


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS)
def test_faults_are_named(faulty_project: tuple[Project, str], file: str, old: str, new: str, message: str) -> None:
    _, output = faulty_project
    assert old != new
    assert message in output
    assert f"{file} is not the file that raw/paper/paper.yml describes" in output


def test_a_cell_that_cannot_be_parsed_is_null_beside_its_text_and_goes_no_further(
    faulty_project: tuple[Project, str],
) -> None:
    project, _ = faulty_project
    with project.connect() as connection:
        row = connection.execute(
            "select gflops_per_forward_pass, gflops_per_forward_pass_printed from staging.stg_vision_models "
            "where model_name = 'Inception V3'"
        ).fetchone()
        (tables,) = connection.execute(
            "select count(*) from information_schema.tables where table_name in ('int_models', 'models')"
        ).fetchone()
    assert row == (None, "11.4.8")
    assert tables == 0


def test_plausible_changes_do_not_pass_for_the_paper(project: Project) -> None:
    """A printed efficiency that no longer follows and a difference other than the known one fail the ledger.

    An input changed within reason fails its record.
    """
    change(project, "raw/paper/table_9_gpu_adapted_performance.csv", "312.15", "312.18")
    change(project, VISION, ",9.86,", ",9.68,")
    change(project, "raw/reference/known_differences.csv", ",differs,9120.66,", ",differs,9120.96,")
    result = project.build()
    assert result.returncode != 0
    assert "ledger table-9-for-cnn-tesla-t4-mixed-gflops-per-watt: found close (printed 312.18" in result.stdout
    assert (
        "ledger text-forecasting-external-power: found differs (printed 10000.0, recomputed 9120.66210045662), "
        "expected differs, recomputed 9120.96, as in raw/reference/known_differences.csv, line 5" in result.stdout
    )
    failed = result.stdout.partition("FAIL raw_files_are_on_record")[2]
    assert f"{VISION} is not the file that raw/paper/paper.yml describes" in failed
    assert "raw/paper/table_9_gpu_adapted_performance.csv is not the file" in failed


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


def test_the_users_warehouse_is_not_touched(built_project: Project, users_warehouse: tuple[float, int] | None) -> None:
    """Neither made nor changed by anything that ran before this test in the session."""
    assert built_project.warehouse.is_file()
    assert state_of_users_warehouse() == users_warehouse
