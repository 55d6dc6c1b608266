"""Reading a workload: each kind of bad row and of bad file, files that grow or are many, and what must not matter.

The models are rendered and run on small tables of their own, without dbt.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import math
import random
import re
import resource
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inference_energy.connection import WarehouseError
from inference_energy.sql_models import SqlModels
from inference_energy.workload_paths import register_path_functions

HEADER = "happened_at,model_id,accelerator_id,country_iso3,inference_count,input_tokens,output_tokens,batch_size"
GOOD = "2026-03-01,gpt,chip,ESP,2,10,4,8"
DEFAULTS = {"workload_max_reject_share": 0.01, "failed_test_messages": 3}
DIMENSIONS = """
    create table dim_models as
    select * from (values ('cnn', 'vision', false), ('gpt', 'language', true), ('bert', 'language', false))
        as known (model_id, domain, is_generative);
    create table dim_accelerators as select 'chip' as accelerator_id;
    create table dim_grid_intensity as select unnest(['ESP', 'FRA', 'unstated']) as country_iso3;
    create table dim_hypothesis as
    select date '2020-01-01' as happened_at, 'cnn' as model_id, null::varchar as accelerator_id,
        'ESP' as country_iso3, 1e9 as inference_count, null::integer as input_tokens, null::integer as output_tokens,
        null::double as batch_size;
"""


@cache
def shared_models() -> SqlModels:
    """Return the models, whose macros are parsed once; each reading puts its own state into them."""
    return SqlModels(duckdb.connect())


class Reading:
    """The models that read one workload, on a connection in memory."""

    def __init__(self, path: Path | str | list[str], **variables: object) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(DIMENSIONS)
        register_path_functions(self.connection)
        tables = ("dim_models", "dim_accelerators", "dim_grid_intensity", "dim_hypothesis")
        self._relations = {name: name for name in tables}
        self._variables = variables | {"workload": path if isinstance(path, list) else str(path)}

    @property
    def models(self) -> SqlModels:
        """The models in the state of this reading."""
        models = shared_models()
        models.connection, models.relations = self.connection, self._relations
        models._variables = DEFAULTS | self._variables
        return models

    def rows(self, query: str) -> list[tuple]:
        """Return the rows of a query in which `{name}` stands for a model."""
        names = ("int_workload_files", "int_workload_groups", "int_workload_judged", "workload_rejects")
        relations = {name: self.models.run(name) for name in names if "{" + name + "}" in query}
        return self.connection.execute(query.format(**relations)).fetchall()

    def accepted(self) -> list[tuple]:
        """Return the accepted groups without their key of tokens."""
        return self.rows(
            "select on_date, model_id, accelerator_id, country_iso3, batch_size, n_rows, n_inferences, n_input_tokens, "
            "n_output_tokens, n_context_tokens from {int_workload_judged} where reject_reason is null order by all"
        )

    def rejects(self) -> list[tuple]:
        """Return file name, row number, text and reason of each row set aside."""
        rows = self.rows("select file, row_number, row_text, reason from {workload_rejects} order by file, row_number")
        return [(Path(file).name, *rest) for file, *rest in rows]

    def complaints(self, macro: str, *models: str) -> list[str]:
        """Return the messages of a check, which dbt runs as a test."""
        sql = self.models.render_text("{{ " + f"{macro}({', '.join(f'ref({model!r})' for model in models)})" + " }}")
        # In the order in which the end of a run prints them.
        return [row[-1] for row in self.connection.execute(f"select * from ({sql}) order by all").fetchall()]


def write(path: Path, *lines: str, header: str = HEADER, end: str = "\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(end.join([header, *lines, ""]), encoding="utf-8", newline="")
    return path


def write_parquet(path: Path, rows: str, connection: duckdb.DuckDBPyConnection | None = None) -> Path:
    """Write the rows of a query."""
    path.parent.mkdir(parents=True, exist_ok=True)
    (connection or duckdb).execute("copy (" + rows + ") to '" + str(path).replace("'", "''") + "' (format parquet)")
    return path


DATE = "happened_at is no date or timestamp of 2000 to 2099, such as 2026-03-01"
COUNT = "inference_count is no whole number from 0 to 1e18"
TOKENS_IN = "input_tokens is no whole number from 0 to 1e9"
TOKENS_OUT = "output_tokens is no whole number from 0 to 1e9"
BATCH = "batch_size is no number from 1 to 1e9, or has three decimals, which may be thousands"
QUOTE = "a double quote is not closed, or stands within a cell without another"
# Cells in the order of the header, and why the row is set aside.
BAD_ROWS = [
    (",cnn,,,,,,", DATE),
    ("yesterday,cnn,,,,,,", DATE),
    ("2026-02-30,cnn,,,,,,", DATE),
    ("2026-13-01,cnn,,,,,,", DATE),
    ("1999-12-31,cnn,,,,,,", DATE),
    ("2100-01-01,cnn,,,,,,", DATE),
    ("01/02/2026,cnn,,,,,,", DATE),
    ("2026-1-2,cnn,,,,,,", DATE),
    ("2026,cnn,,,,,,", DATE),
    ("20260102,cnn,,,,,,", DATE),
    ("1767225600,cnn,,,,,,", DATE),
    ("infinity,cnn,,,,,,", DATE),
    ("2026-01-01 25:00,cnn,,,,,,", DATE),
    ("2026-01-01 12:00 PM,cnn,,,,,,", DATE),
    ("2026-02-30T12:00:00Z,cnn,,,,,,", DATE),
    ("2026-01-01 12:00:00 Europe/Madrid,cnn,,,,,,", DATE),
    ("2026-01-01T12:00:00+18:01,cnn,,,,,,", DATE),
    ("2026-01-01T12:00:00-19:00,cnn,,,,,,", DATE),
    ("2026-01-01T12:00:00+99,cnn,,,,,,", DATE),
    ("2026-01-01T12:00:00+05:60,cnn,,,,,,", DATE),
    # Still 1999 in UTC.
    ("2000-01-01T00:30:00+02:00,cnn,,,,,,", DATE),
    ("2026-03-01,,,,,,,", "model_id is missing"),
    ("2026-03-01,  ,,,,,,", "model_id is missing"),
    ("2026-03-01,cnn,,,-1,,,", COUNT),
    ("2026-03-01,cnn,,,1.5,,,", COUNT),
    ("2026-03-01,cnn,,,many,,,", COUNT),
    ("2026-03-01,cnn,,,NaN,,,", COUNT),
    ("2026-03-01,cnn,,,inf,,,", COUNT),
    ("2026-03-01,cnn,,,1e400,,,", COUNT),
    ("2026-03-01,cnn,,,1e19,,,", COUNT),
    ("2026-03-01,cnn,,,1_000,,,", COUNT),
    # One, or a thousand where a dot parts thousands.
    ("2026-03-01,cnn,,,1.000,,,", COUNT),
    ("2026-03-01,cnn,,,12.00,,,", COUNT),
    ("2026-03-01,cnn,,,1.000.000,,,", COUNT),
    ("2026-03-01,gpt,,,,1.000,1,", TOKENS_IN),
    ("2026-03-01,gpt,,,,1,1,1.000", BATCH),
    ("2026-03-01,gpt,,,,1,1,1.024", BATCH),
    ("2026-03-01,gpt,,,,1,1,12.500", BATCH),
    ("2026-03-01,cnn,,,0x10,,,", COUNT),
    ("2026-03-01,cnn,,,true,,,", COUNT),
    ("2026-03-01,cnn,,,NULL,,,", COUNT),
    ("2026-03-01,gpt,,,,-1,1,", TOKENS_IN),
    ("2026-03-01,gpt,,,,1.5,1,", TOKENS_IN),
    ("2026-03-01,gpt,,,,2e9,1,", TOKENS_IN),
    ("2026-03-01,gpt,,,,1,-inf,", TOKENS_OUT),
    ("2026-03-01,gpt,,,,1,0.5,", TOKENS_OUT),
    ("2026-03-01,gpt,,,,1,1,0", BATCH),
    ("2026-03-01,gpt,,,,1,1,0.5", BATCH),
    ("2026-03-01,gpt,,,,1,1,-8", BATCH),
    ("2026-03-01,gpt,,,,1,1,big", BATCH),
    ("2026-03-01,gpt-9,,,,1,1,", "model_id gpt-9 is not in marts.models"),
    ("2026-03-01,cnn,toaster,,,,,", "accelerator_id toaster is not in marts.accelerators"),
    ("2026-03-01,cnn,unstated,,,,,", "accelerator_id unstated is not in marts.accelerators"),
    ("2026-03-01,cnn,,XYZ,,,,", "country_iso3 XYZ has no grid on record, in dimensions.dim_grid_intensity"),
    ("2026-03-01,cnn,,Spain,,,,", "country_iso3 SPAIN has no grid on record, in dimensions.dim_grid_intensity"),
    ("2026-03-01,gpt,,,,,1,", "input_tokens is missing, which a request to the language model gpt needs"),
    ("2026-03-01,bert,,,,,,", "input_tokens is missing, which a request to the language model bert needs"),
    ("2026-03-01,gpt,,,,1,,", "output_tokens is missing, which a request to the generative model gpt needs"),
    ("2026-03-01,bert,,,,1,7,", "output_tokens is above 0, and no architecture on record says that bert writes text"),
    ("2026-03-01,cnn,,,,1,,", "tokens are stated for the vision model cnn, whose inference is one forward pass"),
    ("2026-03-01,cnn,,,,0,1,", "tokens are stated for the vision model cnn, whose inference is one forward pass"),
    # Of several faults the first counts, in the order of the columns.
    ("never,,toaster,XYZ,-1,-1,-1,-1", DATE),
]
BAD_LINES = [
    ("2026-03-01,cnn", "the line has fewer cells than the header"),
    ("# a note", "the line has fewer cells than the header"),
    (GOOD + ",9", "the line has more cells than the header"),
    ('2026-03-01,"cnn,chip,ESP,2,10,4,8', QUOTE),
    ('2026-03-01,cnn "small",,,,,,', QUOTE),
    ('2026-03-01,"cnn" small,,,,,,', QUOTE),
]


@pytest.fixture(scope="module")
def bad_csv(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Return a reading of each kind of bad row, among sound and empty ones."""
    lines = [line for bad, _ in BAD_ROWS + BAD_LINES for line in (GOOD, "", bad)]
    return Reading(write(tmp_path_factory.mktemp("bad rows") / "a log.csv", *lines))


