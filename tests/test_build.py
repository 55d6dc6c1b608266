"""Building as a user does: from anywhere, into one file, again and again, and with a fault in a raw file."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ALL_MESSAGES, MARTS, ROOT, Project, copy_project, state_of_users_warehouse
from forked_dbt import run_dbt


def identity(project: Project) -> dict[str, object]:
    """Return the one row of marts.build_info."""
    with project.connect() as warehouse:
        row = warehouse.execute("from marts.build_info")
        names = [column[0] for column in row.description]
        (cells,) = row.fetchall()
    return dict(zip(names, cells, strict=True))


def test_equal_raw_gives_equal_checksums(project: Project, built_project: Project, tmp_path: Path) -> None:
    """On the session's build, with 2 threads in its root, and on one over it with 4, asked for from elsewhere."""
    shutil.copytree(built_project.folder / "warehouse", project.folder / "warehouse")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = project.build("--threads", "4", cwd=elsewhere)
    assert result.returncode == 0, result.stdout
    # Messages name files as who called dbt would.
    assert f"Published {project.warehouse}: " in result.stdout
    assert sorted(tmp_path.rglob("*.duckdb*")) == sorted([project.warehouse, project.side])
    before, after = identity(built_project), identity(project)
    for part in ("raw_checksum", "mart_checksums", "content_checksum", "vars"):
        assert after[part] == before[part]
    assert after["published_at"] > before["published_at"]


def test_the_published_file_says_what_it_is(built_project: Project, warehouse: duckdb.DuckDBPyConnection) -> None:
    build = identity(built_project)
    assert set(build["mart_checksums"]) == set(MARTS)
    assert json.loads(str(build["vars"]))["confidence_level"] == 0.95
    assert build["duckdb_version"] == duckdb.__version__
    # A copy of the project outside git has no commit.
    assert (build["git_commit"], build["has_uncommitted_changes"]) == (None, None)
    run = json.loads((built_project.folder / "dbt_project/target/run_results.json").read_text(encoding="utf-8"))
    passed = [result["unique_id"].split(".")[0] for result in run["results"] if result["status"] == "pass"]
    assert build["n_data_tests_passed"] == passed.count("test") > 0
    assert build["n_unit_tests_passed"] == passed.count("unit_test") > 0
    described = warehouse.execute(
        "select count(*), count(comment) from duckdb_columns() where table_name = 'build_info'"
    ).fetchone()
    assert described == (len(build), len(build))


def test_a_kept_parse_serves_every_folder(seeds_alone: Project) -> None:
    """What dbt keeps of a parse names neither where the files were then nor what was in them."""
    project, staging = seeds_alone, Path("dbt_project/models/staging")
    (project.folder / staging).mkdir(parents=True)
    shutil.copy(ROOT / staging / "stg_own_models.sql", project.folder / staging)
    arguments = ["--select", "resource_type:seed", "stg_own_models", "--indirect-selection", "cautious"]
    relative = run_dbt(
        ["build", *arguments, "--project-dir", "dbt_project", "--profiles-dir", str(project.folder)],
        project.folder,
        project.environment(),
    )
    assert relative.returncode == 0, relative.stdout
    with (project.folder / "raw" / "own" / "models.csv").open("a", encoding="utf-8") as file:
        file.write("My CNN,vision,CNN,2021-03-01,25,82.5,,,,4.1,tool,,fvcore 0.1.5\n")
    change(project, "raw/reference/human_energy.csv", ",2000,", ",2001,")
    inside = project.dbt("build", *arguments, cwd=project.folder / "dbt_project" / "models")
    assert "Unable to do partial parsing" not in inside.stdout
    assert inside.returncode == 0, inside.stdout
    assert "raw/reference/human_energy.csv is not the file" in inside.stdout
    with project.connect_side() as connection:
        assert connection.execute("select model_name from staging.stg_own_models").fetchall() == [("My CNN",)]
        assert connection.execute("select count(*) from raw.human_energy where amount = '2001'").fetchone() == (1,)


def test_documents_and_tests_run_on_their_own(built_project: Project, tmp_path: Path) -> None:
    # What the build left in its target folder is for other tests to read.
    options = ("--target", "published", "--target-path", str(tmp_path))
    assert built_project.dbt("test", "--select", "trends", *options).returncode == 0
    result = built_project.dbt("docs", "generate", "--static", *options, DBT_WRITE_JSON="true")
    assert result.returncode == 0, result.stdout
    page = (tmp_path / "static_index.html").read_text(encoding="utf-8")
    assert "One row per model variant" in page


