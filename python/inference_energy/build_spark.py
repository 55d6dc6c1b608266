"""Build the models of a workload with Apache Spark on this machine: what ``make build-spark`` runs."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from inference_energy.connection import WarehouseError, connect
from inference_energy.export_dimensions import export_dimensions

ROOT = Path(__file__).resolve().parents[2]
DIMENSIONS_VARIABLE = "INFERENCE_ENERGY_DIMENSIONS"
# Those of pyspark 4 that have long-term support.
JAVA_VERSIONS = ("17", "21")


class SparkError(RuntimeError):
    """Spark cannot run here; the message says what to install."""


def java_home() -> Path:
    """Return the folder of a Java that Spark runs on.

    The first that fits of: the environment variable ``JAVA_HOME``, the ``java`` on the path, and where Linux and macOS
    keep theirs.

    Raises
    ------
    SparkError
        When there is none.
    """
    found = []
    for home in _java_homes():
        version = _java_version(home / "bin" / "java")
        if version in JAVA_VERSIONS:
            return home
        if version is not None:
            found.append(f"{home} is Java {version}")
    raise SparkError(
        f"Spark needs Java {' or '.join(JAVA_VERSIONS)}{', and ' if found else ''}{', '.join(found)}; install it "
        "(Debian and Ubuntu: apt-get install openjdk-17-jre-headless) or name its folder in JAVA_HOME"
    )


def _java_homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    for version in JAVA_VERSIONS:
        yield from sorted(Path("/usr/lib/jvm").glob(f"*{version}*"))
        yield from sorted(Path("/Library/Java/JavaVirtualMachines").glob(f"*{version}*/Contents/Home"))


def _java_version(java: Path) -> str | None:
    """Return the main version that a ``java`` states of itself, None where it is none."""
    try:
        said = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    except OSError:
        return None
    match = re.search(r'version "(\d+)', said)
    return match[1] if match else None


def spark_environment() -> dict[str, str]:
    """Return the environment in which pyspark finds its Java and listens to this machine alone.

    Raises
    ------
    SparkError
        When pyspark or Java is not there.
    """
    for module in ("pyspark", "dbt.adapters.spark"):
        if importlib.util.find_spec(module) is None:
            raise SparkError(
                f"{module} is not installed; `make build-spark` installs it, or pip install -e '.[spark]' with "
                "--constraint constraints.txt"
            )
    return {"SPARK_LOCAL_IP": "127.0.0.1"} | os.environ | {"JAVA_HOME": str(java_home())}


def main() -> int:
    """Export the dimensions, unless the environment says where they lie, and run dbt; more options are handed to it.

    Returns
    -------
    int
        Exit code: that of dbt, or 1 where it could not be called.
    """
    try:
        environment = spark_environment()
        if not environment.get(DIMENSIONS_VARIABLE):
            folder = ROOT / "warehouse" / "dimensions"
            with connect() as warehouse:
                export_dimensions(warehouse, folder)
            environment[DIMENSIONS_VARIABLE] = str(folder)
    except (SparkError, WarehouseError) as error:
        print(error, file=sys.stderr)
        return 1
    dbt = [str(Path(sys.executable).with_name("dbt")), "build", "--target", "spark", "--select", "workload"]
    # A target folder of its own: dbt keeps one parse per folder, and that of the other engine stays good.
    folders = ["--project-dir", str(ROOT / "dbt_project"), "--profiles-dir", str(ROOT), "--target-path", "target/spark"]
    return subprocess.run([*dbt, *folders, *sys.argv[1:]], env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main())
