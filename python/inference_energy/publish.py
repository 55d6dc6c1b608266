"""Publishing: the file that readers open is replaced in one step by a whole build, or stays as it is.

A build works in a side file, `build/<name>` beside the published one. At its end all of it is copied into a third
file, which takes the published name with one rename once it is on disk. A reader who has the old file open keeps it
until he closes it.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from inference_energy.connection import WarehouseError

# Lets a test widen the moments between the steps of publishing, to interrupt them there.
PAUSE_VARIABLE = "INFERENCE_ENERGY_PUBLISHING_PAUSE_SECONDS"
COPY_ALIAS = "copy_to_publish"


def published_path(side: Path) -> Path:
    """Return the path that readers open, from that of the side file; the profile derives the other from the one."""
    return side.parents[1] / side.name


def prepare_side_file(side: Path, *, start_afresh: bool) -> None:
    """Make the folder of the side file, see that nobody else has the file open, and remove it for a fresh start.

    A whole build starts from nothing, so that nothing of an earlier one can be published again.

    Raises
    ------
    WarehouseError
        When another process has the side file open; nothing is changed then.
    """
    side.parent.mkdir(parents=True, exist_ok=True)
    if not side.exists():
        return
    with _locked(side, fcntl.LOCK_EX) as is_locked:
        if not is_locked:
            raise WarehouseError(
                f"{side} is in use: another dbt command is at work in it, or a shell has it open. Wait for it to end, "
                f"or close it, and call again. Nothing was changed.{_holder(side, read_only=False)}"
            )
        if start_afresh:
            _write_ahead_log(side).unlink(missing_ok=True)
            side.unlink()


def publish(
    connection: duckdb.DuckDBPyConnection,
    side: Path,
    write_identity: Callable[[duckdb.DuckDBPyConnection, str], None],
) -> Path:
    """Copy the whole database of a connection and put the copy in the place of the published file.

    Parameters
    ----------
    connection
        An open connection to the side file; what other connections have not committed is not copied.
    side
        The side file.
    write_identity
        Called with a connection and the name under which the copy is attached to it, before the copy is closed.

    Returns
    -------
    Path
        The published file.

    Raises
    ------
    WarehouseError
        When a program has the published file open for writing.
    duckdb.Error, OSError
        When the copy cannot be written, as on a full disk. In each case the published file is as it was.
    """
    published = published_path(side)
    copy = side.with_name(f"{side.name}.new")
    _remove(copy)
    try:
        _copy_database(connection, copy, write_identity)
        _pause()
        _sync(copy)
        _pause()
        _replace(copy, published)
    finally:
        _remove(copy)
    return published


def _copy_database(
    connection: duckdb.DuckDBPyConnection, copy: Path, write_identity: Callable[[duckdb.DuckDBPyConnection, str], None]
) -> None:
    with connection.cursor() as cursor:
        (database,) = cursor.execute("select current_database()").fetchone() or ("",)
        path = str(copy).replace("'", "''")
        cursor.execute(f"attach '{path}' as {COPY_ALIAS}")
        try:
            _pause()
            cursor.execute(f'copy from database "{database}" to {COPY_ALIAS}')
            _pause()
            write_identity(cursor, COPY_ALIAS)
            cursor.execute(f"checkpoint {COPY_ALIAS}")
        finally:
            cursor.execute(f"detach {COPY_ALIAS}")


def _replace(copy: Path, published: Path) -> None:
    """Rename the copy to the published file, with no writer on that file and no write-ahead log beside it.

    DuckDB refuses a file with the log of another one, such as a shell leaves that was killed while it wrote into the
    file to be replaced. A living writer would leave its log beside the new file, so it is not overtaken.
    """
    if not published.exists():
        _write_ahead_log(published).unlink(missing_ok=True)
        copy.replace(published)
    else:
        with _locked(published, fcntl.LOCK_SH) as is_locked:
            if not is_locked:
                raise WarehouseError(
                    f"{published} is open for writing in another program, so it was not replaced. Close that program "
                    f"and build again; to read, open the file read-only.{_holder(published, read_only=True)}"
                )
            _write_ahead_log(published).unlink(missing_ok=True)
            _pause()
            copy.replace(published)
    _pause()
    _sync(published.parent)


@contextmanager
def _locked(database: Path, kind: int) -> Iterator[bool]:
    """Take the lock that DuckDB takes on a file, shared to read and exclusive to write; say whether it was free."""
    with database.open("r+b" if kind == fcntl.LOCK_EX else "rb") as file:
        try:
            fcntl.lockf(file, kind | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        # Between opening and locking, another build may have put a new file in this place.
        yield database.exists() and os.path.samestat(os.fstat(file.fileno()), database.stat())


def _sync(path: Path) -> None:
    """Have a file or folder written to disk now, so that not even a power cut undoes what was done."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_ahead_log(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")


def _remove(database: Path) -> None:
    database.unlink(missing_ok=True)
    _write_ahead_log(database).unlink(missing_ok=True)


def _holder(database: Path, *, read_only: bool) -> str:
    """Return DuckDB's own words on who stands in the way of opening a file, which name the process."""
    try:
        duckdb.connect(str(database), read_only=read_only).close()
    except duckdb.Error as error:
        return f" ({error})"
    return ""


def _pause() -> None:
    time.sleep(float(os.environ.get(PAUSE_VARIABLE, "0")))