@pytest.mark.parametrize(("line", "reason"), BAD_ROWS + BAD_LINES)
def test_bad_row_of_csv_is_named_by_its_line(bad_csv: Reading, line: str, reason: str) -> None:
    number = 4 + 3 * [bad for bad, _ in BAD_ROWS + BAD_LINES].index(line)
    assert ("a log.csv", number, line, reason) in bad_csv.rejects()


def test_bad_rows_cost_no_other(bad_csv: Reading) -> None:
    n = len(BAD_ROWS + BAD_LINES)
    assert len(bad_csv.rejects()) == n
    (row,) = bad_csv.accepted()
    assert row == (dt.date(2026, 3, 1), "gpt", "chip", "ESP", 8, n, 2 * n, 20 * n, 8 * n, 2 * n * 4 * 12)
    assert bad_csv.complaints("uncounted_rejected_rows", "int_workload_judged", "workload_rejects") == []


def test_bad_row_of_parquet_is_named_by_its_row(tmp_path: Path) -> None:
    """All columns as text, so that each bad cell of CSV has its twin."""
    columns = HEADER.split(",")
    rows = [f"({', '.join(repr(cell) if cell else 'null' for cell in line.split(','))})" for line, _ in BAD_ROWS]
    good = f"({', '.join(repr(cell) for cell in GOOD.split(','))})"
    values = ", ".join(f"{good}, {row}" for row in rows)
    path = write_parquet(tmp_path / "a log.parquet", f"select * from (values {values}) as log ({HEADER})")
    reading = Reading(path)
    rejects = reading.rejects()
    assert [(number, reason) for _, number, _, reason in rejects] == [
        (2 * place + 2, reason) for place, (_, reason) in enumerate(BAD_ROWS)
    ]
    assert rejects[2][2] == (
        '{"happened_at":"2026-02-30","model_id":"cnn",' + ",".join(f'"{name}":null' for name in columns[2:]) + "}"
    )
    assert [row[5] for row in reading.accepted()] == [len(BAD_ROWS)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-01", 1),
        ("2026-03-01T23:59:59", 1),
        ("2026-03-01 23:59", 1),
        ("2026-03-01 23:59:59.999999", 1),
        ("2026-03-01T23:30:00Z", 1),
        ("2026-03-01T23:30:00+02:00", 1),
        ("2026-03-01T23:30:00-02:00", 2),
        ("2026-03-02 01:30:00+0200", 1),
        ("2026-03-02 01:30:00.5+02", 1),
        ("2026-03-02 01:30:00 +02:00", 1),
        ("2026-03-01 23:30:00 UTC", 1),
        ("2026-03-01 23:30:00UTC", 1),
        ("2026-03-01T23:30Z", 1),
        ("2026-03-01T23:30-00:30", 2),
        ("2026-03-02T17:59:00+18:00", 1),
        ("2026-03-01T06:00-18", 2),
        ('"2026-03-01"', 1),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_a_day_is_that_of_utc(tmp_path: Path, cell: str, day: int, zone: str) -> None:
    reading = Reading(write(tmp_path / "log.csv", f"{cell},cnn,,,,,,"))
    reading.connection.execute(f"set timezone = '{zone}'")
    assert [row[0] for row in reading.accepted()] == [dt.date(2026, 3, day)]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("date '2026-03-01'", 1),
        ("timestamp '2026-03-01 23:59:59'", 1),
        ("timestamp_s '2026-03-01 23:59:59'", 1),
        ("timestamp_ns '2026-03-01 23:59:59'", 1),
        ("timestamptz '2026-03-01 23:30:00+00'", 1),
        ("timestamptz '2026-03-01 23:30:00-02'", 2),
        ("timestamptz_ns '2026-03-01 23:30:00+00'", 1),
        ("timestamptz_ns '2026-03-01 23:30:00-02'", 2),
        ("'2026-03-01T23:30:00-02:00'", 2),
    ],
)
def test_a_day_in_parquet_is_that_of_utc(tmp_path: Path, value: str, day: int, zone: str) -> None:
    reading = Reading(write_parquet(tmp_path / "log.parquet", f"select {value} as happened_at, 'cnn' as model_id"))
    reading.connection.execute(f"set timezone = '{zone}'")
    assert [row[0] for row in reading.accepted()] == [dt.date(2026, 3, day)]


@pytest.mark.parametrize(
    "value", ["null::date", "date '1999-12-31'", "date 'infinity'", "timestamp '2100-01-01 00:00:00'", "'2026-02-30'"]
)
def test_a_wrong_day_in_parquet_is_set_aside(tmp_path: Path, value: str) -> None:
    reading = Reading(write_parquet(tmp_path / "log.parquet", f"select {value} as happened_at, 'cnn' as model_id"))
    assert [(number, reason) for _, number, _, reason in reading.rejects()] == [(1, DATE)]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "0.5"])
def test_a_wrong_number_in_parquet_is_set_aside(tmp_path: Path, value: str) -> None:
    rows = f"select date '2026-03-01' as happened_at, 'cnn' as model_id, '{value}'::double as inference_count"
    reading = Reading(write_parquet(tmp_path / "log.parquet", rows))
    assert [(number, reason) for _, number, _, reason in reading.rejects()] == [(1, COUNT)]


@pytest.mark.parametrize(
    ("cell", "count"), [("", 1), ("0", 0), ("1e3", 1000), ("100.0", 100), ("1200", 1200), ("+5", 5), (" 7 ", 7)]
)
def test_a_count_may_be_written_as_any_whole_number(tmp_path: Path, cell: str, count: int) -> None:
    assert [row[6] for row in Reading(write(tmp_path / "log.csv", f"2026-03-01,cnn,,,{cell},,,")).accepted()] == [count]


