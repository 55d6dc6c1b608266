"""Run the SQL models of a workload on a connection of one's own, without dbt.

The files in ``dbt_project/models/workload`` are the one home of their formulas. dbt renders them when it builds; the
command line has no dbt at hand and renders the same files with jinja2. They use a small part of what dbt offers, and
that part is all there is here: ``ref``, ``var``, ``env_var``, ``config``, ``target.type``, ``execute``,
``adapter.dispatch``, ``run_query``, ``return``, ``print``, ``exceptions.raise_compiler_error`` and the macros of the
project.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import duckdb
import jinja2
import yaml

from inference_energy.connection import WarehouseError
from inference_energy.marts import quoted

PROJECT_FOLDER = Path(__file__).resolve().parents[2] / "dbt_project"
# The name under which the published file is attached, unless the caller says otherwise.
PUBLISHED = "published"
ENGINE = "duckdb"
MACRO_NAME = re.compile(r"{%-?\s*macro\s+(\w+)\(")


@dataclass(frozen=True)
class Table:
    """The rows of a query, in the form of the part of agate that macros use.

    Parameters
    ----------
    column_names
        In order.
    rows
        One tuple per row.
    """

    column_names: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    @property
    def columns(self) -> list[Column]:
        """The columns, in order."""
        return [Column(name, tuple(row[place] for row in self.rows)) for place, name in enumerate(self.column_names)]


@dataclass(frozen=True)
class Column:
    """One column of a :class:`Table`."""

    name: str
    cells: tuple[Any, ...]

    def values(self) -> tuple[Any, ...]:
        """Return the cells, one per row."""
        return self.cells

    def __getitem__(self, row: int) -> Any:  # noqa: ANN401
        return self.cells[row]


class SqlModels:
    """The models of a workload, each rendered and run once, when it or what reads it is first asked for.

    Parameters
    ----------
    connection
        Where they run. A model becomes a temporary table of its own name, or a temporary view where the file says
        ``config(materialized='view')``.
    relations
        What ``ref`` gives for a model by name, in place of running its file: how a caller hands in rows of its own.
    variables
        Values that go before the vars of dbt_project.yml.
    published
        The attached database whose schema `dimensions` holds the tables ``dim_*``.
    project_folder
        The folder of dbt_project.yml.

    Attributes
    ----------
    messages
        What the models had to say, in order: dbt prints it.

    Raises
    ------
    WarehouseError
        When the project's folder is not there.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        relations: Mapping[str, str] | None = None,
        variables: Mapping[str, Any] | None = None,
        published: str = PUBLISHED,
        project_folder: Path = PROJECT_FOLDER,
    ) -> None:
        try:
            settings = yaml.safe_load((project_folder / "dbt_project.yml").read_text(encoding="utf-8"))
        except OSError as error:
            raise WarehouseError(
                f"there is no dbt project at {project_folder}, whose SQL this command runs; install this package from "
                "its checkout with `pip install -e .`"
            ) from error
        self.connection = connection
        self.relations = dict(relations or {})
        self.messages: list[str] = []
        self._variables = settings["vars"] | dict(variables or {})
        self._published = published
        self._files = {path.stem: path for path in (project_folder / "models" / "workload").rglob("*.sql")}
        self._under_way: list[str] = []
        # SQL, not HTML, is rendered.
        self._environment = jinja2.Environment(  # noqa: S701
            extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined
        )
        self._names: dict[str, Any] = self._offered()
        for path in sorted((project_folder / "macros").glob("*.sql")):
            text = path.read_text(encoding="utf-8")
            nodes = cache(partial(self._parsed, text))
            self._names |= {name: self._macro(name, nodes) for name in MACRO_NAME.findall(text)}

    def run(self, name: str) -> str:
        """Make a model's relation, and first those that it reads, unless they are there.

        Returns
        -------
        str
            What stands behind ``from`` to read it.

        Raises
        ------
        WarehouseError
            When there is no such model, when it reads itself, when its file asks for what is not offered here, or when
            it refuses what it was given, with its own message.
        duckdb.Error
            When its SQL cannot be run.
        """
        if name not in self.relations:
            sql, is_view = self._rendered(name)
            kind = "view" if is_view else "table"
            self.connection.execute(f"create temp {kind} {quoted(name)} as {sql}")
            self.relations[name] = quoted(name)
        return self.relations[name]

    def render(self, name: str) -> str:
        """Return the SQL of a model and run, where they are not there, those that it reads; errors as of `run`."""
        return self._rendered(name)[0]

    def render_text(self, text: str) -> str:
        """Return a text as the file of a model would be rendered; errors as of `run`."""
        return self._environment.from_string(text).render(self._names)

    def var(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return the value of a var: the caller's, else that of dbt_project.yml, else the default.

        Raises
        ------
        WarehouseError
            When there is none of them.
        """
        if name not in self._variables and default is None:
            raise WarehouseError(f"dbt_project.yml has no var {name}; give it a value there")
        return self._variables.get(name, default)

    def _rendered(self, name: str) -> tuple[str, bool]:
        """Return the SQL of a model, and whether it wants to be a view."""
        if name not in self._files:
            raise WarehouseError(f"models/workload has no model {name}; it has {', '.join(sorted(self._files))}")
        if name in self._under_way:
            raise WarehouseError(f"the models {' -> '.join([*self._under_way, name])} read each other")
        configured: dict[str, Any] = {}

        def config(**settings: object) -> str:
            configured.update(settings)
            return ""

        self._under_way.append(name)
        try:
            template = self._environment.from_string(self._files[name].read_text(encoding="utf-8"))
            sql = template.render(self._names | {"config": config})
        except jinja2.TemplateError as error:
            raise WarehouseError(f"{self._files[name].name} cannot be rendered: {error}") from error
        finally:
            self._under_way.pop()
        return sql, configured.get("materialized", "table") in {"view", "ephemeral"}

    def _parsed(self, text: str) -> dict[str, jinja2.nodes.Macro]:
        """Return the macros of a file by name."""
        nodes = self._environment.parse(text).body
        return {node.name: node for node in nodes if isinstance(node, jinja2.nodes.Macro)}

    def _macro(self, name: str, nodes: Callable[[], Mapping[str, jinja2.nodes.Macro]]) -> Callable[..., Any]:
        """Return a macro that gives what its `return` names, of any type, or else its text.

        It is compiled when it is first called: most of the project's macros are none of a workload's.
        """

        @cache
        def compiled() -> Callable[..., Any]:
            node = nodes()[name]
            # A template for each, as in dbt: what one macro returns to another of its file must not end both.
            alone = jinja2.nodes.Template([node], lineno=node.lineno).set_environment(self._environment)
            # Shared names, so that it finds the macros of files read later.
            return getattr(self._environment.from_string(alone).make_module(self._names, shared=True), name)

        def call(*arguments: object, **named: object) -> object:
            macro = compiled()
            try:
                return macro(*arguments, **named)
            except _ReturnedError as returned:
                return returned.value

        return call

    def _offered(self) -> dict[str, Any]:
        """Return what dbt offers to a file, by name."""
        return {
            "ref": self._ref,
            "var": self.var,
            "env_var": _env_var,
            "run_query": self._run_query,
            "return": _return,
            "print": self._print,
            "execute": True,
            "target": SimpleNamespace(type=ENGINE),
            "adapter": SimpleNamespace(dispatch=self._dispatch),
            "exceptions": SimpleNamespace(raise_compiler_error=_refuse),
        }

    def _print(self, message: str) -> str:
        self.messages.append(message)
        return ""

    def _ref(self, name: str) -> str:
        if name in self.relations or not name.startswith("dim_"):
            return self.run(name)
        return f"{quoted(self._published)}.dimensions.{quoted(name)}"

    def _run_query(self, sql: str) -> Table:
        # A cursor of the connection would not see its temporary tables.
        result = self.connection.execute(sql)
        return Table(tuple(column[0] for column in result.description or ()), result.fetchall())

    def _dispatch(self, name: str, package: str | None = None) -> Callable[..., Any]:
        for candidate in (f"{ENGINE}__{name}", f"default__{name}"):
            if candidate in self._names:
                return self._names[candidate]
        raise WarehouseError(f"the folder macros has no {ENGINE}__{name} and no default__{name}; add one of them")


class _ReturnedError(Exception):
    """How `return` ends a macro."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


def _return(value: object = None) -> NoReturn:
    raise _ReturnedError(value)


def _env_var(name: str, default: str | None = None) -> str:
    if default is None and name not in os.environ:
        raise WarehouseError(f"the environment variable {name} is not set; set it")
    return os.environ.get(name, default or "")


def _refuse(message: str) -> NoReturn:
    raise WarehouseError(message)
