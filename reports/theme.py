"""One palette in two shades, one Vega-Lite theme: how every chart looks.

A chart names its colours as CSS variables, such as ``var(--blue)``. The page defines them once for light, dark and
print, so that a chart follows the reader's preference without being drawn anew; a picture has them painted in by
:func:`painted`.
"""

from __future__ import annotations

from typing import Any

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"

# Okabe and Ito (2008), lighter on a dark ground; the years run along the colour map viridis.
LIGHT = {
    "paper": "#ffffff",
    "ink": "#1c2630",
    "muted": "#566270",
    "grid": "#e2e6eb",
    "blue": "#0072b2",
    "orange": "#d55e00",
    "green": "#009e73",
    "purple": "#b0559b",
    "amber": "#b97f00",
    "sky": "#3d97cf",
    "grey": "#8792a0",
    "good": "#00734f",
    "fair": "#8a5a00",
    "bad": "#b3400a",
    "year-2012": "#440154",
    "year-2013": "#482475",
    "year-2014": "#414487",
    "year-2015": "#355f8d",
    "year-2016": "#2a788e",
    "year-2017": "#21918c",
    "year-2018": "#22a884",
    "year-2019": "#44bf70",
    "year-2020": "#7ad151",
    "year-2021": "#c2d721",
}
DARK = {
    "paper": "#14191f",
    "ink": "#e9edf1",
    "muted": "#a7b1bc",
    "grid": "#2c343d",
    "blue": "#58b0ea",
    "orange": "#ff8b3d",
    "green": "#2cc795",
    "purple": "#dd8fcb",
    "amber": "#f5c04a",
    "sky": "#a3dcff",
    "grey": "#7d8894",
    "good": "#3ecf9f",
    "fair": "#f2b84b",
    "bad": "#ff9350",
    "year-2012": "#7b62b8",
    "year-2013": "#6a73c0",
    "year-2014": "#5a86c4",
    "year-2015": "#4a98c0",
    "year-2016": "#3fa8b4",
    "year-2017": "#3cb8a2",
    "year-2018": "#52c988",
    "year-2019": "#86d866",
    "year-2020": "#c3e14a",
    "year-2021": "#fdf06f",
}
PALETTES = {"light": LIGHT, "dark": DARK}


def colour(name: str) -> str:
    """Return the CSS variable of a colour of the palette.

    Raises
    ------
    KeyError
        When the palette has no such colour.
    """
    if name not in LIGHT:
        raise KeyError(f"the palette has no colour {name}; it has {', '.join(LIGHT)}")
    return f"var(--{name})"


def painted(spec: Any, palette: dict[str, str]) -> Any:  # noqa: ANN401 - JSON of any depth
    """Return a chart's specification with each colour variable replaced by the palette's colour."""
    match spec:
        case dict():
            return {key: painted(value, palette) for key, value in spec.items()}
        case list():
            return [painted(value, palette) for value in spec]
        case str() if spec.startswith("var(--"):
            return palette[spec.removeprefix("var(--").removesuffix(")")]
        case _:
            return spec


def css_variables(palette: dict[str, str]) -> str:
    """Return the palette as declarations of CSS variables."""
    return "; ".join(f"--{name}: {value}" for name, value in palette.items())


# The axis of values has horizontal grid lines and its title flat above it; the plot has no frame.
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": colour("paper"),
    "padding": {"left": 4, "right": 12, "top": 4, "bottom": 4},
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": colour("ink"),
        "fontSize": 18,
        "fontWeight": 600,
        "lineHeight": 23,
        "subtitleColor": colour("muted"),
        "subtitleFontSize": 13,
        "subtitleLineHeight": 18,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "axis": {
        "labelColor": colour("muted"),
        "labelFontSize": 12,
        "titleColor": colour("ink"),
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": colour("grid"),
        "domainColor": colour("muted"),
        "tickColor": colour("grid"),
        "labelPadding": 6,
        "labelOverlap": "greedy",
        "labelFlush": False,
    },
    "axisX": {"grid": False, "titlePadding": 10, "titleAnchor": "middle"},
    "axisY": {
        "domain": False,
        "ticks": False,
        "labelLimit": 300,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleBaseline": "bottom",
        "titleX": 0,
        "titleY": -12,
    },
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "offset": 30,
        "titleColor": colour("muted"),
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleOrient": "left",
        "labelColor": colour("ink"),
        "labelFontSize": 12,
        "symbolSize": 90,
        "symbolOpacity": 1,
        "symbolBaseFillColor": colour("ink"),
        "symbolBaseStrokeColor": colour("ink"),
        "columnPadding": 14,
        "rowPadding": 4,
        "titleLimit": 320,
        "labelLimit": 320,
    },
}
