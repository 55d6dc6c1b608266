"""The section on workloads, with the hypothesis and with a workload of one's own: few rows, gaps, one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import duckdb
import pandas as pd
import pytest
from conftest import Project

from reports import methods_chart
from reports.figure import Figure
from reports.question import Question
from reports.questions import workloads
from reports.render import page, svg
from reports.tables.workload_tables import workload_tables
from reports.theme import LIGHT
from reports.units import COUNT, ELECTRICITY, GASES, POWER, fitting

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def own(built_project: Project) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a warehouse as a workload of one's own leaves it, without any request."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built_project.warehouse}' as published (read_only)")
        connection.execute("create schema marts")
        for name in ("models", "accelerators", "method_comparison"):
            connection.execute(f"create table marts.{name} as from published.marts.{name}")
        for name in ("workload_energy", "workload_summary"):
            connection.execute(f"create table marts.{name} as from published.marts.{name} limit 0")
        yield connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, **cells: object) -> None:
    names, marks = ", ".join(cells), ", ".join("?" for _ in cells)
    connection.execute(f"insert into marts.{table} ({names}) values ({marks})", list(cells.values()))


def ask(
    connection: duckdb.DuckDBPyConnection,
    country: tuple[str, str],
    *,
    kwh: float | None,
    gco2e_per_kwh: float | None,
    on_date: dt.date = DAY,
    method: str = "paper",
    bounds: tuple[float, float] | tuple[None, None] = (None, None),
) -> None:
    """Insert what ResNet-50 took in a country on a day."""
    insert(
        connection,
        "workload_energy",
        on_date=on_date,
        model_id="resnet-50",
        accelerator_id="unstated",
        country_iso3=country[0],
        country_name=country[1],
        scenario_id="paper",
        method=method,
        is_hypothesis=False,
        n_inferences=1000,
        kwh=kwh,
        kwh_low=bounds[0],
        kwh_high=bounds[1],
        gco2e=None if kwh is None or gco2e_per_kwh is None else kwh * gco2e_per_kwh,
        gco2e_per_kwh=gco2e_per_kwh,
        intensity_year=None if gco2e_per_kwh is None else 2024,
        interval_kind="none",
        boundary="gpu_board",
        basis="by hand",
        is_hardware_extrapolated=False,
    )


def total(connection: duckdb.DuckDBPyConnection, model_id: str, **cells: object) -> None:
    """Insert a row of the summary, of the paper's scenario and method."""
    insert(
        connection,
        "workload_summary",
        **{
            "model_id": model_id,
            "scenario_id": "paper",
            "method": "paper",
            "matching_policy": "trend",
            "utilisation": 1,
            "host_overhead": 0,
            "pue": 1,
            "is_hypothesis": False,
            "first_date": DAY,
            "last_date": DAY,
            "n_days": 1,
            "n_inferences": 2000,
            "n_rows_read": 1200,
            "n_rows_set_aside": 3,
            "share_of_rows_covered": 0.9975,
            "share_of_inferences_covered": 0.9,
            "share_of_inferences_estimated": 1,
            **cells,
        },
    )


def by_country(connection: duckdb.DuckDBPyConnection) -> Figure | None:
    return next((each for each in workloads.figures(connection) if each.figure_id == "workload-by-country"), None)


SPAIN, NOWHERE = ("ESP", "Spain"), ("unstated", "Not stated")
COUNTED = {"joules": 1.08e7, "kwh": 3.0, "gco2e": 680.0, "mean_watts": 125.0, "joules_at_the_meter_per_inference": 5400}


def test_an_own_workload_of_one_day_and_one_country_is_drawn(own: duckdb.DuckDBPyConnection) -> None:
    ask(own, SPAIN, kwh=2.0, gco2e_per_kwh=100.0)
    total(own, "resnet-50", **COUNTED)
    total(own, "all", **COUNTED)
    figure = by_country(own)
    assert figure is not None
    assert figure.title == "The workload emits most in Spain: 2.00 kWh and 200 g CO2e"
    assert "by the grid alone" not in figure.caption
    assert "ypothesis" not in figure.title + figure.subtitle + figure.label
    assert svg(figure, LIGHT).startswith("<svg")


