"""What a mark tells under the pointer."""

from __future__ import annotations

import altair as alt


def said(field: str, title: str) -> alt.Tooltip:
    """Return a line of a tooltip with a text, such as a name, a date or a source."""
    return alt.Tooltip(f"{field}:N", title=title)


def measured(field: str, title: str) -> alt.Tooltip:
    """Return a line of a tooltip with a number to four significant digits; the title holds the unit."""
    return alt.Tooltip(f"{field}:Q", title=title, format=",.4~r")


def day(field: str, title: str) -> alt.Tooltip:
    """Return a line of a tooltip with a day, the same for every reader: a time axis has made it a moment in UTC."""
    return alt.Tooltip(field=field, type="temporal", timeUnit="utcyearmonthdate", title=title, format="%Y-%m-%d")
