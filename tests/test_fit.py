"""The log-linear fit: against statsmodels, SciPy, exact arithmetic and cases worked by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from inference_energy import LogLinearFit, fit_log_linear
from scipy import stats

PROPERTY = settings(deadline=None, database=None, derandomize=True, max_examples=150)

Rows = tuple[list[float], list[float], list[str]]


def exactly(expected: float) -> object:
    """Equal to nine digits, whatever the size: no absolute tolerance."""
    return pytest.approx(expected, rel=1e-9, abs=0)


def assert_same(found: LogLinearFit, expected: LogLinearFit, but: Sequence[str] = ()) -> None:
    """Equal in every field but those named, to the rounding of numbers of size 1 to 10."""
    left, right = asdict(found), asdict(expected)
    for name in left.keys() - set(but):
        assert left[name] == pytest.approx(right[name], rel=1e-9, abs=1e-11), name


def random_rows(seed: int) -> Rows:
    """Thirty rows of nine papers on twelve dates, so that dates are tied and papers have several rows."""
    rng = np.random.default_rng(seed)
    dates = rng.choice(3400, size=12, replace=False) / 365.25
    years = rng.choice(dates, size=30)
    papers = rng.integers(0, 9, size=30)
    logs = 0.2 * years + rng.normal(0, 0.4, size=9)[papers] + rng.normal(0, 0.2, size=30)
    return years.tolist(), (10**logs).tolist(), [f"paper {paper}" for paper in papers]


GROUPS_OF_SEVERAL_ROWS: Rows = (
    [0.25, 0.25, 0.25, 2.5, 2.5, 4.0, 7.75, 9.0],
    [0.7, 1.4, 2.9, 11.0, 8.5, 3.2, 96.0, 41.0],
    ["AlexNet", "AlexNet", "AlexNet", "VGG", "VGG", "VGG", "EfficientNet", "EfficientNet"],
)


@pytest.fixture(params=["fixed", 1, 2, 3, 4, 5])
def rows(request: pytest.FixtureRequest) -> Rows:
    return GROUPS_OF_SEVERAL_ROWS if request.param == "fixed" else random_rows(request.param)


class TestAgainstStatsmodels:
    """Line, errors and quantile are those of statsmodels."""

    @staticmethod
    def ols(rows: Rows, **options: object) -> sm.regression.linear_model.RegressionResultsWrapper:
        years, values, _ = rows
        return sm.OLS([math.log10(value) for value in values], sm.add_constant(years)).fit(**options)

    def test_line(self, rows: Rows) -> None:
        found, expected = fit_log_linear(*rows), self.ols(rows)
        assert found.intercept == exactly(expected.params[0])
        assert found.slope == exactly(expected.params[1])

    def test_plain_error_of_the_slope(self, rows: Rows) -> None:
        assert fit_log_linear(*rows).slope_se == exactly(self.ols(rows).bse[1])

    def test_clustered_error_of_the_slope(self, rows: Rows) -> None:
        codes = pd.factorize(pd.Series(rows[2]))[0]
        expected = self.ols(rows, cov_type="cluster", cov_kwds={"groups": codes}).bse[1]
        assert fit_log_linear(*rows).slope_se_clustered == exactly(expected)

    def test_groups_of_one_row_give_the_heteroskedastic_error(self, rows: Rows) -> None:
        found = fit_log_linear(rows[0], rows[1], range(len(rows[0])))
        assert found.slope_se_clustered == exactly(self.ols(rows, cov_type="HC1").bse[1])

    def test_share_of_variance_and_residual_sd(self, rows: Rows) -> None:
        found, expected = fit_log_linear(*rows), self.ols(rows)
        assert found.r_squared == exactly(expected.rsquared)
        assert found.residual_sd == exactly(math.sqrt(expected.mse_resid))

    @pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.999])
    def test_interval_of_the_slope(self, rows: Rows, level: float) -> None:
        found = fit_log_linear(*rows, confidence_level=level)
        low, high = self.ols(rows).conf_int(1 - level)[1]
        assert found.slope - found.t_quantile * found.slope_se == exactly(low)
        assert found.slope + found.t_quantile * found.slope_se == exactly(high)

    def test_band_of_the_line(self, rows: Rows) -> None:
        found = fit_log_linear(*rows)
        low, high = self.ols(rows).get_prediction([[1, 12.0]]).conf_int(alpha=0.05)[0]
        distance = (12.0 - found.mean_years) ** 2 / found.sum_squared_years
        half_width = found.t_quantile * found.residual_sd * math.sqrt(1 / found.n_points + distance)
        assert half_width == exactly((high - low) / 2)

    def test_counts(self, rows: Rows) -> None:
        found = fit_log_linear(*rows)
        assert (found.n_points, found.n_groups) == (len(rows[0]), len(set(rows[2])))


class TestWorkedByHand:
    """Years 0, 1, 2, 3 with log10 of the values 0, 1, 2, 1, in two groups of two rows.

    Deviations of the years are -1.5, -0.5, 0.5, 1.5 (squares sum to 5), of the logs -1, 0, 1, 0 (squares sum to 2),
    their products sum to 1.5 + 0.5 = 2: slope 2/5, intercept 1 - 0.4 * 1.5 = 0.4. Residuals are -0.4, 0.2, 0.8, -0.6,
    their squares sum to 0.16 + 0.04 + 0.64 + 0.36 = 1.2.
    """

    fit = fit_log_linear([0, 1, 2, 3], [1, 10, 100, 10], ["a", "a", "b", "b"])

    def test_line(self) -> None:
        assert self.fit.slope == exactly(0.4)
        assert self.fit.intercept == exactly(0.4)

    def test_spread(self) -> None:
        assert self.fit.residual_sd == exactly(math.sqrt(1.2 / 2))
        assert self.fit.r_squared == exactly(1 - 1.2 / 2)
        assert self.fit.slope_se == exactly(math.sqrt(0.6 / 5))

    def test_clustered_error(self) -> None:
        # Sums of deviation times residual: a 0.6 - 0.1 = 0.5, b 0.4 - 0.9 = -0.5; factor 2/1 * 3/2 = 3.
        assert self.fit.slope_se_clustered == exactly(math.sqrt(3 * (0.25 + 0.25)) / 5)

    def test_what_the_bands_need(self) -> None:
        assert self.fit.mean_years == exactly(1.5)
        assert self.fit.sum_squared_years == exactly(5)
        # With two degrees of freedom the quantile has a closed form: c * sqrt(2 / (1 - c^2)).
        assert self.fit.t_quantile == exactly(0.95 * math.sqrt(2 / (1 - 0.95**2)))

    def test_robust_slope(self) -> None:
        # The six slopes are 1, 1, 1/3, 1, 0, -1: in order -1, 0, 1/3, 1, 1, 1.
        assert self.fit.theil_sen_slope == exactly((1 / 3 + 1) / 2)

    def test_without_groups(self) -> None:
        plain = fit_log_linear([0, 1, 2, 3], [1, 10, 100, 10])
        assert plain.slope_se_clustered is None
        assert plain.n_groups is None
        assert_same(plain, self.fit, but=["slope_se_clustered", "n_groups"])


class TestRobustSlope:
    """The median slope of pairs, where pairs of one date have none."""

    def test_against_scipy(self, rows: Rows) -> None:
        # SciPy, too, leaves out pairs of equal x.
        expected = stats.theilslopes([math.log10(value) for value in rows[1]], rows[0]).slope
        assert fit_log_linear(*rows).theil_sen_slope == exactly(expected)

    def test_pairs_of_one_date_do_not_count(self) -> None:
        # Logs 0, 3 at year 0, 1 at year 1, 3 at year 2: slopes 1, 3/2 from the first, -2, 0 from the second, 2 from
        # the third, none between the first two. In order -2, 0, 1, 3/2, 2.
        assert fit_log_linear([0, 0, 1, 2], [1, 1000, 10, 1000]).theil_sen_slope == exactly(1)

    def test_one_wild_value_moves_it_little(self) -> None:
        years = list(range(11))
        values = [10.0**year for year in years]
        values[5] *= 1e6
        # Of the 55 pairs 45 still have slope 1.
        assert fit_log_linear(years, values).theil_sen_slope == exactly(1)


class TestYearsFarFromTheirOrigin:
    """Calendar years instead of years since 2012 lose no digit that counts."""

    @pytest.mark.parametrize("offset", [0, 2012, -4713, 100_000])
    def test_against_exact_arithmetic(self, offset: float) -> None:
        years, values, _ = random_rows(6)
        years = [year + offset for year in years]
        x = [Fraction(year) for year in years]
        y = [Fraction(math.log10(value)) for value in values]
        n = len(x)
        mean_x, mean_y = sum(x) / n, sum(y) / n
        sxx = sum((a - mean_x) ** 2 for a in x)
        slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sxx
        residual_squares = sum((b - mean_y - slope * (a - mean_x)) ** 2 for a, b in zip(x, y, strict=True))

        found = fit_log_linear(years, values)

        assert found.slope == exactly(float(slope))
        assert found.intercept == exactly(float(mean_y - slope * mean_x))
        assert found.sum_squared_years == exactly(float(sxx))
        assert found.residual_sd == exactly(math.sqrt(residual_squares / (n - 2)))
        assert found.slope_se == exactly(math.sqrt(residual_squares / (n - 2) / sxx))
        assert found.r_squared == exactly(float(1 - residual_squares / sum((b - mean_y) ** 2 for b in y)))


@st.composite
def observations(draw: st.DrawFn) -> Rows:
    """Rows of at least two groups that span a year or more.

    Years are multiples of 1/64, which floats hold exactly; logs are multiples of 1/16, so that two values are equal or
    clearly apart.
    """
    start = draw(st.integers(0, 576))
    end = draw(st.integers(start + 64, 640))
    ticks = [start, end, *draw(st.lists(st.integers(start, end), min_size=1, max_size=20))]
    n = len(ticks)
    logs = draw(st.lists(st.integers(-64, 64), min_size=n, max_size=n))
    groups = ["first", "second", *draw(st.lists(st.sampled_from(["first", "second", "third"]), min_size=n - 2))]
    groups = [*groups, *["third"] * n][:n]
    return [tick / 64 for tick in ticks], [10 ** (log / 16) for log in logs], groups


class TestProperties:
    """What holds for any rows."""

    @PROPERTY
    @given(rows=observations(), slope=st.floats(-2, 2), intercept=st.floats(-3, 3))
    def test_a_known_line_is_found(self, rows: Rows, slope: float, intercept: float) -> None:
        years, _, groups = rows
        found = fit_log_linear(years, [10 ** (intercept + slope * year) for year in years], groups)
        assert found.slope == pytest.approx(slope, rel=0, abs=1e-12)
        assert found.intercept == pytest.approx(intercept, rel=0, abs=1e-12)
        assert found.theil_sen_slope == pytest.approx(slope, rel=0, abs=1e-12)
        assert [found.residual_sd, found.slope_se, found.slope_se_clustered] == pytest.approx([0, 0, 0], abs=1e-12)

    @PROPERTY
    @given(rows=observations(), ticks=st.integers(-2012 * 64, 2012 * 64))
    def test_a_shift_of_the_dates_moves_only_the_intercept(self, rows: Rows, ticks: int) -> None:
        years, values, groups = rows
        shift = ticks / 64
        before, after = fit_log_linear(*rows), fit_log_linear([year + shift for year in years], values, groups)
        assert_same(after, before, but=["intercept", "mean_years"])
        assert after.mean_years == pytest.approx(before.mean_years + shift, rel=1e-15, abs=1e-12)
        assert after.intercept == pytest.approx(before.intercept - before.slope * shift, rel=1e-12, abs=1e-10)

    @PROPERTY
    @given(rows=observations(), factor=st.floats(1e-6, 1e6))
    def test_another_unit_moves_only_the_intercept(self, rows: Rows, factor: float) -> None:
        years, values, groups = rows
        before, after = fit_log_linear(*rows), fit_log_linear(years, [factor * value for value in values], groups)
        assert_same(after, before, but=["intercept"])
        assert after.intercept == pytest.approx(before.intercept + math.log10(factor), rel=0, abs=1e-12)

    @PROPERTY
    @given(rows=observations(), data=st.data())
    def test_the_order_of_the_rows_does_not_matter(self, rows: Rows, data: st.DataObject) -> None:
        order = data.draw(st.permutations(range(len(rows[0]))))
        years, values, groups = ([column[place] for place in order] for column in rows)
        assert_same(fit_log_linear(years, values, groups), fit_log_linear(*rows))

    @PROPERTY
    @given(rows=observations())
    def test_the_share_of_variance_is_a_share(self, rows: Rows) -> None:
        assert -1e-12 <= fit_log_linear(*rows).r_squared <= 1

    @PROPERTY
    @given(rows=observations(), value=st.floats(1e-6, 1e6))
    def test_constant_values_give_a_flat_line_without_error(self, rows: Rows, value: float) -> None:
        years, _, groups = rows
        found = fit_log_linear(years, [value] * len(years), groups)
        assert [found.slope, found.theil_sen_slope, found.residual_sd, found.slope_se] == [0, 0, 0, 0]
        assert found.slope_se_clustered == 0
        assert found.intercept == pytest.approx(math.log10(value), rel=1e-15, abs=0)
        assert found.r_squared == 1


class TestKindsOfInput:
    """Any sequence will do."""

    @pytest.mark.parametrize(
        "kind",
        [tuple, list, np.array, pd.Series, pd.Categorical, lambda groups: pd.Series(groups, index=range(50, 58))],
        ids=["tuple", "list", "array", "series", "categorical", "series with another index"],
    )
    def test_groups(self, kind: Callable[[list[str]], Sequence[Hashable]]) -> None:
        years, values, groups = GROUPS_OF_SEVERAL_ROWS
        assert fit_log_linear(years, values, kind(groups)) == fit_log_linear(years, values, groups)

    @pytest.mark.parametrize("names", [(1, 2, 3), (("Tan", 2019), ("He", 2015), ("Liu", 2018)), (0, "", False)])
    def test_groups_of_any_hashable(self, names: tuple[Hashable, ...]) -> None:
        years, values, _ = GROUPS_OF_SEVERAL_ROWS
        # 0 and False are equal, so the last case has two groups.
        groups = [names[place] for place in (0, 0, 1, 1, 1, 2, 2, 2)]
        letters = [chr(97 + names.index(group)) for group in groups]
        assert fit_log_linear(years, values, groups) == fit_log_linear(years, values, letters)

    @pytest.mark.parametrize("kind", [tuple, np.array, lambda numbers: pd.Series(numbers, index=range(8, 0, -1))])
    def test_years_and_values(self, kind: Callable[[list[float]], Sequence[float]]) -> None:
        years, values, groups = GROUPS_OF_SEVERAL_ROWS
        assert fit_log_linear(kind(years), kind(values), groups) == fit_log_linear(years, values, groups)

    def test_whole_numbers(self) -> None:
        assert fit_log_linear([0, 1, 3], [1, 100, 1000]) == fit_log_linear([0.0, 1.0, 3.0], [1.0, 100.0, 1000.0])

    def test_input_stays_as_it_is(self) -> None:
        years, values = np.array([3.0, 1.0, 2.0]), np.array([5.0, 7.0, 6.0])
        fit_log_linear(years, values, ["b", "a", "a"])
        assert (years.tolist(), values.tolist()) == ([3, 1, 2], [5, 7, 6])


class TestErrorsOfYearsAndValues:
    """What cannot be fitted is refused, and the message says what is wrong and where."""

    @pytest.mark.parametrize("n", [0, 1, 2])
    def test_too_few_points(self, n: int) -> None:
        with pytest.raises(ValueError, match=f"at least three points, found {n}"):
            fit_log_linear(range(n), [1.0] * n)

    def test_three_points_are_enough(self) -> None:
        # With one degree of freedom the quantile is tan(pi c / 2).
        assert fit_log_linear([0, 1, 2], [1, 2, 1]).t_quantile == exactly(math.tan(math.pi * 0.95 / 2))

    def test_one_date(self) -> None:
        with pytest.raises(ValueError, match="all 3 points have the same date"):
            fit_log_linear([0.1, 0.1, 0.1], [1, 2, 3])

    @pytest.mark.parametrize(
        ("values", "message"),
        [([1, 2, 0, 0], "found 0.0 at position 2"), ([1, -1.5, 2, 3], "found -1.5 at position 1")],
    )
    def test_not_positive(self, values: list[float], message: str) -> None:
        with pytest.raises(ValueError, match=f"^values must be positive .*{re.escape(message)}$"):
            fit_log_linear([0, 1, 2, 3], values)

    @pytest.mark.parametrize("missing", [math.nan, math.inf, -math.inf, None])
    @pytest.mark.parametrize("position", [0, 1, 3])
    def test_missing_or_infinite(self, missing: float | None, position: int) -> None:
        complete, holed = [1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]
        holed[position] = missing
        message = f"has a missing or infinite number at position {position};"
        with pytest.raises(ValueError, match=f"^values {message}"):
            fit_log_linear(complete, holed)
        with pytest.raises(ValueError, match=f"^years {message}"):
            fit_log_linear(holed, complete)

    def test_the_first_of_several_is_named(self) -> None:
        with pytest.raises(ValueError, match=r"number at position 1;"):
            fit_log_linear([0, 1, 2, 3], [1, math.nan, math.inf, 4])

    def test_missing_in_a_pandas_column_of_whole_numbers(self) -> None:
        with pytest.raises(ValueError, match=r"^values has a missing or infinite number at position 1;"):
            fit_log_linear([0, 1, 2], pd.Series([1, None, 3], dtype="Int64"))

    @pytest.mark.parametrize(
        ("years", "values", "shapes"),
        [
            ([0, 1, 2], [1, 2, 3, 4], r"\(3,\) and values \(4,\)"),
            ([0, 1, 2], [1], r"\(3,\) and values \(1,\)"),
            ([[0], [1], [2]], [[1], [2], [3]], r"\(3, 1\) and values \(3, 1\)"),
            (2, 3, r"\(\) and values \(\)"),
        ],
    )
    def test_shapes(self, years: object, values: object, shapes: str) -> None:
        with pytest.raises(ValueError, match=f"^years has shape {shapes};"):
            fit_log_linear(years, values)

    def test_dates_are_not_taken_for_years(self) -> None:
        # As numbers they are nanoseconds, whose slope would look like no trend at all.
        dates = pd.Series(pd.to_datetime(["2019-01-01", "2020-01-01", "2021-01-01"]))
        with pytest.raises(ValueError, match=r"years holds dates, .* years_since_origin"):
            fit_log_linear(dates, [1, 10, 100])


class TestErrorsOfGroupsAndLevel:
    """Groups that give no clustered error and levels that are none are refused."""

    @pytest.mark.parametrize("n_groups", [0, 2, 4])
    def test_wrong_number_of_groups(self, n_groups: int) -> None:
        with pytest.raises(ValueError, match=f"groups has {n_groups} entries for 3 points"):
            fit_log_linear([0, 1, 2], [1, 2, 3], list("abcd")[:n_groups])

    def test_one_group(self) -> None:
        with pytest.raises(ValueError, match="at least two groups, found one"):
            fit_log_linear([0, 1, 2], [1, 2, 3], ["a", "a", "a"])

    @pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT], ids=repr)
    def test_missing_group(self, missing: object) -> None:
        with pytest.raises(ValueError, match="groups has no entry at position 2"):
            fit_log_linear([0, 1, 2, 3], [1, 2, 3, 4], ["a", "b", missing, missing])

    @pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan, math.inf])
    def test_level(self, level: float) -> None:
        with pytest.raises(ValueError, match=f"confidence_level is {re.escape(str(level))};"):
            fit_log_linear([0, 1, 2], [1, 2, 3], confidence_level=level)