def change(project: Project, file: str, old: str, new: str) -> None:
    path = project.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


VISION = "raw/paper/table_2_vision_models.csv"


LANGUAGE = "raw/paper/table_7_language_models.csv"
GPUS = "raw/paper/table_8_gpu_theoretical_performance.csv"

# file, cell as printed, cell as changed, what the build must say behind the name of the file
FAULTS = [
    pytest.param(
        VISION,
        ",11.48,",
        ",11.4.8,",
        'line 9, column gflops: found "11.4.8", expected a number, a citation in brackets',
        id="number",
    ),
    pytest.param(VISION, ",61.00 †", ",61.00 ‡", 'line 2, column params_m: found "61.00 ‡"', id="mark"),
    pytest.param(
        VISION, '"4.96 [', '"-4.96 [', "line 3, column gflops: found -4.96, expected above 0", id="negative GFLOPs"
    ),
    pytest.param(
        VISION,
        "11/11/2013",
        "31/11/2013",
        'line 3, column date: found "31/11/2013", expected a day of the calendar as dd/mm/yyyy',
        id="date that is none",
    ),
    pytest.param(
        VISION, "17/09/2014", "09/17/2014", 'line 7, column date: found "09/17/2014"', id="day and month swapped"
    ),
    pytest.param(
        VISION,
        "02/12/2015",
        "02/12/2999",
        "line 9, column date: found 2999-12-02, expected at least date 2010-01-01 and at most date 2021-12-31",
        id="date in the future",
    ),
    pytest.param(VISION, "56.52 [", "156.52 [", "line 2, column top1_acc: found 156.52", id="accuracy"),
    pytest.param(
        VISION, ",6.80,", ",0.00,", "line 7, column params_m: found 0.0, expected above 0", id="zero parameters"
    ),
    pytest.param(
        VISION,
        "No,12/11/2013,CNN",
        "No,12/11/2013,{{ 7*7 }}'; drop table x; --",
        'line 4, column architecture: found "{{ 7*7 }}\'; drop table x; --", expected CNN, Transformer, Hybrid',
        id="architecture",
    ),
    pytest.param(
        VISION,
        '"VGG-19 [',
        '"VGG-16 [',
        'lines 5 and 6, columns model, extra_data: found "VGG-16", no value 2 times, expected it once',
        id="duplicate vision model",
    ),
    pytest.param(
        VISION,
        "ResNet-50 [He et al., 2015b]",
        "ResNet-50",
        'line 10, column model: found "ResNet-50", expected a citation in brackets behind the name',
        id="citation",
    ),
    pytest.param(
        LANGUAGE,
        "BERT-Small [",
        "BERT-Base [",
        'lines 6 and 7, column model: found "BERT-Base" 2 times, expected it once',
        id="duplicate language model",
    ),
    pytest.param(
        LANGUAGE,
        '"SqueezeBERT [Iandola et al., 2020]",128,7.42,51.1,19/06/2020,78.1\n',
        "",
        "found 18 rows, expected 19, as in Table 7",
        id="missing row",
    ),
    pytest.param(LANGUAGE, ",82.1 ♠", ",821 ♠", "line 5, column glue_test_set: found 821.0", id="score"),
    pytest.param(
        LANGUAGE,
        "12/06/2017",
        "12/06/1017",
        "line 2, column date: found 1017-06-12, expected at least date 2010-01-01",
        id="date too early",
    ),
    pytest.param(
        GPUS,
        "GeForce GTX 580,",
        "GeForce GTX 581,",
        'line 2, column gpu: found "GeForce GTX 581", expected a value of printed_name in '
        "raw/reference/accelerator_names.csv",
        id="unknown GPU",
    ),
    pytest.param(
        GPUS, ",365,", ",0,", "line 3, column watts: found 0.0, expected at least 20 and at most 1000", id="zero watts"
    ),
    pytest.param(GPUS, ",195,", ",-195,", "line 4, column watts: found -195.0", id="negative watts"),
    pytest.param(
        GPUS,
        ",300,29/04/2012,Desktop",
        ",300,29/04/2012,Laptop",
        'line 5, column type: found "laptop", expected desktop, server',
        id="segment",
    ),
    # A unit slip of 1,000 is an error where another cell of the row says otherwise.
    pytest.param(
        GPUS,
        ",4.16,",
        ",4160,",
        "line 6, column gflops_per_watt: found 16.62, expected 16640.0 within 0.002",
        id="GFLOPS typed as TFLOPS",
    ),
]


