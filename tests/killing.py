"""`make kill-test`: builds killed at random moments, with readers throughout; what the readers found is counted.

Each build has a generation: a number that the rows of marts depend on. A published file is whole when the checksums of
its marts, taken anew by the reader, are those that it states, and its generation is one that was built.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import duckdb
from conftest import Project, copy_project
from inference_energy.build_info import BUILD_INFO
from inference_energy.checksum import mart_checksums
from inference_energy.publish import PAUSE_VARIABLE

# Seconds between the steps of publishing, about seven of them, so that a kill can hit each.
PAUSE_SECONDS = 0.2
STEPS = 7
OWN_MODEL = "A generation,vision,CNN,2020-01-01,10,80,,,{gflops},,reported,No,a test\n"


@dataclass
class Outcome:
    """What was done and found."""

    kills: int = 0
    kills_in_publishing: int = 0
    finished_before_the_kill: int = 0
    found_old: int = 0
    found_new: int = 0
    reads: int = 0
    mixed_reads: int = 0
    unreadable_states: int = 0


def set_generation(project: Project, generation: int) -> list[str]:
    """Make the next build differ from all others, and return the arguments that it needs."""
    own = project.folder / "raw" / "own" / "models.csv"
    header = own.read_text(encoding="utf-8").splitlines()[0]
    own.write_text(f"{header}\n" + OWN_MODEL.format(gflops=generation), encoding="utf-8")
    if (project.folder / "dbt_project" / "models" / "marts" / "generations.sql").exists():
        return ["--vars", f"{{generation: {generation}}}"]
    return []


def read_generation(published: Path) -> int | None:
    """Open the published file as a reader does and return its generation, None where its parts do not belong together.

    Raises
    ------
    duckdb.Error
        When it cannot be opened or read.
    """
    with duckdb.connect(str(published), read_only=True) as warehouse:
        stated = warehouse.execute(f"select mart_checksums from marts.{BUILD_INFO}").fetchall()
        (own,) = warehouse.execute(
            "select cast(max(gflops_per_forward_pass) as integer) from staging.stg_own_models"
        ).fetchone() or (None,)
        found = mart_checksums(warehouse)
    found.pop(BUILD_INFO, None)
    return own if stated == [(found,)] else None


def keep_reading(
    published: Path, reads: Synchronized[int], mixed: Synchronized[int], unreadable: Synchronized[int]
) -> None:
    """Read again and again until killed."""
    while True:
        try:
            if read_generation(published) is None:
                mixed.value += 1
        except duckdb.Error:
            unreadable.value += 1
        reads.value += 1
        time.sleep(0.02)


def kill_builds(
    project: Project,
    kills: int,
    kills_in_publishing: int,
    seed: int,
    report: Callable[[str], None] = print,
    readers: int = 1,
) -> Outcome:
    """Kill builds of a project until enough kills hit, and read the published file throughout.

    Parameters
    ----------
    project
        Not built yet.
    kills
        How many kills must hit a running build.
    kills_in_publishing
        How many of them must hit the publishing step, whose pauses are then widened.
    seed
        Of the random moments.
    report
        Called with a line after each kill.
    readers
        Processes that read all the while.
    """
    choose = random.Random(seed)  # noqa: S311
    outcome = Outcome()
    started = time.monotonic()
    # By the program itself, as the builds to kill are, for it takes as long as they do.
    result = subprocess.run(
        project.command("build", *set_generation(project, 1)),
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(f"the first build failed:\n{result.stdout}")
    seconds = time.monotonic() - started
    counters = [multiprocessing.Value("q", 0) for _ in range(3 * readers)]
    processes = [
        multiprocessing.Process(
            target=keep_reading, args=(project.warehouse, *counters[3 * i : 3 * i + 3]), daemon=True
        )
        for i in range(readers)
    ]
    for process in processes:
        process.start()
    published, generation = 1, 1
    try:
        while outcome.kills < kills or outcome.kills_in_publishing < kills_in_publishing:
            generation += 1
            in_publishing = outcome.kills_in_publishing < kills_in_publishing and (
                choose.random() < kills_in_publishing / kills or outcome.kills >= kills
            )
            hit = _kill_one(project, set_generation(project, generation), in_publishing, seconds, choose)
            found = _found(project, outcome)
            if found not in (published, generation):
                outcome.mixed_reads += 1
            outcome.kills += hit
            outcome.kills_in_publishing += hit and in_publishing
            outcome.finished_before_the_kill += not hit
            outcome.found_old += found == published
            outcome.found_new += found == generation
            published = generation if found == generation else published
            report(
                f"{outcome.kills} kills, {outcome.kills_in_publishing} of them while publishing; "
                f"{'killed' if hit else 'had ended'}; found the {'new' if found == generation else 'old'} build"
            )
    finally:
        for process in processes:
            process.kill()
            process.join()
    outcome.reads += sum(counter.value for counter in counters[0::3])
    outcome.mixed_reads += sum(counter.value for counter in counters[1::3])
    outcome.unreadable_states += sum(counter.value for counter in counters[2::3])
    return outcome


def _kill_one(
    project: Project, arguments: list[str], in_publishing: bool, seconds: float, choose: random.Random
) -> bool:
    """Start a build, kill it and all that it started, and return whether it was still at work."""
    environment = project.environment(**({PAUSE_VARIABLE: str(PAUSE_SECONDS)} if in_publishing else {}))
    build = subprocess.Popen(
        project.command("build", *arguments),
        cwd=project.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    copy = project.side.with_name(f"{project.side.name}.new")
    if in_publishing:
        # The copy of a build that was killed here before may still lie there.
        before = copy.stat().st_mtime_ns if copy.exists() else None
        while build.poll() is None and (not copy.exists() or copy.stat().st_mtime_ns == before):
            with suppress(subprocess.TimeoutExpired):
                build.wait(0.005)
        time.sleep(choose.uniform(0, STEPS * PAUSE_SECONDS))
    else:
        with suppress(subprocess.TimeoutExpired):
            build.wait(choose.uniform(0, seconds))
    with suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGKILL)
    return build.wait() == -signal.SIGKILL


def _found(project: Project, outcome: Outcome) -> int | None:
    outcome.reads += 1
    try:
        return read_generation(project.warehouse)
    except duckdb.Error:
        outcome.unreadable_states += 1
        return None


def main() -> None:
    """Run the long version on the whole project."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--kills-in-publishing", type=int, default=25)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kill test "))
    try:
        print(f"building in {folder}, seed {arguments.seed} ...")
        outcome = kill_builds(
            copy_project(folder / "a project"), arguments.kills, arguments.kills_in_publishing, arguments.seed
        )
    finally:
        shutil.rmtree(folder)
    print(
        f"kills that hit: {outcome.kills}, of them in the publishing step: {outcome.kills_in_publishing}; "
        f"builds that had ended before the kill: {outcome.finished_before_the_kill}\n"
        f"state found after each: old build {outcome.found_old}, new build {outcome.found_new}\n"
        f"reads: {outcome.reads}, mixed: {outcome.mixed_reads}, unreadable: {outcome.unreadable_states}"
    )
    if outcome.mixed_reads or outcome.unreadable_states:
        raise SystemExit("readers saw something else than a whole build")


if __name__ == "__main__":
    main()
