"""The paper's inputs beside other sources: rows worked by hand, and every verdict again from the raw files."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from conftest import ROOT

RAW = ROOT / "raw"
QUANTITIES_OF_A_MODEL = (
    ("top1_accuracy_pct", "top1_acc", "top1_accuracy_pct"),
    ("params_millions", "params_m", "params_millions"),
    ("gflops_per_forward_pass", "gflops", "gmacs_per_forward_pass"),
)


def rows_of(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compared(warehouse: duckdb.DuckDBPyConnection, subject: str, quantity: str) -> dict:
    """Return the one row of a subject and quantity by column name."""
    relation = warehouse.execute(
        "select * from marts.source_agreement where subject = ? and quantity = ?", [subject, quantity]
    )
    names = [column[0] for column in relation.description]
    (row,) = relation.fetchall()
    return dict(zip(names, row, strict=True))


def number(cell: str) -> Decimal:
    """Return the number at the start of a printed cell, as exact as it is printed."""
    return Decimal(re.match(r"[0-9.]+", cell)[0])


def unit(value: Decimal) -> Decimal:
    """Return the unit of the last decimal that is not a zero: 1 for 144.00, 0.1 for 8.40."""
    return Decimal(1).scaleb(min(0, value.normalize().as_tuple().exponent))


def printed_unit(cell: str) -> Decimal:
    """Return the unit of the last printed decimal: 0.01 for 8.40."""
    return Decimal(1).scaleb(Decimal(cell).as_tuple().exponent)


def test_the_gtx_780_stands_a_month_earlier_in_table_8(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = compared(warehouse, "geforce-gtx-780", "launch_date")
    assert (row["value_date"], row["other_value_date"]) == (date(2013, 4, 23), date(2013, 5, 23))
    # Seven days left of April and 23 of May.
    assert row["difference"] == 30
    assert (row["verdict"], row["reason"]) == ("differs", "launch date a month earlier in Table 8")
    assert row["value"] is row["other_value"] is row["relative_difference"] is None


def test_four_boards_stand_a_month_earlier_and_two_a_day(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = dict(
        warehouse.execute(
            """
            select reason, list(subject order by subject) from marts.source_agreement
            where quantity = 'launch_date' and reason like '% earlier in Table 8' group by reason
            """
        ).fetchall()
    )
    assert found == {
        "launch date a month earlier in Table 8": ["a100", "geforce-gtx-780", "tesla-k80", "tesla-m40"],
        "launch date a day earlier in Table 8": ["geforce-gtx-1080", "geforce-gtx-980"],
    }


def test_the_a100_counts_once_as_a_board_and_thrice_as_a_rate(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = warehouse.execute(
        """
        select quantity, precision, verdict from marts.source_agreement
        where accelerator_id = 'a100' order by quantity, precision
        """
    ).fetchall()
    assert found == [
        ("launch_date", None, "differs"),
        ("tdp_watts", None, "agree"),
        ("tflops", "FP16", "agree"),
        ("tflops", "FP16/FP32 Tensor", "agree"),
        ("tflops", "FP32", "agree"),
    ]


def test_alexnets_multiply_adds_are_doubled(warehouse: duckdb.DuckDBPyConnection) -> None:
    """0.714 doubled is 1.428, 0.008 above the printed 1.42: 0.71 and 0.714 may be roundings of one number."""
    row = compared(warehouse, "alexnet", "gflops_per_forward_pass")
    assert row["other_value"] == pytest.approx(1.428)
    assert row["difference"] == pytest.approx(0.008)
    # 1 % of 1.42 is more than the 0.010 + 0.001 that rounding explains.
    assert row["tolerance"] == pytest.approx(0.0142)
    assert row["is_within_rounding"]
    assert (row["verdict"], row["other_source_id"]) == ("agree", "torchvision")


def test_the_k80_differs_by_a_little_more_than_its_tolerance(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Two chips on one board, which both sources count: 8.22 and 8.13, 1.1 %, and nobody says why."""
    row = compared(warehouse, "tesla-k80 FP32", "tflops")
    assert row["difference"] == pytest.approx(-0.09)
    assert row["tolerance"] == pytest.approx(0.0822)
    assert (row["verdict"], row["reason"], row["evidence"]) == ("differs", None, None)


