"""Figures as files: the page, and each chart as SVG and PNG."""

from __future__ import annotations

import hashlib
import html
import json
import textwrap
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.figure import Figure
from reports.question import Question
from reports.tables.table import Table
from reports.theme import DARK, LIGHT, css_variables, painted

PICTURE_WIDTH = 820
PIXELS_PER_INCH = 200
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
PAGE = Path(__file__).parent / "page"


def picture_spec(figure: Figure, palette: dict[str, str]) -> dict[str, Any]:
    """Return the specification of a chart as a picture: of fixed width, in one palette, with title and subtitle."""
    spec = figure.spec()
    spec["width"] = PICTURE_WIDTH
    # A picture has its title and description; a label on each of its marks would double its size.
    spec["config"]["aria"] = False
    spec["title"] = {"text": textwrap.wrap(figure.title, 78), "subtitle": textwrap.wrap(figure.subtitle, 122)}
    return painted(spec, palette)


def fingerprint(figure: Figure) -> str:
    """Return a checksum of all that a picture of the figure shows, numbers to ten significant digits."""
    return hashlib.sha256(json.dumps(rounded(picture_spec(figure, LIGHT)), sort_keys=True).encode()).hexdigest()


def rounded(value: Any) -> Any:  # noqa: ANN401 - JSON of any depth
    """Return JSON with each number rounded to ten significant digits: the last ones differ between processors."""
    match value:
        case dict():
            return {key: rounded(each) for key, each in value.items()}
        case list():
            return [rounded(each) for each in value]
        case float():
            return float(f"{value:.10g}")
        case _:
            return value


def svg(figure: Figure, palette: dict[str, str]) -> str:
    """Return a chart as SVG, with its description and the checksum of what it shows."""
    drawn = vl_convert.vegalite_to_svg(json.dumps(picture_spec(figure, palette)), vl_version=VEGA_LITE)
    start = drawn.index(">") + 1
    words = f"<title>{html.escape(figure.title)}</title><desc>{html.escape(figure.alt_text)}</desc>"
    return f"{drawn[:start]}<!-- {fingerprint(figure)} -->{words}{drawn[start:]}\n"


def png(figure: Figure, palette: dict[str, str]) -> bytes:
    """Return a chart as PNG."""
    return vl_convert.vegalite_to_png(
        json.dumps(picture_spec(figure, palette)), vl_version=VEGA_LITE, ppi=PIXELS_PER_INCH
    )


def page(questions: list[Question], tables: list[Table]) -> str:
    """Return the page as HTML that needs no other file and no network."""
    environment = Environment(loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined)
    figures = [figure for question in questions for figure in question.figures]
    return environment.get_template("page.html").render(
        questions=questions,
        tables=tables,
        figures=figures,
        specs={figure.figure_id: script_json(figure.spec()) for figure in figures},
        light=css_variables(LIGHT),
        dark=css_variables(DARK),
        css=(PAGE / "page.css").read_text(encoding="utf-8"),
        script=(PAGE / "page.js").read_text(encoding="utf-8"),
        bundle=vl_convert.javascript_bundle(vl_version=VEGA_LITE).replace("</script", "<\\/script"),
    )


def script_json(value: dict[str, Any]) -> str:
    """Return JSON that may stand in a script element: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
