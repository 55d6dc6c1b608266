"""Publishing on its own, on databases of a few rows: what readers find after each thing that can go wrong."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from inference_energy import dbt_plugin
from inference_energy.checksum import comparable, mart_checksums, table_checksum
from inference_energy.connection import WarehouseError, connect
from inference_energy.publish import prepare_side_file, publish, published_path


@pytest.fixture
def side(tmp_path: Path) -> Path:
    """Return the path of a side file in a folder with a space in its name; neither is made."""
    return tmp_path / "a warehouse" / "build" / "inference_energy.duckdb"


def build(side: Path, generation: int, rows: int = 1) -> None:
    """Publish a table that holds a generation, and nothing else."""
    prepare_side_file(side, start_afresh=True)
    with duckdb.connect(str(side)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.generations as select {generation} as generation from range({rows})")
        publish(connection, side, lambda copy, name: copy.execute(f"create table {name}.marts.identity (i integer)"))


def generation(published: Path) -> int:
    with connect(published) as warehouse:
        ((found,),) = warehouse.execute("select distinct generation from marts.generations").fetchall()
    return found


def test_a_build_is_published_with_its_identity_and_its_descriptions(side: Path) -> None:
    prepare_side_file(side, start_afresh=True)
    with duckdb.connect(str(side)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.models (model_id varchar primary key, gflops double not null)")
        connection.execute("comment on table marts.models is 'One row per model.'")
        connection.execute("comment on column marts.models.gflops is 'Work of a pass.'")
        connection.execute("insert into marts.models values ('vgg-19', 39.34)")
        connection.execute("create view marts.names as select model_id from inference_energy.marts.models")
        published = publish(
            connection, side, lambda copy, name: copy.execute(f"create table {name}.marts.i as select 7")
        )
    assert published == published_path(side) == side.parent.parent / "inference_energy.duckdb"
    assert sorted(path.name for path in side.parent.iterdir()) == [side.name]
    # Views must not look for a database of another name.
    renamed = published.rename(published.with_name("renamed.duckdb"))
    with connect(renamed) as warehouse:
        assert warehouse.execute("from marts.names").fetchall() == [("vgg-19",)]
        assert warehouse.execute("from marts.i").fetchall() == [(7,)]
        assert warehouse.execute("select comment from duckdb_tables() where table_name = 'models'").fetchone() == (
            "One row per model.",
        )
        described = warehouse.execute("select comment from duckdb_columns() where column_name = 'gflops'").fetchone()
        assert described == ("Work of a pass.",)
        assert ("PRIMARY KEY",) in warehouse.execute("select constraint_type from duckdb_constraints()").fetchall()


def test_a_reader_keeps_the_build_he_opened_and_the_next_reader_gets_the_new_one(side: Path) -> None:
    build(side, 1)
    with connect(published_path(side)) as reader:
        build(side, 2)
        assert reader.execute("from marts.generations").fetchall() == [(1,)]
        assert subprocess_generation(published_path(side)) == "2"
    assert generation(published_path(side)) == 2


def subprocess_generation(published: Path) -> str:
    code = """
import duckdb, sys
print(duckdb.connect(sys.argv[1], read_only=True).execute("from marts.generations").fetchone()[0])
"""
    return subprocess.run(
        [sys.executable, "-c", code, str(published)], capture_output=True, text=True, check=True
    ).stdout.strip()


WRITER = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1])
connection.execute("create table mine (i integer)")
print("wrote", flush=True)
time.sleep(60)
"""


