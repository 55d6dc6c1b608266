"""The read-only connection to the warehouse and its errors."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import inference_energy
import pytest
from inference_energy import WarehouseError, connect, warehouse_path

VARIABLE = "INFERENCE_ENERGY_WAREHOUSE"


def build(file: Path, content: str = "built") -> Path:
    """Write a small database."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table note as select $content as content", {"content": content})
    return file


def content_of(connection: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    """Read the small database and close it."""
    with connection:
        return connection.sql("select content from note").fetchall()


@contextmanager
def open_in_another_process(file: Path, read_only: bool) -> Iterator[None]:
    """Hold the database open in a second Python until the block ends."""
    program = (
        "import sys, duckdb\n"
        f"connection = duckdb.connect(sys.argv[1], read_only={read_only})\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield
    finally:
        process.communicate(timeout=30)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return build(tmp_path / "warehouse.duckdb")


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


class TestPath:
    """Where the warehouse is looked for."""

    def test_default_is_in_the_folder_of_the_project(self) -> None:
        package = Path(inference_energy.__file__).resolve()
        project = next(folder for folder in package.parents if (folder / "pyproject.toml").is_file())
        assert warehouse_path() == project / "warehouse" / "inference_energy.duckdb"

    def test_default_does_not_depend_on_the_current_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = warehouse_path()
        monkeypatch.chdir(tmp_path)
        assert warehouse_path() == before
        assert before.is_absolute()

    def test_variable_is_followed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = build(tmp_path / "elsewhere.duckdb", "named by the variable")
        monkeypatch.setenv(VARIABLE, str(file))
        assert warehouse_path() == file
        assert content_of(connect()) == [("named by the variable",)]

    def test_variable_of_a_missing_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "not built.duckdb"
        monkeypatch.setenv(VARIABLE, str(file))
        with pytest.raises(WarehouseError, match=re.escape(str(file))):
            connect()

    def test_argument_wins_over_the_variable(
        self, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(VARIABLE, str(build(tmp_path / "elsewhere.duckdb", "named by the variable")))
        assert content_of(connect(warehouse)) == [("built",)]

    @pytest.mark.parametrize("folder", ["a folder", "it's", "énergie 能", "100% {x} #1"])
    def test_unusual_folders(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
        file = build(tmp_path / folder / "the warehouse.duckdb")
        monkeypatch.setenv(VARIABLE, str(file))
        assert content_of(connect()) == [("built",)]
        assert content_of(connect(str(file))) == [("built",)]


class TestReadOnly:
    """A reader can neither change the warehouse nor keep others from reading it."""

    @pytest.mark.parametrize(
        "statement",
        [
            "create table other (i integer)",
            "insert into note values ('changed')",
            "delete from note",
            "drop table note",
        ],
    )
    def test_writes_are_refused(self, warehouse: Path, statement: str) -> None:
        before = warehouse.read_bytes()
        with connect(warehouse) as connection, pytest.raises(duckdb.Error, match="read-only"):
            connection.execute(statement)
        assert warehouse.read_bytes() == before

    def test_two_readers_in_one_program(self, warehouse: Path) -> None:
        with connect(warehouse) as first:
            assert content_of(connect(warehouse)) == [("built",)]
            assert first.sql("select content from note").fetchall() == [("built",)]

    def test_reader_in_another_process(self, warehouse: Path) -> None:
        with open_in_another_process(warehouse, read_only=True):
            assert content_of(connect(warehouse)) == [("built",)]


class TestMissing:
    """Without a file the message says how to make one, and none is made."""

    def test_message_and_no_file(self, tmp_path: Path) -> None:
        file = tmp_path / "not built.duckdb"
        with pytest.raises(WarehouseError, match=f"no warehouse at {re.escape(str(file))};.*`make build`"):
            connect(file)
        assert list(tmp_path.iterdir()) == []

    def test_folder(self, tmp_path: Path) -> None:
        with pytest.raises(WarehouseError, match=f"no warehouse at {re.escape(str(tmp_path))};.*`make build`"):
            connect(tmp_path)


class TestInUse:
    """While someone writes, the message says to wait or to close, not that the file is broken."""

    def test_another_process_writes(self, warehouse: Path) -> None:
        with (
            open_in_another_process(warehouse, read_only=False),
            pytest.raises(WarehouseError, match=f"{re.escape(str(warehouse))} cannot be opened; .*so close it there"),
        ):
            connect(warehouse)
        assert content_of(connect(warehouse)) == [("built",)]

    def test_this_program_writes(self, warehouse: Path) -> None:
        with (
            duckdb.connect(str(warehouse)),
            pytest.raises(WarehouseError, match=r"this program already has it open .*close that connection"),
        ):
            connect(warehouse)
        assert content_of(connect(warehouse)) == [("built",)]


class TestNoDatabase:
    """A file that cannot be read says so; waiting would not help."""

    @staticmethod
    def assert_refused(file: Path) -> None:
        with pytest.raises(
            WarehouseError, match=f"{re.escape(str(file))} .*no DuckDB database.*`make build`"
        ) as caught:
            connect(file)
        assert "wait" not in str(caught.value)
        # The cause stays readable for whoever has to look closer.
        assert isinstance(caught.value.__cause__, duckdb.Error)

    @pytest.mark.parametrize("content", [b"", b"x", b"model,gflops\nalexnet,1.42\n" * 1000], ids=["empty", "x", "csv"])
    def test_other_file(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "locked.duckdb"
        file.write_bytes(content)
        self.assert_refused(file)

    def test_cut_off_copy(self, warehouse: Path) -> None:
        warehouse.write_bytes(warehouse.read_bytes()[:6000])
        self.assert_refused(warehouse)

    def test_damaged_copy(self, warehouse: Path) -> None:
        # The two headers behind the first 4 kB hold checksums; DuckDB's message about them speaks of a "block".
        content = bytearray(warehouse.read_bytes())
        content[4096:4160] = content[8192:8256] = bytes([255]) * 64
        warehouse.write_bytes(content)
        self.assert_refused(warehouse)
