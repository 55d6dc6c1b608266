"""The same workload on DuckDB and on Apache Spark gives the same rows, to 1e-9."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from bench.workload_files import FAULTS, write_workload
from conftest import Project, copy_project
from inference_energy.build_spark import DIMENSIONS_VARIABLE, SparkError, spark_environment
from inference_energy.export_dimensions import export_dimensions
from inference_energy.marts import marts_with_keys

try:
    SPARK = spark_environment()
    MISSING = ""
except SparkError as error:
    SPARK, MISSING = {}, str(error)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "Spark is there")

N_ROWS = 1_000_000
TOLERANCE = 1e-9
# Lines that two engines could read differently: 8 are rows of a workload, 2 are blank, and 25 are set aside.
CSV_HEADER = (
    "happened_at,model_id,accelerator_id,country_iso3,inference_count,input_tokens,output_tokens,batch_size,note"
)
CSV_LINES = (
    "2024-01-01,resnet-50,a100,ESP,10,,,,plain",
    '2024-01-01T23:00:00-05:00,"ResNet-50", A100 ,esp,1,,,,"quoted, with a comma"',
    "2024-01-01 23:00:00+0530,resnet-50,,,1,,,,",
    "2024-01-01 23:00:00 -05:00,resnet-50,,,1,,,,",
    "2024-01-01 01:00:00 UTC,resnet-50,,,1,,,,",
    "2024-01-01T23:59:59.999999Z,resnet-50,,,1,,,,",
    "",
    "   ",
    "now,resnet-50,,,1,,,,",
    "2024,resnet-50,,,1,,,,",
    "2024-02-30,resnet-50,,,1,,,,",
    "2024-1-1,resnet-50,,,1,,,,",
    "2024-01-01T25:00:00,resnet-50,,,1,,,,",
    "1999-12-31,resnet-50,,,1,,,,",
    "2024-01-01,resnet-50,,,1d,,,,",
    "2024-01-01,resnet-50,,,1_000,,,,",
    "2024-01-01,resnet-50,,,-1,,,,",
    "2024-01-01,resnet-50,,,inf,,,,",
    "2024-01-01,resnet-50,,,nan,,,,",
    "2024-01-01,resnet-50,,,1.5,,,,",
    "2024-01-01,resnet-50,,,+3,,,,",
    "2024-01-01,resnet-50,,,1E+3,,,,",
    "2024-01-01,resnet-50,,,0x10,,,,",
    "2024-01-01,resnet-50,,,1,1e10,,,",
    "2024-01-01,resnet-50,,,1,,,0.5,",
    "2024-01-01,gpt-3,,,1,100,20,1.024,",
    "2024-01-01,,,,1,,,,",
    '2024-01-01,"a, ""b""",,,1,,,,',
    '2024-01-01,"open,,,1,,,,',
    '2024-01-01,a"b,,,1,,,,',
    "2024-01-01,few",
    "2024-01-01,resnet-50,,,1,,,,,more",
    "2024-01-01,É\\'x,,,1,,,,",
    "2024-01-01,gpt-3,,,1,100,,,",
    "2024-01-01,gpt-3,,ZZZ,1,100,20,,",
)


# Of the odd lines only the reading is compared: all of it for the most part is set aside.
COMMANDS = {
    "odd lines": ["run", "--select", "+workload_rejects,workload"],
    "million": ["build", "--select", "workload"],
}
READ = {"int_workload_judged": "intermediate", "workload_rejects": "marts"}
COMPARED = READ | {
    "int_workload_groups": "intermediate",
    "int_workload_rates": "intermediate",
    "workload_energy": "marts",
    "workload_summary": "marts",
    "method_comparison": "marts",
}


@dataclass(frozen=True)
class Sides:
    """The tables that both engines made of one workload: a database of DuckDB's, and a folder of Spark's."""

    database: Path
    folder: Path

    def connect(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(self.database), read_only=True)

    def of_spark(self, table: str) -> str:
        """Return SQL for a table of Spark's."""
        return f"read_parquet('{self.folder / f'{COMPARED[table]}.db' / table}/*.parquet')"


