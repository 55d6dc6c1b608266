"""What SQL cannot see of the files of a workload: links, what a path leaves unread, and damage within a file.

The macros in ``dbt_project/macros/workload_files.sql`` call these functions and judge what they return.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

# Of files and folders that are no part of a log, as on Spark.
HIDDEN = ("_", ".")
ANY_DEPTH = "**"
BYTES_AT_A_TIME = 1 << 20

Visited = set[tuple[str | None, int]]


def register_path_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Give SQL the functions ``file_identity``, ``files_meant`` and ``gzip_fault``."""
    for name, function, result in (
        ("file_identity", file_identity, "VARCHAR"),
        ("files_meant", files_meant, "VARCHAR[]"),
        ("gzip_fault", gzip_fault, "VARCHAR"),
    ):
        # What they return changes with the files; without `special` none could return NULL.
        connection.create_function(name, function, ["VARCHAR"], result, side_effects=True, null_handling="special")


def file_identity(file: str) -> str | None:
    """Return the same text for all names of one file, be it by links; None where there is none on this machine."""
    try:
        state = Path(file).stat()
    except OSError:
        return None
    return f"{state.st_dev}:{state.st_ino}"


def files_meant(path: str) -> list[str]:
    """Return the files that a path of a workload may mean, whether DuckDB reads them or not.

    Links to folders are followed, and each folder is entered once. What begins with ``_`` or a dot is left out, unless
    the path names it.

    Parameters
    ----------
    path
        A file, a folder or, where neither has this name, a glob.

    Returns
    -------
    list of str
        The files that it names, and those at any depth in folders that it names; none for an address of object storage.

    Raises
    ------
    OSError
        When a folder cannot be listed.
    """
    if "://" in path:
        return []
    whole = Path(path)
    root = Path(whole.anchor)
    named = [whole] if os.path.lexists(whole) else _matches(root, whole.relative_to(root).parts, set())
    entered: Visited = set()
    files = (_files_below(place, entered) if place.is_dir() else [place] for place in named)
    return [str(file) for found in files for file in found]


def gzip_fault(file: str) -> str | None:
    """Return what is wrong with a compressed file, which is read to its end; None where it is sound, or not to be read.

    DuckDB does not compare the checksum at the end, so that it takes damaged rows for sound ones.
    """
    try:
        with gzip.open(file) as content:
            while content.read(BYTES_AT_A_TIME):
                pass
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        return str(error)
    except OSError:
        # DuckDB says it better.
        return None
    return None


def _files_below(folder: Path, entered: Visited) -> Iterator[Path]:
    """Yield the files in a folder and in those within it, but for folders that were entered before."""
    if _is_first_visit(folder, 0, entered):
        for place in _listed(folder, "*"):
            if place.is_dir():
                yield from _files_below(place, entered)
            else:
                yield place


def _matches(folder: Path, parts: Sequence[str], entered: Visited) -> Iterator[Path]:
    """Yield the files and folders that the parts of a glob stand for, as seen from a folder."""
    if not parts:
        yield folder
        return
    part, *rest = parts
    if part == ANY_DEPTH:
        if _is_first_visit(folder, len(parts), entered):
            yield from _matches(folder, rest, entered)
            for place in _listed(folder, "*"):
                if place.is_dir():
                    yield from _matches(place, parts, entered)
    elif any(letter in part for letter in "*?["):
        for place in _listed(folder, part):
            yield from _matches(place, rest, entered)
    elif os.path.lexists(folder / part):
        yield from _matches(folder / part, rest, entered)


def _is_first_visit(folder: Path, n_parts: int, entered: Visited) -> bool:
    """Return whether a folder was not yet entered with so many parts of a glob left, and note that it is now."""
    visit = (file_identity(str(folder)), n_parts)
    is_first = visit not in entered
    entered.add(visit)
    return is_first


def _listed(folder: Path, pattern: str) -> list[Path]:
    """Return what matches a pattern in a folder, in order; nothing where it is none."""
    return sorted(
        place
        for place in (folder.iterdir() if folder.is_dir() else ())
        if fnmatchcase(place.name, pattern) and (not place.name.startswith(HIDDEN) or pattern.startswith(HIDDEN))
    )
