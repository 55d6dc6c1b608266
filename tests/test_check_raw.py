"""The check of shapes that runs before dbt: what it lets pass, and what it names with file, line and column."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from inference_energy import check_raw
from inference_energy.check_raw import Record, complaints, file_complaints

SHIPPED = sorted(path.relative_to(ROOT) for path in (ROOT / "raw").glob("*/*.csv"))
VISION = "raw/paper/table_2_vision_models.csv"
OWN = "raw/own/models.csv"
RECORD = Record(stated_in="raw/paper/paper.yml", columns=("model", "gflops", "date"), is_ordered=True)
IN_ANY_ORDER = Record(stated_in="raw/own/own.yml", columns=("name", "watts"), is_ordered=False)
REMINDER = "; the columns are model, gflops, date, as in raw/paper/paper.yml, in that order"
UTF_8 = "expected UTF-8; save the file again as CSV UTF-8"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))


def found_in(text: str | bytes, record: Record = RECORD) -> list[str]:
    return list(file_complaints(text.encode() if isinstance(text, str) else text, record))


def test_files_as_shipped_pass() -> None:
    assert {path.parent.name for path in SHIPPED} == {"paper", "reference", "since_paper", "own"}
    assert complaints(ROOT / "raw") == []


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda content: content.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda content: b"\xef\xbb\xbf" + content, id="byte order mark"),
        pytest.param(lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"), id="both"),
        pytest.param(lambda content: content.removesuffix(b"\n"), id="no last line end"),
    ],
)
def test_files_pass_as_another_editor_saves_them(raw: Path, save: Callable[[bytes], bytes]) -> None:
    for file in SHIPPED:
        path = raw.parent / file
        path.write_bytes(save(path.read_bytes()))
    assert complaints(raw) == []


# content, all that is said of it
WRONG = [
    pytest.param("", ["line 1: found nothing, expected the columns model, gflops, date"], id="empty"),
    pytest.param("\ufeff \r\n\r\n", ["line 1: found nothing, expected the columns model, gflops, date"], id="blank"),
    pytest.param(
        "model,GFLOPs,date\nA,1,2\n",
        ['line 1, column 2: found "GFLOPs", expected "gflops"' + REMINDER],
        id="renamed column",
    ),
    pytest.param(
        "model,date,gflops\nA,2,1\n",
        ['line 1, column 2: found "date", expected "gflops"' + REMINDER],
        id="reordered columns",
    ),
    pytest.param(
        "model,gflops\nA,1\n", ['line 1, column 3: found no column, expected "date"' + REMINDER], id="last column gone"
    ),
    pytest.param(
        "model,gflops,date,\nA,1,2,\n",
        ['line 1, column 4: found "", expected no column' + REMINDER],
        id="trailing comma on every line",
    ),
    pytest.param("A,1,2\n", ['line 1, column 1: found "A", expected "model"' + REMINDER], id="no header"),
    pytest.param(
        "\nmodel,gflops,date\n",
        ['line 1, column 1: found no column, expected "model"' + REMINDER],
        id="empty first line",
    ),
    pytest.param(
        "model,gflops,date\nA,1,2\nB,1,2,\n",
        [
            'line 3, column 4: found "" behind the last column, 4 cells in all, expected 3 cells, from model to date; '
            "a cell that holds a comma stands in double quotes"
        ],
        id="trailing comma",
    ),
    pytest.param(
        "model,gflops,date\nA,1,843,2\n",
        [
            'line 2, column 4: found "2" behind the last column, 4 cells in all, expected 3 cells, from model to date; '
            "a cell that holds a comma stands in double quotes"
        ],
        id="thousands separator",
    ),
    pytest.param(
        "model,gflops,date\nA,1\n\nB,1,2\n",
        [
            "line 2, column date: found 2 cells and no more, expected 3 cells, from model to date; "
            "an empty cell keeps its comma",
            "line 3: found an empty line, expected none",
        ],
        id="missing cell and empty line",
    ),
    pytest.param(
        'model,gflops,date\nA,"1\n2",3\nB,1\n',
        [
            'line 2, column gflops: found a line break in "1\\n2", which ends on line 3, '
            "expected each cell on one line",
            "line 4, column date: found 2 cells and no more, expected 3 cells, from model to date; "
            "an empty cell keeps its comma",
        ],
        id="line break in a cell, lines counted as in the file",
    ),
    pytest.param(
        'model,gflops,date\nA,1,2\n"B,1,2\nC,1,2\n',
        [
            "line 3: found quotes that cannot be read (unexpected end of data), expected a quoted cell to end with a "
            "double quote before the next comma; within it a double quote is written twice"
        ],
        id="quote never closed",
    ),
    pytest.param(
        'model,gflops,date\n"A" net,1,2\nB,1\n',
        [
            "line 2: found quotes that cannot be read (',' expected after '\"'), expected a quoted cell to end with a "
            "double quote before the next comma; within it a double quote is written twice",
            "line 3, column date: found 2 cells and no more, expected 3 cells, from model to date; "
            "an empty cell keeps its comma",
        ],
        id="text behind a quote",
    ),
    pytest.param(
        "model,gflops,date\nA,1,2\nSémery,1 †,2\n".encode().replace("é".encode(), b"\xe9"),
        [f"line 3, column model: found the byte 0xe9, {UTF_8}"],
        id="one cell in Latin-1",
    ),
    pytest.param(
        b'model,gflops,date\r\n"A, B",1\x86,2\r\n',
        [f"line 2, column gflops: found the byte 0x86, {UTF_8}"],
        id="Windows-1252, after a quoted comma",
    ),
    pytest.param(
        "model,gflops,date\nA,1,2\n".encode("utf-16"), [f"line 1: found UTF-16, {UTF_8}"], id="UTF-16 with its mark"
    ),
    pytest.param(
        b"model,gflops,date\nA,1\0,2\n", [f"line 2, column gflops: found the byte 0x00, {UTF_8}"], id="zero byte"
    ),
    pytest.param(
        "model,\x1b[31mgflops,date\nA,1,2\n",
        ['line 1, column 2: found "\\x1b[31mgflops", expected "gflops"' + REMINDER],
        id="what a terminal would obey",
    ),
]


@pytest.mark.parametrize(("content", "expected"), WRONG)
def test_what_is_wrong_is_named(content: str | bytes, expected: list[str]) -> None:
    assert found_in(content) == expected


def test_a_users_columns_are_named_in_any_order() -> None:
    reminder = "; the columns are name, watts, as in raw/own/own.yml"
    assert found_in("watts, name\n1,A\n", IN_ANY_ORDER) == []
    assert found_in("name,power\nA,1\n", IN_ANY_ORDER) == [
        'line 1, column 2: found "power", expected each name once' + reminder,
        "line 1, column watts: found no such column, expected it" + reminder,
    ]
    assert found_in("name,watts,name\nA,1,B\n", IN_ANY_ORDER) == [
        'line 1, column 3: found "name", expected each name once' + reminder
    ]


def test_what_a_spreadsheet_leaves_in_the_folder_is_named(raw: Path) -> None:
    (raw / "own" / "models.csv").rename(raw / "own" / "models (1).CSV")
    (raw / "paper" / "table_9_gpu_adapted_performance.csv").unlink()
    assert complaints(raw) == [
        "raw/paper/table_9_gpu_adapted_performance.csv: found no such file, expected it, since raw/paper/paper.yml "
        "describes it",
        "raw/own/models.csv: found no such file, expected it, since raw/own/own.yml describes it",
        "raw/own/models (1).CSV: found a file that raw/own/own.yml does not describe, expected none; rows of your own "
        "belong in the files of raw/own/, such as raw/own/models.csv",
    ]


def test_a_folder_in_place_of_a_file_and_a_folder_without_a_record_are_named(raw: Path) -> None:
    (raw / "own" / "models.csv").unlink()
    (raw / "own" / "models.csv").mkdir()
    shutil.rmtree(raw / "reference")
    no_record, no_file = complaints(raw)
    assert no_record.startswith("raw/reference/reference.yml: found no file that can be read (")
    assert no_file.startswith("raw/own/models.csv: found nothing that can be read (")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["check_raw", *arguments])
    return check_raw.main()


def test_the_command_is_silent_where_all_is_well(
    raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And reads `raw` of the current folder unless told otherwise."""
    monkeypatch.chdir(raw.parent)
    assert run(monkeypatch) == 0
    assert run(monkeypatch, str(ROOT / "raw")) == 0
    assert capsys.readouterr() == ("", "")


