"""From a table of points to a table of trends, and the two dbt models that call it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import itertools
import math
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from inference_energy.trend_table import fit_trends

MODELS = Path(__file__).resolve().parents[1] / "dbt_project" / "models" / "intermediate"
COLUMNS = ["trend_id", "vintage", "group_id", "on_date", "years", "value"]


def exactly(expected: float) -> object:
    """Equal to nine digits, whatever the size."""
    return pytest.approx(expected, rel=1e-9, abs=0)


@pytest.fixture
def points() -> pd.DataFrame:
    """Two trends whose rows stand mixed, the later in the alphabet first.

    ``tenfold`` grows by ten a year from 1 at years = 0; ``worked`` is the case worked by hand in ``test_fit.py``.
    """
    days = [dt.date(2012, 1, 1), dt.date(2013, 1, 1), dt.date(2014, 1, 1), dt.date(2015, 1, 1)]
    rows = []
    for years, on_date, value, group in zip(range(4), days, [1, 10, 100, 10], ["a", "a", "b", "b"], strict=True):
        rows.append(("worked", "paper", group, on_date, float(years), float(value)))
        rows.append(("tenfold", "paper", f"chip {years}", on_date + dt.timedelta(days=10), float(years), 10.0**years))
    return pd.DataFrame(rows, columns=COLUMNS)


def random_points() -> pd.DataFrame:
    """Three trends with tied dates and groups of several rows."""
    rng = np.random.default_rng(7)
    years = rng.integers(0, 8, size=60) / 2
    return pd.DataFrame(
        {
            "trend_id": rng.choice(["x", "y", "z"], size=60),
            "vintage": "paper",
            "group_id": rng.choice(["g", "h", "i", "j"], size=60),
            "on_date": pd.Timestamp("2012-01-01") + pd.to_timedelta((years * 365.25).astype(int), unit="D"),
            "years": years,
            "value": 10 ** (0.3 * years + rng.normal(0, 0.3, size=60)),
        }
    )


class TestSeveralTrends:
    """Each trend is fitted to its own rows and has one row."""

    def test_one_row_per_trend_in_order(self, points: pd.DataFrame) -> None:
        assert fit_trends(points, 0.95)["trend_id"].tolist() == ["tenfold", "worked"]

    def test_worked_by_hand(self, points: pd.DataFrame) -> None:
        row = fit_trends(points, 0.95).set_index("trend_id").loc["worked"]
        expected = {
            "slope_log10_per_year": 0.4,
            "intercept_log10": 0.4,
            "slope_se_ols": math.sqrt(0.12),
            "slope_se_clustered": math.sqrt(1.5) / 5,
            "r_squared": 0.4,
            "residual_sd_log10": math.sqrt(0.6),
            "n_points": 4,
            "n_groups": 2,
            "mean_years": 1.5,
            "sum_squared_years": 5,
            "t_quantile": 0.95 * math.sqrt(2 / 0.0975),
            "slope_theil_sen_log10_per_year": 2 / 3,
        }
        assert {name: row[name] for name in expected} == {name: exactly(value) for name, value in expected.items()}

    def test_known_line(self, points: pd.DataFrame) -> None:
        row = fit_trends(points, 0.95).set_index("trend_id").loc["tenfold"]
        assert row["slope_log10_per_year"] == exactly(1)
        assert row["intercept_log10"] == pytest.approx(0, abs=1e-15)
        assert row["n_groups"] == 4

    def test_against_statsmodels(self) -> None:
        points = random_points()
        for row in fit_trends(points, 0.95).itertuples():
            rows = points[points["trend_id"] == row.trend_id]
            codes = pd.factorize(rows["group_id"])[0]
            model = sm.OLS(np.log10(rows["value"].to_numpy()), sm.add_constant(rows["years"].to_numpy()))
            assert row.intercept_log10 == exactly(model.fit().params[0])
            assert row.slope_log10_per_year == exactly(model.fit().params[1])
            assert row.slope_se_ols == exactly(model.fit().bse[1])
            clustered = model.fit(cov_type="cluster", cov_kwds={"groups": codes})
            assert row.slope_se_clustered == exactly(clustered.bse[1])


class TestVintages:
    """A vintage of a trend is a fit of its own."""

    def test_each_is_fitted_to_its_own_rows(self, points: pd.DataFrame) -> None:
        # Without its last row `worked` is 1, 10, 100 at 0, 1, 2: tenfold a year, where all four rows give 10 ** 0.4.
        earlier = points[points["years"] < 3].assign(vintage="earlier")
        rows = fit_trends(pd.concat([points, earlier]), 0.95).set_index(["trend_id", "vintage"])
        assert rows.index.tolist() == list(itertools.product(["tenfold", "worked"], ["earlier", "paper"]))
        assert rows.loc[("worked", "paper"), "slope_log10_per_year"] == exactly(0.4)
        assert rows.loc[("worked", "earlier"), "slope_log10_per_year"] == exactly(1)
        assert rows.loc[("worked", "earlier"), "last_date"] == dt.date(2014, 1, 1)

    def test_the_one_that_cannot_be_fitted_is_named(self, points: pd.DataFrame) -> None:
        earlier = points[points["years"] < 2].assign(vintage="earlier")
        with pytest.raises(ValueError, match=r"^trend tenfold of vintage earlier, .* at least three points, found 2$"):
            fit_trends(pd.concat([points, earlier]), 0.95)


class TestDates:
    """First and last date are plain days of the trend's own rows."""

    @pytest.mark.parametrize("kind", ["date", "timestamp"])
    def test_first_and_last(self, points: pd.DataFrame, kind: str) -> None:
        if kind == "timestamp":
            points["on_date"] = pd.to_datetime(points["on_date"])
        trends = fit_trends(points, 0.95).set_index("trend_id")
        assert trends["first_date"].to_dict() == {"tenfold": dt.date(2012, 1, 11), "worked": dt.date(2012, 1, 1)}
        assert trends["last_date"].to_dict() == {"tenfold": dt.date(2015, 1, 11), "worked": dt.date(2015, 1, 1)}
        assert {type(date) for date in trends["first_date"]} == {dt.date}


