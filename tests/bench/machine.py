"""What the timings of a benchmark hang on: the day, the machine and the versions."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from inference_energy.readme import cell


def machine(packages: Sequence[str]) -> str:
    """Name the day, the machine and the versions of Python and of packages."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Measured on {cell(dt.date.today())}: {cpu}, {os.cpu_count()} cores, {memory:.0f} GB; "
        f"Python {platform.python_version()}, {versions}."
    )
