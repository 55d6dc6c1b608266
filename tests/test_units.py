"""A unit slip of 1,000 is warned of with its row, whichever row of the paper it befalls; no row as printed is."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from conftest import Project

FILES = {
    "stg_vision_models": ("raw/paper/table_2_vision_models.csv", 94),
    "stg_language_models": ("raw/paper/table_7_language_models.csv", 19),
    "stg_gpu_theoretical_performance": ("raw/paper/table_8_gpu_theoretical_performance.csv", 48),
    "stg_gpu_adapted_performance": ("raw/paper/table_9_gpu_adapted_performance.csv", 36),
}
# table, column, names in the header of the file that the warning gives
CELLS = [
    ("stg_vision_models", "gflops_per_forward_pass", "columns gflops and params_m"),
    ("stg_vision_models", "params_millions", "columns gflops and params_m"),
    ("stg_language_models", "gflops_per_forward_pass", "columns gflops and params_m"),
    ("stg_language_models", "params_millions", "columns gflops and params_m"),
    ("stg_language_models", "input_tokens", "columns gflops and params_m"),
    ("stg_gpu_theoretical_performance", "tflops", "columns tflops and watts"),
    ("stg_gpu_theoretical_performance", "tdp_watts", "columns tflops and watts"),
    ("stg_gpu_adapted_performance", "tflops", "columns tflops and watts"),
    ("stg_gpu_adapted_performance", "tdp_watts", "columns tflops and watts"),
]

Warnings = Callable[..., list[str]]


@pytest.fixture(scope="module")
def warnings(built_project: Project) -> Warnings:
    """Return a function that runs dbt's test on the shipped rows, after a statement has changed them."""
    target = built_project.folder / "dbt_project" / "target" / "compiled" / "inference_energy" / "tests"
    test = (target / "values_have_plausible_units.sql").read_text(encoding="utf-8")
    # The tables are looked up in a database in memory instead.
    test = re.sub(r'"\w+"\."staging"\.', "", test)
    connection = duckdb.connect()
    connection.execute(f"attach '{built_project.warehouse}' as shipped (read_only)")
    for table in (*FILES, "stg_own_models", "stg_own_accelerators"):
        connection.execute(f"create table {table} as from shipped.staging.{table}")

    def run(*statements: str) -> list[str]:
        connection.execute("begin")
        for statement in statements:
            connection.execute(statement)
        messages = [message for (message,) in connection.execute(test).fetchall()]
        connection.execute("rollback")
        return messages

    return run


def test_no_row_as_printed_is_warned_of(warnings: Warnings) -> None:
    assert warnings() == []


@pytest.mark.parametrize("factor", ["1e3", "1e-3"])
@pytest.mark.parametrize(("table", "column", "names"), CELLS)
def test_every_slip_is_warned_of(warnings: Warnings, table: str, column: str, names: str, factor: str) -> None:
    """All rows at once: a row is judged by its own cells."""
    file, rows = FILES[table]
    messages = warnings(f"update {table} set {column} = {factor} * {column}")
    expected = {f"{file}, line {line}, {names}" for line in range(2, rows + 2)}
    assert {message.partition(":")[0] for message in messages} == expected
    assert len(messages) == rows


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [
        ("stg_vision_models", "top1_accuracy_pct", "top1_acc"),
        ("stg_language_models", "glue_score", "glue_test_set"),
    ],
)
def test_every_score_as_a_fraction_is_warned_of(warnings: Warnings, table: str, column: str, name: str) -> None:
    file, rows = FILES[table]
    messages = warnings(f"update {table} set {column} = {column} / 100")
    # Table 7 prints 8 dashes in place of scores.
    assert len(messages) == (rows if table == "stg_vision_models" else rows - 8)
    assert all(message.startswith(f"{file}, line ") and f", column {name}: found 0." in message for message in messages)