class TestWhatDoesNotMatter:
    """The same points give the same table, to the last digit."""

    @pytest.mark.parametrize("seed", range(5))
    def test_order_of_rows(self, seed: int) -> None:
        points = random_points()
        shuffled = points.sample(frac=1, random_state=seed)
        pd.testing.assert_frame_equal(fit_trends(shuffled, 0.95), fit_trends(points, 0.95), check_exact=True)

    def test_order_of_columns_and_other_columns(self, points: pd.DataFrame) -> None:
        wider = points[COLUMNS[::-1]].assign(observation_id=None, slope=1.0, r_squared="text")
        pd.testing.assert_frame_equal(fit_trends(wider, 0.95), fit_trends(points, 0.95), check_exact=True)

    def test_other_trends(self, points: pd.DataFrame) -> None:
        alone = fit_trends(points[points["trend_id"] == "worked"], 0.95)
        together = fit_trends(points, 0.95).query("trend_id == 'worked'").reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, together, check_exact=True)

    def test_table_of_points_stays_as_it_is(self, points: pd.DataFrame) -> None:
        before = points.copy(deep=True)
        fit_trends(points, 0.95)
        pd.testing.assert_frame_equal(points, before)


class TestConfidenceLevel:
    """The level is given, never assumed."""

    @pytest.mark.parametrize("level", [0.5, 0.8, 0.99])
    def test_followed(self, points: pd.DataFrame, level: float) -> None:
        # Two degrees of freedom: the quantile is c * sqrt(2 / (1 - c^2)).
        expected = level * math.sqrt(2 / (1 - level**2))
        assert fit_trends(points, level)["t_quantile"].tolist() == [exactly(expected), exactly(expected)]

    def test_missing(self, points: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match="confidence_level is not set"):
            fit_trends(points, None)

    def test_left_out(self, points: pd.DataFrame) -> None:
        with pytest.raises(TypeError, match="confidence_level"):
            fit_trends(points)

    @pytest.mark.parametrize("level", [0, 95])
    def test_no_level(self, points: pd.DataFrame, level: float) -> None:
        with pytest.raises(ValueError, match=f"confidence_level is {level};"):
            fit_trends(points, level)


class TestErrorsOfTheTable:
    """A table that is none is refused as a whole."""

    @pytest.mark.parametrize("column", COLUMNS)
    def test_missing_column(self, points: pd.DataFrame, column: str) -> None:
        with pytest.raises(ValueError, match=f"^the table of points lacks {column};"):
            fit_trends(points.drop(columns=column), 0.95)

    def test_several_missing_columns(self, points: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match=r"lacks group_id, value; it has trend_id, vintage, on_date, years$"):
            fit_trends(points.drop(columns=["value", "group_id"]), 0.95)

    def test_empty(self, points: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match="the table of points is empty"):
            fit_trends(points.iloc[:0], 0.95)

    @pytest.mark.parametrize("column", ["trend_id", "vintage"])
    def test_rows_without_key_are_not_dropped(self, points: pd.DataFrame, column: str) -> None:
        points.loc[[1, 3], column] = None
        with pytest.raises(ValueError, match=f"^2 rows of the table of points have no {column}"):
            fit_trends(points, 0.95)


