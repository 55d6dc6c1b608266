"""`make mutation-test`: raw files changed at random; no change may pass unseen into a mart.

One process builds a copy of the project once, then again and again the changed file and what follows from it. Each
build must either fail and name the file, or warn and name it while each changed cell stands in its staging row.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from conftest import Project, copy_project
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from inference_energy.check_raw import complaints

FOLDERS = ("raw/paper", "raw/reference", "raw/since_paper")
# Plausible and not: what a person, a spreadsheet or a broken script leaves in a cell.
CELLS = [
    "",
    "-",
    "0",
    "-1",
    "1e3",
    "1,5",
    "NaN",
    "inf",
    "12 345",
    "=1+1",
    "<b>9</b>",
    "'; drop table x; --",
    "12/31/2020",
]
CELLS += [
    "2020-02-30",
    "31/02/2019",
    "01/01/2999",
    "†",
    "7 ‡",
    "7 †*",
    "82.5 [Somebody, 2020]",
    "82.5 [",
    "vgg",
    " 8 ",
    "８",
]
TEXTS = ["0", "1", "5", ".", "-", " ", "e", "†", "*", "[", "]", "x", "é", ",", '"']


@dataclass(frozen=True)
class Mutation:
    """A change of one file."""

    file: Path
    what: str
    content: bytes


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8").splitlines()))


def written(rows: list[list[str]]) -> bytes:
    lines = []
    for row in rows:
        cells = ['"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\n') else cell for cell in row]
        lines.append(",".join(cells) + "\n")
    return "".join(lines).encode()


def mutate(file: Path, content: bytes, choose: random.Random) -> Mutation:
    """Change one thing in a file: mostly a cell, sometimes a row, a column or a byte."""
    rows = read(content)
    line, column = choose.randrange(1, len(rows)), choose.randrange(len(rows[0]))
    cell = rows[line][column]
    place = choose.randrange(len(cell) + 1)
    kind = choose.choices(
        ["digit", "edit", "cell", "swap cells", "slip", "rows", "columns", "bytes"], [6, 6, 6, 2, 2, 2, 2, 2]
    )[0]
    digits = [index for index, sign in enumerate(cell) if sign.isdigit()]
    if kind == "digit" and digits:
        at = choose.choice(digits)
        rows[line][column] = cell[:at] + str(choose.randrange(10)) + cell[at + 1 :]
    elif kind == "edit":
        rows[line][column] = (
            cell[:place] + choose.choice(["", choose.choice(TEXTS)]) + cell[place + choose.randrange(2) :]
        )
    elif kind == "swap cells":
        other = choose.randrange(1, len(rows))
        rows[line][column], rows[other][column] = rows[other][column], cell
    elif kind == "slip" and cell.replace(".", "", 1).isdigit():
        rows[line][column] = f"{float(cell) * choose.choice([1000, 0.001]):.10g}"
    elif kind == "rows":
        other = choose.randrange(1, len(rows))
        choose.choice([lambda: rows.pop(line), lambda: rows.insert(line, rows[other])])()
    elif kind == "columns":
        choose.choice(
            [
                lambda: [row.pop(column) for row in rows],
                lambda: [row.append("") for row in rows],
                lambda: [row.insert(0, row.pop(column)) for row in rows],
                lambda: rows[0].__setitem__(column, rows[0][column] + "_x"),
                lambda: rows[line].append(""),
            ]
        )()
    elif kind == "bytes":
        at = choose.randrange(len(content))
        changed = choose.choice(
            [
                content[:at] + bytes([choose.randrange(256)]) + content[at + 1 :],
                content[:at],
                content.replace(b"\n", b"\r\n"),
                b"\xef\xbb\xbf" + content,
                content.decode("utf-8").encode("latin-1", errors="replace"),
                b"",
            ]
        )
        return Mutation(file, f"bytes near {at}", changed)
    else:
        rows[line][column] = choose.choice(CELLS)
    return Mutation(file, f"{kind}, line {line + 1}, column {rows[0][min(column, len(rows[0]) - 1)]}", written(rows))


def forms(cell: str) -> set[str]:
    """Return what a cell may stand as in its staging row: itself, its parts, its number or its day."""
    text = cell.strip()
    name = text.split("[")[0].strip()
    found = {cell, text, name, text.partition("[")[2].rstrip("]")}
    for part in (text, name.split(" ")[0]):
        try:
            found.add(repr(float(part)))
        except ValueError:
            continue
    for format_ in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found.add(str(datetime.strptime(text, format_).date()))
        except ValueError:
            continue
    return found


def staging_model(project: Project, file: Path) -> str:
    """Return the name of the staging model that reads a raw file."""
    folder = project.folder / "dbt_project" / "models" / "staging"
    (model,) = [path.stem for path in folder.glob("*.sql") if f"ref('{file.stem}')" in path.read_text(encoding="utf-8")]
    return model


def cells_not_in_staging(project: Project, file: Path, before: bytes, after: bytes) -> list[str]:
    """Return the changed cells of a file of unchanged shape that do not stand in the row of the same line."""
    model = staging_model(project, file)
    old_rows, new_rows = read(before), read(after)
    with project.connect_side() as side:
        relation = side.execute(f"select * from staging.{model}")
        line_at = [column[0] for column in relation.description].index("raw_line")
        staged: dict[int, set[str]] = {}
        for row in relation.fetchall():
            staged.setdefault(row[line_at], set()).update(repr(v) if isinstance(v, float) else str(v) for v in row)
    return [
        f"line {line}: {new!r}"
        for line, (old_row, new_row) in enumerate(zip(old_rows, new_rows, strict=True), start=1)
        for old, new in zip(old_row, new_row, strict=True)
        if old != new and new.strip() and not forms(new) & staged.get(line, set())
    ]


@contextmanager
def changed(path: Path, content: bytes) -> Iterator[None]:
    original = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(original)


class Trial:
    """A built project, against which mutations are tried one by one."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.messages: list[str] = []
        self.manifest: Manifest = self.dbt("parse").result
        if not project.side.exists() and not self.dbt("build").success:
            raise RuntimeError("the unchanged project does not build:\n" + "\n".join(self.messages))
        self.built = self.project.side.read_bytes()

    def dbt(self, *arguments: str):  # noqa: ANN201
        """Run dbt in this process and keep what it says."""
        self.messages.clear()
        runner = dbtRunner(
            manifest=getattr(self, "manifest", None), callbacks=[lambda event: self.messages.append(event.info.msg)]
        )
        # As seen from the root of the project, so that the parse that came with a built one serves here too.
        folders = ["--project-dir", "dbt_project", "--profiles-dir", "."]
        try:
            with chdir(self.project.folder):
                return runner.invoke([*arguments, "--log-level", "none", "--log-level-file", "none", *folders])
        finally:
            # dbt-duckdb keeps its connection for the next call in the process; here another file will lie in its place.
            if DuckDBConnectionManager._ENV is not None:
                DuckDBConnectionManager.env().close()
                DuckDBConnectionManager.close_all_connections()

    def verdict(self, mutation: Mutation) -> tuple[str, bool]:
        """Return what became of a mutation, and whether that is allowed."""
        path = self.project.folder / mutation.file
        before = path.read_bytes()
        with changed(path, mutation.content):
            if any(str(mutation.file) in complaint for complaint in complaints(self.project.folder / "raw")):
                return "named by check_raw", True
            self.project.side.write_bytes(self.built)
            # Unit tests read no data. The first failure ends a build, for it has said what it has to say.
            result = self.dbt(
                "build", "--fail-fast", "--exclude-resource-type", "unit_test", "--select", f"{mutation.file.stem}+"
            )
            if same_text(before, mutation.content):
                return "built as before, since it says the same", result.success
            said = [line for line in "\n".join(self.messages).splitlines() if str(mutation.file) in line]
            record = [line for line in said if "is not the file that" in line]
            if not record:
                return "SILENT: the record of the file did not warn", False
            if not result.success and len(said) > len(record):
                return "failed by name", True
            lost = cells_not_in_staging(self.project, mutation.file, before, mutation.content)
            if lost:
                return f"WRONG: not in staging {lost}", False
            return ("failed" if not result.success else "warned") + " by its checksum, cell in staging", True