def test_days_of_a_country_add_up_and_gaps_are_named(own: duckdb.DuckDBPyConnection) -> None:
    """Spain: 2 + 3 kWh at 100 g. Not stated: 1 kWh at 480 g. Atlantis has no grid on record."""
    ask(own, SPAIN, kwh=2.0, gco2e_per_kwh=100.0)
    ask(own, SPAIN, kwh=3.0, gco2e_per_kwh=100.0, on_date=DAY + dt.timedelta(days=1))
    ask(own, SPAIN, kwh=99.0, gco2e_per_kwh=100.0, method="calibrated")
    ask(own, NOWHERE, kwh=1.0, gco2e_per_kwh=480.0)
    ask(own, ("ATL", "Atlantis"), kwh=1.0, gco2e_per_kwh=None)
    ask(own, ("FRA", "France"), kwh=None, gco2e_per_kwh=50.0)
    total(own, "resnet-50", **COUNTED)
    total(own, "all", **COUNTED)
    figure = by_country(own)
    assert figure is not None
    assert dict(zip(figure.rows["country_name"], figure.rows["gco2e"], strict=True)) == {
        "Spain": pytest.approx(500),
        "Not stated": pytest.approx(480),
    }
    assert "so without a bubble: Atlantis." in figure.caption
    assert figure.rows["grid_is"].unique().tolist() == ["Grid of the nearest year on record"]


def test_without_countries_the_title_has_the_total_and_whose_grid_stands_in(own: duckdb.DuckDBPyConnection) -> None:
    ask(own, NOWHERE, kwh=3.0, gco2e_per_kwh=480.0)
    total(own, "all", **COUNTED)
    figure = by_country(own)
    assert figure is not None
    whole = "The workload takes 3.00 kWh and emits 680 g CO2e"
    assert figure.title == f"{whole} at the world's average, since it states no country"
    ask(own, SPAIN, kwh=1.0, gco2e_per_kwh=100.0)
    figure = by_country(own)
    assert figure is not None
    assert figure.title == (
        f"{whole}, the largest part in places that it does not state, for which the world's average stands in"
    )


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((1, 1, 1), "All rows of the log were read; each inference of them has an estimate."),
        (
            (0.9975, 0.9, 0.75),
            "Of the log 99.8 % of the rows and 90 % of the inferences were read, the others set aside "
            "(marts.workload_rejects); 25 % of their inferences have no estimate and are not in the chart.",
        ),
        ((0.99999, 1, 1), "Of the log > 99.9 % of the rows and 100 % of the inferences were read"),
    ],
)
def test_the_subtitle_says_how_much_of_a_log_it_is_about(
    own: duckdb.DuckDBPyConnection, shares: tuple[float, float, float], words: str
) -> None:
    ask(own, SPAIN, kwh=2.0, gco2e_per_kwh=100.0)
    names = ("share_of_rows_covered", "share_of_inferences_covered", "share_of_inferences_estimated")
    total(own, "all", **COUNTED, **dict(zip(names, shares, strict=True)))
    figure = by_country(own)
    assert figure is not None
    assert words in figure.subtitle


def test_bounds_of_a_part_are_not_shown_as_those_of_the_whole(own: duckdb.DuckDBPyConnection) -> None:
    """Spain has bounds on both days, 1 + 2 to 4 + 5 kWh, France on one of two, Portugal on none."""
    next_day = DAY + dt.timedelta(days=1)
    ask(own, SPAIN, kwh=2.0, gco2e_per_kwh=100.0, bounds=(1.0, 4.0))
    ask(own, SPAIN, kwh=3.0, gco2e_per_kwh=100.0, bounds=(2.0, 5.0), on_date=next_day)
    ask(own, ("FRA", "France"), kwh=2.0, gco2e_per_kwh=50.0, bounds=(1.0, 4.0))
    ask(own, ("FRA", "France"), kwh=2.0, gco2e_per_kwh=50.0, on_date=next_day)
    ask(own, ("PRT", "Portugal"), kwh=1.5, gco2e_per_kwh=100.0)
    total(own, "all", **COUNTED)
    figure = by_country(own)
    assert figure is not None
    told = dict(zip(figure.rows["country_name"], figure.rows["electricity_in_words"], strict=True))
    assert told == {"Spain": "5.00 (3.00 to 9.00)", "France": "4.00", "Portugal": "1.50"}


