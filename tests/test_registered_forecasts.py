"""Forecasts that are written down once: what is appended, what is refused, and what a build says of a changed row."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from conftest import ROOT, Project
from inference_energy.register_forecasts import COLUMNS, ChainError, read_chain, register

SHIPPED = ROOT / "raw" / "reference" / "registered_forecasts.csv"
DAY = dt.date(2026, 11, 23)
LATER = dt.date(2027, 2, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the folder of the file, with its record, and the file empty but for its header."""
    reference = tmp_path / "reference"
    shutil.copytree(SHIPPED.parent, reference)
    path = reference / SHIPPED.name
    path.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    restate(path)
    return reference


def restate(path: Path) -> None:
    """Write the checksum of a file into its record, as one who covers up a change would."""
    record = path.parent / "reference.yml"
    head, tail = record.read_text(encoding="utf-8").split("  - name: registered_forecasts\n")
    old = tail.split("sha256: ")[1][:64]
    record.write_text(
        head + "  - name: registered_forecasts\n" + tail.replace(old, hashlib.sha256(path.read_bytes()).hexdigest()),
        encoding="utf-8",
    )


def small_warehouse(*forecasts: tuple[str, int, float], checksum: str = "f" * 64) -> duckdb.DuckDBPyConnection:
    """Return a warehouse that says one number of each trend and year."""
    connection = duckdb.connect()
    connection.execute("create schema intermediate")
    connection.execute("create schema marts")
    connection.execute("create table marts.build_info as select ? as content_checksum", [checksum])
    connection.execute(
        """
        create table intermediate.int_forecasts_to_register (
            trend_id varchar, vintage varchar, quantity varchar, target_year integer, target_date date,
            predicted double, low double, high double, level double, degrees_of_freedom bigint, is_supported boolean
        )
        """
    )
    for trend_id, year, value in forecasts:
        connection.execute(
            "insert into intermediate.int_forecasts_to_register values (?, 'paper', 'x', ?, ?, ?, ?, ?, 0.95, 3, true)",
            [trend_id, year, dt.date(year, 7, 1), value, value / 2, value * 2],
        )
    return connection


class TestAppending:
    """What is new is appended; what is there stays."""

    def test_a_first_call_writes_and_a_second_adds_nothing_and_says_so(self, folder: Path) -> None:
        path = folder / SHIPPED.name
        warehouse = small_warehouse(("t", 2027, 1.5), ("t", 2028, 2.0))
        assert register(warehouse, path, DAY).startswith("Added 2 forecasts")
        written = path.read_bytes()
        assert register(warehouse, path, LATER).endswith("holds these 2 forecasts already; nothing was added")
        assert path.read_bytes() == written
        rows = read_chain(path)
        assert [row["forecast_id"] for row in rows] == ["t/paper/2027/2026-11-23", "t/paper/2028/2026-11-23"]
        assert (rows[0]["predicted"], rows[0]["low"], rows[0]["is_supported"]) == ("1.5", "0.75", "true")

    def test_another_state_appends_only_what_changed_below_what_stood(self, folder: Path) -> None:
        path = folder / SHIPPED.name
        register(small_warehouse(("t", 2027, 1.5), ("u", 2027, 3.0)), path, DAY)
        before = path.read_bytes()
        register(small_warehouse(("t", 2027, 1.5), ("u", 2027, 3.1), checksum="e" * 64), path, LATER)
        assert path.read_bytes().startswith(before)
        assert [row["forecast_id"] for row in read_chain(path)][2:] == ["u/paper/2027/2027-02-01"]
        # Back to what was said first: that is news again.
        register(small_warehouse(("u", 2027, 3.0)), path, LATER)
        assert [row["forecast_id"] for row in read_chain(path)][3:] == ["u/paper/2027/2027-02-01/2"]

    def test_last_digits_are_no_news(self, folder: Path) -> None:
        path = folder / SHIPPED.name
        register(small_warehouse(("t", 2027, 1.5)), path, DAY)
        assert register(small_warehouse(("t", 2027, 1.5 * (1 + 1e-13))), path, LATER).endswith("nothing was added")

    def test_the_record_follows(self, folder: Path) -> None:
        path = folder / SHIPPED.name
        register(small_warehouse(("t", 2027, 1.5)), path, DAY)
        assert hashlib.sha256(path.read_bytes()).hexdigest() in (folder / "reference.yml").read_text(encoding="utf-8")

    def test_the_chain_by_hand(self, folder: Path) -> None:
        path = folder / SHIPPED.name
        register(small_warehouse(("t", 2027, 1.5), ("t", 2028, 2.0)), path, DAY)
        first, second = (line.rsplit(",", 1) for line in path.read_text(encoding="utf-8").splitlines()[1:])
        assert first[1] == hashlib.sha256(("\n" + first[0]).encode()).hexdigest()
        assert second[1] == hashlib.sha256((first[1] + "\n" + second[0]).encode()).hexdigest()


def edit(lines: list[str]) -> list[str]:
    return [*lines[:2], lines[2].replace(",3,1.5,6,", ",3.1,1.5,6,"), *lines[3:]]


def remove(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[3:]]


def swap(lines: list[str]) -> list[str]:
    return [lines[0], lines[1], lines[3], lines[2]]