class TestErrorsOfOneTrend:
    """The trend that cannot be fitted is named, the one that can is not."""

    # Rows 0, 2, 4 and 6 of the table are those of `worked`, in order of years.
    @pytest.mark.parametrize(
        ("column", "row", "entry", "message"),
        [
            ("value", 4, 0.0, "found 0.0 at position 2"),
            ("value", 2, -3.0, "found -3.0 at position 1"),
            ("value", 6, math.nan, "values has a missing or infinite number at position 3"),
            # A missing year comes last in the order that the message tells.
            ("years", 0, math.nan, "years has a missing or infinite number at position 3"),
            ("group_id", 2, None, "groups has no entry at position 1"),
        ],
    )
    def test_bad_entry(self, points: pd.DataFrame, column: str, row: int, entry: float | None, message: str) -> None:
        points.loc[row, column] = entry
        place = "^trend worked of vintage paper, rows ordered by years"
        with pytest.raises(ValueError, match=f"{place}, .*: .*{message}") as caught:
            fit_trends(points, 0.95)
        assert "tenfold" not in str(caught.value)

    def test_too_few_points(self, points: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match=r"^trend tenfold of vintage paper, .* at least three points, found 2$"):
            fit_trends(points.drop(index=[1, 3]), 0.95)

    def test_one_date(self, points: pd.DataFrame) -> None:
        points.loc[points["trend_id"] == "worked", "years"] = 1.5
        with pytest.raises(ValueError, match=r"^trend worked of vintage paper, .* all 4 points have the same date"):
            fit_trends(points, 0.95)

    def test_one_group(self, points: pd.DataFrame) -> None:
        points.loc[points["trend_id"] == "worked", "group_id"] = "a"
        with pytest.raises(ValueError, match=r"^trend worked of vintage paper, .* at least two groups, found one"):
            fit_trends(points, 0.95)


class StubRelation:
    """What ``dbt.ref`` returns with DuckDB, as far as the models use it."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table

    def df(self) -> pd.DataFrame:
        return self.table


class StubConfig:
    """``dbt.config`` with the entries of the YAML file."""

    def __init__(self, entries: dict[str, object]) -> None:
        self.entries = entries

    def get(self, key: str, default: object = None) -> object:
        return self.entries.get(key, default)


class StubDbt:
    """The object that dbt passes to a Python model; it notes which models are read."""

    def __init__(self, table: pd.DataFrame, **config: object) -> None:
        self.relation = StubRelation(table)
        self.config = StubConfig(config)
        self.read: list[str] = []

    def ref(self, name: str) -> StubRelation:
        self.read.append(name)
        return self.relation


@pytest.mark.parametrize(
    ("name", "source"),
    [("int_hardware_trends", "int_hardware_trend_points"), ("int_model_trends", "int_model_trend_points")],
)
class TestDbtModels:
    """The Python models of the warehouse read their points and hand on their config."""

    @staticmethod
    def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        """Import a model from its file, without leaving bytecode among the models."""
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        spec = importlib.util.spec_from_file_location(name, MODELS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def test_reads_its_points(
        self, name: str, source: str, points: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dbt = StubDbt(points, confidence_level=0.95)
        trends = self.load(name, monkeypatch).model(dbt, None)
        assert dbt.read == [source]
        assert trends["trend_id"].tolist() == ["tenfold", "worked"]
        assert trends["slope_log10_per_year"].tolist() == [exactly(1), exactly(0.4)]

    def test_hands_on_the_level(
        self, name: str, source: str, points: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        trends = self.load(name, monkeypatch).model(StubDbt(points, confidence_level=0.8), None)
        # Two degrees of freedom: 0.8 * sqrt(2 / (1 - 0.64)).
        assert trends["t_quantile"].tolist() == [exactly(0.8 * math.sqrt(2 / 0.36))] * 2

    def test_missing_level_raises(
        self, name: str, source: str, points: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        model = self.load(name, monkeypatch).model
        with pytest.raises(ValueError, match="confidence_level is not set"):
            model(StubDbt(points), None)