def test_sums_of_the_largest_numbers_stay_finite(tmp_path: Path) -> None:
    reading = Reading(write(tmp_path / "log.csv", *["2026-03-01,gpt,,,1e18,1e9,1e9,1e9"] * 3))
    (row,) = reading.accepted()
    assert row[6:] == pytest.approx((3e18, 3e27, 3e27, 4.5e36), rel=1e-12)


def test_ids_are_matched_in_any_case_and_without_blanks_around_them(tmp_path: Path) -> None:
    reading = Reading(write(tmp_path / "log.csv", " CNN , Chip ,esp,,,,", header=HEADER.replace("happened_at,", "")))
    with pytest.raises(WarehouseError, match="expected column happened_at"):
        reading.accepted()
    reading = Reading(write(tmp_path / "log.csv", "2026-03-01, CNN , Chip ,esp,,,,"))
    assert [row[1:4] for row in reading.accepted()] == [("cnn", "chip", "ESP")]


# Files as they come from elsewhere, each with one row of two inferences.
TABLE = f"{HEADER}\n{GOOD}\n"
FILES = {
    "as it should be": TABLE.encode(),
    "line ends of Windows": TABLE.replace("\n", "\r\n").encode(),
    "line ends of old Macs": TABLE.replace("\n", "\r").encode(),
    "byte order mark": TABLE.encode("utf-8-sig"),
    "byte order mark, Windows": TABLE.replace("\n", "\r\n").encode("utf-8-sig"),
    "no line end": TABLE.rstrip().encode(),
    "empty lines": TABLE.replace("\n", "\n\n \n\t\n").encode(),
    "quoted cells": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in TABLE.splitlines()
    ).encode(),
    "blanks around commas": TABLE.replace(",", " , ").encode(),
    "trailing comma": TABLE.replace("\n", ",\n").encode(),
    "other order": "\n".join(",".join(reversed(line.split(","))) for line in TABLE.splitlines()).encode(),
    "further columns": (f'"a ""note"", if any",{HEADER},ratio\n"x, ""y""",{GOOD},0.5\n').encode(),
    "compressed": gzip.compress(TABLE.encode()),
    "a control character": TABLE.replace("ESP", "ESP\x01").encode().replace(b"\x01", b""),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_csv_file_may_be_written_in_many_ways(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("log.csv.gz" if kind == "compressed" else "log.csv")
    path.write_bytes(FILES[kind])
    reading = Reading(path)
    assert reading.rejects() == []
    assert reading.accepted() == [(dt.date(2026, 3, 1), "gpt", "chip", "ESP", 8, 1, 2, 20, 8, 96)]


def test_files_of_all_kinds_make_one_workload(tmp_path: Path) -> None:
    """Also where the first has other line ends, columns or compression than the next; lines are those of each file."""
    for number, content in enumerate(FILES.values()):
        name = f"{number:02}.csv.gz" if content.startswith(b"\x1f\x8b") else f"{number:02}.csv"
        (tmp_path / name).write_bytes(content)
        write(tmp_path / f"{number:02}b.csv", GOOD, "2026-03-01,cnn,,,-1,,,")
    reading = Reading(tmp_path)
    n = len(FILES)
    assert [row[5] for row in reading.accepted()] == [2 * n]
    assert reading.rejects() == [(f"{number:02}b.csv", 3, "2026-03-01,cnn,,,-1,,,", COUNT) for number in range(n)]


def test_missing_columns_have_their_defaults(tmp_path: Path) -> None:
    for path in (
        write(tmp_path / "log.csv", "2026-03-01,cnn", header="happened_at,model_id"),
        write_parquet(tmp_path / "log.parquet", "select date '2026-03-01' as happened_at, 'cnn' as model_id"),
    ):
        expected = (dt.date(2026, 3, 1), "cnn", "unstated", "unstated", None, 1, 1, 0, 0, 0)
        assert Reading(path).accepted() == [expected]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "happened_at,model",
            "log.csv, line 1: found column model, which is nearly model_id, and no column model_id; re",
        ),
        ("Happened_At,model_id", "found column Happened_At, which is nearly happened_at"),
        ("happened at,model_id", "found column happened at, which is nearly happened_at"),
        ("happened_at,model_id,inference_counts", "found column inference_counts, which is nearly inference_count"),
        ("happened_at,model_id,inferences", "found column inferences, which is nearly inference_count"),
        ("happened_at,model_id,requests", "found column requests, which is nearly inference_count"),
        ("happened_at,model_id,Count", "found column Count, which is nearly inference_count"),
        ("happened_at,model_id,country", "found column country, which is nearly country_iso3"),
        ("happened_at,model_id,accelerator", "found column accelerator, which is nearly accelerator_id"),
        ("happened_at,model_id,inputTokens", "found column inputTokens, which is nearly input_tokens"),
        ("happened_at,model_id,output-token", "found column output-token, which is nearly output_tokens"),
        ("happened_at,model_id,batchsize", "found column batchsize, which is nearly batch_size"),
        *(
            (f"happened_at,model_id,{other}", f"found column {other}, which is nearly {ours}")
            for ours, others in {
                "inference_count": "num_inferences Total-Calls query_count qty cnt volume hits freq weight num_images "
                "number_of_requests sampleCount total count_star() count(1) COUNT(*) count(id) req_count hit_count "
                "event_count n_queries nqueries n_images n_prompts n_predictions nb_requests no_of_requests "
                "NumberOfCalls api_calls #requests sum_requests requests_sum sum(requests) sum(cnt) invocation "
                "occurrences events total_llm_requests account_request_count row_count llmCalls reqcount request_num",
                "accelerator_id": "gpu gpu_id gpu_type gpu_name gpuModel accelerator_name Hardware device chip",
                "country_iso3": "country_code iso3",
                "batch_size": "bs max_batch_size",
                "input_tokens": "prompt_tokens tokens_in",
                "output_tokens": "completion_tokens tokensOut",
            }.items()
            for other in others.split()
        ),
        ("happened_at,model_id,model_id", "found column model_id twice, expected it once"),
        ("time,model_id", "found columns time, model_id; expected column happened_at. A workload has the columns happ"),
        ("happened_at;model_id", "found columns happened_at;model_id; expected column happened_at"),
        ("", "log.csv, line 1: found nothing; expected column happened_at"),
    ],
)
def test_a_header_that_leaves_doubt_stops(tmp_path: Path, header: str, message: str) -> None:
    path = write(tmp_path / "log.csv", ",".join(["2026-03-01"] * (header.count(",") + 1)), header=header)
    with pytest.raises(WarehouseError) as raised:
        Reading(path).accepted()
    assert message in str(raised.value)
    if header and ";" not in header and "twice" not in message:
        columns = ", ".join(f"'2026-03-01' as \"{name}\"" for name in header.split(","))
        with pytest.raises(WarehouseError) as raised:
            Reading(write_parquet(tmp_path / "log.parquet", f"select {columns}")).accepted()
        assert message.replace("log.csv, line 1", "log.parquet") in str(raised.value)


COUNTS_OF_SOMETHING_ELSE = """
    prompt_token_count total_tokens n_tokens retry_count num_retries request_id request prompt image call event account
    request_country country_of_request requests_per_second request_time_total total_cost tool_calls image_size
    row_number node_count gpu_count num_gpus layer_count session user_agent name number_of_layers architecture
"""


@pytest.mark.parametrize(
    "name",
    COUNTS_OF_SOMETHING_ELSE.split(),
)
def test_a_column_that_counts_something_else_is_not_taken_for_the_count(tmp_path: Path, name: str) -> None:
    reading = Reading(write(tmp_path / "log.csv", *["2026-03-01,cnn,7"] * 3, header=f"happened_at,model_id,{name}"))
    del reading.models.messages[:]
    assert [row[5:7] for row in reading.accepted()] == [(3, 3)]
    assert reading.rejects() == []
    assert reading.models.messages == [
        f"workload {tmp_path}/log.csv: no column inference_count, so every row counts as one"
    ]


@pytest.mark.parametrize("header", ["inference_count,Inference_Count", "INFERENCE_COUNT,inference_count"])
def test_a_column_that_stands_twice_in_csv_in_another_case_stops(tmp_path: Path, header: str) -> None:
    path = write(tmp_path / "log.csv", "2026-03-01,cnn,2,3", header=f"happened_at,model_id,{header}")
    with pytest.raises(WarehouseError, match="log.csv, line 1: found column inference_count twice, expected it once"):
        Reading(path).accepted()


