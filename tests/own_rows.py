"""Rows of a user's own: those that the Markdown files tell a reader to add, and names that look like code."""

from __future__ import annotations

import re

from conftest import ROOT, Project

# The name as a user wrote it, and the id that it makes: runs of other signs than a-z and 0-9 are one hyphen.
NAMES_LIKE_CODE = {
    '=HYPERLINK("http://x","y")': "hyperlink-http-x-y",
    "+1": "1",
    "@SUM(A1)": "sum-a1",
    "-2+3": "2-3",
    "<script>alert(1)</script>": "script-alert-1-script",
    "'; drop table marts.models; --": "drop-table-marts-models",
    "{{ 7*7 }}": "7-7",
    "{% raw %}": "raw",
    "C:\\new\\table": "c-new-table",
    "GPT-4 模型": "gpt-4",
    "&lt;b&gt;": "lt-b-gt",
}


def add(project: Project, name: str, rows: list[str]) -> None:
    """Add rows to the file of that name in the user's folder."""
    with (project.folder / "raw" / "own" / name).open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


def add_rows_of_readme(project: Project) -> None:
    """Add the three blocks of rows that README.md and that of the user's folder show, in their order."""
    files = (ROOT / "README.md", ROOT / "raw" / "own" / "README.md")
    blocks = [block for file in files for block in re.findall(r"```csv\n([^`]+)```", file.read_text(encoding="utf-8"))]
    for name, block in zip(("models.csv", "accelerators.csv", "measurements.csv"), blocks, strict=True):
        add(project, name, block.splitlines())


def add_names_like_code(project: Project) -> None:
    """Add a model and an accelerator of each name, and the names as sources and architectures too."""
    cells = ['"' + name.replace('"', '""') + '"' for name in NAMES_LIKE_CODE]
    add(project, "models.csv", [f"{cell},vision,{cell},2020-12-01,25,80,,,8,,tool,,{cell}" for cell in cells])
    add(project, "accelerators.csv", [f"{cell},server,2018-06-01,100,FP32,20,,,{cell}" for cell in cells])