def same_text(before: bytes, after: bytes) -> bool:
    """Return whether two contents differ at most in a byte order mark and line ends."""
    return before == after.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def try_mutations(project: Project, count: int, seed: int, report: Callable[[str], None] = print) -> list[str]:
    """Try so many mutations, report how each and how many ended in which way, and return those that went wrong."""
    choose = random.Random(seed)  # noqa: S311
    files = sorted(
        path.relative_to(project.folder) for folder in FOLDERS for path in (project.folder / folder).glob("*.csv")
    )
    trial = Trial(project)
    wrong, kinds = [], Counter[str]()
    for number in range(1, count + 1):
        file = choose.choice(files)
        content = (project.folder / file).read_bytes()
        mutation = mutate(file, content, choose)
        while mutation.content == content:
            mutation = mutate(file, content, choose)
        verdict, is_allowed = trial.verdict(mutation)
        kinds[verdict if is_allowed else "WRONG"] += 1
        report(f"{number} of {count}: {file}, {mutation.what}: {verdict}")
        if not is_allowed:
            wrong.append(f"{file}, {mutation.what}: {verdict}\n" + "\n".join(trial.messages))
    for kind, times in kinds.most_common():
        report(f"{times} {kind}")
    return wrong


def main() -> None:
    """Run the long version, or as many mutations as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    parser.add_argument("--built", type=Path, help="folder of a built project to copy, instead of building one")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mutation test "))
    print(f"{arguments.count} mutations, seed {arguments.seed}", flush=True)
    try:
        if arguments.built:
            project = Project(Path(shutil.copytree(arguments.built, folder / "a project")))
        else:
            project = copy_project(folder / "a project")
        wrong = try_mutations(project, arguments.count, arguments.seed, lambda line: print(line, flush=True))
    finally:
        shutil.rmtree(folder)
    if wrong:
        raise SystemExit("\n\n".join(wrong))


if __name__ == "__main__":
    main()
