"""``make bench``: measure on this machine and write the table between the marks of a Markdown file."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from ..conftest import ROOT, WAREHOUSE_VARIABLE, Project, copy_project
from .growth import grow
from .machine import machine
from .measure import Cost, cost_of, typical
from .plan import write_plan

REPEATS = 3
PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")
COPIES = (1, 100, 1_000, 10_000)
MARKED = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
OPEN_AND_ASK = """
import time
begin = time.perf_counter()
import inference_energy
imported = time.perf_counter()
with inference_energy.connect() as warehouse:
    opened = time.perf_counter()
    warehouse.sql("select domain, avg(joules_per_forward_pass) from marts.inference_energy group by domain").fetchall()
    answered = time.perf_counter()
print(imported - begin, opened - imported, answered - opened)
"""


def dbt(project: Project, *arguments: str) -> Cost:
    """Run dbt on a copy of the project and return what it cost."""
    print("  dbt", *arguments, flush=True)
    folders = ("--project-dir", project.folder / "dbt_project", "--profiles-dir", project.folder)
    return cost_of([Path(sys.executable).with_name("dbt"), *arguments, *folders], project.folder)


def python(project: Project, *arguments: str | Path) -> Cost:
    """Run Python with the warehouse of a copy of the project and return what it cost."""
    print("  python", str(arguments[0])[:40].strip(), flush=True)
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {WAREHOUSE_VARIABLE: str(project.warehouse), "PYTHONPATH": path}
    return cost_of([sys.executable, *arguments], project.folder, environment)


def measure_build(project: Project) -> list[str]:
    """Measure a warm build beside its own SQL and beside parsing, and what a reader of the warehouse waits for."""
    dbt(project, "build")
    plan = project.folder / "plan.json"
    n_steps = write_plan(project.folder / "dbt_project", plan)
    runs: dict[str, list[Cost]] = {}
    # In turn, so that a slow minute of the machine falls on all.
    for _ in range(REPEATS):
        bare_database = project.folder / "bare" / "inference_energy.duckdb"
        bare_database.parent.mkdir(exist_ok=True)
        bare_database.unlink(missing_ok=True)
        for name, cost in (
            ("`dbt build`, warm", dbt(project, "build")),
            (
                f"the same {n_steps} nodes in a bare script",
                python(project, Path(__file__).with_name("bare_script.py"), plan, bare_database),
            ),
            ("`dbt parse`, all files", dbt(project, "parse", "--no-partial-parse")),
            ("`dbt parse`, nothing changed", dbt(project, "parse")),
            ("open the warehouse in Python and ask", python(project, "-c", OPEN_AND_ASK)),
            ("draw all reports", python(project, "-m", "reports", project.folder / "site")),
        ):
            runs.setdefault(name, []).append(cost)
    costs = {name: typical(found) for name, found in runs.items()}
    build, bare, parse, warm_parse, *_ = costs.values()
    python(project, "-c", OPEN_AND_ASK)
    imported, opened, answered = map(float, (project.folder / "bench.log").read_text().split())
    return [
        "| What | seconds | CPU seconds | peak memory, MB |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak_mb:.0f} |" for name, cost in costs.items()),
        "",
        f"In CPU time `dbt build` takes {build.cpu / bare.cpu:.1f} times the bare script, {build.cpu / parse.cpu:.1f} "
        f"times a full parse and {build.cpu / warm_parse.cpu:.1f} times one of unchanged files. To ask takes "
        f"{imported:.2f} s of imports, {1000 * opened:.0f} ms to open and {1000 * answered:.0f} ms for the query.",
    ]


def measure_growth(project: Project) -> list[str]:
    """Measure seeds and models on the paper's tables, up to 10,000 times over."""
    lines = [
        "| Copies of the tables | raw rows | seconds | CPU seconds | peak memory, MB | CPU s per million rows more |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    before: tuple[int, Cost] | None = None
    for copies in COPIES:
        n_rows = grow(ROOT / "raw", project.folder / "raw", copies)
        cost = dbt(project, "build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
        more = "–" if before is None else f"{1e6 * (cost.cpu - before[1].cpu) / (n_rows - before[0]):.0f}"
        lines.append(f"| {copies:,} | {n_rows:,} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak_mb:,.0f} | {more} |")
        before = (n_rows, cost)
    return lines


def main() -> int:
    """Measure in a temporary folder and write the result into the file named on the command line."""
    file = Path(sys.argv[1]).resolve()
    text = file.read_text(encoding="utf-8")
    if not MARKED.search(text):
        print(f"{file} has no lines <!-- bench --> and <!-- /bench -->", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder), with_unit_tests=True)
        stated = f"{machine(PACKAGES)} Medians of {REPEATS} runs, growth of one."
        lines = [stated, "", *measure_build(project), "", *measure_growth(project)]
    table = "\n".join(lines)
    print(table)
    file.write_text(MARKED.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
