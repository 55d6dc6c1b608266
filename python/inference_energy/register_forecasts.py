"""Write down forecasts before their time: ``python -m inference_energy.register_forecasts FILE``.

Rows are appended and never changed. Each carries a checksum of its cells and of the row before it, so that a row which
is changed, taken out or moved later breaks the chain; a test of the build follows the chain and names the line. The
record beside the file keeps the checksum of the whole, as for every raw file, so rows cut off at the end show as well.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from inference_energy.command import run_on_warehouse

COLUMNS = (
    "forecast_id",
    "registered_on",
    "trend_id",
    "vintage",
    "quantity",
    "target_year",
    "target_date",
    "predicted",
    "low",
    "high",
    "level",
    "degrees_of_freedom",
    "is_supported",
    "warehouse_checksum",
    "row_checksum",
)
KEY = ("trend_id", "vintage", "target_year")
NUMBERS = ("predicted", "low", "high", "level")
# Sums over threads differ in the last digits, so two builds of the same data do.
SAME = 1e-8
TO_REGISTER = """
    select trend_id, vintage, quantity, target_year, target_date, predicted, low, high, level, degrees_of_freedom,
        is_supported
    from intermediate.int_forecasts_to_register
    order by trend_id, vintage, target_year
"""


# In the record of the file: what stands before the checksum, and the checksum.
RECORDED = re.compile(r"(\n  - name: registered_forecasts\n.*?\n        sha256: )([0-9a-f]{64})\n", re.DOTALL)


class ChainError(RuntimeError):
    """The file is not as it was written; nothing may be appended to it."""


def chained(previous: str, cells: Sequence[str]) -> str:
    """Return the checksum of a row: the SHA-256, in hex, of the one before it, a line feed and the row's other cells.

    Parameters
    ----------
    previous
        The checksum of the row before, empty for the first row.
    cells
        The cells of the row as written, without its checksum.
    """
    return hashlib.sha256(f"{previous}\n{','.join(cells)}".encode()).hexdigest()


def read_chain(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of forecasts, after following their chain.

    Raises
    ------
    ChainError
        When the header is another one, or a row is not the one that was written; the message names the line.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise ChainError(f"{path}, line 1: found columns {', '.join(header)}, expected {', '.join(COLUMNS)}")
        rows, previous = [], ""
        for cells in reader:
            if len(cells) != len(COLUMNS) or cells[-1] != chained(previous, cells[:-1]):
                raise ChainError(
                    f"{path}, line {reader.line_num}: found a row that is not as it was written; undo the change with "
                    f"`git checkout -- {path}`, since a registered forecast stays as it is"
                )
            previous = cells[-1]
            rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def file_checksum(path: Path) -> str:
    """Return the checksum that a record states of a file: that of its text with line ends as shipped."""
    return hashlib.sha256(path.read_text(encoding="utf-8-sig").encode()).hexdigest()


def record_of(path: Path) -> Path:
    """Return the record of a file of forecasts, after holding the file against the checksum that it states.

    Raises
    ------
    ChainError
        When there is no such record, or the file is not the one that it describes.
    """
    record = path.parent / f"{path.parent.name}.yml"
    stated = RECORDED.search(record.read_text(encoding="utf-8")) if record.is_file() else None
    if stated is None:
        raise ChainError(f"{record}: found no checksum of {path.name}, expected its record there")
    if stated[2] != file_checksum(path):
        raise ChainError(
            f"{path} is not the file that {record} describes; undo the change with `git checkout -- {path}`, since a "
            "registered forecast stays as it is"
        )
    return record


def new_rows(
    registered: Sequence[dict[str, str]], forecasts: Sequence[dict[str, str]], today: date, checksum: str
) -> list[list[str]]:
    """Return the rows to append: forecasts that were not written down yet, or that say something else by now.

    Parameters
    ----------
    registered
        The rows of the file, in its order.
    forecasts
        What the warehouse says, as text, with the columns from ``trend_id`` to ``is_supported``.
    today
        The day of writing.
    checksum
        ``content_checksum`` of the warehouse.
    """
    latest = {tuple(row[column] for column in KEY): row for row in registered}
    ids = {row["forecast_id"] for row in registered}
    previous = registered[-1]["row_checksum"] if registered else ""
    rows = []
    for forecast in forecasts:
        key = tuple(forecast[column] for column in KEY)
        if key in latest and says_the_same(latest[key], forecast):
            continue
        name = f"{'/'.join(key)}/{today.isoformat()}"
        forecast_id, again = name, 1
        while forecast_id in ids:
            again += 1
            forecast_id = f"{name}/{again}"
        ids.add(forecast_id)
        cells = [forecast_id, today.isoformat(), *(forecast[column] for column in COLUMNS[2:13]), checksum]
        previous = chained(previous, cells)
        rows.append([*cells, previous])
    return rows


def says_the_same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Return whether two forecasts of the same thing agree, but for the last digits of their numbers."""
    close = (math.isclose(float(one[column]), float(other[column]), rel_tol=SAME) for column in NUMBERS)
    return all(close) and one["degrees_of_freedom"] == other["degrees_of_freedom"]


def as_text(value: object) -> str:
    """Return a cell as it is written: numbers to 12 significant digits, the rest as SQL has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.12g}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def register(connection: duckdb.DuckDBPyConnection, path: Path, today: date | None = None) -> str:
    """Append what is new in the warehouse to a file of forecasts, and say what was done.

    Parameters
    ----------
    connection
        An open connection to a published warehouse; it is only read.
    path
        The file; it must be as it was written.
    today
        The day of writing, by default that of the clock in UTC.

    Raises
    ------
    ChainError
        When the file is not as it was written; then nothing is appended.
    duckdb.CatalogException
        When the warehouse lacks the forecasts or was not published.
    """
    registered = read_chain(path)
    record = record_of(path)
    relation = connection.sql(TO_REGISTER)
    forecasts = [dict(zip(relation.columns, map(as_text, row), strict=True)) for row in relation.fetchall()]
    ((checksum,),) = connection.execute("select content_checksum from marts.build_info").fetchall()
    rows = new_rows(registered, forecasts, today or datetime.now(UTC).date(), checksum)
    if not rows:
        return f"{path} holds these {len(forecasts)} forecasts already; nothing was added"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
    stated = record.read_text(encoding="utf-8")
    record.write_text(RECORDED.sub(rf"\g<1>{file_checksum(path)}\n", stated, count=1), encoding="utf-8")
    return f"Added {len(rows)} forecasts to {path}; build again, and commit it with {record}"


def main() -> int:
    """Append to the file named on the command line."""
    try:
        return run_on_warehouse("python -m inference_energy.register_forecasts FILE", register)
    except ChainError as error:
        print(error)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