def csv_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def change_rows(project: Project, file: str, how: Callable[[list[str]], list[str]]) -> None:
    path = project.folder / file
    rows = [how(row) for row in csv_rows(path)]
    with path.open("w", encoding="utf-8", newline="") as changed:
        csv.writer(changed, lineterminator="\n").writerows(rows)


# file, what becomes of each row and of the header, what the build must say
COLUMN_FAULTS = [
    pytest.param(
        "raw/paper/table_6_vit_g_gflops.csv",
        lambda row: [row[0], row[2], row[1]],
        'line 1: found columns "model, gflops_384x384, gflops_224x224", '
        'expected "model, gflops_224x224, gflops_384x384"',
        id="reordered",
    ),
    pytest.param(
        "raw/paper/table_5_efficientnet_specifications.csv",
        lambda row: [row[0], *row[2:]],
        'line 1: found columns "model, d, test_resolution", expected "model, w, d, test_resolution"',
        id="missing",
    ),
    pytest.param(
        "raw/paper/table_3_throughput_benchmarks.csv",
        lambda row: [*row, "note"],
        'line 1: found columns "task, model, framework, batch_size, gpu, precision, throughput, speed_up, note", '
        'expected "task, model,',
        id="extra",
    ),
    pytest.param(
        "raw/paper/table_9_gpu_adapted_performance.csv",
        lambda row: ["tdp" if cell == "watts" else cell for cell in row],
        'line 1: found columns "adapted, gpu, precision, tflops, tdp, launch_date, type, gflops_per_watt", expected',
        id="renamed",
    ),
]


@pytest.fixture(scope="module")
def faulty_project(tmp_path_factory: pytest.TempPathFactory, kept_parse_for_all_messages: Path) -> tuple[Project, str]:
    """Return a copy of the project with all those faults, and what its build printed."""
    copy = copy_project(tmp_path_factory.mktemp("faulty project"), kept_parse=kept_parse_for_all_messages)
    for fault in FAULTS:
        change(copy, *fault.values[:3])
    for fault in COLUMN_FAULTS:
        change_rows(copy, *fault.values[:2])
    result = copy.build(*ALL_MESSAGES)
    assert result.returncode != 0
    return copy, result.stdout


@pytest.mark.parametrize(("file", "old", "new", "message"), FAULTS)
def test_faults_are_named(faulty_project: tuple[Project, str], file: str, old: str, new: str, message: str) -> None:
    _, output = faulty_project
    assert old != new
    # A fault of the file as a whole has no line.
    assert f"  {file}, {message}" in output or f"  {file}: {message}" in output
    assert f"{file} is not the file that raw/paper/paper.yml describes" in output


@pytest.mark.parametrize(("file", "how", "message"), COLUMN_FAULTS)
def test_other_columns_are_named_on_a_first_build(
    faulty_project: tuple[Project, str], file: str, how: Callable[[list[str]], list[str]], message: str
) -> None:
    _, output = faulty_project
    assert f"  {file}, {message}" in output


def test_other_columns_are_named_on_a_second_build(built_project: Project, project: Project) -> None:
    """The tables are there from the first build, and dbt alone would refill them by position."""
    shutil.copytree(built_project.folder / "warehouse", project.folder / "warehouse")
    for fault in COLUMN_FAULTS:
        change_rows(project, *fault.values[:2])
    # A whole build does away with the tables of the one before.
    result = project.build("--select", "resource_type:seed")
    assert result.returncode != 0
    for fault in COLUMN_FAULTS:
        file, _, message = fault.values
        assert f"  {file}, {message}" in result.stdout


@pytest.fixture
def seeds_alone(tmp_path: Path) -> Project:
    """Return a copy of the project without models, which dbt parses fast."""
    project = copy_project(tmp_path / "a copy")
    shutil.rmtree(project.folder / "dbt_project" / "models")
    for path in (project.folder / "dbt_project" / "tests").glob("*.sql"):
        path.unlink()
    return project