OWN_MODEL = """
    insert into stg_own_models by name
    select 'raw/own/models.csv' as raw_file, 2 as raw_line, {} as domain, {} as params_millions, {} as input_tokens,
        {} as gflops_per_forward_pass, {} as gmacs_per_forward_pass, {} as top1_accuracy_pct, {} as glue_score
"""
OWN_ACCELERATOR = """
    insert into stg_own_accelerators by name
    select 'raw/own/accelerators.csv' as raw_file, 2 as raw_line, {} as tdp_watts, {} as tflops,
        {} as vision_speedup_over_fp32, {} as language_speedup_over_fp32
"""
OWN_ROWS = [
    # The rows that the README shows.
    (OWN_MODEL, ("'vision'", 25, "null", "null", 4.1, 82.5, "null"), None),
    (OWN_ACCELERATOR, (150, 20, "null", "null"), None),
    (OWN_ACCELERATOR, (150, "null", 2.6, "null"), None),
    # Without parameters there is nothing to hold GFLOPs against.
    (OWN_MODEL, ("'vision'", "null", "null", 8200, "null", 82.5, "null"), None),
    # A language model is judged per token: 2 x 125 million x 2,048 tokens are 512 GFLOPs.
    (OWN_MODEL, ("'language'", 125, 2048, 512, "null", "null", 80), None),
    # MFLOPs: 25 million parameters are worth 0.1 to 500 GFLOPs.
    (
        OWN_MODEL,
        ("'vision'", 25, "null", 8200, "null", 82.5, "null"),
        "raw/own/models.csv, line 2, columns gflops_per_forward_pass and params_millions: found 8200.0 GFLOPs for 25.0 "
        "million parameters, expected 0.1 to 500 GFLOPs (0.004 to 20 per million parameters); "
        "is one of them in another unit?",
    ),
    # TFLOPs: as multiply-adds, so twice as many.
    (
        OWN_MODEL,
        ("'vision'", 25, "null", "null", 0.0041, 82.5, "null"),
        "raw/own/models.csv, line 2, columns gmacs_per_forward_pass and params_millions: found 0.0082 GFLOPs for 25.0 "
        "million parameters, expected 0.1 to 500 GFLOPs (0.004 to 20 per million parameters); "
        "is one of them in another unit?",
    ),
    # TFLOPs: 125 million x 2,048 x 0.00003 are 7.68, and 125 million x 2,048 are 256,000.
    (
        OWN_MODEL,
        ("'language'", 125, 2048, 0.512, "null", "null", 80),
        "raw/own/models.csv, line 2, columns gflops_per_forward_pass and params_millions: found 0.512 GFLOPs for 125.0 "
        "million parameters and 2048.0 tokens, expected 7.68 to 2.56e+05 GFLOPs (3e-05 to 1 per million parameters and "
        "token); is one of them in another unit?",
    ),
    (
        OWN_MODEL,
        ("'vision'", 25, "null", 8.2, "null", 0.825, "null"),
        "raw/own/models.csv, line 2, column top1_accuracy_pct: found 0.825, "
        "expected a score of 100 at most as a percentage, such as 82.5",
    ),
    (
        OWN_MODEL,
        ("'language'", 125, 2048, 512, "null", "null", 0.8),
        "raw/own/models.csv, line 2, column glue_score: found 0.8, "
        "expected a score of 100 at most as a percentage, such as 80",
    ),
    # GFLOPS: 150 W are worth 0.0012 x 150 to 6 x 150 TFLOPS.
    (
        OWN_ACCELERATOR,
        (150, 20000, "null", "null"),
        "raw/own/accelerators.csv, line 2, columns tflops and tdp_watts: found 20000.0 TFLOPS at 150.0 W, "
        "expected 0.18 to 900 TFLOPS (0.0012 to 6 per watt); is one of them in another unit?",
    ),
    (
        OWN_ACCELERATOR,
        (150, "null", 0.0026, "null"),
        "raw/own/accelerators.csv, line 2, column vision_speedup_over_fp32: found 0.0026, "
        "expected a throughput over that in FP32, such as 2.5",
    ),
]


@pytest.mark.parametrize(("insert", "values", "message"), OWN_ROWS)
def test_a_users_row_is_judged_alike(
    warnings: Warnings, insert: str, values: tuple[float | str, ...], message: str | None
) -> None:
    # Staging has doubles.
    cells = [f"{value}::double" if isinstance(value, float | int) else value for value in values]
    assert warnings(insert.format(*cells)) == ([] if message is None else [message])