def test_without_an_estimate_the_rest_of_the_section_stands(own: duckdb.DuckDBPyConnection) -> None:
    ask(own, SPAIN, kwh=None, gco2e_per_kwh=100.0)
    total(own, "resnet-50")
    total(own, "all")
    figures = workloads.figures(own)
    assert [figure.figure_id for figure in figures] == ["methods-side-by-side"]
    tables = workload_tables(own)
    assert [len(table.frame) for table in tables] == [1, 0]
    text = page([Question("What does a workload take, and how far are methods apart?", figures)], tables)
    assert "Of 1,200 rows of the workload 3 were set aside" in text
    assert "nan" not in "".join(cell for table in tables for row in table.cells() for cell, _ in row)


def test_the_table_of_an_own_workload_has_its_total_first_in_units_that_fit(own: duckdb.DuckDBPyConnection) -> None:
    total(own, "resnet-50", **COUNTED)
    total(own, "all", **COUNTED, kwh_low=1.5, kwh_high=4.0)
    (_, estimates) = workload_tables(own)
    frame = estimates.frame
    assert frame["Model"].tolist() == ["All models", "ResNet-50"]
    assert frame.columns.tolist()[:6] == ["Model", "Scenario", "Method", "kWh", "g CO2e", "Estimated"]
    first = frame.iloc[0]
    assert first["kWh"] == "3.00 (1.50 to 4.00)"
    assert first["g CO2e"] == "680"
    assert first["Estimated"] == "100 %"
    assert first["MJ of the method"] == "10.8"
    assert first["Power, W"] == pytest.approx(125)


def test_what_scenarios_change_comes_before_what_they_do_not(open_warehouse: duckdb.DuckDBPyConnection) -> None:
    (_, estimates) = workload_tables(open_warehouse.cursor())
    of_one = estimates.frame[(estimates.frame["Model"] == "GPT-3") & (estimates.frame["Method"] == "paper")]
    places = {heading.split()[0]: place for place, heading in enumerate(estimates.frame.columns)}
    assert of_one.iloc[:, places["TWh"]].nunique() == len(of_one) == 4
    assert of_one.iloc[:, places["EJ"]].nunique() == 2
    assert places["TWh"] < places["EJ"]


def test_the_hypothesis_is_said_to_be_one(open_warehouse: duckdb.DuckDBPyConnection) -> None:
    figure = by_country(open_warehouse.cursor())
    assert figure is not None
    assert "by the grid alone" in figure.caption
    assert figure.subtitle.startswith("A hypothesis of the paper, not a measurement")
    (_, estimates) = workload_tables(open_warehouse.cursor())
    assert estimates.caption.startswith("A hypothesis, not a measurement")
    assert "All models" not in set(estimates.frame["Model"])


def test_every_person_takes_the_same_electricity(open_warehouse: duckdb.DuckDBPyConnection) -> None:
    """What tells countries apart is people and grids: kWh of an inference are one number, gases follow the grid."""
    figure = by_country(open_warehouse.cursor())
    assert figure is not None
    rows = figure.rows
    each = rows["kwh"] / rows["n_inferences"]
    assert each.max() == pytest.approx(each.min(), rel=1e-9)
    assert (rows["gco2e"] / rows["kwh"]).tolist() == pytest.approx(rows["gco2e_per_kwh"].tolist(), rel=1e-9)


