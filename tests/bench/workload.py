"""``make bench-workload``: measure workloads of up to 100 million rows and write the table into a Markdown file.

``python -m tests.bench.workload FILE [ROWS ...]``; by default 1e6, 1e7 and 1e8 rows.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inference_energy.build_spark import SparkError, spark_environment

from .machine import machine
from .measure import Cost, cost_of, typical
from .workload_engines import Totals

ROOT = Path(__file__).resolve().parents[2]
MARKED = re.compile(r"(<!-- bench workload -->\n).*?(<!-- /bench workload -->)", re.DOTALL)
SIZES = (1_000_000, 10_000_000, 100_000_000)
NAMES = {
    "scan": "the bare scan of the columns",
    "unchecked": "DuckDB, the same sums without any check",
    "groups": "this project, read and priced by one method",
    "duckdb": "this project, whole: all methods and scenarios",
    "polars": "Polars, streaming",
    "pandas": "pandas",
    "pyspark": "PySpark, local",
}
# The largest workload for which each is run: pandas would need all of the memory, and Spark half an hour.
LARGEST = {"pandas": 10_000_000, "pyspark": 10_000_000}
SMALLEST = {"pyspark": 10_000_000}
TOLERANCE = 1e-9
N_RUNS = 3


class DifferentTotalsError(RuntimeError):
    """Two engines did not compute the same."""


@dataclass(frozen=True)
class Run:
    """What one engine made of one workload, and at what cost."""

    engine: str
    n_rows: int
    cost: Cost
    totals: Totals

    def line(self, bare: Cost) -> str:
        """Return its row of the table, beside the bare scan of the same rows."""
        return (
            f"| {self.n_rows:,} | {NAMES[self.engine]} | {self.cost.wall:.1f} | {self.cost.cpu:.1f} "
            f"| {self.n_rows / self.cost.wall / 1e6:.2f} | {self.cost.peak_mb:,.0f} | {self.cost.cpu / bare.cpu:.1f} |"
        )


def engines_for(n_rows: int) -> list[str]:
    """Return the engines that are run on so many rows."""
    return [name for name in NAMES if SMALLEST.get(name, 0) <= n_rows <= LARGEST.get(name, n_rows)]


def measure(folder: Path, n_rows: int, engines: Sequence[str], n_runs: int = 1) -> list[Run]:
    """Generate a workload in a folder, run the engines in turn, each in a process of its own, and remove it again.

    Returns
    -------
    list of Run
        One for each engine, with the median of each figure over `n_runs` runs.

    Raises
    ------
    DifferentTotalsError
        When the totals of two engines differ by more than 1e-9 of their size.
    """
    files, rates, result = folder / f"{n_rows} rows", folder / f"rates of {n_rows}.parquet", folder / "result.json"
    # In processes of their own as well: what this one holds would be counted as the peak of those that it starts.
    python = [sys.executable, "-m"]
    path = {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
    print(f"  {n_rows:,} rows", flush=True)
    cost_of([*python, "tests.bench.workload_files", files, str(n_rows)], folder, path)

    def run(engine: str) -> Run:
        print(f"    {engine}", flush=True)
        environment = spark_environment() if engine == "pyspark" else {}
        cost = cost_of(
            [*python, "tests.bench.workload_engines", engine, files, rates, result], folder, environment | path
        )
        return Run(engine, n_rows, cost, json.loads(result.read_text(encoding="utf-8")))

    run("rates")
    rounds = [[run(engine) for engine in engines] for _ in range(n_runs)]
    shutil.rmtree(files)
    check_totals([run for runs in rounds for run in runs], n_rows)
    return [
        Run(runs[0].engine, n_rows, typical([run.cost for run in runs]), runs[0].totals)
        for runs in zip(*rounds, strict=True)
    ]


def check_totals(runs: Sequence[Run], n_rows: int) -> None:
    """Raise where an engine did not read all rows, or has other totals than the first that has any; see `measure`."""
    first: Totals = {}
    for run in runs:
        if run.totals["rows"] != n_rows:
            raise DifferentTotalsError(f"{run.engine} counted {run.totals['rows']:,} rows of {n_rows:,}")
        for name, value in run.totals.items():
            expected = first.setdefault(name, value)
            if not (math.isclose(value, expected, rel_tol=TOLERANCE) and value > 0):
                raise DifferentTotalsError(f"{name} of {n_rows:,} rows: {run.engine} has {value!r}, not {expected!r}")


def report(runs: Sequence[Run]) -> list[str]:
    """Return the table and what follows from it, as lines of Markdown."""
    costs = {(run.engine, run.n_rows): run.cost for run in runs}
    lines = [
        "| Rows | Engine | seconds | CPU seconds | million rows a second | peak memory, MB | CPU over the bare scan |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(run.line(costs["scan", run.n_rows]) for run in runs),
        "",
    ]
    said = []
    for engine in ("unchecked", "polars", "pandas", "pyspark"):
        for n in (n for name, n in costs if name == engine and n == min(SIZES[1], max(n for _, n in costs))):
            times = costs[engine, n].wall / costs["groups", n].wall
            said.append(f"{NAMES[engine]} takes {times:.1f} times as long for {n:,} rows as this project by one method")
    sizes = sorted(n for name, n in costs if name == "duckdb")
    if len(sizes) > 1:
        less, more = (costs["duckdb", n] for n in sizes[-2:])
        said.append(
            f"from {sizes[-2]:,} to {sizes[-1]:,} rows the time of the whole grows {more.wall / less.wall:.1f} "
            f"times and its CPU time {more.cpu / less.cpu:.1f} times"
        )
    sentence = "; ".join(said)
    return [*lines, f"{sentence[:1].upper()}{sentence[1:]}. All totals agree to {TOLERANCE:g}."]


def main() -> int:
    """Measure in a temporary folder and write the result into the file named on the command line."""
    file = Path(sys.argv[1]).resolve()
    sizes = [int(float(size)) for size in sys.argv[2:]] or SIZES
    text = file.read_text(encoding="utf-8")
    if not MARKED.search(text):
        print(f"{file} has no lines <!-- bench workload --> and <!-- /bench workload -->", file=sys.stderr)
        return 2
    try:
        spark_environment()
    except SparkError as error:
        print(error, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        runs = [run for n_rows in sizes for run in measure(Path(folder), n_rows, engines_for(n_rows), N_RUNS)]
    packages = ("duckdb", "polars", "pandas", "pyarrow", "pyspark")
    table = "\n".join([f"{machine(packages)} Medians of {N_RUNS} runs in turn.", "", *report(runs)])
    print(table)
    file.write_text(MARKED.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
