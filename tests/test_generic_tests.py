"""Each generic test runs on good and bad tables: it must pass on the one and name the fault in the other."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from forked_dbt import run_dbt

ROOT = Path(__file__).resolve().parents[1]

MODELS = {
    "stg_cells_good": """
        select 1.5 as width, '1.5' as width_printed, null as height, '-' as height_printed,
            'a.csv' as raw_file, 2 as raw_line
    """,
    "stg_cells_bad": """
        select null as width, '1.5x' as width_printed, null as height, '' as height_printed,
            'a.csv' as raw_file, 7 as raw_line
    """,
    "stg_cells_missing": """
        select 1.5 as width, '1.5' as width_printed, null as height, '-' as height_printed,
            'a.csv' as raw_file, 9 as raw_line
    """,
    "rows_good": "select 1 as id union all select 2",
    "rows_bad": "select 1 as id",
    "key_good": "select 'a' as name, 1 as number union all select 'a', 2",
    "key_bad": "select 'a' as name, 1 as number union all select 'a', 1",
    "key_missing": "select 'a' as name, null as number",
    "present_good": "select 1 as watts",
    "present_bad": "select ' ' as watts",
    "one_of_good": "select 'b' as letter",
    "one_of_bad": "select 'c' as letter",
    "one_of_missing": "select null::varchar as letter",
    "refers_good": "select 'b' as letter union all select null",
    "refers_bad": "select 'x' as letter",
    "range_good": "select 1 as watts union all select 100",
    "range_bad": "select 0 as watts union all select 101",
    "range_missing": "select null::double as watts",
    "ranges_bad": "select 5 as watts, 12 as volts",
    "holds_good": "select 1 as low, 2 as high, 'first' as place",
    "holds_bad": "select 3 as low, 2 as high, 'second' as place",
    "holds_missing": "select null as low, 2 as high, 'third' as place",
    # Columns that the header of the file names otherwise.
    "stg_renamed_good": """
        select 'T4' as gpu_name, null as memory, 70 as watts, '70' as watts_printed, 'b.csv' as raw_file, 2 as raw_line
        union all
        select 'A30', null, 165, '165', 'b.csv', 3
    """,
    "stg_renamed_bad": """
        select 'T4' as gpu_name, null as memory, -70 as watts, '-70' as watts_printed,
            'b.csv' as raw_file, 3 as raw_line
        union all
        select 'T4', null, null, '7O', 'b.csv', 12
        union all
        select '', null, 165, '165', 'b.csv', 4
    """,
    "close_good": "select 100.05 as found, 100 as expected, 'first' as place",
    "close_bad": "select 101 as found, 100 as expected, 'second' as place",
    "close_missing": "select null::double as found, 100 as expected, 'third' as place",
}

CELLS = {"cells": {"width": "a number", "height": "a number or a dash"}, "required": ["width"]}
HOLDS = {"condition": "low < high", "expected": "low below high", "found": "low", "place": "place"}
CLOSE = {"expected": "expected", "relative_tolerance": 0.001, "place": "place"}
RANGE = {"above": 0, "at_most": 100}
RENAMED = {"gpu_name": "gpu", "watts": "power"}
POWER = {"condition": "watts > 0", "expected": "power that is used", "found": "watts"}

# model, generic test, arguments, column, the message of its first failing row or None where it must pass
CASES = [
    ("stg_cells_good", "cells_parse", CELLS, None, None),
    ("stg_cells_bad", "cells_parse", CELLS, None, 'a.csv, line 7, column width: found "1.5x", expected a number'),
    (
        "stg_cells_missing",
        "cells_parse",
        {**CELLS, "required": ["height"]},
        None,
        'a.csv, line 9, column height: found "-", expected a number or a dash',
    ),
    ("rows_good", "row_count", {"rows": 2, "where_printed": "Table 5"}, None, None),
    (
        "rows_bad",
        "row_count",
        {"rows": 2, "where_printed": "Table 5"},
        None,
        "rows_bad: found 1 rows, expected 2, as in Table 5",
    ),
    ("key_good", "key", {"columns": ["name", "number"]}, None, None),
    (
        "key_bad",
        "key",
        {"columns": ["name", "number"]},
        None,
        'key_bad, columns name, number: found "a", "1" 2 times, expected it once',
    ),
    (
        "key_missing",
        "key",
        {"columns": ["name", "number"]},
        None,
        'key_missing, columns name, number: found "a", no value, expected a value',
    ),
    ("present_good", "present", {}, "watts", None),
    ("present_bad", "present", {}, "watts", "present_bad, column watts: found nothing, expected a value"),
    ("one_of_good", "one_of", {"values": ["a", "b"]}, "letter", None),
    ("one_of_bad", "one_of", {"values": ["a", "b"]}, "letter", 'one_of_bad, column letter: found "c", expected a, b'),
    (
        "one_of_missing",
        "one_of",
        {"values": ["a", "b"]},
        "letter",
        "one_of_missing, column letter: found no value, expected a, b",
    ),
    ("one_of_missing", "one_of", {"values": ["a", "b"], "may_be_missing": True}, "letter", None),
    ("refers_good", "refers_to", {"to": "ref('one_of_good')", "field": "letter"}, "letter", None),
    (
        "refers_bad",
        "refers_to",
        {"to": "ref('one_of_good')", "field": "letter"},
        "letter",
        'refers_bad, column letter: found "x", expected a value of letter in one_of_good',
    ),
    ("range_good", "in_range", RANGE, "watts", None),
    ("range_bad", "in_range", RANGE, "watts", "range_bad, column watts: found 0, expected above 0 and at most 100"),
    (
        "range_missing",
        "in_range",
        RANGE,
        "watts",
        "range_missing, column watts: found no value, expected above 0 and at most 100",
    ),
    ("range_missing", "in_range", {**RANGE, "may_be_missing": True}, "watts", None),
    ("range_good", "in_ranges", {"ranges": {"watts": RANGE}}, None, None),
    (
        "ranges_bad",
        "in_ranges",
        {"ranges": {"watts": RANGE, "volts": {"below": "watts"}}},
        None,
        "ranges_bad, column volts: found 12, expected below watts",
    ),
    ("range_missing", "in_ranges", {"ranges": {"watts": {**RANGE, "may_be_missing": True}}}, None, None),
    ("holds_good", "holds", HOLDS, None, None),
    ("holds_bad", "holds", HOLDS, None, "second: found 3, expected low below high"),
    ("holds_missing", "holds", HOLDS, None, "third: found no value, expected low below high"),
    ("holds_bad", "holds", {**HOLDS, "only_where": "low < 3"}, None, None),
    ("stg_renamed_good", "cells_parse", {"cells": {"watts": "a number"}}, None, None),
    (
        "stg_renamed_bad",
        "cells_parse",
        {"cells": {"watts": "a number"}},
        None,
        'b.csv, line 12, column power: found "7O", expected a number',
    ),
    ("stg_renamed_good", "row_count", {"rows": 2, "where_printed": "Table 8"}, None, None),
    (
        "stg_renamed_bad",
        "row_count",
        {"rows": 2, "where_printed": "Table 8"},
        None,
        "b.csv: found 3 rows, expected 2, as in Table 8",
    ),
    ("stg_renamed_good", "key", {"columns": ["gpu_name"]}, None, None),
    (
        "stg_renamed_bad",
        "key",
        {"columns": ["gpu_name", "memory"], "may_be_missing": ["memory"]},
        None,
        'b.csv, lines 3 and 12, columns gpu, memory: found "T4", no value 2 times, expected it once',
    ),
    (
        "stg_renamed_good",
        "key",
        {"columns": ["gpu_name", "memory"]},
        None,
        'b.csv, line 3, columns gpu, memory: found "A30", no value, expected a value',
    ),
    (
        "stg_renamed_bad",
        "present",
        {},
        "gpu_name",
        "b.csv, line 4, column gpu: found nothing, expected a value",
    ),
    (
        "stg_renamed_bad",
        "one_of",
        {"values": ["T4", "A30"]},
        "gpu_name",
        'b.csv, line 4, column gpu: found "", expected T4, A30',
    ),
    (
        "stg_renamed_bad",
        "refers_to",
        {"to": "ref('stg_renamed_good')", "field": "gpu_name"},
        "gpu_name",
        'b.csv, line 4, column gpu: found "", expected a value of gpu in b.csv',
    ),
    (
        "stg_renamed_bad",
        "in_range",
        {**RANGE, "may_be_missing": True},
        "watts",
        "b.csv, line 3, column power: found -70, expected above 0 and at most 100",
    ),
    (
        "stg_renamed_bad",
        "close_to",
        {"expected": "70", "relative_tolerance": 0.1, "only_where": "raw_line = 3"},
        "watts",
        "b.csv, line 3, column power: found -70, expected 70 within 0.1, relative error 2.0",
    ),
    ("stg_renamed_bad", "holds", POWER, "watts", "b.csv, line 3, column power: found -70, expected power that is used"),
    ("stg_renamed_bad", "holds", POWER, None, "b.csv, line 3: found -70, expected power that is used"),
    ("close_good", "close_to", CLOSE, "found", None),
    (
        "close_bad",
        "close_to",
        CLOSE,
        "found",
        "second, column found: found 101, expected 100 within 0.001, relative error 0.01",
    ),
    (
        "close_missing",
        "close_to",
        CLOSE,
        "found",
        "third, column found: found no value, expected 100 within 0.001, relative error unknown",
    ),
]

SEED_CASES = {
    # seed, text of the file, declared columns, checksum or None for the right one
    "seed_good": ("a,b\n1,2\n", ["a", "b"], None),
    "seed_swapped": ("b,a\n1,2\n", ["a", "b"], None),
    "seed_wider": ("a,b,c\n1,2,3\n", ["a", "b"], None),
    "seed_changed": ("a,b\n1,3\n", ["a", "b"], "0" * 64),
}


def case_name(number: int) -> str:
    model, test, *_ = CASES[number]
    return f"case_{number}_{test}_{model}"


def write_project(folder: Path) -> None:
    """Write a dbt project that borrows macros and generic tests, with the tables above."""
    (folder / "models").mkdir(parents=True)
    (folder / "raw").mkdir()
    # JSON is YAML, and needs no quoting rules of our own.
    (folder / "dbt_project.yml").write_text(
        json.dumps(
            {
                "name": "generic_tests",
                "version": "1.0.0",
                "profile": "generic_tests",
                "macro-paths": [str(ROOT / "dbt_project" / "macros"), str(ROOT / "dbt_project" / "tests" / "generic")],
                "seed-paths": ["raw"],
                "flags": {"send_anonymous_usage_stats": False},
                "vars": {"trend_origin_date": "2012-01-01", "failed_test_messages": 3},
                "on-run-end": ["{{ print_failed_test_messages(results) }}"],
            }
        )
    )
    (folder / "profiles.yml").write_text(
        json.dumps(
            {
                "generic_tests": {
                    "target": "dev",
                    "outputs": {"dev": {"type": "duckdb", "path": str(folder / "generic.duckdb"), "threads": 1}},
                }
            }
        )
    )
    models: dict[str, dict] = {name: {"name": name, "data_tests": [], "columns": []} for name in MODELS}
    for name in ("stg_renamed_good", "stg_renamed_bad"):
        models[name]["config"] = {"meta": {"raw_columns": RENAMED}}
    for number, (model, test, arguments, column, _) in enumerate(CASES):
        entry = {test: {"name": case_name(number), "arguments": arguments}}
        if column:
            models[model]["columns"].append({"name": column, "data_tests": [entry]})
        else:
            models[model]["data_tests"].append(entry)
    for name, sql in MODELS.items():
        (folder / "models" / f"{name}.sql").write_text(sql)
    (folder / "models" / "models.yml").write_text(json.dumps({"version": 2, "models": list(models.values())}))
    seeds = []
    for name, (text, columns, checksum) in SEED_CASES.items():
        (folder / "raw" / f"{name}.csv").write_text(text)
        seeds.append(
            {
                "name": name,
                "config": {"meta": {"sha256": checksum or hashlib.sha256(text.encode()).hexdigest()}},
                "columns": [{"name": column} for column in columns],
                "data_tests": [
                    {"has_declared_columns": {"name": f"{name}_columns"}},
                    {"matches_its_record": {"name": f"{name}_record"}},
                ],
            }
        )
    (folder / "raw" / "raw.yml").write_text(json.dumps({"version": 2, "seeds": seeds}))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """Return the status of each test by its name, and what dbt printed."""
    folder = tmp_path_factory.mktemp("generic tests") / "dbt"
    write_project(folder)
    result = run_dbt(
        ["--no-use-colors", "build", "--project-dir", str(folder), "--profiles-dir", str(folder)],
        folder,
        {key: value for key, value in os.environ.items() if not key.startswith("DBT_")},
    )
    results_file = folder / "target" / "run_results.json"
    assert results_file.is_file(), result.stdout + result.stderr
    results = json.loads(results_file.read_text())["results"]
    statuses = {entry["unique_id"].split(".")[2]: entry["status"] for entry in results}
    return statuses, result.stdout


@pytest.mark.parametrize("number", range(len(CASES)), ids=case_name)
def test_case(run: tuple[dict[str, str], str], number: int) -> None:
    statuses, output = run
    message = CASES[number][-1]
    assert statuses[case_name(number)] == ("pass" if message is None else "fail")
    if message is not None:
        assert message in output


def test_seed_columns(run: tuple[dict[str, str], str]) -> None:
    statuses, output = run
    assert statuses["seed_good_columns"] == "pass"
    assert statuses["seed_swapped_columns"] == "fail"
    assert 'raw/seed_swapped.csv, line 1: found columns "b, a", expected "a, b"' in output
    assert statuses["seed_wider_columns"] == "fail"
    assert 'raw/seed_wider.csv, line 1: found columns "a, b, c", expected "a, b"' in output


def test_seed_record(run: tuple[dict[str, str], str]) -> None:
    statuses, output = run
    assert statuses["seed_good_record"] == "pass"
    assert statuses["seed_changed_record"] == "warn"
    assert "raw/seed_changed.csv is not the file that raw/raw.yml describes" in output
    assert "write the new sha256 into the record" in output


def test_every_generic_test_is_proven() -> None:
    written = {path.stem for path in (ROOT / "dbt_project" / "tests" / "generic").glob("*.sql")}
    proven = {test for _, test, *_ in CASES} | {"has_declared_columns", "matches_its_record"}
    assert written == proven