def test_a_column_of_parquet_without_any_value_may_be_of_no_type(tmp_path: Path) -> None:
    """As pyarrow writes it; fastparquet writes bytes, which may be anything."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    empty = ("accelerator_id", "country_iso3", "inference_count", "input_tokens", "batch_size")
    columns = {"happened_at": ["2026-03-01", None], "model_id": ["cnn", "cnn"]} | {
        name: pyarrow.nulls(2) for name in empty
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "log.parquet")
    reading = Reading(tmp_path / "log.parquet")
    assert reading.accepted() == [(dt.date(2026, 3, 1), "cnn", "unstated", "unstated", None, 1, 1, 0, 0, 0)]
    assert [row[1:] for row in reading.rejects()] == [
        (2, '{"happened_at":null,"model_id":"cnn",' + ",".join(f'"{name}":null' for name in empty) + "}", DATE)
    ]
    parquet.write_table(pyarrow.table(columns | {"happened_at": pyarrow.nulls(2)}), tmp_path / "none.parquet")
    assert [row[3] for row in Reading(tmp_path / "none.parquet").rejects()] == [DATE, DATE]
    path = write_parquet(tmp_path / "bytes.parquet", "select '2026-03-01' as happened_at, null::blob as model_id")
    with pytest.raises(WarehouseError, match="write the file with that type, or without the column if it is empty"):
        Reading(path).accepted()


def test_a_column_of_another_name_beside_that_of_a_workload_is_none_of_its(tmp_path: Path) -> None:
    header = "happened_at,model_id,model,inference_count,inference_counts,input,output,prompt,id"
    path = write(tmp_path / "log.csv", "2026-03-01,cnn,x,3,9,what,that,who,7", header=header)
    assert [row[6] for row in Reading(path).accepted()] == [3]


def test_each_file_of_many_is_held_to_its_own_header(tmp_path: Path) -> None:
    write(tmp_path / "1.csv", "2026-03-01,cnn,2", header="happened_at,model_id,inference_count")
    write(tmp_path / "2.csv", "2026-03-01,cnn,2", header="happened_at,model_id,inference_cout")
    with pytest.raises(
        WarehouseError, match="2.csv, line 1: found column inference_cout, which is nearly inference_co"
    ):
        Reading(tmp_path).accepted()


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("20260301 as happened_at", "column happened_at of type INTEGER, expected a date, a timestamp or a text"),
        ("1767225600000 as happened_at", "column happened_at of type BIGINT, expected a date"),
        ("time '12:00' as happened_at", "column happened_at of type TIME, expected a date"),
        ("true as inference_count", "column inference_count of type BOOLEAN, expected a number"),
        ("date '2026-01-01' as input_tokens", "column input_tokens of type DATE, expected a number"),
        ("[1] as batch_size", "column batch_size of type INTEGER[], expected a number"),
        ("{'id': 'cnn'} as model_id", "column model_id of type STRUCT"),
        ("'cnn'::blob as model_id", "column model_id of type BLOB, expected a text"),
    ],
)
def test_a_column_of_parquet_of_another_type_stops(tmp_path: Path, column: str, message: str) -> None:
    others = [
        text
        for name, text in (("happened_at", "date '2026-03-01' as happened_at"), ("model_id", "'cnn' as model_id"))
        if not column.endswith(name)
    ]
    path = write_parquet(tmp_path / "log.parquet", f"select {', '.join([column, *others])}")
    with pytest.raises(WarehouseError) as raised:
        Reading(path).accepted()
    assert f"{path}: found {message}" in str(raised.value)


def test_a_column_of_parquet_without_any_value_may_be_of_any_type_of_number(tmp_path: Path) -> None:
    """As pandas writes one file of several, in which no row has an accelerator."""
    rows = "select date '2026-03-01' as happened_at, 'cnn' as model_id, "
    write_parquet(tmp_path / "1.parquet", rows + "null::integer as accelerator_id, 1 as inference_count")
    write_parquet(tmp_path / "2.parquet", rows + "'chip' as accelerator_id, 2.0::double as inference_count")
    write_parquet(tmp_path / "3.parquet", rows + "'chip' as accelerator_id, '4' as inference_count, 'x' as further")
    write_parquet(tmp_path / "4.parquet", rows + "8::decimal(9, 2) as inference_count, 'CHIP' as accelerator_id")
    reading = Reading(tmp_path)
    assert [(row[2], row[6]) for row in reading.accepted()] == [("chip", 14), ("unstated", 1)]


def test_parquet_files_of_other_columns_are_read_by_name(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "1.parquet", "select 'cnn' as model_id, 3 as inference_count, date '2026-03-01' as happened_at"
    )
    write_parquet(tmp_path / "2.parquet", "select timestamp '2026-03-01 01:00:00' as happened_at, 'cnn' as model_id")
    write_parquet(
        tmp_path / "3.parquet", "select {'model_id': 5} as model, date '2026-03-01' as happened_at, 'cnn' as model_id"
    )
    assert [row[5:7] for row in Reading(tmp_path).accepted()] == [(3, 5)]


@pytest.mark.parametrize("other", ["inference_count", "INFERENCE_COUNT"])
def test_a_column_that_stands_twice_in_parquet_stops(tmp_path: Path, other: str) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"happened_at": ["2026-03-01"], "model_id": ["cnn"], "more": [{"model_id": "gpt", "in": {"model_id": 1}}]}
    table = pyarrow.table([*columns.values(), [2], [3]], names=[*columns, "inference_count", other])
    parquet.write_table(table, tmp_path / "log.parquet")
    with pytest.raises(WarehouseError, match=r"log.parquet: found column inference_count twice, expected it once"):
        Reading(tmp_path).accepted()
    parquet.write_table(table.select([0, 1, 2, 3]), tmp_path / "log.parquet")
    assert [row[6] for row in Reading(tmp_path).accepted()] == [2]


@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_a_folder_named_after_a_column_does_not_override_its_cells(tmp_path: Path, end: str) -> None:
    path = tmp_path / "country_iso3=FRA" / f"log.{end}"
    if end == "csv":
        write(path, "2026-03-01,cnn,,ESP,,,,")
    else:
        write_parquet(path, "select date '2026-03-01' as happened_at, 'cnn' as model_id, 'ESP' as country_iso3")
    for named in (path, tmp_path / "*" / f"*.{end}"):
        with pytest.raises(WarehouseError, match=r"log\.\w+: a folder named column=value would override the cells"):
            Reading(named).accepted()


@pytest.mark.parametrize("name", ["filename", "FileName", "file_row_number", "file", "row_number", "line"])
def test_a_column_of_parquet_with_a_name_of_duckdbs_is_none_of_its(tmp_path: Path, name: str) -> None:
    """The row set aside is found by its own file and number."""
    for number in (1, 2):
        write_parquet(
            tmp_path / f"{number}.parquet",
            f"select '2026-03-01' as happened_at, 'cnn' as model_id, 5 as \"{name}\", "
            f"if(i = {10 * number}, -1, 1) as inference_count from range(30) as r (i)",
        )
    reading = Reading(tmp_path)
    assert [row[5:7] for row in reading.accepted()] == [(58, 58)]
    text = '{"happened_at":"2026-03-01","model_id":"cnn","inference_count":-1}'
    assert reading.rejects() == [("1.parquet", 11, text, COUNT), ("2.parquet", 21, text, COUNT)]


@pytest.mark.parametrize(("cell", "size"), [("1.5", 1.5), ("1.25", 1.25), ("1.0625", 1.0625), ("1.024e3", 1024)])
def test_a_mean_batch_size_has_other_than_three_decimals(tmp_path: Path, cell: str, size: float) -> None:
    assert [row[4] for row in Reading(write(tmp_path / "log.csv", f"2026-03-01,gpt,,,,1,1,{cell}")).accepted()] == [
        size
    ]


def test_a_folder_of_another_partition_changes_nothing(tmp_path: Path) -> None:
    """Also where a column of the files has its name; one whose name is nearly ours stops, as a column does."""
    rows = "select date '2026-03-01' as happened_at, 'cnn' as model_id, 2 as inference_count, 3 as day"
    write_parquet(tmp_path / "day=7" / "log.parquet", rows)
    write(tmp_path / "line=7" / "log.csv", GOOD)
    assert [row[6] for row in Reading(tmp_path / "*" / "*.parquet").accepted()] == [2]
    assert [row[6] for row in Reading(tmp_path / "*" / "*.csv").accepted()] == [2]
    write_parquet(tmp_path / "country=FRA" / "log.parquet", rows)
    with pytest.raises(WarehouseError, match="found column country, which is nearly country_iso3"):
        Reading(tmp_path / "*" / "*.parquet").accepted()


def test_no_file_is_an_error_that_says_what_is_expected(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path / "*.parquet", tmp_path):
        with pytest.raises(
            WarehouseError, match="found no file at .*, expected a CSV or Parquet file, a folder of them"
        ):
            Reading(path).accepted()
    present = write(tmp_path / "log.csv", GOOD)
    with pytest.raises(WarehouseError, match="found no file at .*absent.csv"):
        Reading([str(present), str(tmp_path / "absent.csv")]).accepted()


def test_formats_are_not_mixed(tmp_path: Path) -> None:
    write(tmp_path / "log.csv", GOOD)
    write_parquet(tmp_path / "log.parquet", "select date '2026-03-01' as happened_at, 'cnn' as model_id")
    for path in (tmp_path, tmp_path / "log.*"):
        with pytest.raises(WarehouseError, match="found CSV and Parquet files, expected one format; name a glob"):
            Reading(path).accepted()


def test_a_file_of_unknown_format_stops(tmp_path: Path) -> None:
    """Be it named by a glob or left out of a folder; what is about the files is none of them."""
    write(tmp_path / "log.csv", GOOD)
    for name in ("_SUCCESS", ".hidden", "README", "notes.MD", "LICENSE.txt"):
        (tmp_path / name).write_text("none")
    (tmp_path / "_temporary").mkdir()
    (tmp_path / "_temporary" / "part.csv").write_text("none")
    assert len(Reading(tmp_path).accepted()) == 1
    for name in ("log.csv.1", "log.csv-20260301", "b.csv.zst", "c.csv.bz2", "d.pq", "e.tsv"):
        (tmp_path / name).write_text("none")
    with pytest.raises(WarehouseError) as raised:
        Reading(tmp_path).accepted()
    said = str(raised.value)
    assert (
        f"found {tmp_path}/b.csv.zst, {tmp_path}/c.csv.bz2, {tmp_path}/d.pq and 3 more, which {tmp_path} does not"
        in said
    )
    assert f"name a glob of what is meant, such as {tmp_path}/*.csv" in said
    assert len(Reading(tmp_path / "*.csv").accepted()) == 1
    for name in ("log.csv.1", "log.csv-20260301", "b.csv.zst", "c.csv.bz2", "d.pq"):
        (tmp_path / name).unlink()
    with pytest.raises(WarehouseError, match="found .*e.tsv, expected files whose names end in .csv, .csv.gz or .parq"):
        Reading(tmp_path / "[el]*").accepted()


def test_a_path_is_read_as_it_stands_before_it_is_a_glob(tmp_path: Path) -> None:
    """And files with characters of globs, quotes and blanks in their names are each read once."""
    names = [
        "x[1].csv",
        "x1.csv",
        "x?.csv",
        "a*.csv",
        "ab.csv",
        'it\'s "so".csv',
        "a b,{c}.csv",
        "é.csv",
        "-.csv",
        "$x;--.csv",
    ]
    folder = tmp_path / "logs of [1] day's"
    for power, name in enumerate(names):
        write(folder / name, f"2026-03-01,cnn,,,{2**power},,,", "2026-03-01,cnn,,,-1,,,")
    reading = Reading(folder)
    assert [row[5:7] for row in reading.accepted()] == [(len(names), 2 ** len(names) - 1)]
    assert {row[:2] for row in reading.rejects()} == {(name, 3) for name in names}
    for power, name in enumerate(names):
        assert [row[6] for row in Reading(folder / name).accepted()] == [2**power]
    for power, name in enumerate(names):
        rows = f"select date '2026-03-01' as happened_at, 'cnn' as model_id, {2**power} as inference_count"
        write_parquet(folder / "parquet" / name.replace(".csv", ".parquet"), rows)
    assert [row[5:7] for row in Reading(folder / "parquet").accepted()] == [(len(names), 2 ** len(names) - 1)]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", GOOD)
    assert [row[5] for row in Reading([str(path), str(tmp_path / "*.csv"), str(tmp_path)]).accepted()] == [1]
    path = write_parquet(tmp_path / "p" / "log.parquet", "select date '2026-03-01' as happened_at, 'cnn' as model_id")
    assert [row[5] for row in Reading([str(path), str(tmp_path / "p")]).accepted()] == [1]


def test_a_file_named_in_two_ways_is_not_counted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "d" / "1.csv", GOOD)
    write(tmp_path / "2.csv", GOOD)
    for named in (["d/1.csv", "./d/1.csv"], ["d//1.csv", "d/./1.csv", "d/*.csv", "./d/"], ["d", "d/1.csv"]):
        assert [row[5] for row in Reading(named).accepted()] == [1]
    assert [row[5] for row in Reading(["./*.csv", "./d"]).accepted()] == [2]
    assert [row[5] for row in Reading(f"{tmp_path}//./d").accepted()] == [1]
    for named in (
        ["d/1.csv", str(path)],
        [str(path.parent), "d"],
        ["../" + tmp_path.name + "/d", str(path)],
        ["d/../d/1.csv", "d"],
    ):
        with pytest.raises(
            WarehouseError, match="which are the same file, whose rows would count twice; name it in one way"
        ):
            Reading(named).accepted()


def test_a_file_with_two_names_is_not_counted_twice(tmp_path: Path) -> None:
    """By a link to the file, to a folder of its path, and by a second name of the same rank."""
    path = write(tmp_path / "logs" / "a.csv", GOOD)
    for link in (tmp_path / "logs" / "b.csv", tmp_path / "logs" / "c.csv"):
        if link.name == "b.csv":
            link.symlink_to("a.csv")
        else:
            link.hardlink_to(path)
        for named in (tmp_path / "logs", tmp_path / "logs" / "*.csv"):
            with pytest.raises(
                WarehouseError, match=f"a.csv and .*{link.name}, which are the same file, whose rows would count twice"
            ):
                Reading(named).accepted()
        link.unlink()
    (tmp_path / "other").symlink_to("logs")
    with pytest.raises(WarehouseError, match="which are the same file"):
        Reading([str(path), str(tmp_path / "other" / "a.csv")]).accepted()
    assert [row[5] for row in Reading(tmp_path / "other").accepted()] == [1]


def test_files_behind_links_to_folders_are_not_lost(tmp_path: Path) -> None:
    """DuckDB follows no link below `**`."""
    write(tmp_path / "disk" / "2025" / "b.csv", GOOD)
    write(tmp_path / "logs" / "2024" / "a.csv", GOOD)
    link = tmp_path / "logs" / "2025"
    link.symlink_to("../disk/2025")
    for named in (tmp_path / "logs" / "**" / "*.csv", tmp_path / "logs" / "**"):
        with pytest.raises(WarehouseError) as raised:
            Reading(named).accepted()
        assert f"found {link}/b.csv behind a link to a folder, which {named} does not follow" in str(raised.value)
        assert f"name that folder as well, such as {link}/*.csv" in str(raised.value)
        assert [row[5] for row in Reading([str(named), f"{link}/*.csv"]).accepted()] == [2]
    assert [row[5] for row in Reading(tmp_path / "logs" / "*" / "*.csv").accepted()] == [2]
    # Where what is behind the link is none of the glob's, and where the link leads back.
    assert [row[5] for row in Reading(tmp_path / "logs" / "**" / "a*.csv").accepted()] == [1]
    link.unlink()
    link.symlink_to("..")
    (tmp_path / "logs" / "2024" / "again").symlink_to("../2024")
    assert [row[5] for row in Reading(tmp_path / "logs" / "**" / "a.csv").accepted()] == [1]
    write(tmp_path / "logs" / "log.csv", GOOD)
    link.unlink()
    link.symlink_to("../disk")
    (tmp_path / "logs" / "2024" / "a.csv").unlink()
    with pytest.raises(WarehouseError, match="found .*logs/2025/2025/b.csv in a folder of its own"):
        Reading(tmp_path / "logs").accepted()
    link.unlink()
    (tmp_path / "logs" / "gone.csv").symlink_to("nowhere.csv")
    with pytest.raises(WarehouseError, match="found .*gone.csv, a link to a file that is not there; mend or remove it"):
        Reading(tmp_path / "logs").accepted()


@pytest.mark.parametrize("named", ["l", "l/*", "l/x*"])
def test_a_folder_at_any_depth_is_not_lost(tmp_path: Path, named: str) -> None:
    for name in ("l/a.csv", "l/x.csv", "l/x/y/z/b.csv"):
        write(tmp_path / name, GOOD)
    with pytest.raises(
        WarehouseError, match=f"found .*l/x/y/z/b.csv in a folder of its own, which .*{re.escape(named)} "
    ):
        Reading(tmp_path / named).accepted()
    assert [row[5] for row in Reading([str(tmp_path / "l"), str(tmp_path / "l" / "x" / "y" / "z")]).accepted()] == [3]
    write(tmp_path / "l" / ".git" / "b.csv", GOOD)
    assert [row[5] for row in Reading(tmp_path / "l" / "*.csv").accepted()] == [2]


def test_a_name_of_two_lines_stops(tmp_path: Path) -> None:
    """Written into SQL it would not stay as it is, and might become that of another file."""
    path = write(tmp_path / "a\nb" / "log.csv", GOOD)
    with pytest.raises(
        WarehouseError, match=r"a\\nb/log.csv.*: found a path of two lines, expected a file, a folder or a gl"
    ):
        Reading(path).accepted()
    with pytest.raises(
        WarehouseError, match=r"found .*a\\nb/log.csv.*, a name with a control character; rename the file"
    ):
        Reading(tmp_path / "*" / "*.csv").accepted()


@pytest.mark.parametrize("damage", ["checksum", "content", "end", "no gzip"])
def test_a_damaged_compressed_file_is_an_error_that_names_it(tmp_path: Path, damage: str) -> None:
    content = gzip.compress("\n".join([HEADER, *[f"{GOOD}{i}" for i in range(1000)]]).encode())
    end = len(content)
    (tmp_path / "torn.csv.gz").write_bytes(
        {
            "checksum": content[:-8] + bytes(4) + content[-4:],
            "content": content[: end // 2] + bytes([content[end // 2] ^ 1]) + content[end // 2 + 1 :],
            "end": content[: end // 2],
            "no gzip": b"happened_at,model_id\n2026-03-01,cnn\n",
        }[damage]
    )
    (tmp_path / "whole.csv.gz").write_bytes(content)
    with pytest.raises(WarehouseError, match=r"torn.csv.gz: the file is damaged \(.+\); copy or write it once more"):
        Reading(tmp_path).accepted()
    (tmp_path / "torn.csv.gz").unlink()
    assert sum(row[5] for row in Reading(tmp_path).accepted()) == 1000


def test_a_folder_is_read_in_any_case_and_without_hidden_files(tmp_path: Path) -> None:
    """As on Spark, which leaves out what begins with _ or a dot."""
    rows = "select date '2026-03-01' as happened_at, 'cnn' as model_id"
    for power, name in enumerate(["a.csv", "B.CSV", "c.Csv", "_d.csv", ".e.csv"]):
        write(tmp_path / "csv" / name, f"2026-03-01,cnn,,,{2**power},,,")
        write_parquet(tmp_path / "parquet" / name.lower().replace("csv", "PARQUET"), rows)
    (tmp_path / "csv" / "f.CSV.GZ").write_bytes(gzip.compress(f"{HEADER}\n2026-03-01,cnn,,,32,,,\n".encode()))
    for named, count in ((tmp_path / "csv", 39), (tmp_path / "csv" / "*", 39), (tmp_path / "csv" / "_d.csv", 8)):
        assert [row[6] for row in Reading(named).accepted()] == [count]
    assert [row[6] for row in Reading(tmp_path / "parquet").accepted()] == [3]


def test_a_folder_with_files_in_folders_of_its_own_stops(tmp_path: Path) -> None:
    """Else the totals would be those of a part."""
    write(tmp_path / "logs" / "2026" / "03" / "log.csv", GOOD)
    for _ in range(2):
        with pytest.raises(WarehouseError) as raised:
            Reading(tmp_path / "logs").accepted()
        assert f"found {tmp_path}/logs/2026/03/log.csv in a folder of its own" in str(raised.value)
        assert f"name a glob such as {tmp_path}/logs/**/*.csv" in str(raised.value)
        write(tmp_path / "logs" / "log.csv", GOOD)
    write(tmp_path / "logs" / "2026" / "log.csv", GOOD)
    for glob, found in (("2*", "2026/03/log.csv"), ("*", "2026/log.csv")):
        with pytest.raises(WarehouseError, match=f"found .*{found} in a folder of its own"):
            Reading(tmp_path / "logs" / glob).accepted()
    assert [row[5] for row in Reading(tmp_path / "logs" / "**" / "*.csv").accepted()] == [3]
    write(tmp_path / "other" / ".ipynb_checkpoints" / "log.csv", GOOD)
    write(tmp_path / "other" / "log.csv", GOOD)
    assert [row[5] for row in Reading(tmp_path / "other").accepted()] == [1]


def test_an_empty_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    write(tmp_path / "1.csv", GOOD)
    (tmp_path / "2.csv").touch()
    with pytest.raises(
        WarehouseError, match="2.csv: found an empty file, expected a header line; it may not be written"
    ):
        Reading(tmp_path).accepted()


def test_a_header_alone_has_no_row_which_is_an_error_of_the_whole(tmp_path: Path) -> None:
    write(tmp_path / "1.csv")
    reading = Reading(tmp_path)
    (message,) = reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
    assert message.startswith("workload: found no row, expected one at least")
    write(tmp_path / "2.csv", GOOD)
    reading = Reading(tmp_path)
    assert reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (TABLE.replace("ESP", "España").encode("latin-1"), "not utf-8"),
        (TABLE.encode("utf-16"), ""),
        (f"{HEADER}\r\n{GOOD}\n{GOOD}\r\n".encode(), "new_line"),
        (f"{HEADER}\n{GOOD}\n{'x' * 17_000_000}\n".encode(), "Maximum line size"),
    ],
    ids=["latin-1", "utf-16", "mixed line ends", "a line of 17 MB"],
)
def test_a_file_that_is_no_text_of_lines_is_an_error_that_names_it(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    write(tmp_path / "sound.csv", GOOD)
    with pytest.raises((duckdb.Error, WarehouseError)) as raised:
        Reading(tmp_path).rejects()
    assert "odd.csv" in str(raised.value)
    assert message in str(raised.value)


def test_a_long_line_costs_only_itself(tmp_path: Path) -> None:
    """Such as a request's whole text, of 3 MB, in a further column or in the wrong one."""
    text = "x" * 3_000_000
    path = write(tmp_path / "log.csv", f"{GOOD},{text}", f"{text},{GOOD}", f"{GOOD},", header=HEADER + ",prompt")
    reading = Reading(path)
    assert [(number, reason) for _, number, _, reason in reading.rejects()] == [(3, DATE)]
    assert [row[5] for row in reading.accepted()] == [2]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_parquet_file_is_an_error_that_names_it(tmp_path: Path, share: float) -> None:
    rows = "select date '2026-03-01' as happened_at, 'cnn' as model_id from range(10000)"
    for name in ("1.parquet", "2.parquet", "3.parquet"):
        write_parquet(tmp_path / name, rows)
    content = (tmp_path / "2.parquet").read_bytes()
    (tmp_path / "2.parquet").write_bytes(content[: int(share * len(content))])
    with pytest.raises((duckdb.Error, WarehouseError), match="2.parquet"):
        Reading(tmp_path).accepted()


