"""How the command line shows numbers and rows: a table and plain sentences, JSON, or CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import os
import re
import shutil
import sys
import textwrap
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import duckdb
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

NOTHING = "–"
DIGITS = 3
PREFIXES = {-9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E"}
# Of what is heavier than a kilogram the tonne is the unit.
GRAMS_PER_TONNE = 1e6
# A table that goes into a file or a pipe is as wide as its cells.
WIDEST = 400
# Between two columns.
SEPARATOR = "   "
SECONDS_BETWEEN_LOOKS = 0.1


def with_prefix(value: float | None, unit: str) -> str:
    """Return a quantity to three significant digits, with the SI prefix that leaves one to three digits in front.

    Parameters
    ----------
    value
        In the unit; None gives a dash.
    unit
        Without prefix, such as ``J``.
    """
    if value is None:
        return NOTHING
    if value == 0 or not math.isfinite(value):
        return f"{value:g} {unit}"
    # Rounded before the prefix is chosen: 999.9 is 1.00 k.
    rounded = float(f"{value:.{DIGITS - 1}e}")
    exponent = math.floor(math.log10(abs(rounded)) / 3 + 1e-9) * 3
    exponent = min(max(exponent, min(PREFIXES)), max(PREFIXES))
    shown = rounded / 10.0**exponent
    decimals = max(0, DIGITS - 1 - math.floor(math.log10(abs(shown)) + 1e-9))
    return f"{shown:,.{decimals}f} {PREFIXES[exponent]}{unit}"


def energy(joules: float | None) -> str:
    """Return joules with a prefix."""
    return with_prefix(joules, "J")


def electricity(kwh: float | None) -> str:
    """Return kilowatt-hours as watt-hours with a prefix."""
    return with_prefix(None if kwh is None else 1e3 * kwh, "Wh")


def emissions(gco2e: float | None) -> str:
    """Return grams of CO2 equivalent as grams or tonnes with a prefix."""
    if gco2e is not None and float(f"{gco2e:.{DIGITS - 1}e}") >= GRAMS_PER_TONNE:
        return with_prefix(gco2e / GRAMS_PER_TONNE, "t")
    return with_prefix(gco2e, "g")


def share(part: float | None) -> str:
    """Return a share in per cent; what is not nothing and not all is never shown as such."""
    if part is None:
        return NOTHING
    if 0 < part < 0.001:
        return "< 0.1 %"
    if 0.999 < part < 1:
        return "> 99.9 %"
    return f"{100 * part:.3g} %"


def number(value: float | None) -> str:
    """Return a count or a plain number, to as many digits as it has up to 15."""
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:,.4g}"


def cell(value: object) -> str:
    """Return any value as a cell of a table."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float() | None:
            return number(value)
        case _:
            # What a log holds may hold signs that move the cursor.
            return re.sub(r"[\x00-\x1f\x7f-\x9f]", "?", str(value))


def table_text(columns: Mapping[str, str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table for the terminal that standard output is, or plain text where it is none.

    On a terminal too narrow for it, each row is a block of lines ``heading: value``.

    Parameters
    ----------
    columns
        The alignment of each column, ``left`` or ``right``, by its heading.
    rows
        Cells as they are to be read.
    """
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else WIDEST
    if is_terminal and _narrowest(columns, rows) > width:
        blocks = ["".join(f"{heading}: {value}\n" for heading, value in zip(columns, row, strict=True)) for row in rows]
        return "\n".join(blocks)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, alignment in columns.items():
        is_number = alignment == "right"
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for row in rows:
        table.add_row(*row)
    console = Console(
        file=sys.stdout,
        markup=False,
        emoji=False,
        highlight=False,
        width=width,
        color_system="auto" if may_decorate(sys.stdout) else None,
    )
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def may_decorate(stream: TextIO) -> bool:
    """Return whether a stream is a terminal whose user has not asked for plain text, by NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _narrowest(columns: Mapping[str, str], rows: Sequence[Sequence[str]]) -> int:
    """Return the width of a table that breaks its texts between words, and its numbers nowhere."""
    width = len(SEPARATOR) * (len(columns) - 1)
    for place, (heading, alignment) in enumerate(columns.items()):
        cells = [heading, *(row[place] for row in rows)]
        width += max(len(part) for cell in cells for part in ([cell] if alignment == "right" else cell.split() or [""]))
    return width


def prose(lines: Sequence[str]) -> str:
    """Return sentences broken to the width of the terminal that standard output is, one line each elsewhere."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        lines = [
            textwrap.fill(line, width, subsequent_indent="  " if line.startswith("- ") else "", break_on_hyphens=False)
            for line in lines
        ]
    return "".join(f"{line}\n" for line in lines)


def json_text(value: object) -> str:
    """Return a value as JSON, at full precision."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain) + "\n"


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV with a header, at full precision; an empty cell is one without a value."""
    text = io.StringIO()
    if rows:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_csv_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _csv_cell(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a value of type {type(value).__name__} has no form in JSON")


@contextmanager
def progress_of(connection: duckdb.DuckDBPyConnection, doing: str, stream: TextIO | None = None) -> Iterator[None]:
    """Show on a terminal how far the queries of a connection are while the block runs; elsewhere nothing.

    Parameters
    ----------
    connection
        The one that runs them.
    doing
        What the bar says.
    stream
        By default standard error.
    """
    stream = stream or sys.stderr
    if not may_decorate(stream):
        yield
        return
    # DuckDB counts, and leaves the drawing to this bar.
    connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    done = threading.Event()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(doing, total=100)

        def look() -> None:
            while not done.wait(SECONDS_BETWEEN_LOOKS):
                # Negative where no query says how far it is.
                bar.update(task, completed=max(0.0, connection.query_progress()))

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            yield
        finally:
            done.set()
            looking.join()
