"""The paper's tables many times over, in a warehouse whose seeds are loaded.

Every copy has names and ids of its own and the dates of the original, its numbers moved by a millionth per copy, so
that rows are as different as real ones. The first copy is the paper itself. What the paper prints, in numbers and in
words, is not copied: it speaks of the paper's own rows.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

# The name that tells the rows of a table apart, and the number that is moved.
GROWN_TABLES = {
    "table_2_vision_models": ("model", "gflops"),
    "table_7_language_models": ("model", "gflops"),
    "table_8_gpu_theoretical_performance": ("gpu", "tflops"),
    "table_9_gpu_adapted_performance": ("gpu", "tflops"),
    "table_3_throughput_benchmarks": ("gpu", "throughput"),
}
COPY_NAME = "case when copy > 0 then ' copy ' || copy else '' end"


def grow(database: Path, copies: int) -> int:
    """Replace the seeds in a warehouse by so many copies of themselves.

    Returns
    -------
    int
        The rows of all grown tables.
    """
    with duckdb.connect(str(database)) as connection:
        # The A100 was not measured in FP32; the paper holds it against the V100, whose rows a copy takes as its own.
        connection.execute(
            f"""
            create temp table fp32_of_a100 as
            select * replace ('A100 40GB copy ' || copy as gpu)
            from raw.table_3_throughput_benchmarks, range(1, {copies}) as copies (copy)
            where gpu = 'V100 16GB' and precision = 'FP32'
            """
        )
        for table, (name, number) in GROWN_TABLES.items():
            digits = rf"regexp_extract({number}, '^[0-9.]+')"
            connection.execute(
                rf"""
                create or replace table raw.{table} as
                select * exclude (copy) replace (
                    regexp_replace({name}, '(\s*\[[^\[\]]+\])?$', {COPY_NAME} || '\1') as {name},
                    case
                        when {digits} = '' or copy = 0 then {number}
                        else
                            cast(round(cast({digits} as double) * (1 + copy * 1e-6), 9) as decimal(24, 9))
                            || substr({number}, length({digits}) + 1)
                    end as {number}
                )
                from raw.{table}, range({copies}) as copies (copy)
                """
            )
        connection.execute("insert into raw.table_3_throughput_benchmarks select * exclude (copy) from fp32_of_a100")
        connection.execute(
            f"""
            create or replace table raw.accelerator_names as
            select
                printed_name || {COPY_NAME} as printed_name,
                accelerator_id || replace({COPY_NAME}, ' ', '-') as accelerator_id,
                accelerator_name || {COPY_NAME} as accelerator_name
            from raw.accelerator_names, range({copies}) as copies (copy)
            """
        )
        grown = [*GROWN_TABLES, "accelerator_names"]
        return sum(connection.execute(f"select count(*) from raw.{table}").fetchone()[0] for table in grown)
