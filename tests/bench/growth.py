"""The paper's tables many times over, as raw files.

Every copy has names and ids of its own and the dates of the original, its numbers moved by a millionth per copy, so
that rows are as different as real ones. The first copy is the paper itself. What the paper prints, in numbers and in
words, is not copied: it speaks of the paper's own rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

COPY_NAME = "case when copy > 0 then ' copy ' || copy else '' end"


@dataclass(frozen=True)
class GrownTable:
    """A raw file, the column that tells its rows apart, and the number that is moved."""

    file: str
    name: str
    number: str

    def copied(self) -> str:
        """Return SQL for the rows of the relations `original` and `copies`."""
        digits = rf"regexp_extract({self.number}, '^[0-9.]+')"
        return rf"""
            select original.* replace (
                regexp_replace({self.name}, '(\s*\[[^\[\]]+\])?$', {COPY_NAME} || '\1') as {self.name},
                case
                    when {digits} = '' or copy = 0 then {self.number}
                    else
                        cast(cast({digits} as double) * (1 + copy * 1e-6) as decimal(24, 9))
                        || substr({self.number}, length({digits}) + 1)
                end as {self.number}
            )
            from original, copies
        """


GROWN_TABLES = (
    GrownTable("paper/table_2_vision_models.csv", "model", "gflops"),
    GrownTable("paper/table_7_language_models.csv", "model", "gflops"),
    GrownTable("paper/table_8_gpu_theoretical_performance.csv", "gpu", "tflops"),
    GrownTable("paper/table_9_gpu_adapted_performance.csv", "gpu", "tflops"),
)
BENCHMARKS = GrownTable("paper/table_3_throughput_benchmarks.csv", "gpu", "throughput")
# The A100 was not measured in FP32, and the paper holds it against the V100, whose rows a copy takes as its own.
FP32_OF_COPIED_A100 = """
    union all
    select original.* replace ('A100 40GB copy ' || copy as gpu)
    from original, copies
    where copy > 0 and gpu = 'V100 16GB' and precision = 'FP32'
"""
ACCELERATOR_NAMES = "reference/accelerator_names.csv"
COPIED_ACCELERATOR_NAMES = f"""
    select
        printed_name || {COPY_NAME} as printed_name,
        accelerator_id || replace({COPY_NAME}, ' ', '-') as accelerator_id,
        accelerator_name || {COPY_NAME} as accelerator_name
    from original, copies
"""


def grow(raw: Path, grown_raw: Path, copies: int) -> int:
    """Write so many copies of the paper's tables, read from one folder `raw`, into another.

    Returns
    -------
    int
        The rows of all grown tables.
    """
    queries = {table.file: table.copied() for table in GROWN_TABLES}
    queries[BENCHMARKS.file] = BENCHMARKS.copied() + FP32_OF_COPIED_A100
    queries[ACCELERATOR_NAMES] = COPIED_ACCELERATOR_NAMES
    n_rows = 0
    with duckdb.connect() as connection:
        connection.execute(f"create table copies as select range as copy from range({copies})")
        for file, query in queries.items():
            connection.read_csv(str(raw / file), header=True, all_varchar=True).create_view("original", replace=True)
            n_rows += connection.execute(f"copy ({query}) to '{grown_raw / file}' (header)").fetchone()[0]
    return n_rows