@pytest.fixture
def writer(side: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a program that has written into the first published generation and has it open."""
    build(side, 1)
    command = [sys.executable, "-c", WRITER, str(published_path(side))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "wrote\n"
        yield process
        process.kill()


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def test_the_log_of_a_killed_shell_does_not_make_the_next_file_unreadable(
    side: Path, writer: subprocess.Popen[str]
) -> None:
    writer.kill()
    writer.wait()
    assert log_of(published_path(side)).exists()
    build(side, 2)
    assert generation(published_path(side)) == 2
    assert not log_of(published_path(side)).exists()


def test_a_log_without_its_file_does_not_either(side: Path, writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.wait()
    published_path(side).unlink()
    build(side, 2)
    assert generation(published_path(side)) == 2


def test_a_living_writer_is_not_overtaken(side: Path, writer: subprocess.Popen[str]) -> None:
    """It would leave its log beside the new file when it ends."""
    with pytest.raises(WarehouseError, match=rf"open for writing in another program.*PID {writer.pid}"):
        build(side, 2)
    writer.kill()
    writer.wait()
    assert generation(published_path(side)) == 1
    build(side, 2)
    assert generation(published_path(side)) == 2


def test_a_side_file_that_another_program_has_open_is_left_alone(side: Path) -> None:
    prepare_side_file(side, start_afresh=True)
    command = [sys.executable, "-c", WRITER, str(side)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "wrote\n"
        before = side.stat()
        for start_afresh in (True, False):
            with pytest.raises(WarehouseError, match=rf"is in use: another dbt command.*PID {process.pid}"):
                prepare_side_file(side, start_afresh=start_afresh)
        assert side.stat().st_ino == before.st_ino
        process.kill()
    prepare_side_file(side, start_afresh=True)
    assert not side.exists()


def test_a_whole_build_starts_from_nothing_and_other_commands_do_not(side: Path) -> None:
    side.parent.mkdir(parents=True)
    side.write_text("what a broken disk left", encoding="utf-8")
    prepare_side_file(side, start_afresh=False)
    assert side.exists()
    build(side, 1)
    assert generation(published_path(side)) == 1


def limit_files_to_a_megabyte() -> None:
    """Let every write beyond a megabyte fail, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))


def test_a_full_disk_leaves_the_published_file_and_no_remains(side: Path) -> None:
    build(side, 1)
    prepare_side_file(side, start_afresh=True)
    with duckdb.connect(str(side)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.generations as select 2 as generation, random() as r from range(1000000)"
        )
    code = f"""
import duckdb, pathlib
from inference_energy.publish import publish
side = pathlib.Path({str(side)!r})
publish(duckdb.connect(str(side)), side, lambda copy, name: None)
"""
    failed = subprocess.run(
        [sys.executable, "-c", code],
        preexec_fn=limit_files_to_a_megabyte,
        capture_output=True,
        text=True,
        check=False,
    )
    assert failed.returncode != 0
    assert "IOException" in failed.stderr
    assert generation(published_path(side)) == 1
    assert sorted(path.name for path in side.parent.iterdir()) == [side.name]


def test_a_copy_that_fails_half_way_is_removed(side: Path) -> None:
    build(side, 1)

    def fail(copy: duckdb.DuckDBPyConnection, name: str) -> None:
        raise ValueError(name)

    with duckdb.connect(str(side)) as connection, pytest.raises(ValueError, match="copy_to_publish"):
        publish(connection, side, fail)
    assert generation(published_path(side)) == 1
    assert sorted(path.name for path in side.parent.iterdir()) == [side.name]


@pytest.mark.parametrize(
    ("flags", "whole"),
    [
        ({}, True),
        ({"SELECT": ()}, True),
        ({"WHICH": "test"}, False),
        ({"WHICH": "run"}, False),
        ({"WHICH": "seed"}, False),
        ({"WHICH": "retry"}, False),
        ({"WHICH": "compile"}, False),
        ({"WHICH": "generate"}, False),
        ({"SELECT": ("trends",)}, False),
        ({"EXCLUDE": ("trends",)}, False),
        ({"SELECTOR": "nightly"}, False),
        ({"RESOURCE_TYPES": ("model",)}, False),
        ({"EXCLUDE_RESOURCE_TYPES": ("unit_test",)}, False),
        ({"EMPTY": True}, False),
        ({"SAMPLE": "3 days"}, False),
    ],
)
def test_only_a_build_of_everything_is_whole(
    monkeypatch: pytest.MonkeyPatch, flags: dict[str, object], whole: bool
) -> None:
    monkeypatch.setattr(dbt_plugin, "get_flags", lambda: SimpleNamespace(**({"WHICH": "build"} | flags)))
    assert dbt_plugin.is_whole_build() is whole


