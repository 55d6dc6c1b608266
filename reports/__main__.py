"""Draw every chart and the page: ``python -m reports FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from inference_energy.command import run_on_warehouse

from reports.question import questions
from reports.render import page, png, svg
from reports.tables.judgements import judgements
from reports.tables.paper_tables import paper_tables
from reports.tables.table import Table
from reports.tables.trend_table import trend_tables
from reports.tables.workload_tables import workload_tables
from reports.theme import LIGHT


def all_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the tables of the page, in its order."""
    return [
        *trend_tables(connection),
        *workload_tables(connection),
        *paper_tables(connection),
        *judgements(connection),
    ]


def write_site(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Write the page and the pictures of its charts into a folder, with a line of progress for each.

    Returns
    -------
    str
        What was written.
    """
    answers, tables = questions(connection), all_tables(connection)
    # A reader keeps builds from writing, and drawing takes much longer than reading.
    connection.close()
    pictures = folder / "figures"
    pictures.mkdir(parents=True, exist_ok=True)
    figures = [figure for question in answers for figure in question.figures]
    for position, figure in enumerate(figures, start=1):
        print(f"[{position}/{len(figures)}] {figure.label}: {figure.title}", flush=True)
        (pictures / f"{figure.figure_id}.svg").write_text(svg(figure, LIGHT), encoding="utf-8")
        (pictures / f"{figure.figure_id}.png").write_bytes(png(figure, LIGHT))
    index = folder / "index.html"
    index.write_text(page(answers, tables), encoding="utf-8")
    return (
        f"Wrote {index} ({index.stat().st_size / 1e6:.1f} MB), and {len(figures)} charts as SVG and PNG in {pictures}"
    )


def main() -> int:
    """Draw everything into the folder named on the command line."""
    return run_on_warehouse("python -m reports FOLDER", write_site)


if __name__ == "__main__":
    sys.exit(main())