# What is done to the lines, the line that is named.
CHANGES = [pytest.param(edit, 3, id="edited"), pytest.param(remove, 3, id="removed"), pytest.param(swap, 3, id="moved")]


@pytest.fixture
def three_rows(folder: Path) -> Path:
    path = folder / SHIPPED.name
    register(small_warehouse(("t", 2027, 1.5), ("t", 2028, 3.0), ("t", 2029, 4.0)), path, DAY)
    return path


@pytest.mark.parametrize(("change", "line"), CHANGES)
class TestChangedRows:
    """A row that was edited, removed from the middle or moved breaks the chain, whatever the record says."""

    @staticmethod
    def changed(path: Path, change: Callable[[list[str]], list[str]]) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert change(lines) != lines
        path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
        restate(path)

    def test_nothing_is_appended(self, three_rows: Path, change: Callable, line: int) -> None:
        self.changed(three_rows, change)
        before = three_rows.read_bytes()
        with pytest.raises(ChainError, match=f"line {line}: "):
            register(small_warehouse(("u", 2027, 1.0)), three_rows, LATER)
        assert three_rows.read_bytes() == before

    def test_the_build_names_the_line(
        self, built_project: Project, three_rows: Path, change: Callable, line: int
    ) -> None:
        assert complaints_of_the_build(built_project, three_rows) == []
        self.changed(three_rows, change)
        first, *_ = complaints_of_the_build(built_project, three_rows)
        assert first.startswith(f"raw/reference/registered_forecasts.csv, line {line}, column row_checksum: found ")


def complaints_of_the_build(project: Project, path: Path) -> list[str]:
    """Run the test of the build, as dbt compiled it, on another file."""
    manifest = json.loads((project.folder / "dbt_project" / "target" / "manifest.json").read_text())
    nodes = {node["name"]: node for node in manifest["nodes"].values()}
    with duckdb.connect() as connection:
        connection.execute(f"attach ':memory:' as {nodes['stg_registered_forecasts']['database']}")
        connection.execute(f"use {nodes['stg_registered_forecasts']['database']}")
        connection.execute("create schema raw; create schema staging")
        connection.execute(
            f"create table raw.registered_forecasts as from read_csv('{path}', all_varchar = true, header = true)"
        )
        staging = nodes["stg_registered_forecasts"]["compiled_code"]
        connection.execute(f"create view staging.stg_registered_forecasts as {staging}")
        rows = connection.execute(nodes["registered_forecasts_are_as_written"]["compiled_code"]).fetchall()
    return sorted(message for (message,) in rows)


def test_rows_cut_off_at_the_end_are_noticed_by_the_record(three_rows: Path) -> None:
    lines = three_rows.read_text(encoding="utf-8").splitlines()
    three_rows.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(ChainError, match="is not the file that"):
        register(small_warehouse(("u", 2027, 1.0)), three_rows, LATER)


def test_another_header_is_refused(three_rows: Path) -> None:
    three_rows.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ChainError, match="line 1: found columns a, b"):
        read_chain(three_rows)


def test_the_shipped_file_is_whole_and_of_two_vintages_and_four_years() -> None:
    rows = read_chain(SHIPPED)
    first = rows[:56]
    assert {row["registered_on"] for row in first} == {DAY.isoformat()}
    assert {row["vintage"] for row in first} == {"paper", "to_2026"}
    assert {row["target_year"] for row in first} == {"2027", "2028", "2029", "2030"}
    assert len({row["trend_id"] for row in first}) == 7


def test_registered_numbers_are_prediction_intervals_of_statsmodels() -> None:
    """The FP32 line of the paper, fitted here from Table 8, at the middle of 2027 and 2030."""
    with (ROOT / "raw" / "paper" / "table_8_gpu_theoretical_performance.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["precision"] == "FP32"]
    dates = [dt.datetime.strptime(row["launch_date"], "%d/%m/%Y").date() for row in rows]
    years = np.array([(date - dt.date(2012, 1, 1)).days / 365.25 for date in dates])
    values = np.log10([1e3 * float(row["tflops"]) / float(row["watts"]) for row in rows])
    fit = sm.OLS(values, sm.add_constant(years)).fit()
    registered = pd.DataFrame(read_chain(SHIPPED)).set_index("forecast_id")
    for year in (2027, 2030):
        x = (dt.date(year, 7, 1) - dt.date(2012, 1, 1)).days / 365.25
        (band,) = fit.get_prediction([[1, x]]).summary_frame(alpha=0.05).itertuples()
        row = registered.loc[f"gpu_efficiency_theoretical_fp32/paper/{year}/2026-11-23"]
        found = np.log10([float(row[name]) for name in ("predicted", "low", "high")])
        np.testing.assert_allclose(found, [band.mean, band.obs_ci_lower, band.obs_ci_upper], rtol=0, atol=1e-9)
        assert row["degrees_of_freedom"] == "29"


def test_they_are_open_until_their_years(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        """
        select state, count(*), count(actual_value), min(year(on_date)) from marts.trend_backtest
        where forecast_kind = 'registered' group by state
        """
    ).fetchall()
    assert rows == [("open", len(read_chain(SHIPPED)), 0, None)]
    (judged,) = warehouse.execute(
        "select count(*) from marts.backtest_summary where forecast_kind = 'registered'"
    ).fetchone()
    assert judged == 0
