"""Draw the pictures of the README, light and dark: ``python -m reports.pictures FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from inference_energy.command import run_on_warehouse

from reports.figure import Figure
from reports.question import questions
from reports.render import svg
from reports.theme import PALETTES

PICTURES = ("figure-3", "figure-4", "figure-13")


def picture_figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figures that stand in the README."""
    figures = {figure.figure_id: figure for question in questions(connection) for figure in question.figures}
    return [figures[name] for name in PICTURES]


def write_pictures(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Write each picture in both palettes as SVG, and say what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure in picture_figures(connection):
        for shade, palette in PALETTES.items():
            (folder / f"{figure.figure_id}-{shade}.svg").write_text(svg(figure, palette), encoding="utf-8")
    return f"Drew {len(PICTURES)} pictures, light and dark, in {folder}"


def main() -> int:
    """Draw into the folder named on the command line."""
    return run_on_warehouse("python -m reports.pictures FOLDER", write_pictures)


if __name__ == "__main__":
    sys.exit(main())
