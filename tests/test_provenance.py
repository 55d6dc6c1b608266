"""Every shipped raw file has a record beside it: what it is, where it was printed, its licence and its checksum."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest
import yaml

RAW = Path(__file__).resolve().parents[1] / "raw"
SHIPPED = sorted(path for folder in ("paper", "reference", "since_paper") for path in (RAW / folder).glob("*.csv"))


def seeds_in(folder: Path) -> list[dict]:
    """Return the records of all YAML files of a folder, each with the file that it stands in."""
    return [
        seed | {"stated_in": path.name}
        for path in sorted(folder.glob("*.yml"))
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]
    ]


def record(path: Path) -> dict:
    found = [seed for seed in seeds_in(path.parent) if seed["name"] == path.stem]
    assert len(found) == 1, f"{path.parent.name} needs one record for {path.name}, it has {len(found)}"
    return found[0]


def complaint(path: Path, entry: dict) -> str | None:
    """Say what to do when a file is not the one that its record describes."""
    found = hashlib.sha256(path.read_text(encoding="utf-8-sig").encode()).hexdigest()
    expected = entry["config"]["meta"]["sha256"]
    if found == expected:
        return None
    name = path.relative_to(RAW.parent)
    return (
        f"{name} is not the file that raw/{path.parent.name}/{entry['stated_in']} describes: its sha256 is {found}, "
        f"the record says {expected}. Undo the change with `git checkout -- {name}`, or, if it is meant, write the new "
        "sha256 into the record and say why in CHANGELOG.md. Rows of your own belong in raw/own/."
    )


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_file_is_the_one_on_record(path: Path) -> None:
    assert (message := complaint(path, record(path))) is None, message


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_record_is_whole(path: Path) -> None:
    entry = record(path)
    assert entry["description"].startswith("One row per ")
    for key in ("citation", "licence", "sha256"):
        assert entry["config"]["meta"][key].strip()
    if path.parent.name == "paper":
        assert entry["config"]["meta"]["printed_in"].strip()
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    columns = [column["name"] for column in entry["columns"]]
    assert columns == header
    assert all(column["description"].strip() for column in entry["columns"])
    # Any other type would change a cell while it is read: 82.90 would become 82.9.
    assert entry["config"]["column_types"] == dict.fromkeys(columns, "varchar")


def test_records_describe_shipped_files_only() -> None:
    for folder in ("paper", "reference", "since_paper"):
        recorded = {seed["name"] for seed in seeds_in(RAW / folder)}
        assert recorded == {path.stem for path in SHIPPED if path.parent.name == folder}


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    """The check above can fail: one byte more, and the message says what to do."""
    original = RAW / "paper" / "table_7_language_models.csv"
    entry = record(original)
    changed = RAW.parent / "raw" / "paper" / original.name
    assert complaint(changed, entry) is None
    entry["config"]["meta"]["sha256"] = hashlib.sha256(original.read_bytes() + b"\n").hexdigest()
    message = complaint(changed, entry)
    assert message is not None
    assert "raw/paper/table_7_language_models.csv" in message
    assert "write the new sha256" in message


def test_the_columns_of_a_users_files_are_those_that_their_readme_describes() -> None:
    files = yaml.safe_load((RAW / "own" / "own.yml").read_text(encoding="utf-8"))["own_files"]
    sections = (RAW / "own" / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [section.split("`")[1] for section in sections] == [f"{file['name']}.csv" for file in files]
    for file, section in zip(files, sections, strict=True):
        described = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
        assert described == [column["name"] for column in file["columns"]]
