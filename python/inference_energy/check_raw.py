"""Check the shape of the raw CSV files before dbt reads them: ``python -m inference_energy.check_raw [FOLDER]``.

dbt and its CSV reader refuse a file in another encoding, an empty file or a row with a cell too many without saying
where. This check knows shapes only, no meaning: encoding, header, cells per row, quotes. What a cell may hold is tested
by dbt.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import yaml

FOLDERS = ("paper", "reference", "since_paper", "own")
MOST_COMPLAINTS = 20
LONGEST_CELL = 60
BYTE_ORDER_MARK = "\ufeff"
# What editors call "UTF-16" or "Unicode".
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAVE_AS_UTF_8 = "expected UTF-8; save the file again as CSV UTF-8"


@dataclass(frozen=True)
class Record:
    """What the YAML of a folder says of one file.

    Parameters
    ----------
    stated_in
        The YAML file, as a message names it.
    columns
        The names in the header.
    is_ordered
        Whether the header must have them in this order.
    """

    stated_in: str
    columns: tuple[str, ...]
    is_ordered: bool


@dataclass(frozen=True)
class Row:
    """The cells of one row and the lines of the file that they stand on."""

    first_line: int
    last_line: int
    cells: list[str]


def complaints(raw: Path) -> list[str]:
    """Return what is wrong with the CSV files of a folder, one line each.

    Parameters
    ----------
    raw
        A folder with the folders of ``FOLDERS``, each with a YAML file of its own name, and others beside
        it, that hold the columns of its CSV files.
    """
    # Otherwise the reader stops at a long line, such as one that begins with an open quote.
    csv.field_size_limit(2**31 - 1)
    return [complaint for folder in FOLDERS for complaint in folder_complaints(raw / folder)]


def folder_complaints(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the files of one folder, and which of them have no record or no file."""
    shown = f"{folder.parent.name}/{folder.name}"
    record_file = f"{shown}/{folder.name}.yml"
    try:
        records = read_records(folder)
    except (OSError, yaml.YAMLError) as error:
        yield f"{record_file}: found no file that can be read ({one_line(error)}), expected the columns of each CSV"
        return
    files = {path.stem: path for path in sorted(folder.glob("*")) if path.suffix.lower() == ".csv"}
    for name in sorted(records.keys() | files.keys()):
        place = f"{shown}/{files[name].name if name in files else name + '.csv'}"
        if name not in files:
            yield f"{place}: found no such file, expected it, since {records[name].stated_in} describes it"
        elif name not in records:
            yield (
                f"{place}: found a file that {record_file} does not describe, expected none; "
                "rows of your own belong in the files of raw/own/, such as raw/own/models.csv"
            )
        else:
            try:
                content = files[name].read_bytes()
            except OSError as error:
                yield f"{place}: found nothing that can be read ({one_line(error)}), expected a CSV file"
            else:
                yield from (f"{place}, {complaint}" for complaint in file_complaints(content, records[name]))


def read_records(folder: Path) -> dict[str, Record]:
    """Return the records of a folder by the name of their file, without its ending."""
    # The one of the folder's own name is always there; others hold one subject each.
    own = folder / f"{folder.name}.yml"
    return {
        name: record
        for path in [own, *sorted(set(folder.glob("*.yml")) - {own})]
        for name, record in records_in(path).items()
    }


def records_in(path: Path) -> dict[str, Record]:
    """Return the records of one YAML file by the name of their CSV file, without its ending."""
    stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        entry["name"]: Record(
            stated_in=f"{path.parents[1].name}/{path.parent.name}/{path.name}",
            columns=tuple(column["name"] for column in entry["columns"]),
            # dbt reads seeds by position and a user's files by name.
            is_ordered=kind == "seeds",
        )
        for kind in ("seeds", "own_files")
        for entry in stated.get(kind, [])
    }


def file_complaints(content: bytes, record: Record) -> Iterator[str]:
    """Yield what is wrong with a file, each beginning with its line."""
    if content.startswith(UTF_16_MARKS):
        yield f"line 1: found UTF-16, {SAVE_AS_UTF_8}"
        return
    # Lines end where a reader of CSV ends them, and not at a vertical tab or another sign that str.splitlines knows.
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    # What cannot be decoded is named, and the rest of the file is checked all the same.
    texts = [line.decode("utf-8", errors="replace") for line in lines]
    texts[0] = texts[0].removeprefix(BYTE_ORDER_MARK)
    if not "".join(texts).strip():
        yield f"line 1: found nothing, expected the columns {', '.join(record.columns)}"
        return
    header = first_row(texts[0])
    yield from encoding_complaints(lines, header)
    yield from header_complaints(header, record)
    for row in rows(texts):
        if isinstance(row, str):
            yield row
        elif header and row.first_line > 1:
            yield from row_complaints(row, header)