def test_of_many_models_those_with_the_most_joules_are_listed() -> None:
    passes = pd.DataFrame({"model_name": [f"m{k}" for k in range(1, 11)], "joules": [float(k) for k in range(1, 11)]})
    assert workloads.joules_in_words(passes).startswith("2 models with less; m3 3.00 J; m4 4.00 J")
    assert workloads.joules_in_words(passes.head(2)) == "m1 1.00 J; m2 2.00 J"


def test_each_estimate_of_the_mart_has_a_mark(open_warehouse: duckdb.DuckDBPyConnection) -> None:
    connection = open_warehouse.cursor()
    figure = methods_chart.figure_of_methods(connection)
    (known,) = connection.execute("select count(*) from marts.method_comparison where joules > 0").fetchone()
    assert len(figure.rows) == known
    assert set(figure.rows["way"]) == set(methods_chart.METHODS)
    assert set(figure.rows["drawn_from"]) <= set(methods_chart.ORIGINS)
    assert not figure.rows.duplicated(["request", "lane", "drawn_from"]).any()


def test_marks_of_a_request_are_all_electricity_of_one_site(own: duckdb.DuckDBPyConnection) -> None:
    """A statement about boards that has none of a site is drawn as stated, with a mark of its own."""
    own.execute("update marts.method_comparison set site_wh = null where request_id = 'google_gemini_2025_active'")
    known = own.execute(
        "select request_id, method, coalesce(site_wh, wh), site_wh is null from marts.method_comparison where wh > 0"
    ).fetchall()
    rows = methods_chart.figure_of_methods(own).rows
    drawn = rows[["request_id", "method", "drawn_wh"]].assign(is_unplaced=rows["drawn_from"] == methods_chart.UNPLACED)
    assert sorted(map(tuple, drawn.to_numpy().tolist())) == sorted(known)
    assert rows.loc[drawn["is_unplaced"], "request"].tolist() == ["Stated by Google", "Stated by OpenAI"]


def test_an_interval_is_of_the_site_too_and_may_be_missing(own: duckdb.DuckDBPyConnection) -> None:
    """Paper: 3,600 J of boards, 1,800 to 7,200 J, are 2 Wh of a site, and so 1 to 4 Wh."""
    own.execute("update marts.method_comparison set joules_low = null, joules_high = null")
    own.execute(
        """
        update marts.method_comparison
        set joules = 3600, wh = 1, joules_low = 1800, joules_high = 7200, site_wh = 2
        where request_id = 'gpt-3-on-unstated' and method = 'paper'
        """
    )
    figure = methods_chart.figure_of_methods(own)
    has_interval = figure.rows["drawn_wh_low"].notna()
    (row,) = figure.rows[has_interval].itertuples()
    assert (row.request_id, row.method) == ("gpt-3-on-unstated", "paper")
    assert (row.drawn_wh_in_words, row.wh_in_words) == ("2.00 (1.00 to 4.00)", "1.00 (0.500 to 2.00)")
    assert not figure.rows.loc[~has_interval, "drawn_wh_in_words"].str.contains("nan|to").any()
    assert svg(figure, LIGHT).startswith("<svg")


@pytest.mark.parametrize(
    ("value", "units", "name"),
    [
        (7.1e13, ELECTRICITY, "TWh"),
        (999.0, ELECTRICITY, "kWh"),
        (1e-9, ELECTRICITY, "Wh"),
        (1e6, GASES, "t CO2e"),
        (0.0, POWER, "W"),
        (2e9, COUNT, "billions"),
    ],
)
def test_the_unit_is_the_largest_that_is_reached(value: float, units: tuple, name: str) -> None:
    assert fitting(value, units).name == name


@pytest.mark.parametrize(
    ("most", "values"), [(50.6, [0.5, 5, 50]), (1.0, [0.01, 0.1, 1]), (0.0049, [0.00002, 0.0002, 0.002])]
)
def test_areas_have_round_numbers_in_their_legend(most: float, values: list[float]) -> None:
    assert workloads.round_shares(most) == pytest.approx(values)
