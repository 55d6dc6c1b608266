"""Fill what Markdown files take from the marts, so that no number in them is typed by hand.

Two forms are filled with the rows of a query as a table, one with a text that a query makes:

- the rows of a fenced ``sql`` block, between ``<!-- result -->`` and ``<!-- /result -->`` right below it;
- the rows of a query that the reader need not see, between ``<!-- query: select ... -->`` and ``<!-- /query -->``;
- the one cell of a query, as a paragraph, between ``<!-- text: select ... -->`` and ``<!-- /text -->``.

A long hidden query stands in a file of its own, named in its place by its path from the root of the project:
``<!-- query: reports/queries/growth.sql -->``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from pathlib import Path

import duckdb

from inference_energy.command import run_on_warehouse

ROOT = Path(__file__).resolve().parents[2]
SHOWN = re.compile(
    r"(?P<head>```sql\n(?P<sql>[^`]+)```\n\n<!-- result -->\n)(?P<table>.*?)(?P<foot><!-- /result -->)", re.DOTALL
)
HIDDEN = re.compile(
    r"(?P<head><!-- query:\s(?P<sql>(?:(?!-->).)+)-->\n)(?P<table>.*?)(?P<foot><!-- /query -->)", re.DOTALL
)
TEXT = re.compile(r"(?P<head><!-- text:\s(?P<sql>(?:(?!-->).)+)-->\n)(?P<text>.*?)(?P<foot><!-- /text -->)", re.DOTALL)


def fill(text: str, connection: duckdb.DuckDBPyConnection) -> str:
    """Return the text with every marked table and paragraph made anew from the warehouse.

    Raises
    ------
    duckdb.Error
        When a query of the text cannot be run.
    FileNotFoundError
        When the text names a file with a query that is not there.
    ValueError
        When a query for a paragraph gives anything but one cell with a text, such as NULL for want of a row.
    """

    def filled(match: re.Match[str]) -> str:
        return match["head"] + markdown_table(connection.sql(query_of(match["sql"]))) + match["foot"]

    def told(match: re.Match[str]) -> str:
        rows = connection.sql(query_of(match["sql"])).fetchall()
        if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], str):
            raise ValueError(f"a query for a paragraph must give one cell with a text, found {rows}:\n{match['sql']}")
        return f"{match['head']}\n{rows[0][0]}\n\n{match['foot']}"

    return TEXT.sub(told, HIDDEN.sub(filled, SHOWN.sub(filled, text)))


def query_of(text: str) -> str:
    """Return a query as it stands, or what the file holds whose path stands in its place."""
    text = text.strip()
    return (ROOT / text).read_text(encoding="utf-8") if re.fullmatch(r"[\w/]+\.sql", text) else text


def markdown_table(rows: duckdb.DuckDBPyRelation) -> str:
    """Return the rows as a Markdown table, numbers to four significant digits."""
    lines = ["| " + " | ".join(rows.columns) + " |", "| " + " | ".join("---" for _ in rows.columns) + " |"]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows.fetchall()]
    return "\n" + "\n".join(lines) + "\n\n"


def cell(value: object) -> str:
    """Return one value as a reader wants it in a table."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case float() if value != 0 and math.isfinite(value):
            digits = max(0, 3 - math.floor(math.log10(abs(value))))
            text = f"{value:,.{digits}f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return str(value).replace("|", "\\|")


def fill_folder(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Fill the Markdown files that lie in a folder, not those of folders within it, and say which that changed."""
    changed = []
    for path in sorted(folder.glob("*.md")):
        old = path.read_text(encoding="utf-8")
        new = fill(old, connection)
        if new != old:
            path.write_text(new, encoding="utf-8")
            changed.append(path.name)
    return f"Filled {', '.join(changed)}" if changed else "All tables were current"


def main() -> int:
    """Fill the files of the folder named on the command line."""
    return run_on_warehouse("python -m inference_energy.readme FOLDER", fill_folder)


if __name__ == "__main__":
    raise SystemExit(main())
