"""What a table is, and how its cells are written."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reports.words import is_missing, number

VERDICT = "Verdict"
SHORT = 30
VERDICTS = frozenset({"reproduced", "close", "differs", "not_testable", "holds", "partly", "not_shown"})


@dataclass(frozen=True)
class Table:
    """One table of the page.

    Parameters
    ----------
    table_id
        Its anchor, such as ``table-8``.
    label
        What the reader calls it, such as ``Table 8``.
    title
        What it holds.
    caption
        Where its columns come from and how they are read.
    marts
        The tables that it is read from, as schema and name.
    frame
        The rows, with headings as names of the columns; a column whose name begins with ``Verdict`` holds verdicts.
    frozen
        How many of the first columns stay in sight when a wide table is moved sideways.
    """

    table_id: str
    label: str
    title: str
    caption: str
    marts: tuple[str, ...]
    frame: pd.DataFrame
    frozen: int = 0

    def cells(self) -> list[list[tuple[str, str]]]:
        """Return each row as pairs of text and CSS class: ``number``, ``short``, ``long`` or that of a verdict."""
        return [
            [cell(value, heading) for heading, value in row.items()] for row in self.frame.to_dict(orient="records")
        ]


def cell(value: object, heading: str) -> tuple[str, str]:
    """Return the text of a cell and its CSS class.

    Raises
    ------
    ValueError
        When a column of verdicts holds another word; its colour would be missing and its meaning unclear.
    """
    if is_missing(value):
        return "", ""
    if heading.startswith(VERDICT):
        if value not in VERDICTS:
            raise ValueError(f"found the verdict {value!r}, expected one of {', '.join(sorted(VERDICTS))}")
        return str(value).replace("_", " "), f"verdict {value}"
    if isinstance(value, float):
        return number(value, 5).rstrip("0").rstrip(".") if "." in number(value, 5) else number(value, 5), "number"
    if isinstance(value, int):
        return str(value), "number"
    return str(value), "short" if len(str(value)) <= SHORT else "long"