def first_row(line: str) -> list[str]:
    """Return the cells of a line, whatever its quotes."""
    return next(csv.reader([line]))


def encoding_complaints(lines: list[bytes], header: list[str]) -> Iterator[str]:
    """Yield the first byte of each line that is not UTF-8 text."""
    for number, line in enumerate(lines, start=1):
        try:
            line.decode("utf-8")
            # A zero byte is valid, but no text: it is half of a letter in UTF-16.
            bad = line.find(b"\0")
        except UnicodeDecodeError as error:
            bad = error.start
        if bad >= 0:
            # A sign in place of the byte, so that the last cell up to it is the one that holds it.
            before = line[:bad].decode("utf-8").removeprefix(BYTE_ORDER_MARK) + "?"
            place = column(header, len(first_row(before)) - 1)
            yield f"line {number}, {place}: found the byte 0x{line[bad]:02x}, {SAVE_AS_UTF_8}"


def header_complaints(header: list[str], record: Record) -> Iterator[str]:
    """Yield where the names in the first line are not those on record."""
    columns = record.columns
    reminder = f"the columns are {', '.join(columns)}, as in {record.stated_in}"
    if record.is_ordered:
        for position, (found, expected) in enumerate(zip_longest(header, columns), start=1):
            if found != expected:
                yield (
                    f"line 1, column {position}: found {quoted(found)}, expected {quoted(expected)}; {reminder}, "
                    "in that order"
                )
                # The rest is moved along with it.
                return
    else:
        names = [name.strip() for name in header]
        for position, found in enumerate(names):
            if found not in columns or found in names[:position]:
                yield f"line 1, column {position + 1}: found {quoted(found)}, expected each name once; {reminder}"
        for expected in columns:
            if expected not in names:
                yield f"line 1, column {expected}: found no such column, expected it; {reminder}"


def rows(lines: list[str]) -> Iterator[Row | str]:
    """Yield each row, or what is wrong with its quotes; the numbers are those of lines in the file."""
    reader = csv.reader((line + "\n" for line in lines), strict=True)
    while True:
        first_line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield (
                f"line {first_line}: found quotes that cannot be read ({error}), expected a quoted cell to end with a "
                "double quote before the next comma; within it a double quote is written twice"
            )
        else:
            yield Row(first_line, reader.line_num, cells)


def row_complaints(row: Row, header: list[str]) -> Iterator[str]:
    """Yield what is wrong with the shape of one row below the header."""
    line = f"line {row.first_line}"
    count = f"{len(header)} cells, from {printable(header[0])} to {printable(header[-1])}"
    comma = "a cell that holds a comma stands in double quotes"
    if not row.cells:
        yield f"{line}: found an empty line, expected none"
    elif len(row.cells) < len(header):
        yield (
            f"{line}, {column(header, len(row.cells))}: found {len(row.cells)} cells and no more, expected {count}; "
            "an empty cell keeps its comma"
        )
    elif len(row.cells) > len(header):
        yield (
            f"{line}, {column(header, len(header))}: found {quoted(row.cells[len(header)])} behind the last column, "
            f"{len(row.cells)} cells in all, expected {count}; {comma}"
        )
    for position, cell in enumerate(row.cells):
        # The line numbers that dbt's tests name count rows.
        if "\n" in cell:
            yield (
                f"{line}, {column(header, position)}: found a line break in {quoted(cell)}, which ends on line "
                f"{row.last_line}, expected each cell on one line"
            )


def column(header: list[str], position: int) -> str:
    """Return how a message names the column of a cell: by its number where the header does not reach so far."""
    return f"column {printable(header[position]) if position < len(header) else position + 1}"


def quoted(cell: str | None) -> str:
    """Return a cell in quotes."""
    return "no column" if cell is None else f'"{printable(cell)}"'


def printable(text: str) -> str:
    """Return a text on one line, cut where it is long; what a terminal would obey is spelled out."""
    short = text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "..."
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in short)


def one_line(error: Exception) -> str:
    """Return the words of an error without line breaks."""
    return " ".join(str(error).split())


def main() -> int:
    """Check the folder named on the command line, ``raw`` by default.

    Returns
    -------
    int
        Exit code: 0, 1 with complaints, 2 with more than one argument.
    """
    if len(sys.argv) > 2:
        print("usage: python -m inference_energy.check_raw [FOLDER]", file=sys.stderr)
        return 2
    found = complaints(Path(sys.argv[1] if len(sys.argv) == 2 else "raw").resolve())
    for complaint in found[:MOST_COMPLAINTS]:
        print(complaint, file=sys.stderr)
    if len(found) > MOST_COMPLAINTS:
        print(f"and {len(found) - MOST_COMPLAINTS} more", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
