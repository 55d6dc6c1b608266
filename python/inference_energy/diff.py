"""Tell which rows and numbers of which marts differ between two published warehouses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from inference_energy.build_info import BUILD_INFO
from inference_energy.checksum import comparable
from inference_energy.connection import WarehouseError, connect
from inference_energy.marts import columns_of, marts_with_keys, quoted

# How many rows of each kind are printed for each mart; all are counted.
PRINTED_ROWS = 20


def differences(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> Iterator[str]:
    """Yield one line per difference between the marts of two attached databases, floats to 10 significant digits.

    Parameters
    ----------
    connection
        A connection to which both are attached.
    old, new
        Their names there.
    """
    old_marts, new_marts = (
        {mart: key for mart, key in marts_with_keys(connection, database).items() if mart != BUILD_INFO}
        for database in (old, new)
    )
    for mart in sorted(old_marts.keys() | new_marts.keys()):
        if mart not in new_marts:
            yield f"{mart}: only in OLD"
        elif mart not in old_marts:
            yield f"{mart}: only in NEW"
        elif old_marts[mart] != new_marts[mart]:
            yield f"{mart}: the key was {', '.join(old_marts[mart])}, is {', '.join(new_marts[mart])}"
        else:
            yield from _mart_differences(connection, old, new, mart, new_marts[mart])


def _mart_differences(
    connection: duckdb.DuckDBPyConnection, old: str, new: str, mart: str, key: list[str]
) -> Iterator[str]:
    old_columns, new_columns = (columns_of(connection, "marts", mart, database) for database in (old, new))
    for column in [*old_columns, *(name for name in new_columns if name not in old_columns)]:
        if old_columns.get(column) != new_columns.get(column):
            yield f"{mart}.{column}: was {old_columns.get(column, 'absent')}, is {new_columns.get(column, 'absent')}"
    both = f"{old}.marts.{quoted(mart)} as o full join {new}.marts.{quoted(mart)} as n on " + " and ".join(
        f"o.{quoted(column)} = n.{quoted(column)}" for column in key
    )
    row_key = " || ', ' || ".join(f"coalesce(o.{quoted(c)}, n.{quoted(c)})::varchar" for c in key)
    yield from _found(connection, mart, "only in OLD", f"select {row_key} from {both} where n.{quoted(key[0])} is null")  # noqa: S608
    yield from _found(connection, mart, "only in NEW", f"select {row_key} from {both} where o.{quoted(key[0])} is null")  # noqa: S608
    for column, data_type in old_columns.items():
        if column in key or new_columns.get(column) != data_type:
            continue
        was, now = (comparable(f"{side}.{quoted(column)}", data_type) for side in ("o", "n"))
        cell = f"coalesce({{side}}.{quoted(column)}::varchar, 'NULL')"
        yield from _found(
            connection,
            mart,
            f"with another {column}",
            f"select {row_key} || ': was ' || {cell.format(side='o')} || ', is ' || {cell.format(side='n')} "  # noqa: S608
            f"from {both} where o.{quoted(key[0])} is not null and n.{quoted(key[0])} is not null "
            f"and {was} is distinct from {now}",
        )


def _found(connection: duckdb.DuckDBPyConnection, mart: str, what: str, query: str) -> Iterator[str]:
    rows = [row for (row,) in connection.execute(f"{query} order by all").fetchall()]
    if rows:
        yield f"{mart}: {len(rows)} {'row' if len(rows) == 1 else 'rows'} {what}"
    for row in rows[:PRINTED_ROWS]:
        yield f"  {row}"
    if len(rows) > PRINTED_ROWS:
        yield f"  and {len(rows) - PRINTED_ROWS} more"


def _origin(connection: duckdb.DuckDBPyConnection, database: str) -> str:
    """Say which build a database is, as far as it says so itself."""
    if not columns_of(connection, "marts", BUILD_INFO, database):
        return f"it has no marts.{BUILD_INFO}"
    published_at, version, commit, raw = connection.execute(
        f"select published_at, project_version, git_commit, raw_checksum from {database}.marts.{BUILD_INFO}"  # noqa: S608
    ).fetchone() or (None, None, None, "")
    return f"published {published_at:%Y-%m-%d %H:%M:%S} UTC, version {version}, commit {commit}, raw {raw[:12]}"


def main() -> int:
    """Compare the two files named on the command line.

    Returns
    -------
    int
        Exit code as of the Unix tool of this name: 0 for equal marts, 1 for a difference, 2 when there is no comparing.
    """
    if len(sys.argv) != 3 or not all(sys.argv[1:]):
        print("usage: make diff OLD=a.duckdb NEW=b.duckdb", file=sys.stderr)
        return 2
    with duckdb.connect() as connection:
        for name, path in zip(("old", "new"), sys.argv[1:], strict=True):
            try:
                connect(Path(path)).close()
            except WarehouseError as error:
                print(error, file=sys.stderr)
                return 2
            literal = path.replace("'", "''")
            connection.execute(f"attach '{literal}' as {name}_warehouse (read_only)")
            print(f"{name.upper()} {path}: {_origin(connection, f'{name}_warehouse')}")
        lines = list(differences(connection, "old_warehouse", "new_warehouse"))
    for line in lines:
        print(line)
    print("The marts differ." if lines else "All marts are equal (floats to 10 significant digits).")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