@pytest.mark.parametrize("status", ["error", "fail", "skipped", "runtime error", "partial success"])
def test_one_bad_result_is_enough_to_publish_nothing(monkeypatch: pytest.MonkeyPatch, side: Path, status: str) -> None:
    monkeypatch.setattr(dbt_plugin, "get_flags", lambda: SimpleNamespace(WHICH="build", VARS={}))
    build(side, 1)
    results = [["models", "model", "success"], ["key_models", "test", status], ["a_page", "exposure", "no-op"]]
    report = {"project_folder": "", "missing": [], "results": results}
    with duckdb.connect(str(side)) as connection:
        answer = dbt_plugin.finish_run(connection, side, json.dumps(report))
    assert answer.startswith("Nothing was published: 1 of 3 results are no success, the first is key_models.")
    assert str(side) in answer
    assert generation(published_path(side)) == 1


@pytest.mark.parametrize(
    ("missing", "results"), [(["models"], [["key_models", "test", "pass"]]), ([], [])], ids=["a node", "everything"]
)
def test_a_build_that_lacks_results_fails(
    monkeypatch: pytest.MonkeyPatch, side: Path, missing: list[str], results: list[list[str]]
) -> None:
    monkeypatch.setattr(dbt_plugin, "get_flags", lambda: SimpleNamespace(WHICH="build", VARS={}))
    report = {"project_folder": "", "missing": missing, "results": results}
    with duckdb.connect() as connection, pytest.raises(WarehouseError, match="nodes have no result"):
        dbt_plugin.finish_run(connection, side, json.dumps(report))


def test_the_command_line_of_dbt_has_the_options_that_make_a_build_partial() -> None:
    """A renamed option would let a partial build pass for a whole one."""
    from dbt.cli.main import cli

    names = {parameter.name.upper() for parameter in cli.commands["build"].params if parameter.name}
    assert set(dbt_plugin.PARTIAL_OPTIONS) <= names


@pytest.fixture
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database in memory with one mart of two rows."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.models (model_id varchar primary key, gflops double, is_own boolean)")
        connection.execute("insert into marts.models values ('b', 1e0 / 3, null), ('a', 39.34, true)")
        yield connection


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_checksum_is_that_of_the_rows_in_the_order_of_the_key(marts: duckdb.DuckDBPyConnection) -> None:
    rows = ['["a","3.934000000e+01","true"]', '["b","3.333333333e-01",null]']
    header = ["model_id VARCHAR", "gflops DOUBLE", "is_own BOOLEAN"]
    expected = sha256("\n".join([*header, sha256("".join(sha256(row) for row in rows))]))
    assert mart_checksums(marts) == {"models": expected}


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ("set gflops = gflops * (1 + 1e-14)", True),
        ("set gflops = gflops * (1 + 1e-8)", False),
        ("set is_own = false where model_id = 'a'", False),
        ("set is_own = true where model_id = 'b'", False),
        ("set model_id = 'c' where model_id = 'b'", False),
    ],
)
def test_the_last_digits_of_a_float_change_no_checksum_and_all_else_does(
    marts: duckdb.DuckDBPyConnection, change: str, is_same: bool
) -> None:
    before = mart_checksums(marts)
    marts.execute(f"update marts.models {change}")
    assert (mart_checksums(marts) == before) is is_same


def test_minus_zero_is_zero(marts: duckdb.DuckDBPyConnection) -> None:
    texts = marts.execute(f"select {comparable('x', 'DOUBLE')} from (values (0e0), (-0e0)) as t (x)").fetchall()
    assert len(set(texts)) == 1


def test_a_checksum_of_nothing_is_refused(marts: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="there is no table marts.trends"):
        table_checksum(marts, "marts", "trends", ["trend_id"])


def test_a_published_file_may_be_copied_away(side: Path, tmp_path: Path) -> None:
    build(side, 1)
    copy = shutil.copy(published_path(side), tmp_path / "kept.duckdb")
    build(side, 2)
    assert generation(Path(copy)) == 1