def test_files_of_another_shape_fail_without_the_check_too(seeds_alone: Project) -> None:
    """What dbt says is less than what `check_raw` says, but it stops."""
    folder = seeds_alone.folder / "raw"
    (folder / "paper" / "table_6_vit_g_gflops.csv").write_text("")
    change(seeds_alone, "raw/paper/table_5_efficientnet_specifications.csv", "EfficientNet-B7,", "EfficientNet-B7,,")
    change(seeds_alone, "raw/reference/human_energy.csv", "electricity,12647,", "electricity,")
    result = seeds_alone.dbt("seed")
    assert result.returncode != 0
    for name in ("table_6_vit_g_gflops", "table_5_efficientnet_specifications", "human_energy"):
        assert f"in seed {name} " in result.stdout


def test_a_file_in_another_encoding_fails_without_the_check_too(seeds_alone: Project) -> None:
    path = seeds_alone.folder / VISION
    path.write_bytes(path.read_text(encoding="utf-8").replace("†", "*").encode("latin-1"))
    result = seeds_alone.dbt("seed")
    assert result.returncode != 0
    assert "'utf-8' codec can't decode byte 0xe9" in result.stdout + result.stderr


def test_files_saved_on_windows_load_as_they_are(seeds_alone: Project, built_project: Project) -> None:
    """With CRLF and a byte order mark every cell is the same, and the record of the file holds."""
    for path in (seeds_alone.folder / "raw" / "paper").glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    result = seeds_alone.dbt("build", "--select", "resource_type:seed")
    assert result.returncode == 0, result.stdout
    assert " WARN=0 " in result.stdout
    with seeds_alone.connect_side() as windows, built_project.connect() as shipped:
        for (table,) in shipped.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall():
            query = f"select * from raw.{table}"
            assert windows.execute(query).fetchall() == shipped.execute(query).fetchall()


def test_a_cell_that_cannot_be_parsed_is_null_beside_its_text_and_goes_no_further(
    faulty_project: tuple[Project, str],
) -> None:
    project, _ = faulty_project
    with project.connect_side() as connection:
        row = connection.execute(
            "select gflops_per_forward_pass, gflops_per_forward_pass_printed from staging.stg_vision_models "
            "where model_name = 'Inception V3'"
        ).fetchone()
        (tables,) = connection.execute(
            "select count(*) from information_schema.tables where table_name in ('int_models', 'models')"
        ).fetchone()
    assert row == (None, "11.4.8")
    assert tables == 0


def test_plausible_changes_do_not_pass_for_the_paper(tmp_path: Path, kept_parse_for_all_messages: Path) -> None:
    """A printed efficiency that no longer follows and a difference other than the known one fail the ledger.

    An input changed within reason fails its record, and so does a line break in a cell. A slip of a unit has a warning
    that names its row.
    """
    project = copy_project(tmp_path / "a copy", kept_parse=kept_parse_for_all_messages)
    change(project, "raw/paper/table_9_gpu_adapted_performance.csv", "312.15", "312.18")
    change(project, VISION, ",9.86,", ",9.68,")
    change(project, VISION, '"45.00 [', '"45000 [')
    change(project, "raw/reference/known_differences.csv", ",differs,9120.66,", ",differs,9120.96,")
    change(project, "raw/reference/sources.csv", ",Energy,", ',"En\nergy",')
    judges = ("ledger_differs_only_as_known", "values_have_plausible_units", "raw_files_are_on_record")
    # What comes before them without its own tests, which a build of everything runs elsewhere.
    before = [f"+{judge}" for judge in judges]
    result = project.build("--select", *before, "--indirect-selection", "empty", *ALL_MESSAGES)
    assert result.returncode != 0
    assert "ledger table-9-for-cnn-tesla-t4-mixed-gflops-per-watt: found close (printed 312.18" in result.stdout
    assert (
        "ledger text-forecasting-external-power: found differs (printed 10000.0, recomputed 9120.66210045662), "
        "expected differs, recomputed 9120.96, as in raw/reference/known_differences.csv, line 5" in result.stdout
    )
    assert (
        f"{VISION}, line 11, columns gflops and params_m: found 15.2 GFLOPs for 45000.0 million parameters, "
        "expected 180 to 9e+05 GFLOPs (0.004 to 20 per million parameters)" in result.stdout
    )
    failed = result.stdout.partition("FAIL raw_files_are_on_record")[2]
    assert f"{VISION} is not the file that raw/paper/paper.yml describes" in failed
    assert "raw/paper/table_9_gpu_adapted_performance.csv is not the file" in failed
    assert "raw/reference/sources.csv is not the file that raw/reference/reference.yml describes" in failed


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