def test_the_command_says_all_at_once_up_to_a_limit(
    raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw.parent / VISION).write_text("")
    with (raw.parent / OWN).open("a") as file:
        file.write("X\n" * 24)
    assert run(monkeypatch, str(raw)) == 1
    output = capsys.readouterr()
    lines = output.err.splitlines()
    assert output.out == ""
    assert lines[0].startswith(f"{VISION}, line 1: found nothing, expected the columns model, top1_acc, ")
    # One complaint of the paper's file and 19 of the 24 rows.
    assert lines[19].startswith(f"{OWN}, line 20, column domain: found 1 cells and no more, expected 13 cells, ")
    assert lines[20:] == ["and 5 more"]


def test_the_command_takes_one_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "one", "two") == 2
    assert "usage:" in capsys.readouterr().err


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8)


def written(table: list[list[str]], line_end: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(table)
    return text.getvalue().encode()


@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_any_text_on_one_line_is_a_cell(table: list[list[str]], line_end: str) -> None:
    """Formulas, quotes, markup and signs that are line ends elsewhere: the check has no opinion on what a cell says."""
    assert found_in(written([list(RECORD.columns), *table], line_end)) == []


@given(ROWS, st.data())
def test_a_cell_too_few_or_too_many_is_named_by_its_line(table: list[list[str]], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(table) - 1))
    table[row] = data.draw(st.sampled_from([table[row][:2], [*table[row], ""]]))
    (complaint,) = found_in(written([list(RECORD.columns), *table], "\n"))
    assert complaint.startswith(f"line {row + 2}, column {'date' if len(table[row]) == 2 else 4}: found ")


@given(ROWS, st.data())
def test_a_byte_that_is_no_text_is_named_by_its_cell(table: list[list[str]], data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, 2))
    table[row][column] += "\ue000"
    content = written([list(RECORD.columns), *table], "\n")
    bad = data.draw(st.sampled_from([b"\xe9", b"\xff", b"\0"]))
    assert found_in(content.replace("\ue000".encode(), bad)) == [
        f"line {row + 2}, column {RECORD.columns[column]}: found the byte 0x{bad.hex()}, {UTF_8}"
    ]
