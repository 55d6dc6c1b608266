"""Run several dbt commands in one process, so that they share one Spark: ``python spark_commands.py COMMANDS``.

COMMANDS is a JSON list of objects: ``arguments`` of dbt, ``environment`` with variables to set before, and ``copies``,
the folder of Spark's tables and the one to which it is copied after the command.
"""

from __future__ import annotations

import json
import os
import shutil
import sys

from dbt.cli.main import dbtRunner


def main() -> int:
    """Run each command; stop at the first that fails."""
    for command in json.loads(sys.argv[1]):
        os.environ.update(command["environment"])
        if not dbtRunner().invoke(command["arguments"]).success:
            return 1
        shutil.copytree(*command["copies"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
