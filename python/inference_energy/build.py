"""Build the warehouse and say little of it: what ``make build`` runs; options are handed to ``dbt build``."""

from __future__ import annotations

import sys
import threading
import time
from typing import NoReturn

from dbt.cli.main import cli
from dbt_common.events.base_types import EventMsg

SECONDS_BETWEEN_LINES = 5.0
# Of dbt's own lines those that warn or fail; what the project itself says is printed at any level.
QUIETLY = ("--log-level", "warn", "--log-level-file", "debug")


class Progress:
    """How far a run of dbt has come, from the events that dbt tells of it."""

    def __init__(self) -> None:
        self._begin = time.monotonic()
        self._n_steps = 0
        self._n_done = 0
        self._at_work: dict[str, str] = {}
        self._lock = threading.Lock()

    def note(self, event: EventMsg) -> None:
        """Take in one event; dbt calls this from each of its threads."""
        with self._lock:
            match event.info.name:
                case "LogStartLine":
                    self._n_steps = event.data.total
                case "NodeStart":
                    self._at_work[event.data.node_info.unique_id] = event.data.node_info.node_name
                case "NodeFinished":
                    self._at_work.pop(event.data.node_info.unique_id, None)
                    self._n_done += 1

    def line(self) -> str:
        """Return one line: steps done, seconds since the start, and the step that was begun first of those at work."""
        seconds = f"{time.monotonic() - self._begin:.0f} s"
        with self._lock:
            if not self._n_steps:
                return f"{seconds}: reading the project"
            at_work = next(iter(self._at_work.values()), "the end")
            return f"{seconds}: {self._n_done:,} of {self._n_steps:,} steps done, now {at_work}"


def build(arguments: list[str], seconds_between_lines: float = SECONDS_BETWEEN_LINES) -> NoReturn:
    """Run ``dbt build``, print a line of progress now and then, and exit as dbt does.

    Parameters
    ----------
    arguments
        What stands behind ``dbt build`` on the command line.
    seconds_between_lines
        Seconds from one line of progress to the next.

    Raises
    ------
    SystemExit
        With dbt's status: 0, 1 when a step failed, 2 when dbt could not run.
    """
    progress = Progress()
    is_over = threading.Event()

    def tell() -> None:
        while not is_over.wait(seconds_between_lines):
            print(f"  {progress.line()}", flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        cli.main([*QUIETLY, "build", *arguments], prog_name="dbt", obj={"callbacks": [progress.note]})
    finally:
        is_over.set()
        teller.join()


if __name__ == "__main__":
    print("Building the warehouse, a minute or two. All that dbt says goes to dbt_project/logs/dbt.log.", flush=True)
    build(sys.argv[1:])
