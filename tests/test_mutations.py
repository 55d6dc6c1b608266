"""The short version of `make mutation-test`, and the parts that it judges with."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Project
from mutating import forms, mutate, same_text

FILE = ROOT / "raw" / "paper" / "table_2_vision_models.csv"


def test_no_change_of_a_raw_file_passes_unseen(built_project: Project) -> None:
    """In a process of its own, since dbt changes the one that it runs in."""
    result = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("mutating.py")),
            "--count=10",
            "--seed=7",
            f"--built={built_project.folder}",
        ],
        env=built_project.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "10 of 10: " in result.stdout


def test_mutations_change_files_in_many_ways() -> None:
    content = FILE.read_bytes()
    mutations = [mutate(FILE, content, random.Random(seed)) for seed in range(300)]  # noqa: S311
    kinds = {mutation.what.split(",")[0].split(" ")[0] for mutation in mutations}
    assert kinds == {"digit", "edit", "cell", "swap", "slip", "rows", "columns", "bytes"}
    # A random digit may be the one that was there.
    assert sum(mutation.content == content for mutation in mutations) < 30


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("82.90", "82.9"),
        ("1040.00 *", "1040.0"),
        ("71.2 [Clark et al., 2020]", "Clark et al., 2020"),
        ("AlexNet [Krizhevsky et al., 2012]", "AlexNet"),
        ("12/11/2013", "2013-11-12"),
        (" x ", " x "),
    ],
)
def test_a_cell_is_known_again_in_its_staging_row(cell: str, form: str) -> None:
    assert form in forms(cell)
    assert "82.91" not in forms(cell)


def test_line_ends_and_a_byte_order_mark_are_no_change() -> None:
    assert same_text(b"a,b\n1,2\n", b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    assert not same_text(b"a,b\n1,2\n", b"a,b\n1,3\n")
