"""Each figure is a valid chart of what the marts hold, says so in words, and shows all of it."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair as alt
import pytest
import yaml
from conftest import ROOT
from duckdb import DuckDBPyConnection as Connection

from reports.__main__ import all_tables
from reports.figure import Figure
from reports.pictures import PICTURES
from reports.question import QUESTIONS, Question, questions
from reports.render import fingerprint, page, picture_spec, svg
from reports.tables import judgements, paper_tables, trend_table, workload_tables
from reports.tables.table import Table, cell
from reports.theme import CONFIG, DARK, LIGHT, PALETTES, colour, painted

PAPER_FIGURES = [f"figure-{position}" for position in range(1, 16)]
BEYOND_THE_PAPER = [
    "frontier-by-year",
    "consolidation-lags",
    "hardware-influence",
    "forecast-on-trial",
    "matching-policies",
    "measured-against-estimated",
    "token-against-batch",
    "progress-split",
    "workload-by-country",
    "methods-side-by-side",
    "headline-variants",
    "headline-crossing",
]
FIGURES = [*PAPER_FIGURES, *BEYOND_THE_PAPER]
LOG, TIME, LINEAR, NAMES = "log", "utc", "linear", "nominal"
# figure: what its axes promise across and up
SCALES = {
    "figure-1": (LOG, LOG),
    "figure-2": (TIME, LINEAR),
    "figure-3": (TIME, LOG),
    "figure-4": (LOG, LINEAR),
    "figure-5": (LOG, LINEAR),
    "figure-6": (TIME, LOG),
    "figure-7": (TIME, LOG),
    "figure-8": (TIME, LOG),
    "figure-9": (TIME, LOG),
    "figure-10": (TIME, LOG),
    "figure-11": (LOG, LINEAR),
    "figure-12": (LOG, LINEAR),
    "figure-13": (TIME, LOG),
    "figure-14": (TIME, LOG),
    "figure-15": (TIME, LINEAR),
    "frontier-by-year": (LOG, LINEAR),
    "consolidation-lags": (TIME, NAMES),
    "hardware-influence": (LINEAR, NAMES),
    "forecast-on-trial": (TIME, LOG),
    "matching-policies": (LOG, NAMES),
    "measured-against-estimated": (LOG, LOG),
    "token-against-batch": (LOG, LOG),
    "progress-split": (LOG, NAMES),
    "workload-by-country": (LOG, LINEAR),
    "methods-side-by-side": (LOG, NAMES),
    "headline-variants": (LOG, NAMES),
    "headline-crossing": (LINEAR, NAMES),
}


@pytest.fixture(scope="module")
def answers(open_warehouse: Connection) -> list[Question]:
    return questions(open_warehouse.cursor())


@pytest.fixture(scope="module")
def drawn(answers: list[Question]) -> dict[str, Figure]:
    return {figure.figure_id: figure for question in answers for figure in question.figures}


@pytest.fixture(scope="module")
def tables(open_warehouse: Connection) -> dict[str, Table]:
    return {table.table_id: table for table in all_tables(open_warehouse.cursor())}


def units(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each view of a specification that has marks."""
    if "layer" in spec:
        for layer in spec["layer"]:
            yield from units(layer)
    else:
        yield spec


