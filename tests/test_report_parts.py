"""What charts are made of: numbers in words, ticks of axes, places of names."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.axes import log_bounds, log_ticks, time_x, year_bounds
from reports.data import tables
from reports.figure import records, with_datasets
from reports.labels import PLACES, Box, place_labels, plot_fractions
from reports.questions.compute_trend import gflops_over_time
from reports.questions.human_energy import crossing
from reports.trend_chart import joined
from reports.words import duration, growth, number


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1.0, "1.00"), (56.52, "56.5"), (5270.0, "5,270"), (0.00419, "0.00419"), (740000.0, "740,000")],
)
def test_number(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_a_title_without_a_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="a title needs a number, found (None|nan|inf); the mart"):
        number(value)


@pytest.mark.parametrize(
    ("years", "words"), [(0.811321, "9.7 months"), (1.96, "24 months"), (2.0, "2.0 years"), (7.62, "7.6 years")]
)
def test_duration(years: float, words: str) -> None:
    assert duration(years) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1.01, 2.0, "double every 3.0 years"),
        (0.5, 0.99, "halve every 6.0 months"),
        (1.0, 2.0, "show no clear trend"),
        (0.5, 1.0, "show no clear trend"),
    ],
)
def test_only_a_slope_told_apart_from_0_has_a_direction(low: float, high: float, words: str) -> None:
    trend = SimpleNamespace(
        growth_per_year_low=low, growth_per_year_high=high, doubling_time_years=3.0, halving_time_years=0.5
    )
    assert growth(trend) == words


@pytest.mark.parametrize(
    ("state", "is_supported", "low", "high", "words"),
    [
        ("never", False, None, None, "never reaches it"),
        ("ahead", False, 2030.0, 2040.0, "does not reach it as far as the data support a line"),
        ("ahead", True, 2021.0, None, "reaches it in 2024, with no bounds"),
        ("crossed", True, 2022.14, 2027.6, "reaches it in 2024.0 (2022.1 to 2027.6)"),
    ],
)
def test_a_crossing_beyond_the_support_has_no_year(
    state: str, is_supported: bool, low: float | None, high: float | None, words: str
) -> None:
    forecast = SimpleNamespace(
        state=state, is_supported=is_supported, crossing_year=2024.0, line_crosses_low=low, line_crosses_high=high
    )
    assert crossing(forecast) == words


@given(st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=20))
def test_log_axes_hold_their_values_and_have_ticks(values: list[float]) -> None:
    low, high = log_bounds(pd.Series(values))
    ticks = log_ticks(low, high)
    assert low < high
    assert low <= min(values)
    assert max(values) <= high
    # No more than one step is given away at either end.
    assert min(values) <= 3 * low
    assert high <= 3 * max(values)
    assert ticks == sorted(ticks)
    assert all(low * 0.999 <= tick <= high * 1.001 for tick in ticks)
    assert ticks


@pytest.mark.parametrize("values", [[], [1.0, 0.0], [-1.0]])
def test_a_log_axis_without_positive_values_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="a log axis needs positive values"):
        log_bounds(pd.Series(values, dtype=float))


def test_ticks_are_1_2_5_up_to_three_decades_and_powers_of_ten_beyond() -> None:
    assert log_ticks(5, 200) == [5, 10, 20, 50, 100, 200]
    assert log_ticks(0.02, 10000) == [0.1, 1, 10, 100, 1000, 10000]


def test_a_time_axis_has_a_tick_each_year_and_reads_days_as_utc() -> None:
    years = year_bounds(pd.Series(["2012-06-01", "2013-12-31"]), pd.Series(["2011-01-01"]))
    assert years == (2011, 2014)
    axis = time_x("on_date", years).to_dict()
    assert axis["scale"] == {"type": "utc", "domain": ["2011-01-01", "2014-01-01"], "nice": False}
    assert axis["axis"]["values"] == ["2011-01-01", "2012-01-01", "2013-01-01", "2014-01-01"]


def test_names_of_marks_far_apart_stand_above_them() -> None:
    places = place_labels([(100, 100), (300, 200)], ["one", "two"], 700, 400, [5, 5])
    assert places == [PLACES[0], PLACES[0]]


@given(st.lists(st.tuples(st.integers(60, 640), st.integers(60, 340)), min_size=2, max_size=2, unique=True))
def test_two_names_never_hide_each_other(marks: list[tuple[int, int]]) -> None:
    places = place_labels(marks, ["VGG-19", "AlexNet"], 700, 400, [5, 5])
    first, second = (
        place.box(x, y, text) for place, (x, y), text in zip(places, marks, ("VGG-19", "AlexNet"), strict=True)
    )
    assert first.overlap(second) == 0


def test_a_name_at_the_edge_stays_on_the_plot_and_a_mark_without_one_has_no_place() -> None:
    at_the_edge, nameless = place_labels([(698, 3), (10, 10)], ["ViT-G/14", None], 700, 400, [5, 5])
    assert at_the_edge.box(698, 3, "ViT-G/14").outside(700, 400) == 0
    assert nameless is None


def test_a_larger_mark_keeps_its_name_farther_away() -> None:
    (place,) = place_labels([(300, 200)], ["large"], 700, 400, [20])
    assert place.box(300, 200, "large").overlap(Box(280, 180, 320, 220)) == 0


def test_plot_fractions() -> None:
    assert plot_fractions([1, 10, 100], {"type": "log", "domain": [1, 100]}) == [0, 0.5, 1]
    assert plot_fractions(["2013-01-01"], {"type": "utc", "domain": ["2012-01-01", "2014-01-02"]}) == [0.5]
    assert plot_fractions([75], {"domain": [50, 100]}) == [0.5]


def test_the_thin_line_begins_where_the_thick_one_ends() -> None:
    lines = pd.DataFrame(
        {
            "series": ["a", "a", "a", "b"],
            "on_date": ["2019", "2020", "2021", "2020"],
            "is_extrapolated": [False, False, True, False],
        }
    )
    thin = joined(lines).query("is_extrapolated")
    assert sorted(zip(thin["series"], thin["on_date"], strict=True)) == [("a", "2020"), ("a", "2021")]


def test_missing_values_are_null_and_numbers_are_plain() -> None:
    frame = pd.DataFrame({"count": pd.array([1, None], dtype="Int32"), "share": [math.nan, 0.5], "name": [None, "x"]})
    assert records(frame) == [{"count": 1, "share": None, "name": None}, {"count": None, "share": 0.5, "name": "x"}]


def test_layers_share_their_data_and_may_not_disagree_on_it() -> None:
    data = {"name": "rows", "values": [{"x": 1}]}
    spec = with_datasets({"layer": [{"data": data}, {"data": dict(data)}]})
    assert spec == {"layer": [{"data": {"name": "rows"}}] * 2, "datasets": {"rows": [{"x": 1}]}}
    with pytest.raises(ValueError, match="two layers have data named 'rows' with other rows"):
        with_datasets({"layer": [{"data": data}, {"data": {"name": "rows", "values": []}}]})


def test_tables_that_queries_read_are_found_once() -> None:
    query = "select * from marts.models inner join staging.stg_models using (x) left join\nmarts.trends"
    assert tables(query, "select 1 from marts.models") == ("marts.models", "marts.trends", "staging.stg_models")


def test_a_chart_needs_frames_and_no_database() -> None:
    points = pd.DataFrame(
        {
            "model_name": ["Own", "Other"],
            "on_date": ["2012-06-01", "2015-02-03"],
            "value": [0.5, 800.0],
            "top1_accuracy_pct": [50.0, 80.0],
            "input_tokens": [None, None],
            "series": ["All models", "Best of each year"],
            "label": [None, "Other"],
            "gflops_basis": ["tool", "reported"],
            "source": ["me", "a paper"],
        }
    )
    lines = pd.DataFrame(
        {
            "on_date": ["2012-06-01", "2015-02-03"],
            "value": [0.5, 800.0],
            "series": ["All models"] * 2,
            "confidence_low": [0.1, 100.0],
            "confidence_high": [1.0, 1000.0],
            "is_extrapolated": [False, False],
        }
    )
    spec = with_datasets(gflops_over_time(points, lines).to_dict())
    assert [row["model_name"] for row in spec["datasets"]["rows"]] == ["Own", "Other"]
    marks = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert marks[0]["encoding"]["y"]["scale"]["domain"] == [0.2, 1000]
    assert marks[0]["encoding"]["x"]["scale"]["domain"] == ["2012-01-01", "2016-01-01"]
    # The names of series in the legend, though no point is of the third.
    assert marks[0]["encoding"]["color"]["scale"]["domain"] == ["Best of each year", "All models", "Yearly mean"]
    named = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert {row["label"] for layer in named for row in spec["datasets"][layer["data"]["name"]]} == {"Other"}
