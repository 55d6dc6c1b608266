"""What the Markdown files show runs as printed, and every number in their tables is that of the marts."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project
from inference_energy.readme import cell, fill, markdown_table
from inference_energy.sql_models import SqlModels
from inference_energy.workloads import open_published
from test_own_rows import BAD_ROWS

README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("*.md"))}
MARTS = FILES["MARTS.md"]
OWN = (ROOT / "raw" / "own" / "README.md").read_text(encoding="utf-8")
QUERIES = [query for text in FILES.values() for query in re.findall(r"```sql\n([^`]+)```", text)]


@pytest.mark.parametrize("name", FILES)
def test_tables_are_current(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    assert fill(FILES[name], warehouse) == FILES[name], f"{name} does not show what the marts hold; run `make readme`"


def test_each_mart_has_a_section_with_a_question_and_a_query(warehouse: duckdb.DuckDBPyConnection) -> None:
    marts = {
        mart
        for (mart,) in warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    }
    sections = re.findall(r"## `(\w+)`: one row per [^\n]+\n\n\*[^\n]+\?\*[^\n]*\n\n```sql\n([^`]+)```", MARTS)
    assert {mart for mart, _ in sections} == marts
    for mart, query in sections:
        assert f"marts.{mart}" in query


def test_the_table_of_the_front_page_has_each_mart_as_its_section_does() -> None:
    sections = re.findall(r"## `(\w+)`: one row per ([^\n]+)\n\n\*([^\n*]+\?)\*", MARTS)
    assert len(sections) > 30
    assert (
        re.findall(r"^\| \[`(\w+)`\]\(MARTS\.md#\1-[^)]+\) \| ([^|]+) \| ([^|]+) \|$", README, re.MULTILINE) == sections
    )


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: re.findall(r"marts\.(\w+)", query)[0])
def test_queries_run_in_the_shell(built_project: Project, query: str) -> None:
    shell = Path(sys.executable).with_name("duckdb")
    result = subprocess.run(
        [str(shell), "-readonly", "-bail", "-csv", str(built_project.warehouse)],
        input=query,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) > 1, "the query shows no rows"


def test_own_rows_end_to_end(project_with_own_rows: Project) -> None:
    """A reader copies the rows of the README, builds, and asks the query that stands below them."""
    query, measurements_query = re.findall(r"<!-- own rows:[^\n]+\n```\n([^`]+)```", README + OWN)
    with project_with_own_rows.connect() as connection:
        found = {policy: rest for policy, *rest in connection.execute(query).fetchall()}
        # What it says comes out.
        assert markdown_table(connection.sql(measurements_query.strip().rstrip(";"))).strip() in OWN
        judged = {name: rest for name, *rest in connection.execute(measurements_query).fetchall()}
    assert set(found) == {"trend", "trend_to_2026", "best_available", "median_24_months", "calibrated"}
    # 2.6 x 20 TFLOPS at 150 W are 346.7 GFLOPS per watt, more than the T4's 312.2; 4.1 GMACs are 8.2 GFLOPs.
    accelerator, efficiency, joules = found["best_available"]
    assert accelerator == "my-chip"
    assert efficiency == pytest.approx(1000 * 2.6 * 20 / 150)
    assert joules == pytest.approx(8.2 / (1000 * 2.6 * 20 / 150))
    # 8.18 GFLOPs at 250 TOPS and 150 W; 0.78 GFLOPs at 20 TFLOPS and 150 W.
    estimated, ratio, *_, is_within = judged["own-a10-server-at-the-plug"]
    assert (estimated, ratio, is_within) == (
        pytest.approx(8.18 * 0.15 / 250),
        pytest.approx(0.025 * 250 / 8.18 / 0.15),
        True,
    )
    estimated, ratio, _, low, high, is_within = judged["own-efficientnet-on-my-chip"]
    assert (estimated, ratio) == (pytest.approx(0.78 * 0.15 / 20), pytest.approx(0.03 * 20 / 0.78 / 0.15))
    assert (low, high, is_within) == (None, None, None)


def test_the_query_of_a_workload_answers_for_the_log_of_the_example(built_project: Project, tmp_path: Path) -> None:
    section = re.search(r"\n## A workload of your own\n(.+?)\n## ", README, re.DOTALL)[1]
    log = tmp_path / "log.csv"
    log.write_text(re.search(r"```\n(happened_at,[^`]+)```", section)[1], encoding="utf-8")
    query = re.search(r"```sql\n([^`]+)```", section)[1]
    with open_published(built_project.warehouse) as connection:
        summary = SqlModels(connection, variables={"workload": [str(log)]}).run("workload_summary")
        result = connection.execute(query.replace("marts.workload_summary", summary))
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    by_paper = {row["model_id"]: row for row in rows if row["method"] == "paper"}
    counts = {"resnet-50": 250_000, "meta-llama-llama-3-1-8b-instruct": 1_200, "bert-large": 90_000}
    assert {model: row["n_inferences"] for model, row in by_paper.items()} == counts | {"all": sum(counts.values())}
    assert rows[0]["model_id"] == "all"
    assert by_paper["all"]["kwh"] == pytest.approx(sum(by_paper[model]["kwh"] for model in counts), rel=1e-12)
    assert all(row["kgco2e"] > 0 for row in by_paper.values())


def test_error_shown_in_the_readme_is_one_that_is_tested() -> None:
    shown = re.search(r"```\n(raw/own/models\.csv, line 2, [^`]+)\n```", README)
    assert shown is not None
    file, row, message = BAD_ROWS[0]
    assert shown[1] == f"raw/own/{file}, line 2, {message}"
    assert row.replace("01/03/2021", "2021-03-01") + "\n" in README


def test_python_example_runs(
    built_project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    example = re.search(r"```python\n([^`]+)```", README)
    assert example is not None
    monkeypatch.setenv("INFERENCE_ENERGY_WAREHOUSE", str(built_project.warehouse))
    exec(example[1], {})  # noqa: S102
    # log10 of 1, 2, 4.2, 7.9 over 0, 1, 2, 3: slope (3 log10 7.9 + log10 4.2 - log10 2) / 10.
    assert float(capsys.readouterr().out) == pytest.approx(
        10 ** ((3 * 0.8976271 + 0.6232493 - 0.3010300) / 10), rel=1e-6
    )


def test_lineage_picture_is_true(built_project: Project) -> None:
    """Every name of the picture is a node of the project, and every arrow a path in it; no mart is left out."""
    manifest = json.loads((built_project.folder / "dbt_project" / "target" / "manifest.json").read_text())
    ids = {node["name"]: key for key, node in manifest["nodes"].items() if node["resource_type"] in {"model", "seed"}}
    picture = re.search(r"```mermaid\nflowchart LR\n([^`]+)```", MARTS)
    assert picture is not None
    chains = [[name.strip() for name in line.split("-->")] for line in picture[1].strip().splitlines()]
    assert {name for chain in chains for name in chain} >= {
        node["name"]
        for node in manifest["nodes"].values()
        if node["schema"] == "marts" and node["resource_type"] == "model"
    }

    def ancestors(key: str) -> set[str]:
        parents = set(manifest["parent_map"][key])
        return parents | {older for parent in parents for older in ancestors(parent)}

    for chain in chains:
        for parent, child in itertools.pairwise(chain):
            assert ids[parent] in ancestors(ids[child]), f"{parent} is not upstream of {child}"


def without_code(text: str) -> str:
    """Return a Markdown text without fenced blocks, spans of code and comments: none of them holds a link."""
    return re.sub(r"```.*?```|<!--.*?-->|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    """Return the anchors of a Markdown file, as GitHub makes them of its headings."""
    text = re.sub(r"```.*?```|<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "path",
    [*ROOT.glob("*.md"), ROOT / "raw" / "own" / "README.md", ROOT / "reports" / "README.md"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_links_lead_somewhere(path: Path) -> None:
    text = without_code(path.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)|(?:href|src|srcset)=\"([^\"]+)\"", text)
    for link in (one or other for one, other in links):
        if re.match(r"https?:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), f"{path.name} links to {link}: there is no such file"
        assert not anchor or anchor in anchors(target), f"{path.name} links to {link}: there is no such heading"


@pytest.mark.parametrize("name", FILES)
def test_make_targets_that_are_named_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    # In a line of a block or a span of code, perhaps behind a variable; elsewhere it is a word.
    named = re.findall(r"^(?:\w+=\S+ )?make ([a-z-]+)|`(?:\w+=\S+ )?make ([a-z-]+)", FILES[name], re.MULTILINE)
    assert {one or other for one, other in named} <= targets


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (True, "yes"),
        (2018, "2018"),
        (12704.4, "12,704"),
        (0.0123456, "0.01235"),
        (50.0, "50"),
        (0.0, "0.0"),
        ("a|b", "a\\|b"),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_fill_replaces_what_is_out_of_date() -> None:
    text = "<!-- query: select 1 as one -->\n\n| one |\n| --- |\n| 2 |\n\n<!-- /query -->\n"
    with duckdb.connect() as connection:
        assert fill(text, connection) == text.replace("| 2 |", "| 1 |")
        assert markdown_table(connection.sql("select 1 as one")) == "\n| one |\n| --- |\n| 1 |\n\n"


def test_a_paragraph_is_the_text_of_one_cell() -> None:
    text = "<!-- text: select 'grew by ' || (40 + 2) || ' %' -->\n\nold\n\n<!-- /text -->"
    with duckdb.connect() as connection:
        assert fill(text, connection) == text.replace("old", "grew by 42 %")
        for query in ("select null", "select 'a', 'b'", "select 'a' where false", "select 1"):
            with pytest.raises(ValueError, match="must give one cell with a text"):
                fill(f"<!-- text: {query} -->\n<!-- /text -->", connection)