def test_a_damaged_parquet_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    """The footer is whole, the pages are not."""
    rows = "select date '2026-03-01' as happened_at, 'cnn' || (i % 7919) as model_id from range(100000) as r (i)"
    content = bytearray(write_parquet(tmp_path / "log.parquet", rows).read_bytes())
    content[100 : len(content) // 2] = bytes(len(content) // 2 - 100)
    (tmp_path / "log.parquet").write_bytes(content)
    with pytest.raises(duckdb.Error):
        Reading(tmp_path).accepted()


def test_a_workload_with_nothing_to_set_aside_is_read_once(tmp_path: Path) -> None:
    reading = Reading(write(tmp_path / "log.csv", GOOD))
    reading.models.run("int_workload_judged")
    assert "read_csv" not in reading.models.render("workload_rejects")
    assert reading.rejects() == []


def test_the_hypothesis_has_nothing_to_set_aside() -> None:
    reading = Reading("")
    assert reading.rejects() == []
    assert reading.rows("select is_hypothesis, n_inferences from {int_workload_groups}") == [(True, 1e9)]
    assert reading.rows("select * from {int_workload_files}") == []


@pytest.mark.parametrize(("share", "n_messages"), [(0.25, 0), (0.24, 3)])
def test_too_many_rows_set_aside_stop_the_build(tmp_path: Path, share: float, n_messages: int) -> None:
    bad = ["2026-03-01,cnn,,,-1,,,", "2026-03-01,cnn,,,-2,,,", "2026-03-01,cnn,,,,,,0"]
    reading = Reading(write(tmp_path / "log.csv", *[GOOD] * 9, *bad), workload_max_reject_share=share)
    messages = reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
    assert len(messages) == n_messages
    if messages:
        assert messages[0].startswith(
            "workload: found 3 of 12 rows set aside, with 18.182 % of the inferences, expected at most a share of "
            "0.24; 2 reasons, those of the most inferences first. Each stands in table marts.workload_rejects. "
            "`inference-energy workload PATH --rejects FILE` writes them to a file. To allow more, add to dbt build: "
            '--vars "{workload_max_reject_share: '
        )
        assert messages[1:] == [
            f"2 rows with 13.636 % of the inferences because {COUNT}, the first in {tmp_path}/log.csv, line 11",
            f"1 row with 4.545 % of the inferences because {BATCH}, the first in {tmp_path}/log.csv, line 13",
        ]


def test_every_reason_has_a_message_and_that_of_the_most_inferences_is_first(tmp_path: Path) -> None:
    """Six reasons, more than are printed; nine inferences in one row weigh more than two rows of one."""
    bad = [
        "2026-03-01,cnn,,,-1,,,", "2026-03-01,cnn,,,-1,,,", "2026-03-01,cnn,,,9,,,0", "2026-03-01,a,,,3,,,",
        "2026-03-01,b,,,4,,,", "2026-03-01,c,,,5,,,", "2026-03-01,d,,,6,,,",
    ]  # fmt: skip
    reading = Reading(write(tmp_path / "log.csv", *bad))
    _, *messages = reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
    reasons = [BATCH, *(f"model_id {name} is not in marts.models" for name in "dcba"), COUNT]
    assert [message.split(" because ")[1].split(", the first")[0] for message in messages] == reasons


def test_a_workload_without_inferences_can_be_set_aside_too(tmp_path: Path) -> None:
    reading = Reading(write(tmp_path / "log.csv", "2026-03-01,a,,,0,,,"))
    messages = reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
    assert messages[0].startswith("workload: found 1 of 1 rows set aside, with 0.0 % of the inferences")
    assert messages[0].count("1 reason. ") == 1
    assert messages[1].startswith("1 row with 0.0 % of the inferences because model_id a is not in marts.models")


def test_a_cell_with_a_line_break_stops_the_build_whatever_the_share(tmp_path: Path) -> None:
    """Its lines are rows, and the middle one is a request that was never made."""
    lines = ["2026-03-01,cnn,1,plain"] * 1000
    lines[500:500] = ['2026-03-01,cnn,1,"please log', "2026-03-01,cnn,1000000,", 'thank you"']
    path = write(tmp_path / "log.csv", *lines, header="happened_at,model_id,inference_count,prompt")
    reading = Reading(path)
    (message,) = reading.complaints("unclosed_quotes", "int_workload_judged", "workload_rejects")
    assert message.startswith(
        f"{path}:502: a double quote is not closed; a cell with a line break would be read as rows"
    )
    assert message in reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
    reading = Reading(write(tmp_path / "sound.csv", *[GOOD] * 200, "never,cnn,,,,,,"))
    assert reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects") == []


def grow(path: Path) -> None:
    with path.open("a") as file:
        file.write("2026-03-01,cnn,,,-1,,,\n")


def shrink(path: Path) -> None:
    path.write_text(f"{HEADER}\n{GOOD}\n")


def remove(path: Path) -> None:
    path.unlink()


def add(path: Path) -> None:
    write(path.with_name("another.csv"), GOOD)


@pytest.mark.parametrize("change", [grow, shrink, remove, add])
def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """Between the pass over all rows and the one for those set aside."""
    write(tmp_path / "still.csv", GOOD)
    path = write(tmp_path / "moving.csv", GOOD, "2026-03-01,cnn,,,-1,,,", GOOD)
    reading = Reading(tmp_path)
    assert reading.complaints("changed_workload_files", "int_workload_files") == []
    reading.models.run("int_workload_judged")
    change(path)
    (message,) = reading.complaints("changed_workload_files", "int_workload_files")
    assert ("another.csv" if change is add else "moving.csv") + " changed while it was read: found " in message
    assert "still.csv" not in message
    if change is remove:
        with pytest.raises(duckdb.Error, match="moving.csv"):
            reading.rejects()
    else:
        said = reading.complaints("uncounted_rejected_rows", "int_workload_judged", "workload_rejects")
        assert bool(said) == (change is not add)
        assert all("the files changed while they were read, so build again" in message for message in said)


def test_a_file_that_a_program_writes_all_the_while_is_not_taken_for_whole(tmp_path: Path) -> None:
    """Lines come in pieces, as a buffer is flushed: a half line may be read, but never unnoticed."""
    path = write(tmp_path / "log.csv", *[GOOD] * 1000)
    has_ended = threading.Event()

    def append() -> None:
        with path.open("a") as file:
            while not has_ended.is_set():
                for part in (GOOD[:13], GOOD[13:] + "\n"):
                    file.write(part)
                    file.flush()
                    time.sleep(0.0005)

    writer = threading.Thread(target=append)
    writer.start()
    try:
        reading = Reading(path)
        n_rows = reading.rows("select sum(n_rows) from {int_workload_judged}")[0][0]
        reading.rejects()
        time.sleep(0.1)
        assert n_rows >= 1000
        assert len(reading.complaints("changed_workload_files", "int_workload_files")) == 1
    finally:
        has_ended.set()
        writer.join()


def test_ten_thousand_small_files_are_read(tmp_path: Path) -> None:
    """Of CSV in a few seconds; the bounds are wide, against a slow machine and not a slow day."""
    folder = tmp_path / "many"
    folder.mkdir()
    text = f"{HEADER}\n{GOOD}\n2026-03-01,cnn,,,-1,,,\n"
    for number in range(10_000):
        (folder / f"{number:05}.csv").write_text(text)
    before = resource.getrusage(resource.RUSAGE_SELF)
    reading = Reading(folder, workload_max_reject_share=0.5)
    assert [row[5:7] for row in reading.accepted()] == [(10_000, 20_000)]
    rejects = reading.rejects()
    assert [row[:2] for row in rejects] == [(f"{number:05}.csv", 3) for number in range(10_000)]
    assert reading.complaints("changed_workload_files", "int_workload_files") == []
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime - before.ru_utime < 60
    assert after.ru_maxrss - before.ru_maxrss < 1_000_000


def test_ten_thousand_small_parquet_files_are_read(tmp_path: Path) -> None:
    rows = "select date '2026-03-01' as happened_at, 'cnn' as model_id, unnest([3, -1]) as inference_count"
    content = write_parquet(tmp_path / "one.parquet", rows).read_bytes()
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number:05}.parquet").write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF)
    reading = Reading(folder)
    assert [row[5:7] for row in reading.accepted()] == [(10_000, 30_000)]
    assert [row[:2] for row in reading.rejects()] == [(f"{number:05}.parquet", 2) for number in range(10_000)]
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime - before.ru_utime < 60
    assert after.ru_maxrss - before.ru_maxrss < 1_000_000


