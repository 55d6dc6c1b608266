"""The command `inference-energy`: estimates on the terminal, for people who do not write SQL.

Exit codes: 0; 1 when there is no warehouse, a workload cannot be read, or too much of it was set aside; 2 when the
command was not understood; 130 when it was interrupted; 141 when nobody reads the output any more.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import math
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

try:
    import duckdb

    from inference_energy import terminal, workloads
    from inference_energy.connection import WarehouseError
    from inference_energy.export import without_formulas
    from inference_energy.names import (
        AmbiguousNameError,
        Entry,
        UnknownNameError,
        find,
        listed,
        others_like,
        parts_of,
    )
    from inference_energy.sql_models import SqlModels
    from inference_energy.workloads import Row
except KeyboardInterrupt:
    # Ctrl-C while libraries are loaded, which takes most of the time of a short command.
    raise SystemExit(130) from None

PROGRAM = "inference-energy"
FIRST_SCENARIO = "paper"
SHOWN_REJECTS = 5
# Of what a method's numbers rest on, of reasons for none, and of ids that may be meant.
MOST_PARTS = 3
# A terminal is for reading; the other forms have every row.
MOST_ROWS = 60
BOUNDARIES = {
    "gpu_board": "accelerator board",
    "wall": "server at the wall",
    "server": "server",
    "facility": "whole facility",
    "mixed": "mixed",
}
# What a reason for setting a row aside calls a column, and its option.
OPTIONS = {
    "happened_at": "--date",
    "inference_count": "--count",
    "input_tokens": "--input-tokens",
    "output_tokens": "--output-tokens",
    "batch_size": "--batch-size",
}
# Texts that are too long for a column.
SENTENCES = {"scenario": ("description",), "method": ("what", "models", "known_bias")}
INTERRUPTED, NOBODY_READS = 130, 141
# As half of Europe writes them.
THOUSANDS = re.compile(r"[1-9][\d_]*\.\d{3}(_|$)")

EPILOG = """\
examples:
  inference-energy estimate --model resnet-50 --accelerator a100 --count 1e9 --country ESP
  inference-energy estimate --model llama-3.1-8b --accelerator h100-sxm5 --count 1e6 \\
      --input-tokens 400 --output-tokens 200 --batch-size 32 --country France
  inference-energy workload logs/*.parquet
  inference-energy models resnet

Every number is an estimate of joules, kWh and gCO2e; none was measured for you.
"""
ESTIMATE_EPILOG = """\
examples:
  inference-energy estimate --model resnet-50 --accelerator a100 --count 1e9 --country ESP
  inference-energy estimate --model resnet-50 --count 1e9 --date 2024-06-01 --scenario all
  inference-energy estimate --model llama-3.1-8b --accelerator h100-sxm5 --count 1e6 \\
      --input-tokens 400 --output-tokens 200 --method calibrated --json

Names are matched forgivingly ("ResNet 50", "NVIDIA A100", "Spain"); where several may be meant, they are listed and
none is taken. Without --accelerator the model is matched with hardware as the scenario says, without --country the
grid is the world's average.
"""
WORKLOAD_EPILOG = """\
examples:
  inference-energy workload logs/2024-*.csv
  inference-energy workload logs/*.parquet --by day --method calibrated --csv > days.csv
  inference-energy workload log.csv --rejects rejects.csv --max-reject-share 0.05

A row is a request or a group of requests, in the columns happened_at and model_id, and where known accelerator_id,
country_iso3, inference_count (default 1), input_tokens, output_tokens and batch_size. A row that cannot be used is set
aside and counted, never guessed; names stand there as ids (inference-energy models).
"""


class UsageError(ValueError):
    """The command cannot be carried out as it was given; the message says what to give instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments
        Those behind the name of the program; by default those of this process.
    """
    if sys.stderr is None:
        # What is said to nobody must not go among the numbers.
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        print(f"{PROGRAM}: standard output is closed, so the numbers can go nowhere", file=sys.stderr)
        return 1
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a dash shows a question mark.
            stream.reconfigure(errors="replace")
    given = argparse.Namespace(command="")
    try:
        try:
            parser().parse_args(arguments, namespace=given)
        finally:
            # The help, too, may have nowhere to go.
            sys.stdout.flush()
        with workloads.open_published(given.warehouse) as connection:
            code = given.run(connection, given)
        sys.stdout.flush()
    except (UsageError, UnknownNameError, workloads.RequestError) as error:
        return failed(given, str(error), 2)
    except WarehouseError as error:
        return failed(given, str(error), 1)
    except (KeyboardInterrupt, duckdb.InterruptException):
        return failed(given, "interrupted", INTERRUPTED)
    except RuntimeError as error:
        # How DuckDB ends a query at Ctrl-C when Python has not seen it yet.
        if str(error) != "Query interrupted":
            raise
        return failed(given, "interrupted", INTERRUPTED)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return failed(given, f"the warehouse lacks what this command reads; run `make build` ({error})", 1)
    except duckdb.Error as error:
        return failed(given, f"the data cannot be read: {error}", 1)
    except BrokenPipeError:
        silence(sys.stdout)
        return NOBODY_READS
    except OSError as error:
        try:
            sys.stdout.flush()
        except OSError:
            silence(sys.stdout)
        return failed(given, f"cannot read or write: {error}", 1)
    return code


def silence(stream: TextIO) -> None:
    """Let what is left in a stream go nowhere: Python flushes it at its end, where nobody could catch an error."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def failed(given: argparse.Namespace, message: str, code: int) -> int:
    """Say on standard error why a command failed, and return its exit code."""
    print(f"{f'{PROGRAM} {given.command or str()}'.rstrip()}: {message}", file=sys.stderr)
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    program = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Joules, kWh and gCO2e of inferences of deep learning models, from the published warehouse.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    program.add_argument("--version", action="version", version=f"{PROGRAM} {version('inference-energy')}")
    commands = program.add_subparsers(dest="command", required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    forms = common.add_mutually_exclusive_group()
    forms.add_argument("--json", dest="form", action="store_const", const="json", help="write JSON, at full precision")
    forms.add_argument("--csv", dest="form", action="store_const", const="csv", help="write CSV, at full precision")
    common.add_argument(
        "--warehouse",
        metavar="FILE",
        help="the published file, opened read-only (default: INFERENCE_ENERGY_WAREHOUSE, or what `make build` made)",
    )
    choices = argparse.ArgumentParser(add_help=False)
    choices.add_argument(
        "--scenario",
        default=FIRST_SCENARIO,
        help="idle time, hosts, cooling and hardware: an id of `inference-energy scenarios`, or all "
        f"(default: {FIRST_SCENARIO}, which adds nothing)",
    )
    choices.add_argument(
        "--method",
        default="all",
        help=f"{', '.join(workloads.METHODS)}: what they are says `inference-energy methods` "
        "(default: all that know the model)",
    )

    def command(name: str, run: Callable[..., int], about: str, **more: Any) -> argparse.ArgumentParser:  # noqa: ANN401
        added = commands.add_parser(
            name, help=about, description=about, formatter_class=argparse.RawDescriptionHelpFormatter, **more
        )
        added.set_defaults(run=run)
        return added

    one = command(
        "estimate",
        run_estimate,
        "Estimate so many inferences of one model.",
        epilog=ESTIMATE_EPILOG,
        parents=[choices, common],
    )
    one.add_argument("--model", required=True, metavar="NAME", help="such as resnet-50")
    one.add_argument("--accelerator", metavar="NAME", help="such as a100")
    one.add_argument("--country", metavar="NAME", help="ISO 3166-1 alpha-3 code, or a name in English")
    one.add_argument("--count", type=number, default=1, metavar="N", help="number of inferences (default: 1)")
    one.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="for the year of the grid (default: today)")
    for quantity in ("input", "output"):
        one.add_argument(
            f"--{quantity}-tokens", type=number, metavar="N", help=f"{quantity} tokens of each inference (language)"
        )
    one.add_argument("--batch-size", type=number, metavar="N", help="requests served at once (generative models)")

    many = command(
        "workload",
        run_workload,
        "Sum up a log of inferences in CSV or Parquet files.",
        epilog=WORKLOAD_EPILOG,
        parents=[choices, common],
    )
    many.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or globs in quotes")
    many.add_argument(
        "--by", choices=list(workloads.SUMMARY_KEYS), default="model", help="one row per (default: model)"
    )
    many.add_argument(
        "--max-reject-share",
        type=reject_share,
        metavar="SHARE",
        help="exit with 1 when more than this share of the rows or of the inferences is set aside "
        "(default: the project's, 0.01)",
    )
    many.add_argument("--rejects", type=Path, metavar="FILE", help="write every row set aside to this new CSV file")

    for kind, name in (
        ("model", "models"),
        ("accelerator", "accelerators"),
        ("country", "countries"),
        ("scenario", "scenarios"),
        ("method", "methods"),
    ):
        listing = command(
            name,
            run_catalogue,
            f"List the {name} that the warehouse knows.",
            parents=[common],
            epilog=f"example:\n  inference-energy {name}{' resnet' if kind == 'model' else ''}",
        )
        listing.add_argument("search", nargs="?", metavar="TEXT", help="only those that hold this in their id or name")
        listing.set_defaults(kind=kind)
    return program


def number(text: str) -> float:
    """Return a number as people write it: 1e9, 1000000, 1_000_000; 250.000 may be as many thousands and is refused."""
    if THOUSANDS.search(text.strip()):
        digits = text.strip().replace(".", "").lstrip("-+0")
        raise argparse.ArgumentTypeError(
            f"{text} may be a number of thousands; write {digits} for that, else fewer or more decimals"
        )
    value = decimal(text)
    # There is no negative zero of anything.
    return value + 0.0


def decimal(text: str) -> float:
    """Return a finite number."""
    if "," in text:
        raise argparse.ArgumentTypeError(f"{text} holds a comma; write a number such as 1000000 or 1e6")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def reject_share(text: str) -> float:
    """Return a share from 0 to 1."""
    try:
        value = float(text.strip().removesuffix("%"))
    except ValueError:
        value = math.nan
    if text.strip().endswith("%") or not 0 <= value <= 1:
        percent = value if 0 < value <= 100 else 1
        raise argparse.ArgumentTypeError(f"{text} is no share from 0 to 1, such as {percent / 100:g} for {percent:g} %")
    return value


def day(text: str) -> dt.date:
    """Return a date written as yyyy-mm-dd."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no date such as 2024-06-01") from None


def meant(connection: duckdb.DuckDBPyConnection, kind: str, written: str | None) -> Entry | None:
    """Return what a person means by a name, and say so on standard error where it is not the id itself."""
    if written is None:
        return None
    plural = "countries" if kind == "country" else f"{kind}s"
    try:
        entries = workloads.entries(connection, kind)
        entry = find(written, entries, kind)
    except UnknownNameError as error:
        said = f"{error}. All of them: {PROGRAM} {plural}"
        if kind in {"model", "accelerator"} and not isinstance(error, AmbiguousNameError):
            said += f", or add it: raw/own/{plural}.csv"
        raise UnknownNameError(said) from error
    if entry.id != written:
        print(f"{written} -> {entry.id}", file=sys.stderr)
    # Models are told apart by their names; boards of one design and countries of one name often are not.
    is_short = kind == "accelerator" or (kind == "country" and parts_of(written) != parts_of(entry.id))
    if is_short and (others := others_like(written, entry, entries)):
        print(f"{entry.id} taken; others: {listed(others)}", file=sys.stderr)
    return entry


def chosen(connection: duckdb.DuckDBPyConnection, given: argparse.Namespace) -> tuple[str, str]:
    """Return the ids of the scenario and the method asked for, or ``all``."""
    ids = []
    for kind in ("scenario", "method"):
        known = [entry.id for entry in workloads.entries(connection, kind)]
        if getattr(given, kind) not in {"all", *known}:
            raise UsageError(f"--{kind} is {getattr(given, kind)}, expected one of {', '.join([*known, 'all'])}")
        ids.append(getattr(given, kind))
    return ids[0], ids[1]


def run_estimate(connection: duckdb.DuckDBPyConnection, given: argparse.Namespace) -> int:
    """Estimate one request and show it."""
    scenario, method = chosen(connection, given)
    model, accelerator, country = (
        meant(connection, kind, getattr(given, kind)) for kind in ("model", "accelerator", "country")
    )
    (facts,) = (row for row in workloads.catalogue(connection, "model") if row["model_id"] == model.id)
    refuse_needless(given, facts)
    request = workloads.Request(
        happened_at=given.date or dt.datetime.now(dt.UTC).date(),
        model_id=model.id,
        accelerator_id=accelerator.id if accelerator else None,
        country_iso3=country.id if country else None,
        inference_count=given.count,
        input_tokens=given.input_tokens,
        output_tokens=given.output_tokens,
        batch_size=given.batch_size,
    )
    try:
        estimates = workloads.estimate(connection, request)
    except workloads.RequestError as error:
        column, _, rest = str(error).partition(" ")
        said = f"{OPTIONS.get(column, column)} {rest}"
        if rest.startswith("is missing"):
            needed = ("input_tokens", "output_tokens") if facts["is_generative"] else ("input_tokens",)
            said += f"; add {' and '.join(f'{OPTIONS[name]} N' for name in needed if getattr(given, name) is None)}"
        raise UsageError(said) from error
    rows = workloads.selected(estimates, scenario, method)
    if not rows:
        known = ", ".join(dict.fromkeys(row["method"] for row in estimates))
        raise UsageError(f"the method {method} does not know {model.id}; those that do are {known}")
    asked = {name: value for name, value in vars(request).items() if value is not None}
    if given.form == "json":
        print(terminal.json_text({"request": asked, "estimates": rows}), end="")
    elif given.form == "csv":
        print(terminal.csv_text(rows), end="")
    else:
        scenarios = workloads.scenarios(connection)
        print(terminal.prose([heading(request, model, accelerator, country, scenario)]))
        print(estimate_table(rows, scenario))
        print(terminal.prose(notes(request, rows, country, scenarios)), end="")
    return 0


def refuse_needless(given: argparse.Namespace, model: Row) -> None:
    """Refuse what says nothing of a model, a row of its catalogue: the person who gave it expects that it counts."""
    if model["domain"] != "language":
        needless = {"input_tokens", "output_tokens", "batch_size"}
        kind = "is no language model, so each inference is one forward pass"
    elif not model["is_generative"]:
        needless = {"output_tokens", "batch_size"}
        kind = "writes no text, so input tokens alone count"
    else:
        return
    stated = {
        name: getattr(given, name) for name in ("input_tokens", "output_tokens", "batch_size") if name in needless
    }
    found = [
        OPTIONS[name]
        for name, value in stated.items()
        # A model that writes nothing writes no token.
        if value is not None and not (name == "output_tokens" and value == 0 and model["domain"] == "language")
    ]
    if found:
        raise UsageError(f"{model['model_id']} {kind}; leave out {' and '.join(found)}")


def heading(
    request: workloads.Request, model: Entry, accelerator: Entry | None, country: Entry | None, scenario: str
) -> str:
    """Return what was asked, in one line."""
    count = terminal.number(request.inference_count)
    where = country.name if country else "no country stated"
    tokens = [
        f"{terminal.number(value)} {name}"
        for name, value in (("input tokens", request.input_tokens), ("output tokens", request.output_tokens))
        if value is not None
    ]
    return ", ".join(
        [
            f"{count} {'inference' if request.inference_count == 1 else 'inferences'} of {model.name}"
            + (f" of {' and '.join(tokens)} each" if tokens else ""),
            accelerator.name if accelerator else "no accelerator stated",
            where,
            request.happened_at.isoformat(),
            "all scenarios" if scenario == "all" else f"scenario {scenario}",
        ]
    )


def estimate_table(rows: Sequence[Row], scenario: str) -> str:
    """Return the estimates as a table for reading, with the scenario of each row where all were asked for."""
    columns = dict.fromkeys(("scenario", "method") if scenario == "all" else ("method",), "left")
    columns |= dict.fromkeys(("energy", "low", "high", "electricity", "CO2e"), "right")
    columns["boundary of the energy"] = "left"
    return terminal.table_text(
        columns,
        [
            [
                *([row["scenario_id"]] if scenario == "all" else []),
                row["method"],
                *(terminal.energy(row[name]) for name in ("joules", "joules_low", "joules_high")),
                terminal.electricity(row["kwh"]),
                terminal.emissions(row["gco2e"]),
                BOUNDARIES.get(row["boundary"], row["boundary"]),
            ]
            for row in rows
        ],
    )


def notes(request: workloads.Request, rows: Sequence[Row], country: Entry | None, scenarios: list[Row]) -> list[str]:
    """Return in plain sentences what the numbers of an estimate are and what they are not."""
    said = ["Estimated, not measured. How:"]
    for method in dict.fromkeys(row["method"] for row in rows):
        ways = dict.fromkeys(way_of(row, request) for row in rows if row["method"] == method)
        said += [f"- {method}: {way}." for way in ways]
    scenario_ids = list(dict.fromkeys(row["scenario_id"] for row in rows))
    matching = (
        " Its matching of hardware is not used, since the accelerator was stated." if request.accelerator_id else ""
    )
    said += scenario_lines(scenarios, scenario_ids, matching)
    said.append(grid_sentence(rows[0], request, country))
    others = [row["scenario_id"] for row in scenarios if row["scenario_id"] not in scenario_ids]
    if others:
        said.append(f"Other scenarios, with --scenario NAME or --scenario all: {', '.join(others)}.")
    return said


def scenario_lines(scenarios: Sequence[Row], scenario_ids: Sequence[str], matching: str) -> list[str]:
    """Return in plain sentences what scenarios add to the energy.

    Parameters
    ----------
    scenarios
        All of them, with their factors.
    scenario_ids
        Those to tell of.
    matching
        A sentence on what their matching of hardware is used for, with a blank in front, or nothing.
    """
    said = ["Energy is that within the boundary; electricity is kWh with what the scenario adds to that:"]
    return said + [
        f"- {row['scenario_id']}: {sentence(row['description'])}{addition(row)}{matching}"
        for row in scenarios
        if row["scenario_id"] in scenario_ids
    ]


def addition(scenario: Row) -> str:
    """Return a sentence on how electricity follows from energy in a scenario, with a blank in front."""
    if (scenario["utilisation"], scenario["host_overhead"], scenario["pue"]) == (1, 0, 1):
        return (
            " Nothing is added to the boundary: where that is the board, electricity is of the boards alone, not the "
            "meter of a site."
        )
    utilisation, overhead, pue, boards, server = (
        terminal.number(scenario[name])
        for name in ("utilisation", "host_overhead", "pue", "meter_factor_of_boards", "meter_factor_of_server")
    )
    return (
        f" Utilisation {utilisation}, host overhead {overhead}, PUE {pue}: electricity is {boards} times the energy of "
        f"boards, {server} times that of a server."
    )


def sentence(text: str | None) -> str:
    """Return what a person wrote with a mark at its end."""
    written = (text or "").strip()
    return written if not written or written[-1] in ".!?…" else f"{written}."


def way_of(row: Row, request: workloads.Request) -> str:
    """Return how one estimate came about, or why there is none."""
    if row["missing_reason"] is not None:
        return f"no estimate: {row['missing_reason']}"
    parts = [row["basis"]]
    if row["batch_size_used"] is not None:
        stated = "" if request.batch_size is not None else ", since none was stated"
        parts.append(f"batch size {terminal.number(row['batch_size_used'])}{stated}")
    if row["is_hardware_extrapolated"]:
        parts.append("hardware extrapolated beyond the dates on record")
    if row["joules_low"] is not None:
        parts.append(f"interval: {row['interval_kind'].replace('_', ' ')}")
    else:
        parts.append("no interval" + bounds_of_writing(row))
    return "; ".join(parts)


def bounds_of_writing(row: Row) -> str:
    """Return the interval of writing alone where the whole has none, with a comma in front, or nothing."""
    if row["joules_low"] is not None or row["decode_joules_low"] is None or not row["decode_joules"]:
        return ""
    written, low, high = (terminal.energy(row[f"decode_joules{end}"]) for end in ("", "_low", "_high"))
    return (
        f", since none is known of all of the rest ({terminal.energy(row['pass_joules'])} of passes and of reading); "
        f"writing takes {written}, {low} to {high}"
    )


def grid_sentence(row: Row, request: workloads.Request, country: Entry | None) -> str:
    """Return whose grid and which year the emissions are of."""
    place = country.name if country else "the world, since no country was stated"
    if row["gco2e_per_kwh"] is None:
        return f"CO2e is missing: there is no grid intensity of {place} on record."
    year = row["intensity_year"]
    nearest = "" if year == request.happened_at.year else f", the nearest on record to {request.happened_at.year}"
    return (
        f"CO2e is at {terminal.number(row['gco2e_per_kwh'])} g per kWh, the yearly average of the grid of {place}, "
        f"in {year}{nearest}."
    )


def run_workload(connection: duckdb.DuckDBPyConnection, given: argparse.Namespace) -> int:
    """Sum up the files of a workload and show it."""
    scenario, method = chosen(connection, given)
    if not all(path.strip() for path in given.paths):
        raise UsageError("a PATH is empty; if it comes from a shell variable, set that first")
    paths = workloads.distinct_paths(given.paths)
    if given.rejects is not None:
        refuse_target(given.rejects, paths)
    models = SqlModels(connection, variables={"workload": paths})
    connection.execute(models.render_text("{{ limit_workload_memory() }}") or "select 1")
    limit = models.var("workload_max_reject_share") if given.max_reject_share is None else given.max_reject_share
    with terminal.progress_of(connection, "Reading"), contextlib.ExitStack() as stack:
        with reading_the_log():
            files = workloads.files_of(models)
            models.run("int_workload_groups")
        summary = workloads.summarise(models, given.by)
        facts = workloads.selected(workloads.facts(models), scenario, method)
        with reading_the_log():
            rejects = workloads.rejects(models)
        first_rejects = workloads.rows_of(rejects.limit(SHOWN_REJECTS))
        for row, near in zip(first_rejects, workloads.near_misses_of_rejects(models, first_rejects), strict=True):
            row["near"] = near
        if given.rejects is not None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix=".rejects-", dir=given.rejects.parent))
            written = Path(folder) / given.rejects.name
            without_formulas(rejects).write_csv(str(written), header=True)
        faults = workloads.faults_of_reading(models)
        if faults:
            raise WarehouseError("; ".join(faults))
        if not summary.n_rows:
            raise WarehouseError(f"{', '.join(given.paths)}: found no row, expected one at least")
        if given.rejects is not None:
            # Another program may have made it meanwhile.
            refuse_target(given.rejects, paths)
            written.rename(given.rejects)
    rows = workloads.selected(summary.rows, scenario, method)
    if given.form == "json":
        print(
            terminal.json_text(
                {
                    "workload": given.paths,
                    "n_files_read": len(files),
                    "n_rows_read": summary.n_rows,
                    "n_inferences_read": summary.n_inferences,
                    "notes": models.messages,
                    "n_rows_set_aside": summary.n_set_aside,
                    "share_of_rows_set_aside": summary.share_set_aside,
                    "n_inferences_set_aside": summary.n_inferences_set_aside,
                    "share_of_inferences_set_aside": summary.share_of_inferences_set_aside,
                    "first_rows_set_aside": first_rejects,
                    "methods": facts,
                    "summary": rows,
                }
            ),
            end="",
        )
    elif given.form == "csv":
        print(terminal.csv_text(rows), end="")
    else:
        scenarios = workloads.scenarios(connection)
        print(summary_text(rows, facts, scenarios, given.by, scenario), end="")
    sys.stdout.flush()
    for line in [*models.messages, *reject_lines(summary, len(files), first_rejects, given.rejects)]:
        print(line, file=sys.stderr if given.form else sys.stdout)
    if max(summary.share_set_aside, summary.share_of_inferences_set_aside) > limit:
        return failed(
            given,
            f"{terminal.share(summary.share_set_aside)} of the rows were set aside, with "
            f"{terminal.share(summary.share_of_inferences_set_aside)} of the inferences, more than "
            f"{terminal.share(limit)} (--max-reject-share); the totals are those of the others",
            1,
        )
    return 0


@contextlib.contextmanager
def reading_the_log() -> Iterator[None]:
    """Tell what DuckDB has against a file of the log from what the warehouse lacks."""
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise WarehouseError(f"the data cannot be read: {error}") from error


def refuse_target(target: Path, paths: Sequence[str]) -> None:
    """Refuse a file to write that is there or would be read, with the paths of a workload."""
    if workloads.is_read(target, paths):
        raise UsageError(f"--rejects {target} would be read as a part of the workload; name a new file elsewhere")
    if os.path.lexists(target):
        raise UsageError(f"--rejects {target} is there already and is not overwritten; name a new file")
    if not target.parent.is_dir():
        raise UsageError(f"--rejects {target}: there is no folder {target.parent}; make it first")


def summary_text(rows: Sequence[Row], facts: Sequence[Row], scenarios: Sequence[Row], by: str, scenario: str) -> str:
    """Return a summary as a table for reading, with what its numbers are."""
    if not rows:
        return "No row could be used, so there is nothing to sum up.\n"
    key = workloads.SUMMARY_KEYS[by].name
    columns = {"scenario": "left"} if scenario == "all" else {}
    columns |= {"method": "left", by if by != "total" else "model": "left"}
    columns |= dict.fromkeys(("inferences", "estimated", "energy", "low", "high", "electricity", "CO2e"), "right")
    columns["boundary of the energy"] = "left"
    cells = [
        [
            *([row["scenario_id"]] if scenario == "all" else []),
            row["method"],
            terminal.cell(row[key]),
            terminal.number(row["n_inferences"]),
            terminal.share(row["share_of_inferences_estimated"]),
            *(terminal.energy(row[name]) for name in ("joules", "joules_low", "joules_high")),
            terminal.electricity(row["kwh"]),
            terminal.emissions(row["gco2e"]),
            BOUNDARIES.get(row["boundary"], row["boundary"] or terminal.NOTHING),
        ]
        for row in rows
    ]
    said = []
    if len(cells) > MOST_ROWS:
        said.append(f"and {len(cells) - MOST_ROWS} more rows; --csv and --json have them all.")
    first, last = min(row["first_date"] for row in rows), max(row["last_date"] for row in rows)
    said += [
        f"{first.isoformat()} to {last.isoformat()}. Estimated, not measured: `estimated` is the share of inferences "
        "that the method has an estimate for, and the numbers beside it are of these alone.",
        "Methods and scenarios are alternatives, never to be added up. `all` is the sum of the rows below it. Low and "
        "high stand only where every part has an interval.",
    ]
    said += [
        f"{row['method']} of {row[key]}: no interval{text}."
        for row in rows
        if row[key] == "all" and (text := bounds_of_writing(row))
    ]
    if covers_differ(rows, key):
        said.append(
            "The methods are not comparable where `estimated` differs: they cover different parts of the inferences."
        )
    said += left_out_lines(facts)
    said.append("How:")
    # A method rests on the same under each scenario.
    said += [line for fact in facts if fact["scenario_id"] == facts[0]["scenario_id"] for line in method_lines(fact)]
    scenario_ids = list(dict.fromkeys(row["scenario_id"] for row in rows))
    said += scenario_lines(scenarios, scenario_ids, matching_sentence(facts))
    said += grid_lines(facts)
    return terminal.table_text(columns, cells[:MOST_ROWS]) + "\n" + terminal.prose(said)


def covers_differ(rows: Sequence[Row], key: str) -> bool:
    """Return whether of some row of a summary one method estimates another share than another one."""
    shares: dict[tuple[object, object], set[float | None]] = {}
    for row in rows:
        shares.setdefault((row["scenario_id"], row[key]), set()).add(row["share_of_inferences_estimated"])
    return any(len(found) > 1 for found in shares.values())


def left_out_lines(facts: Sequence[Row]) -> list[str]:
    """Return how much of the energy is of requests that methods leave out: a share of inferences hides that."""
    shares: dict[str, dict[str, list[float]]] = {}
    for fact in facts:
        if fact["share_of_joules_left_out"]:
            by_method = shares.setdefault(fact["widest_method"], {})
            by_method.setdefault(fact["method"], []).append(fact["share_of_joules_left_out"])
    return [
        f"Of the energy by {widest}, requests that a method leaves out are: "
        + ", ".join(f"{method} {range_of(found)}" for method, found in by_method.items())
        + "."
        for widest, by_method in shares.items()
    ]


def range_of(shares: Sequence[float]) -> str:
    """Return a share, or the least and the most of several."""
    least, most = terminal.share(min(shares)), terminal.share(max(shares))
    return most if least == most else f"{least} to {most} (by scenario)"


def method_lines(fact: Row) -> list[str]:
    """Return what a method's numbers of a workload rest on, and why it has none of some parts."""
    parts = [*fact["bases"][:MOST_PARTS]]
    texts = [
        part["text"] + (f" ({inferences(part['n_inferences'])})" if len(fact["bases"]) > 1 else "") for part in parts
    ]
    if len(fact["bases"]) > MOST_PARTS:
        texts.append(f"and {len(fact['bases']) - MOST_PARTS} more in --json")
    if fact["uses_default_batch_size"]:
        texts.append("the batch size is the method's default for requests that state none")
    if fact["is_hardware_extrapolated"]:
        texts.append("some hardware extrapolated beyond the dates on record")
    said = [f"- {fact['method']}: {'; '.join(texts)}."] if texts else []
    said += [
        f"- {fact['method']}: no estimate of {inferences(part['n_inferences'])}: {part['text']}."
        for part in fact["missing"][:MOST_PARTS]
    ]
    if len(fact["missing"]) > MOST_PARTS:
        said.append(f"- {fact['method']}: no estimate for {len(fact['missing']) - MOST_PARTS} more reasons, in --json.")
    return said


def inferences(count: float) -> str:
    """Return how many inferences."""
    return f"{terminal.number(count)} {'inference' if count == 1 else 'inferences'}"


def matching_sentence(facts: Sequence[Row]) -> str:
    """Return of which requests of a workload the hardware is matched by the scenario."""
    if not any(fact["has_unstated_accelerator"] for fact in facts):
        return " Its matching of hardware is not used, since every request states an accelerator."
    if any(fact["has_stated_accelerator"] for fact in facts):
        return " Its matching of hardware is used only for requests that state no accelerator."
    return ""


def grid_lines(facts: Sequence[Row]) -> list[str]:
    """Return whose grid and which years the emissions of a workload are of."""

    def shares(name: str) -> str:
        found = [fact[name] for fact in facts if fact[name] is not None]
        least, most = (terminal.share(end(found, default=0)) for end in (min, max))
        return most if least == most else f"{least} to {most} (by method)"

    years = [fact[name] for fact in facts for name in ("first_intensity_year", "last_intensity_year")]
    years = sorted({year for year in years if year is not None})
    if not years:
        return ["CO2e is missing: there is no electricity with a grid on record."]
    said = f"CO2e is at the yearly average of the grid of each country, in {years[0]}"
    said += f" to {years[-1]}" if years[-1] != years[0] else ""
    nearest = any(fact["uses_nearest_intensity_year"] for fact in facts)
    lines = [said + (", the nearest on record to some days." if nearest else ".")]
    if any(fact["share_of_kwh_without_country"] for fact in facts):
        lines.append(
            f"{shares('share_of_kwh_without_country')} of the electricity is at the world's average, since no country "
            "was stated."
        )
    if any(fact["share_of_kwh_without_intensity"] for fact in facts):
        lines.append(
            f"{shares('share_of_kwh_without_intensity')} of the electricity has no grid on record and no CO2e."
        )
    return lines


def reject_lines(summary: workloads.Summary, n_files: int, first: Sequence[Row], written: Path | None) -> list[str]:
    """Return how much was set aside and the first rows of it, with the reason of each."""
    of_inferences = (
        f", with {terminal.number(summary.n_inferences_set_aside)} "
        f"({terminal.share(summary.share_of_inferences_set_aside)}) of the inferences"
        if summary.n_set_aside
        else ""
    )
    if summary.n_lines_of_wrong_length:
        n_lines = terminal.number(summary.n_lines_of_wrong_length)
        of_inferences += (
            f", {n_lines} of them lines of too few or too many cells, which count as one whatever they hold"
        )
    said = [
        f"{terminal.number(n_files)} {'file' if n_files == 1 else 'files'} and {terminal.number(summary.n_rows)} rows "
        f"read, {terminal.number(summary.n_set_aside)} ({terminal.share(summary.share_set_aside)}) set aside"
        + of_inferences
        + (":" if first else ".")
    ]
    said += [
        terminal.cell(
            f"  {row['file']}:{row['row_number']}: {row['reason']}"
            + (f" (near: {', '.join(row['near'][:MOST_PARTS])})" if row["near"] else "")
        )
        for row in first
    ]
    if written is not None:
        said.append(f"Rows set aside, with their text: {written}")
    elif summary.n_set_aside > len(first):
        said.append(f"  and {terminal.number(summary.n_set_aside - len(first))} more; --rejects FILE writes them all")
    return said


def run_catalogue(connection: duckdb.DuckDBPyConnection, given: argparse.Namespace) -> int:
    """List what the warehouse knows of one kind."""
    rows = workloads.catalogue(connection, given.kind)
    sought = "".join(parts_of(given.search or ""))
    ids = {
        entry.id
        for entry in workloads.entries(connection, given.kind)
        if any(sought in "".join(parts_of(text)) for text in (entry.id, entry.name))
    }
    rows = [row for row in rows if next(iter(row.values())) in ids]
    if given.form == "json":
        print(terminal.json_text(rows), end="")
    elif given.form == "csv":
        print(terminal.csv_text(rows), end="")
    elif rows:
        print(catalogue_text(given.kind, rows), end="")
    if not rows:
        raise UsageError(f'no {given.kind} holds "{given.search}" in its id or name')
    return 0


def catalogue_text(kind: str, rows: Sequence[Row]) -> str:
    """Return what is known of a kind as a table for reading, and its sentences below."""
    sentences = SENTENCES.get(kind, ())
    names = [name for name in rows[0] if name not in sentences]
    columns = {name: "right" if any(isinstance(row[name], int | float) for row in rows) else "left" for name in names}
    cells = [[catalogue_cell(name, row[name]) for name in names] for row in rows]
    said = [f"- {row[names[0]]}: {' '.join(sentence(row[name]) for name in sentences)}" for row in rows if sentences]
    return terminal.table_text(columns, cells) + ("\n" + terminal.prose(said) if said else "")


def catalogue_cell(name: str, value: object) -> str:
    """Return a value of a catalogue's column as a cell of a table."""
    if name == "boundary":
        return " or ".join(BOUNDARIES.get(part, part) for part in str(value).split(" or "))
    # A year has no thousands.
    return str(value) if name.endswith("_year") and value is not None else terminal.cell(value)


if __name__ == "__main__":
    raise SystemExit(main())