def test_all_figures_of_the_paper_and_those_beyond_it_are_drawn(drawn: dict[str, Figure]) -> None:
    assert sorted(drawn) == sorted(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_valid_vega_lite_on_the_page_and_as_a_picture(drawn: dict[str, Figure], name: str) -> None:
    spec = drawn[name].spec()
    assert spec["$schema"].endswith(f"/vega-lite/{alt.SCHEMA_VERSION}.json")
    alt.Chart.from_dict(spec, validate=True)
    # Pictures in both shades differ in the names of colours alone.
    alt.Chart.from_dict(picture_spec(drawn[name], PALETTES["light"]), validate=True)
    for palette in PALETTES.values():
        assert "var(--" not in json.dumps(painted(spec, palette))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_data_title_and_words(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    spec = figure.spec()
    assert len(spec["datasets"]["rows"]) == len(figure.rows) > 0
    assert spec["description"] == figure.alt_text
    for words in (figure.title, figure.subtitle, figure.caption, figure.alt_text):
        assert len(words) > 40
        assert not re.search(r"\b(nan|None|NaT|inf)\b|\{|\}|`", words), words
    assert figure.label.startswith("Fig. ") == (name in PAPER_FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_axes_are_of_the_promised_scale_and_log_axes_have_explicit_ticks(drawn: dict[str, Figure], name: str) -> None:
    for view in units(drawn[name].spec()):
        for channel, promised in zip(("x", "y"), SCALES[name], strict=True):
            encoding = view["encoding"].get(channel, {"value": 0})
            if "value" in encoding:
                continue
            if promised == NAMES:
                assert encoding["type"] == "nominal"
                continue
            assert encoding["scale"].get("type", LINEAR) == promised
            assert len(encoding["scale"]["domain"]) == 2
            if promised == LOG:
                assert len(encoding["axis"]["values"]) >= 3
                assert "(log scale)" in encoding["axis"]["title"]


@pytest.mark.parametrize("name", FIGURES)
def test_no_point_lies_beyond_the_axes(drawn: dict[str, Figure], name: str) -> None:
    spec = drawn[name].spec()
    views = [view for view in units(spec) if view["mark"]["type"] in ("point", "circle")]
    assert len(views) == 1
    for channel in ("x", "y"):
        encoding = views[0]["encoding"][channel]
        if encoding["type"] == "nominal":
            continue
        low, high = encoding["scale"]["domain"]
        values = [row[encoding["field"]] for row in spec["datasets"]["rows"] if row[encoding["field"]] is not None]
        assert all(low <= value <= high for value in values)


@pytest.mark.parametrize("name", FIGURES)
def test_a_point_tells_model_or_gpu_date_values_and_source(drawn: dict[str, Figure], name: str) -> None:
    spec = drawn[name].spec()
    (point,) = (view for view in units(spec) if view["mark"]["type"] in ("point", "circle"))
    fields = {line["field"] for line in point["encoding"]["tooltip"]}
    assert fields <= set(spec["datasets"]["rows"][0])
    assert fields & {"model_name", "accelerator_name", "variant"}
    # A headline is of many days.
    assert fields & {"on_date", "release_date", "launch_date"} or name.startswith("headline-")
    assert any(field.endswith("source") for field in fields)


# What the title says in numbers, asked of the marts anew; months where the time is under two years.
TIME_OF = """
    select if(years < 2, 12 * years, years)
    from (
        select coalesce(doubling_time_years, halving_time_years) as years
        from marts.trends
        where trend_id in ({trends}) and vintage = 'paper' and (growth_per_year_low > 1 or growth_per_year_high < 1)
        order by trend_id not like '%best%' and trend_id not like '%demanding', trend_id not like '%vision'
    )
"""
NUMBERS = {
    "figure-1": "select pearson from marts.correlations where subset = 'all_rows' order by architecture",
    "figure-2": """
        select unnest([top1_accuracy_pct, gflops_per_forward_pass]) from marts.models
        where model_id in ('alexnet', 'vit-g-14') order by release_date
    """,
    "figure-15": """
        select unnest([glue_score, gflops_per_forward_pass]) from marts.models
        where model_id in ('elmo', 'electra-large') order by release_date
    """,
    "figure-3": TIME_OF.format(trends="'vision_gflops_best_of_year', 'vision_gflops_all'"),
    "figure-6": TIME_OF.format(trends="'language_gflops_most_demanding', 'language_gflops_all'"),
    "figure-9": TIME_OF.format(trends="'vision_joules_best_of_year', 'vision_joules_all'"),
    "figure-10": TIME_OF.format(trends="'language_joules_most_demanding', 'language_joules_all'"),
    "figure-7": TIME_OF.format(trends="'gpu_efficiency_theoretical_fp32'")
    + """
        union all
        select max(gflops_per_watt) from marts.accelerator_efficiency where is_in_paper and workload = 'theoretical'
    """,
    "figure-8": TIME_OF.format(trends="'gpu_efficiency_vision', 'gpu_efficiency_language'"),
    "figure-13": """
        select unnest([crossing_year, line_crosses_low, line_crosses_high]) from marts.forecasts
        where trend_id = 'vision_joules_best_of_year' and vintage = 'paper' and human_reference = 'somatic'
    """,
    "figure-14": """
        select unnest([crossing_year, line_crosses_low, line_crosses_high]) from marts.forecasts
        where trend_id = 'language_joules_most_demanding' and vintage = 'paper' and human_reference = 'somatic'
    """,
    "hardware-influence": """
        select unnest([power(10, min(slope_without_its_group)), power(10, max(slope_without_its_group))])
        from marts.trend_points
        where trend_id in ('gpu_efficiency_vision', 'gpu_efficiency_language') and vintage = 'paper'
        group by trend_id order by trend_id not like '%vision'
    """,
    "forecast-on-trial": """
        select unnest([count(*) filter (where is_inside), count(*), 95]) from marts.trend_backtest
        where forecast_id = 'gpu_efficiency_theoretical_fp32/paper' and state = 'scored'
    """,
    "frontier-by-year": """
        select unnest([count(*), count(exit_date), max(date_diff('day', entry_date, exit_date)) / 365.25])
        from marts.frontier_over_time where cohort = 'paper'
    """,
    "consolidation-lags": """
        select median_lag_years from marts.consolidation_medians
        where domain = 'vision' and cost = 'gflops' and cost_factor = 10 and tolerance_points = 0
    """,
    "progress-split": """
        select 100 * share from (
            select
                basis,
                min(algorithm_log10_per_year / total_log10_per_year) as least,
                max(algorithm_log10_per_year / total_log10_per_year) as most
            from marts.progress_split where is_window_long_enough group by basis
        ) unpivot (share for bound in (least, most)) order by basis = 'raw' desc, share
    """,
    "workload-by-country": """
        (
            select unnest([kwh / 1e9, gco2e / 1e15, 2024]) from marts.workload_energy
            where
                is_hypothesis and scenario_id = 'paper' and method = 'paper'
                and model_id = 'gpt-3' and on_date = date '2024-01-01' and country_iso3 = 'IND'
        )
    """,
    "methods-side-by-side": """
        with spreads as (
            select
                max(site_wh) / min(site_wh) as spread,
                max(case when method <> 'ecologits_2024' then site_wh end)
                / min(case when method <> 'ecologits_2024' then site_wh end) as spread_of_others
            from marts.method_comparison where kind = 'estimate' and method <> 'ideal' group by request_id
        )
        select unnest([min(spread), max(spread), min(spread_of_others), max(spread_of_others), 2024]) from spreads
    """,
    "headline-variants": """
        select unnest([
            count(distinct headline_id) filter (where has_changed_sign_or_verdict), count(distinct headline_id)
        ])
        from marts.headline_sensitivity
    """,
    "headline-crossing": """
        select crossing_year from marts.forecasts
        where trend_id = 'vision_joules_best_of_year' and vintage = 'paper' and human_reference = 'somatic'
        union all
        (
            select unnest([min(crossing_year), max(crossing_year)]) from marts.forecasts
            where
                trend_id = 'vision_joules_best_of_year' and human_reference = 'somatic'
                and vintage <> 'paper' and vintage not like 'up_to%'
        )
    """,
    "matching-policies": """
        select joules_per_forward_pass from marts.inference_energy
        where model_id = 'vit-g-14' and matching_policy in ('trend', 'best_available', 'median_24_months')
        order by matching_policy = 'trend' desc, matching_policy
    """,
    "measured-against-estimated": """
        select ratio from marts.energy_calibration_summary
        where regime = 'gpu_board fp32 framework' and family in ('EfficientNet', 'ResNet', 'VGG') order by family
    """,
    "token-against-batch": """
        with runs as (
            select joules_measured, batch_size from marts.energy_calibration
            where measurement_id like 'ml-energy-v3-meta-llama-llama-3-1-8b-instruct-nvidia-h100%-1-gpu-%'
        )
        select unnest([
            (select joules_measured from runs order by batch_size limit 1), min(batch_size),
            (select joules_measured from runs order by batch_size desc limit 1), max(batch_size)
        ]) from runs
    """,
}
for position, domain, cost in (
    (4, "vision", "gflops"),
    (5, "language", "gflops"),
    (11, "vision", "joules"),
    (12, "language", "joules"),
):
    NUMBERS[f"figure-{position}"] = f"""
        with frontier as (
            select coalesce(top1_accuracy_pct, glue_score) as score, {cost}_per_forward_pass as cost
            from marts.models inner join marts.inference_energy using (model_id, domain, release_date, is_in_paper)
            where is_in_paper and domain = '{domain}' and matching_policy = 'trend' and is_on_{cost}_frontier
        )
        select unnest([min(score), min(cost), max(score), max(cost)]) from frontier
    """
NUMBER = re.compile(r"(?<![\w./-])\d[\d,]*(?:\.\d+)?(?![\w/-])")


@pytest.mark.parametrize("name", FIGURES)
def test_numbers_in_the_title_are_those_of_the_marts(
    warehouse: Connection, drawn: dict[str, Figure], name: str
) -> None:
    said = NUMBER.findall(drawn[name].title.replace("×", ""))
    known = [value for (value,) in warehouse.execute(NUMBERS[name]).fetchall()]
    assert len(said) == len(known) > 0, (said, known)
    for text, value in zip(said, known, strict=True):
        last_digit = 10 ** -len(text.partition(".")[2])
        assert float(text.replace(",", "")) == pytest.approx(value, abs=last_digit / 2 + 1e-9), drawn[name].title


def test_each_chip_left_out_has_one_mark(drawn: dict[str, Figure]) -> None:
    """The T4's interval is that of one fit, whatever other vintages there are."""
    rows = drawn["hardware-influence"].rows
    assert not rows.duplicated(["domain", "variant", "subset"]).any()


def test_a_title_has_a_direction_only_where_the_interval_has_one(
    warehouse: Connection, drawn: dict[str, Figure]
) -> None:
    flat = {
        trend
        for (trend,) in warehouse.execute(
            """
            select trend_id from marts.trends
            where vintage = 'paper' and growth_per_year_low <= 1 and growth_per_year_high >= 1
            """
        ).fetchall()
    }
    for name, trend in (
        ("figure-3", "vision_gflops_all"),
        ("figure-6", "language_gflops_all"),
        ("figure-9", "vision_joules_all"),
        ("figure-10", "language_joules_all"),
    ):
        assert drawn[name].title.endswith("show no clear trend") == (trend in flat), drawn[name].title


def test_extrapolated_lines_end_where_the_support_ends(warehouse: Connection, drawn: dict[str, Figure]) -> None:
    for name, domain in (("figure-13", "vision"), ("figure-14", "language")):
        (last,) = warehouse.execute(
            """
            select strftime(max(supported_until), '%Y-%m-%d') from marts.trends
            where
                domain = ? and vintage = 'paper'
                and quantity = 'joules_per_forward_pass' and subset <> 'input_of_128_tokens'
            """,
            [domain],
        ).fetchone()
        assert max(row["on_date"] for row in drawn[name].spec()["datasets"]["lines"]) <= last
        assert any(row["is_extrapolated"] for row in drawn[name].spec()["datasets"]["lines"])


def test_powers_of_a_person_are_exact_rounded_by_the_paper_and_electric(drawn: dict[str, Figure]) -> None:
    powers = {(row["basis"], round(row["value"])) for row in drawn["figure-13"].spec()["datasets"]["powers"]}
    # 2,000 kcal a day, 79,897 kWh and 12,647 kWh a year.
    assert powers == {("exact", 97), ("as printed", 100), ("exact", 9121), ("as printed", 10000), ("exact", 1444)}


def test_the_point_that_both_workloads_share_is_drawn_once(drawn: dict[str, Figure]) -> None:
    rows = drawn["figure-8"].rows
    assert not rows.duplicated(["accelerator_id", "precision", "series"]).any()
    assert rows["series"].value_counts().to_dict() == {"Both, FP32 as rated": 28, "Vision": 4, "Language": 4}


def test_palettes_have_the_same_colours_and_words_can_be_read() -> None:
    assert set(LIGHT) == set(DARK)
    for palette in PALETTES.values():
        for name in ("ink", "muted", "good", "fair", "bad", "blue"):
            assert contrast(palette[name], palette["paper"]) >= 4.5, (name, palette[name])
        for name in ("orange", "green", "purple", "amber", "sky", "grey"):
            assert contrast(palette[name], palette["paper"]) >= 3, (name, palette[name])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2."""

    def luminance(code: str) -> float:
        parts = [int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_each_shape_is_in_the_legend_whatever_is_filtered(drawn: dict[str, Figure]) -> None:
    for figure in drawn.values():
        for view in units(figure.spec()):
            for channel in ("shape", "color", "strokeDash"):
                encoding = view["encoding"].get(channel, {})
                if "field" in encoding:
                    assert len(encoding["scale"]["domain"]) >= 1, (figure.figure_id, channel)


def test_trends_without_a_direction_are_not_given_one(tables: dict[str, Table]) -> None:
    for row in tables["trends"].frame.to_dict(orient="records"):
        has_direction = row["Low"] > 1 or row["High"] < 1
        assert (row["Years to double or halve"] != "no clear direction") == has_direction
        assert isinstance(row["95 % interval, years"], str) == has_direction


def test_captions_say_whether_a_band_is_cut_off(drawn: dict[str, Figure]) -> None:
    for name, low, high in (
        *((f"figure-{position}", "confidence_low", "confidence_high") for position in (3, 6, 9, 10)),
        *((f"figure-{position}", "prediction_low", "prediction_high") for position in (13, 14)),
    ):
        spec = drawn[name].spec()
        (point,) = (view for view in units(spec) if view["mark"]["type"] == "point")
        bottom, top = point["encoding"]["y"]["scale"]["domain"]
        lines = [row for row in spec["datasets"]["lines"] if row[low] is not None]
        cut = any(row[low] < bottom or row[high] > top for row in lines)
        assert ("cut off at the axis" in drawn[name].caption) == cut, name
        assert all(bottom <= row["value"] <= top for row in spec["datasets"]["lines"]), name


def test_a_colour_that_the_palette_lacks_is_refused() -> None:
    with pytest.raises(KeyError, match="the palette has no colour pink; it has paper, ink"):
        colour("pink")


def test_the_theme_has_no_colour_of_its_own() -> None:
    assert not re.search(r"#[0-9a-f]{3,8}\b", json.dumps(CONFIG))


# Tables


def test_each_table_of_the_paper_has_all_its_rows(tables: dict[str, Table]) -> None:
    rows = {1: 7, 2: 94, 3: 58, 4: 8, 5: 2, 6: 1, 7: 19, 8: 48, 9: 36}
    assert {position: len(tables[f"table-{position}"].frame) for position in rows} == rows


def test_every_judged_number_of_a_table_stands_beside_its_print(
    warehouse: Connection, tables: dict[str, Table]
) -> None:
    for position in range(1, 10):
        (judged,) = warehouse.execute(
            "select count(*) from marts.paper_ledger where printed_in = ?", [f"Table {position}"]
        ).fetchone()
        shown = [kind for row in tables[f"table-{position}"].cells() for _, kind in row if kind.startswith("verdict")]
        assert len(shown) == judged


def test_every_other_number_and_every_claim_is_judged(warehouse: Connection, tables: dict[str, Table]) -> None:
    (numbers,) = warehouse.execute(
        "select count(*) from marts.paper_ledger where printed_in not like 'Table%'"
    ).fetchone()
    (claims,) = warehouse.execute("select count(*) from marts.paper_statements").fetchone()
    assert len(tables["ledger-text"].frame) == numbers
    assert len(tables["claims"].frame) == claims


def test_a_year_takes_no_thousands_separator(tables: dict[str, Table]) -> None:
    frame = tables["ledger-text"].frame
    cells = dict(zip(frame["Quantity"], tables["ledger-text"].cells(), strict=True))
    assert cells["First release year of the NLP models"][3] == ("2017", "number")


@pytest.mark.parametrize(
    ("value", "heading", "shown"),
    [
        (None, "Explanation", ("", "")),
        (5204.1274, "GFLOPs", ("5,204.1", "number")),
        (2.0, "Speed-up", ("2", "number")),
        (1000.0, "GFLOPS per watt", ("1,000", "number")),
        ("not_testable", "Verdict", ("not testable", "verdict not_testable")),
        ("V100", "GPU", ("V100", "short")),
    ],
)
def test_cell(value: object, heading: str, shown: tuple[str, str]) -> None:
    assert cell(value, heading) == shown


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="found the verdict 'maybe', expected one of close, differs"):
        cell("maybe", "Verdict")


# Page


@pytest.fixture(scope="module")
def html(answers: list[Question], tables: dict[str, Table]) -> str:
    return page(answers, list(tables.values()))


def test_the_page_needs_nothing_else_and_is_small(html: str) -> None:
    assert len(html.encode()) <= 2.5e6
    without_scripts = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(?:script|img|iframe|object)[^>]*\ssrc=|@import|url\(|https?://(?!vega)", without_scripts)
    assert "default-src 'none'" in html
    assert html.count("window.vegaEmbed=") == 1


def test_the_page_links_to_each_figure_and_table(html: str, drawn: dict[str, Figure], tables: dict[str, Table]) -> None:
    for name in [*drawn, *tables]:
        assert html.count(f'id="{name}"') == 1
        assert f'<a href="#{name}">' in html
    for name in drawn:
        assert f'href="figures/{name}.svg"' in html
        assert f'data-csv="{name}"' in html


def test_text_of_the_marts_cannot_end_a_script(drawn: dict[str, Figure], tables: dict[str, Table]) -> None:
    figure = drawn["figure-1"]
    rows = figure.rows.assign(model_name="</script><b>")
    chart = QUESTIONS["How do parameters relate to compute?"].gflops_against_parameters(rows)
    changed = dataclasses.replace(figure, rows=rows, chart=chart, title="</script><b>")
    text = page([Question("<b>", [changed])], [])
    assert "</script><b>" not in text
    assert "&lt;b&gt;" in text


def test_a_picture_is_an_image_with_title_and_description(drawn: dict[str, Figure]) -> None:
    picture = svg(drawn["figure-5"], DARK)
    assert picture.startswith("<svg")
    assert f"<title>{drawn['figure-5'].title}</title>" in picture
    assert DARK["paper"] in picture
    assert "var(--" not in picture


def test_a_question_links_to_the_tables_that_say_more(html: str) -> None:
    (section,) = (each for each in html.split("<section>") if 'id="workload-by-country"' in each)
    for name in ("workload-scenarios", "workload-estimates"):
        assert f'<a href="#{name}">' in section


# Exposures and README


def test_exposures_name_what_each_module_reads(drawn: dict[str, Figure], tables: dict[str, Table]) -> None:
    path = ROOT / "dbt_project" / "models" / "marts" / "exposures.yml"
    exposures = {
        exposure["name"]: {re.search(r"'(\w+)'", reference)[1] for reference in exposure["depends_on"]}
        for exposure in yaml.safe_load(path.read_text())["exposures"]
    }
    modules = [*QUESTIONS.values(), paper_tables, judgements, trend_table, workload_tables]
    read = {module.__name__.rpartition(".")[2]: {name.partition(".")[2] for name in module.MARTS} for module in modules}
    assert exposures == read
    shown = {name.partition(".")[2] for item in [*drawn.values(), *tables.values()] for name in item.marts}
    assert shown == set.union(*read.values())


def test_only_printed_tables_and_claims_read_staging(drawn: dict[str, Figure]) -> None:
    for figure in drawn.values():
        assert all(name.startswith("marts.") for name in figure.marts), figure.figure_id


def test_pictures_of_the_readme_are_current(drawn: dict[str, Figure]) -> None:
    folder = ROOT / "reports" / "pictures"
    expected = {f"{name}-{shade}.svg" for name in PICTURES for shade in PALETTES}
    assert {path.name for path in folder.iterdir()} == expected
    readme = (ROOT / "README.md").read_text()
    for name in PICTURES:
        for shade in PALETTES:
            path = Path("reports/pictures") / f"{name}-{shade}.svg"
            assert str(path) in readme
            assert (ROOT / path).stat().st_size < 100_000
            assert fingerprint(drawn[name]) in (ROOT / path).read_text()[:600], f"{path} is not current: make readme"