def test_the_rtx_2080_ti_has_two_tensor_rates(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = compared(warehouse, "geforce-rtx-2080-ti FP16/FP32 Tensor", "tflops")
    assert row["relative_difference"] == pytest.approx(1)
    assert row["reason"] == "FP16 or FP32 accumulate of tensor cores"
    assert row["reason_source_id"] == "nvidia-turing-2018"


def test_gmacs_of_another_input_size_go_with_its_pixels(warehouse: duckdb.DuckDBPyConnection) -> None:
    """0.40 GMACs at 224 pixels are 0.80 GFLOPs, and (320 / 224)^2 = 100 / 49 times that at 320."""
    row = compared(warehouse, "fixefficientnet-b0", "gflops_per_forward_pass")
    assert row["other_value"] == pytest.approx(80 / 49)
    assert (row["how_known"], row["verdict"]) == ("derived", "agree")


def test_verdicts_on_models_follow_from_the_raw_files(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of("paper/table_2_vision_models.csv")
    table_2 = {(row["model"].split(" [")[0], row["extra_data"]): row for row in rows}
    expected = {}
    for other in rows_of("reference/table_2_in_timm_and_torchvision.csv"):
        printed = table_2[other["model"], other["extra_data"]]
        for quantity, column, other_column in QUANTITIES_OF_A_MODEL:
            if not (cell := other[other_column]):
                continue
            value, other_value, other_unit = number(printed[column]), Decimal(cell), printed_unit(cell)
            if quantity == "top1_accuracy_pct":
                rounding = (min(unit(value), Decimal("0.1")) + other_unit) / 2
                tolerance = Decimal("0.3")
            elif quantity == "params_millions":
                rounding = (unit(value) + other_unit) / 2
                tolerance = value / 100
            else:
                pixels = (Decimal(other["compared_at_px"] or other["input_px"]) / Decimal(other["input_px"])) ** 2
                other_value *= 2 * pixels
                rounding = unit(value / 2) + other_unit * pixels
                tolerance = value / 100
            difference = abs(other_value - value)
            key = (printed["model"].split(" [")[0], other["extra_data"], quantity, other["source_id"])
            verdict = "agree" if difference <= max(rounding, tolerance) else "differs"
            expected[key] = (verdict, difference <= rounding)
    found = {
        (model_name, extra_data or "No", quantity, source): (verdict, is_within_rounding)
        for model_name, extra_data, quantity, source, verdict, is_within_rounding in warehouse.execute(
            """
            select model_name, extra_training_data, quantity, other_source_id, verdict, is_within_rounding
            from marts.source_agreement inner join marts.models using (model_id)
            """
        ).fetchall()
    }
    assert len(expected) == 71 + 76 + 76
    assert found == expected


def test_verdicts_on_gpus_follow_from_the_raw_files(warehouse: duckdb.DuckDBPyConnection) -> None:
    table_8 = {(row["gpu"], row["precision"]): row for row in rows_of("paper/table_8_gpu_theoretical_performance.csv")}
    expected = {}
    for other in rows_of("reference/table_8_in_epoch.csv"):
        printed = table_8[other["gpu"], other["precision"]]
        for quantity, column, precision in (("tflops", "tflops", other["precision"]), ("tdp_watts", "watts", None)):
            if cell := other[quantity]:
                value = number(printed[column])
                allowed = max((unit(value) + printed_unit(cell)) / 2, value / 100)
                is_close = abs(Decimal(cell) - value) <= allowed
                expected[other["gpu"], precision, quantity] = "agree" if is_close else "differs"
        day, month, year = printed["launch_date"].split("/")
        is_same_day = other["launch_date"] == f"{year}-{month}-{day}"
        expected[other["gpu"], None, "launch_date"] = "agree" if is_same_day else "differs"
    found = {
        (name, precision, quantity): verdict
        for name, precision, quantity, verdict in warehouse.execute(
            """
            select accelerator_name, precision, quantity, verdict
            from marts.source_agreement inner join marts.accelerators using (accelerator_id)
            """
        ).fetchall()
    }
    assert len(expected) == 29 + 20 + 20
    assert found == expected


def test_the_papers_values_are_not_repeated_in_the_files_of_others() -> None:
    for name in ("table_2_in_timm_and_torchvision", "table_8_in_epoch"):
        header = rows_of(f"reference/{name}.csv")[0].keys()
        assert not [column for column in header if "paper" in column or "printed" in column]


def test_every_row_leads_back_to_its_line(warehouse: duckdb.DuckDBPyConnection) -> None:
    lines = {
        f"raw/reference/{name}.csv": [",".join(row.values()) for row in rows_of(f"reference/{name}.csv")]
        for name in ("table_2_in_timm_and_torchvision", "table_8_in_epoch")
    }
    found = warehouse.execute(
        "select raw_file, raw_line, other_name, other_source_id from marts.source_agreement"
    ).fetchall()
    assert {file for file, *_ in found} == lines.keys()
    for file, line, other_name, source in found:
        assert other_name in lines[file][line - 2]
        assert lines[file][line - 2].endswith(source)