def test_large_files_keep_their_lines(tmp_path: Path) -> None:
    """Files that several threads read in pieces, in one scan with small ones: lines are counted within each file."""
    lines = [f"2026-03-{1 + i % 28:02},cnn,,,{i % 1000},,," for i in range(300_000)]
    marked = {"a.csv": [5, 250_000], "b.csv": [3], "c.csv": [2, 299_999], "d.csv": []}
    for name, numbers in marked.items():
        rows = lines[: 4 if name == "b.csv" else None]
        for number in numbers:
            rows = [*rows[: number - 2], "never,cnn,,,,,,", *rows[number - 1 :]]
        write(tmp_path / name, *rows)
    reading = Reading(tmp_path)
    reading.connection.execute("set threads = 4")
    assert [row[:2] for row in reading.rejects()] == [(name, number) for name in marked for number in marked[name]]


# Rows as a log has them; half of the cells are missing or odd.
cells = st.fixed_dictionaries(
    {
        "happened_at": st.sampled_from(["2026-03-01", "2026-03-02T12:00:00Z", "2026-02-30", ""]),
        "model_id": st.sampled_from(["cnn", "GPT", "bert", "other", ""]),
        "accelerator_id": st.sampled_from(["chip", "", "toaster"]),
        "country_iso3": st.sampled_from(["ESP", "fra", "", "ZZZ"]),
        "inference_count": st.sampled_from(["", "1", "3", "1e6", "-1"]),
        "input_tokens": st.sampled_from(["", "0", "128", "7.5"]),
        "output_tokens": st.sampled_from(["", "1", "64"]),
        "batch_size": st.sampled_from(["", "1", "32", "0"]),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(cells, min_size=1, max_size=30), cuts=st.lists(st.integers(0, 30), max_size=4), seed=st.integers(0, 9)
)
def test_files_order_and_format_of_a_workload_change_nothing(
    tmp_path: Path, rows: list[dict[str, str]], cuts: list[int], seed: int
) -> None:
    """One file, several in another order of rows and columns, and Parquet: the same groups and the same reasons."""
    for old in tmp_path.rglob("*.*"):
        old.unlink()
    columns = HEADER.split(",")
    write(tmp_path / "whole" / "log.csv", *[",".join(row[name] for name in columns) for row in rows])
    shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311
    bounds = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        order = random.Random(seed + number).sample(columns, len(columns))  # noqa: S311
        lines = [",".join(row[name] for name in order) for row in shuffled[start:end]]
        write(tmp_path / "parts" / f"{number}.csv", *lines, header=",".join(order))
        values = ", ".join(
            f"({', '.join(repr(row[name]) if row[name] else 'null' for name in columns)})"
            for row in shuffled[start:end]
        )
        if values:
            texts = ", ".join(f"{name}::varchar as {name}" for name in order)
            rows_of_part = f"select {texts} from (values {values}) as log ({HEADER})"
            write_parquet(tmp_path / "parquet" / f"{number}.parquet", rows_of_part)
    whole, *others = (Reading(tmp_path / name) for name in ("whole", "parts", "parquet"))
    reasons = sorted(row[3] for row in whole.rejects())
    for other in others:
        assert len(other.accepted()) == len(whole.accepted())
        for found, expected in zip(other.accepted(), whole.accepted(), strict=True):
            assert found[:6] == expected[:6]
            assert found[6:] == pytest.approx(expected[6:], rel=1e-12)
        assert sorted(row[3] for row in other.rejects()) == reasons
    assert len(reasons) + sum(row[5] for row in whole.accepted()) == len(rows)


def test_more_groups_than_memory_are_spilled_to_disk(tmp_path: Path) -> None:
    """A batch size for each of 3e6 rows: some 400 MB of groups within a limit of 200 MB."""
    n = 3_000_000
    path = write_parquet(
        tmp_path / "log.parquet",
        f"select date '2026-03-01' as happened_at, 'gpt' as model_id, 2 as input_tokens, 4 as output_tokens, "
        f"1 + i as batch_size from range({n}) as r (i)",
    )
    reading = Reading(path)
    reading.connection.execute(f"set temp_directory = '{tmp_path}/spill'")
    reading.connection.execute("set memory_limit = '200MB'")
    reading.models.run("int_workload_groups")
    assert reading.rows(
        "select count(*), sum(n_rows), sum(n_inferences), sum(n_context_tokens), sum(batch_size) "
        "from {int_workload_groups}"
    ) == [(n, n, n, 16 * n, n * (n + 1) / 2)]


def test_rows_are_those_of_pandas(tmp_path: Path) -> None:
    """An independent reading of the same numbers, of 20,000 rows in CSV and Parquet."""
    import pandas as pd

    chance = random.Random(7)  # noqa: S311
    log = pd.DataFrame(
        {
            "happened_at": [
                dt.datetime(2026, 3, 1) + dt.timedelta(minutes=chance.randrange(10_000)) for _ in range(20_000)
            ],
            "model_id": [chance.choice(["cnn", "gpt", "bert"]) for _ in range(20_000)],
            "country_iso3": [chance.choice(["ESP", "FRA", None]) for _ in range(20_000)],
            "inference_count": [chance.randrange(5) for _ in range(20_000)],
            "input_tokens": [chance.randrange(1, 1000) for _ in range(20_000)],
            "output_tokens": [chance.randrange(1, 1000) for _ in range(20_000)],
        }
    )
    log.loc[log["model_id"] == "cnn", "input_tokens"] = 0
    log.loc[log["model_id"] != "gpt", "output_tokens"] = 0
    log.to_csv(tmp_path / "log.csv", index=False)
    duckdb.from_df(log).write_parquet(str(tmp_path / "log.parquet"))
    log["on_date"] = log["happened_at"].dt.date
    log["read"] = log["inference_count"] * log["input_tokens"]
    log["written"] = log["inference_count"] * log["output_tokens"]
    log["context"] = log["written"] * (log["input_tokens"] + log["output_tokens"] / 2)
    sums = log.fillna({"country_iso3": "unstated"}).groupby(["on_date", "model_id", "country_iso3"])
    expected = {
        key: (len(rows), *(rows[name].sum() for name in ("inference_count", "read", "written", "context")))
        for key, rows in sums
    }
    for name in ("log.csv", "log.parquet"):
        found = {(row[0], row[1], row[3]): row[5:] for row in Reading(tmp_path / name).accepted()}
        assert found.keys() == expected.keys()
        assert all(
            math.isclose(a, b, rel_tol=1e-12) for key in found for a, b in zip(found[key], expected[key], strict=True)
        )


def test_a_count_that_cannot_be_read_weighs_what_its_digits_say(tmp_path: Path) -> None:
    """In 300 small rows two large ones with separators of thousands: few rows, and nearly all of the inferences."""
    small = [f"2026-03-01,cnn,,,{count},,," for count in range(100, 400)]
    large = ['2026-03-01,cnn,,,"90,000,000",,,', "2026-03-01,cnn,,,25.000.000,,,", "2026-03-01,cnn,,,-7,,,"]
    texts = ", ".join(f"('2026-03-01', 'cnn', '{row.split(',,,')[1].strip(chr(34))}')" for row in small + large)
    paths = [
        write(tmp_path / "log.csv", *small, *large),
        write_parquet(
            tmp_path / "log.parquet",
            f"select * from (values {texts}) as log (happened_at, model_id, inference_count)",
        ),
    ]
    for path in paths:
        reading = Reading(path)
        assert reading.rows(
            "select reject_reason is not null, sum(n_rows), sum(n_inferences) from {int_workload_judged} "
            "group by 1 order by 1"
        ) == [(False, 300, sum(range(100, 400))), (True, 3, 115_000_007)]
        (message, *_) = reading.complaints("too_many_rejected_rows", "int_workload_judged", "workload_rejects")
        assert "3 of 303 rows set aside" in message
