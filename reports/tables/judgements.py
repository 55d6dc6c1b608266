"""What the warehouse makes of the numbers that the paper prints in its text, and of what it claims in words."""

from __future__ import annotations

import duckdb
import pandas as pd

from reports.data import read, tables
from reports.tables.table import Table

LEDGER = """
    select
        printed_in as "Printed in",
        quantity as "Quantity",
        printed_text as "Printed",
        recomputed_value as "Recomputed",
        status as "Verdict",
        explanation as "Explanation",
        value_type
    from marts.paper_ledger
    where printed_in not like 'Table%'
    order by raw_line
"""
COUNTS = """
    select
        result_kind as "Kind",
        count(*) filter (where status = 'reproduced') as "Reproduced",
        count(*) filter (where status = 'close') as "Close",
        count(*) filter (where status = 'differs') as "Differs",
        count(*) filter (where status = 'not_testable') as "Not testable"
    from marts.paper_ledger
    group by result_kind
    order by count(*) desc
"""
STATEMENTS = """
    select
        statements.printed_in as "Printed in",
        statements.claim as "Claim",
        statements.statement as "In the paper's words",
        statements.verdict as "Verdict",
        statements.result as "Result",
        statements.test as "Test"
    from marts.paper_statements as statements
    inner join staging.stg_printed_results as printed on statements.statement_id = printed.ledger_id
    order by printed.raw_line
"""
MARTS = tables(LEDGER, COUNTS, STATEMENTS)


def ledger_of_text(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Return the printed numbers outside tables; years as whole numbers, which take no thousands separator."""
    frame = read(connection, LEDGER)
    is_year = frame.pop("value_type") == "year"
    values = [
        int(value) if year and value == value else value
        for value, year in zip(frame["Recomputed"], is_year, strict=True)
    ]
    frame["Recomputed"] = pd.Series(values, dtype=object)
    return frame


def judgements(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the ledger by kind, the numbers outside tables and the claims in words."""
    return [
        Table(
            "ledger-counts",
            "Ledger",
            "Printed numbers by kind and verdict",
            "Reproduced: within half the last printed digit. Close: within 1 %. Derived numbers are recomputed "
            "from the paper's data; restated ones stand twice in the paper; some hold by construction; quoted ones "
            "come from elsewhere.",
            tables(COUNTS),
            read(connection, COUNTS),
        ),
        Table(
            "ledger-text",
            "Ledger, text",
            "Numbers in text, captions and appendix",
            "Printed numbers that stand in no table, in the order of the file that holds them.",
            tables(LEDGER),
            ledger_of_text(connection),
        ),
        Table(
            "claims",
            "Claims",
            "What the paper claims in words",
            "Each claim is turned into a test that says its thresholds before its result.",
            tables(STATEMENTS),
            read(connection, STATEMENTS),
        ),
    ]
