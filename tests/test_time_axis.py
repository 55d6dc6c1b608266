"""The x of the trends: years since 2012-01-01."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import jinja2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from inference_energy import years_since_origin

PROPERTY = settings(deadline=None, database=None, derandomize=True)
DBT_PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"


class TestWorkedByHand:
    """Days counted by hand, divided by 365.25."""

    @pytest.mark.parametrize(
        ("date", "days"),
        [
            (dt.date(2012, 1, 1), 0),
            (dt.date(2012, 1, 2), 1),
            (dt.date(2011, 12, 31), -1),
            (dt.date(2012, 3, 1), 31 + 29),
            (dt.date(2013, 1, 1), 366),
            (dt.date(2015, 1, 1), 366 + 365 + 365),
            # Nine years with the leap days of 2012, 2016 and 2020, then January to May and seven days of June.
            (dt.date(2021, 6, 8), 9 * 365 + 3 + 31 + 28 + 31 + 30 + 31 + 7),
        ],
    )
    def test_days(self, date: dt.date, days: int) -> None:
        assert years_since_origin([date]).tolist() == [days / 365.25]

    def test_four_years_with_a_leap_day_are_four(self) -> None:
        dates = [dt.date(2020, 1, 1), dt.date(2016, 1, 1), dt.date(2008, 1, 1)]
        assert years_since_origin(dates).tolist() == [8, 4, -4]


class TestOneDay:
    """The axis is even: a day is 1/365.25, wherever it lies."""

    @PROPERTY
    @given(date=st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), days=st.integers(1, 5000))
    def test_step(self, date: dt.date, days: int) -> None:
        first, last = years_since_origin([date, date + dt.timedelta(days=days)])
        assert (last - first) * 365.25 == pytest.approx(days, rel=0, abs=1e-9)


class TestKindsOfInput:
    """Dates as Python, DuckDB and pandas give them."""

    def test_none(self) -> None:
        assert years_since_origin([]).shape == (0,)

    def test_generator(self) -> None:
        assert years_since_origin(dt.date(year, 1, 1) for year in (2012, 2016)).tolist() == [0, 4]

    def test_date_column_of_duckdb_in_pandas(self) -> None:
        with duckdb.connect() as connection:
            table = connection.sql("select unnest([date '2016-01-01', date '2011-12-31']) as release_date").df()
        assert years_since_origin(table["release_date"]).tolist() == [4, -1 / 365.25]

    def test_time_of_day_does_not_count(self) -> None:
        moments = [dt.datetime(2016, 1, 1, 23, 59), dt.datetime(2011, 12, 31, 12)]
        assert years_since_origin(moments).tolist() == [4, -1 / 365.25]


class TestSameInSql:
    """The macro of the warehouse and the function give the same number, to the last digit."""

    def test_every_day_of_thirty_years(self) -> None:
        variables = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
        macros = jinja2.Template((DBT_PROJECT / "macros" / "years_since_origin.sql").read_text(encoding="utf-8"))
        formula = macros.make_module({"var": variables.__getitem__}).years_since_origin("on_date")
        days = "select cast(unnest(range(date '2000-01-01', date '2030-01-01', interval 1 day)) as date) as on_date"
        with duckdb.connect() as connection:
            rows = connection.sql(f"select on_date, {formula} from ({days}) as days").fetchall()
        assert len(rows) == 10958
        assert years_since_origin(date for date, _ in rows).tolist() == [years for _, years in rows]