@pytest.fixture(scope="module")
def sides(built_project: Project, tmp_path_factory: pytest.TempPathFactory, kept_parse: Path) -> dict[str, Sides]:
    """Return what both engines made of a million rows of Parquet, with all tests, and of two odd files of CSV."""
    base = tmp_path_factory.mktemp("two engines")
    with built_project.connect() as connection:
        export_dimensions(connection, base / "dimensions")
    write_workload(base / "million", N_ROWS, rows_per_file=300_000, with_faults=True)
    (base / "odd lines").mkdir()
    text = "\n".join([CSV_HEADER, *CSV_LINES, ""])
    (base / "odd lines" / "one.csv").write_text(text, encoding="utf-8")
    # As a spreadsheet writes it.
    (base / "odd lines" / "two.csv").write_text("\ufeff" + text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    sides = {name: Sides(base / f"{name}.duckdb", base / f"{name} of Spark") for name in COMMANDS}
    with start_spark(base, sides) as spark:
        (base / "for DuckDB").mkdir()
        project = copy_project(base / "for DuckDB", kept_parse=kept_parse)
        project.side.parent.mkdir(parents=True)
        shutil.copy(built_project.warehouse, project.side)
        for name, command in COMMANDS.items():
            result = project.dbt(*command, WORKLOAD=str(base / name))
            assert result.returncode == 0, result.stdout + result.stderr
            shutil.copy(project.side, sides[name].database)
    assert spark.returncode == 0, (base / "output of Spark").read_text(encoding="utf-8")
    return sides


def start_spark(base: Path, sides: dict[str, Sides]) -> subprocess.Popen[bytes]:
    """Start all commands on Spark, unit tests included: macros that differ between engines are tested on both."""
    (base / "for Spark").mkdir()
    project = copy_project(base / "for Spark", with_unit_tests=True)
    tables = base / "tables of Spark"
    commands = [
        {
            "arguments": [*project.command(*command)[1:], "--target", "spark"],
            "environment": {"WORKLOAD": str(base / name)},
            "copies": [str(tables), str(sides[name].folder)],
        }
        for name, command in COMMANDS.items()
    ]
    variables = {
        DIMENSIONS_VARIABLE: str(base / "dimensions"),
        "INFERENCE_ENERGY_SPARK_WAREHOUSE": str(tables),
        "INFERENCE_ENERGY_SPARK_SHUFFLE_PARTITIONS": "2",
        # Most of a short run is spent on compiling; this takes half of it.
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    # Into a file: nobody would empty a pipe while DuckDB is at work.
    with (base / "output of Spark").open("w", encoding="utf-8") as output:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("spark_commands.py")), json.dumps(commands)],
            cwd=project.folder,
            env=project.environment(**SPARK) | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def differences(sides: Sides, table: str, key: list[str]) -> list[str]:
    """Return in which columns the rows of a table differ, and in how many rows.

    Rows are joined by their key. Numbers may differ by a relative 1e-9, since sums of floats depend on their order;
    all else must be the same, and so must missing values.
    """
    left, right = f"{COMPARED[table]}.{table}", sides.of_spark(table)
    with sides.connect() as connection:
        rows = connection.sql(f"from {left}")
        assert columns_and_types(rows) == columns_and_types(connection.sql(f"from {right}"))
        on = " and ".join(f"l.{name} is not distinct from r.{name}" for name in key)
        compared = {name: kind == "DOUBLE" for name, kind in columns_and_types(rows).items() if name not in key}
        counts = [
            f"""count(*) filter (
                l.{name} is distinct from r.{name}
                and {f"coalesce(abs(l.{name} - r.{name}) > {TOLERANCE} * abs(l.{name}), true)" if is_double else "true"}
            )"""
            for name, is_double in compared.items()
        ]
        (n_left,), (n_right,) = (
            connection.execute(f"select count(*) from {side}").fetchone() for side in (left, right)
        )
        (n_both, *found) = connection.execute(
            f"select count(*), {', '.join(counts)} from {left} as l inner join {right} as r on {on}"
        ).fetchone()
    assert n_left > 0
    assert (n_left, n_right) == (n_both, n_both), f"{table}: {n_left} rows, {n_right} on Spark, {n_both} in common"
    return [f"{table}.{name}: {n} rows" for name, n in zip(compared, found, strict=True) if n]


def columns_and_types(rows: duckdb.DuckDBPyRelation) -> dict[str, str]:
    return dict(zip(rows.columns, map(str, rows.types), strict=True))


@pytest.mark.parametrize("table", ["workload_energy", "workload_summary", "method_comparison"])
def test_marts_have_the_same_rows(sides: dict[str, Sides], table: str) -> None:
    with sides["million"].connect() as connection:
        key = marts_with_keys(connection)[table]
    assert differences(sides["million"], table, key) == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_groups_have_the_same_sums(sides: dict[str, Sides], name: str) -> None:
    key = [
        "on_date",
        "model_id",
        "accelerator_id",
        "country_iso3",
        "batch_size",
        "has_input_tokens",
        "has_output_tokens",
    ]
    assert differences(sides[name], "int_workload_judged", [*key, "fault"]) == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_same_rows_are_set_aside(sides: dict[str, Sides], name: str) -> None:
    """Each engine writes a timestamp in JSON in its own way, so that of a row of Parquet is left out."""
    with sides[name].connect() as connection:
        texts = "row_text" if name == "odd lines" else "json_merge_patch(row_text, '{\"happened_at\": null}')"
        of_duckdb, of_spark = (
            connection.execute(
                f"select parse_filename(file), row_number, reason, {texts} from {source} order by all"
            ).fetchall()
            for source in ("marts.workload_rejects", sides[name].of_spark("workload_rejects"))
        )
    assert of_spark == of_duckdb
    assert len(of_duckdb) == (N_ROWS // 400 if name == "million" else 2 * 25)


def test_each_kind_of_fault_was_found(sides: dict[str, Sides]) -> None:
    """A reason for each kind but one: a date too early is no date; where a model is replaced, so may be its tokens."""
    made = Counter(place % len(FAULTS) for place in range(N_ROWS // 400))
    with sides["million"].connect() as connection:
        counts = connection.execute(
            f"select reason, count(*) from {sides['million'].of_spark('workload_rejects')} group by reason"
        ).fetchall()
    assert sum(n for _, n in counts) == N_ROWS // 400
    assert max(n for _, n in counts) == made[0] + made[1]
    assert len(counts) == len(FAULTS) - 1
