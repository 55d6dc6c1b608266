"""Nothing in a cell runs: what looks like code comes out as the same text in marts, exports and on the page."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import duckdb
from conftest import Project
from inference_energy.export import export_marts, without_formulas
from own_rows import NAMES_LIKE_CODE
from test_reports_command import N_CHARTS

from reports.__main__ import all_tables
from reports.question import questions
from reports.questions import score_for_cost
from reports.render import page, svg
from reports.theme import LIGHT

FORMULAS = ['=HYPERLINK("http://x","y")', "+1", "@SUM(A1)", "-2+3"]


def test_marts_hold_the_text_as_written(project_with_own_rows: Project) -> None:
    with project_with_own_rows.connect() as connection:
        models = connection.execute("select model_name, model_id from marts.models where is_own").fetchall()
        sources = connection.execute("select architecture, gflops_source from marts.models where is_own")
        assert {cell for row in sources.fetchall() for cell in row} > set(NAMES_LIKE_CODE)
        accelerators = connection.execute(
            "select accelerator_name, accelerator_id from marts.accelerators where is_own"
        ).fetchall()
    # Beside the model and the accelerator of README.md.
    assert dict(models) == NAMES_LIKE_CODE | {"My CNN": "my-cnn"}
    assert dict(accelerators) == NAMES_LIKE_CODE | {"My chip": "my-chip"}


def test_exports_escape_formulas_in_csv_and_nothing_in_parquet(project_with_own_rows: Project, tmp_path: Path) -> None:
    with project_with_own_rows.connect() as connection:
        export_marts(connection, tmp_path)
    with (tmp_path / "models.csv").open(encoding="utf-8", newline="") as file:
        names = {row["model_id"]: row["model_name"] for row in csv.DictReader(file)}
    for name, model_id in NAMES_LIKE_CODE.items():
        assert names[model_id] == ("'" + name if name in FORMULAS else name)
    stored = duckdb.sql(f"select model_id, model_name from read_parquet('{tmp_path / 'models.parquet'}')").fetchall()
    assert NAMES_LIKE_CODE.items() <= {(name, model_id) for model_id, name in stored}


def test_numbers_are_no_formulas(tmp_path: Path) -> None:
    rows = duckdb.sql(
        "select * from (values (-1.5, '-1.5', '\t=1', 'a=b', null), (2.0, '', '\r=1', ' =1', 'x')) as t(a, b, c, d, e)"
    )
    without_formulas(rows).write_csv(str(tmp_path / "rows.csv"), header=True)
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["a", "b", "c", "d", "e"],
            ["-1.5", "'-1.5", "'\t=1", "a=b", ""],
            ["2.0", "", "'\r=1", " =1", "x"],
        ]


class Elements(HTMLParser):
    """The elements of a page, their attributes, its texts, and the text of each script that holds JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.json: list[str] = []
        self.is_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.is_json = ("type", "application/json") in attrs
        if self.is_json:
            self.json.append("")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.is_json:
            self.json[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.is_json = False


def page_of(warehouse: Path) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return page(questions(connection), all_tables(connection))


def elements(text: str) -> Elements:
    found = Elements()
    found.feed(text)
    return found


def renamed(project: Project, folder: Path) -> Path:
    """Copy a warehouse into a folder and give models that the page shows those names."""
    file = Path(shutil.copy(project.warehouse, folder))
    with duckdb.connect(str(file)) as connection:
        for row, name in enumerate([*NAMES_LIKE_CODE, '"><img src=x onerror=alert(1)>', "</SCRIPT><!--"]):
            connection.execute(
                """
                update marts.models set model_name = $name
                where model_name = (select model_name from staging.stg_vision_models where raw_line = $row + 2)
                """,
                {"name": name, "row": row},
            )
            connection.execute(
                "update raw.table_2_vision_models set model = $name || ' [A]', extra_data = $name where rowid = $row",
                {"name": name, "row": row},
            )
    return file


def test_the_page_shows_them_as_text(
    built_project: Project, site: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """No name makes an element or an attribute, or ends the script that holds a chart's rows."""
    plain = elements((site[0] / "index.html").read_text(encoding="utf-8"))
    with_names = elements(page_of(renamed(built_project, tmp_path)))
    assert with_names.names == plain.names
    assert with_names.attributes == plain.attributes
    for name in NAMES_LIKE_CODE:
        assert name in with_names.texts
    charts = [json.loads(text) for text in with_names.json]
    assert len(charts) == N_CHARTS
    shown = {row.get("model_name") for chart in charts for row in chart["datasets"]["rows"]}
    assert set(NAMES_LIKE_CODE) < shown


def test_a_picture_shows_them_as_text(built_project: Project, tmp_path: Path) -> None:
    """Some of these models stand on the frontier, where names stand beside marks."""
    with duckdb.connect(str(renamed(built_project, tmp_path)), read_only=True) as connection:
        figures = score_for_cost.figures(connection)
    drawn = [ElementTree.fromstring(svg(figure, LIGHT)) for figure in figures]  # noqa: S314 - drawn here
    texts = {text for picture in drawn for text in picture.itertext()}
    assert texts & set(NAMES_LIKE_CODE)
    assert not any(element.tag.endswith("script") for picture in drawn for element in picture.iter())
