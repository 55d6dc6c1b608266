"""The models of a workload run without dbt as dbt would have run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest
from conftest import Project
from inference_energy.connection import WarehouseError
from inference_energy.sql_models import SqlModels

SETTINGS = "vars: {first_number: 1, workload: ''}\n"
MACROS = {
    "returns.sql": """
        {% macro numbers() %}before{{ return([first_number(), 2]) }}behind{% endmacro %}
        {% macro doubled() %}{% set found = numbers() %}{{ 2 * found[1] }}{% endmacro %}
        {% macro whole(column) %}{{ return(adapter.dispatch('whole')(column)) }}{% endmacro %}
        {% macro default__whole(column) %}cast({{ column }} as int){% endmacro %}
        {% macro duckdb__whole(column) %}{{ column }}::int{% endmacro %}
        {% macro only_default() %}{{ return(adapter.dispatch('only_default')()) }}{% endmacro %}
        {% macro default__only_default() %}default{% endmacro %}
    """,
    # Read after the file whose macros call it.
    "var.sql": "{% macro first_number() %}{{ return(var('first_number')) }}{% endmacro %}",
}
MODELS = {
    "int_first": "{{ config(materialized='view') }}select {{ var('first_number') }} as i",
    "int_second": "select i, i + 1 as j from {{ ref('int_first') }}",
    "third": """
        {% set found = run_query('select j from ' ~ ref('int_second')) %}
        select {{ found.columns[0].values()[0] }} as k
    """,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small project with two layers of models, in a path with a space."""
    folder = tmp_path / "a project"
    for part, texts in (("macros", MACROS), ("models/workload/intermediate", MODELS)):
        (folder / part).mkdir(parents=True)
        for name, text in texts.items():
            (folder / part / name).with_suffix(".sql").write_text(text, encoding="utf-8")
    (folder / "dbt_project.yml").write_text(SETTINGS, encoding="utf-8")
    return folder


def add_model(folder: Path, text: str) -> None:
    (folder / "models" / "workload" / "added.sql").write_text(text, encoding="utf-8")


def models_of(folder: Path, relations: dict[str, str] | None = None, **variables: object) -> SqlModels:
    return SqlModels(duckdb.connect(), relations, variables, project_folder=folder)


class TestOrder:
    """A model runs after those that it reads, once."""

    def test_what_a_query_of_a_macro_reads_is_there(self, folder: Path) -> None:
        models = models_of(folder)
        assert models.connection.execute(f"from {models.run('third')}").fetchall() == [(2,)]
        # A second run would fail: the tables are there.
        assert models.run("int_second") == '"int_second"'
        assert models.run("third") == '"third"'

    def test_views_and_tables(self, folder: Path) -> None:
        models = models_of(folder)
        models.run("int_second")
        kinds = "select table_name, table_type from information_schema.tables order by 1"
        assert models.connection.execute(kinds).fetchall() == [("int_first", "VIEW"), ("int_second", "LOCAL TEMPORARY")]

    def test_rows_of_the_caller_take_the_place_of_a_model(self, folder: Path) -> None:
        models = models_of(folder, {"int_first": "(select 40 as i)"})
        assert models.connection.execute(f"from {models.run('int_second')}").fetchall() == [(40, 41)]

    def test_dimensions_are_those_of_the_published_file(self, folder: Path) -> None:
        add_model(folder, "select * from {{ ref('dim_models') }}")
        assert models_of(folder).render("added") == 'select * from "published".dimensions."dim_models"'

    def test_circle(self, folder: Path) -> None:
        add_model(folder, "select * from {{ ref('added') }}")
        with pytest.raises(WarehouseError, match="added -> added read each other"):
            models_of(folder).run("added")

    def test_no_such_model(self, folder: Path) -> None:
        with pytest.raises(WarehouseError, match="no model fourth; it has int_first, int_second, third"):
            models_of(folder).run("fourth")


class TestWhatDbtOffers:
    """The part of dbt's Jinja that the models use."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("{{ numbers() }}", "[1, 2]"),
            ("{{ doubled() }}", "4"),
            ("{{ whole('x') }}", "x::int"),
            ("{{ only_default() }}", "default"),
            ("{{ var('first_number') }}", "1"),
            ("{{ var('no_such_var', 7) }}", "7"),
            ("{{ env_var('NO_SUCH_VARIABLE', '') }}|", "|"),
            ("{{ env_var('A_VARIABLE') }}", "a value"),
            ("{% if execute and target.type == 'duckdb' %}yes{% endif %}", "yes"),
            ("{% do print('kept for the caller') %}|", "|"),
            ("{{ run_query('select 1 as a, 2 as b').rows[0][1] }}", "2"),
            ("{{ run_query('select 1 as a, 2 as b').column_names | join }}", "ab"),
            ("{{ run_query('select 1 as a, 2 as b').columns[1][0] }}", "2"),
            ("{{ 'a' ~ \"'<&>\" }}", "a'<&>"),
        ],
    )
    def test_rendered(self, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str) -> None:
        monkeypatch.setenv("A_VARIABLE", "a value")
        monkeypatch.delenv("NO_SUCH_VARIABLE", raising=False)
        add_model(folder, text)
        assert models_of(folder).render("added") == expected

    def test_values_of_the_caller_go_first(self, folder: Path) -> None:
        add_model(folder, "{{ var('first_number') }}")
        assert models_of(folder, first_number=5).render("added") == "5"


class TestRefusals:
    """What cannot be rendered is refused with the name of what is missing, never rendered as nothing."""

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("{{ exceptions.raise_compiler_error('the workload is empty') }}", "^the workload is empty$"),
            ("{{ var('no_such_var') }}", "dbt_project.yml has no var no_such_var"),
            ("{{ env_var('NO_SUCH_VARIABLE') }}", "NO_SUCH_VARIABLE is not set"),
            ("{{ adapter.dispatch('no_such_macro')() }}", "no duckdb__no_such_macro and no default__no_such_macro"),
            ("{{ no_such_macro() }}", "added.sql cannot be rendered: 'no_such_macro' is undefined"),
            ("{{ graph }}", "added.sql cannot be rendered: 'graph' is undefined"),
            ("{% if %}", "added.sql cannot be rendered"),
        ],
    )
    def test_message(self, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
        monkeypatch.delenv("NO_SUCH_VARIABLE", raising=False)
        add_model(folder, text)
        with pytest.raises(WarehouseError, match=message):
            models_of(folder).run("added")

    def test_no_project(self, tmp_path: Path) -> None:
        with pytest.raises(WarehouseError, match=re.escape(f"no dbt project at {tmp_path}")):
            models_of(tmp_path)


@pytest.fixture(scope="module")
def manifest(built_project: Project) -> dict:
    return json.loads((built_project.folder / "dbt_project" / "target" / "manifest.json").read_text())


class TestAgainstDbt:
    """The files of the project say the same to both."""

    def test_sql_and_kind_of_each_model_are_those_of_dbt(self, manifest: dict, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WORKLOAD", raising=False)
        nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
        relations = {node["name"]: node["relation_name"] for node in nodes}
        compared = [node for node in nodes if node["fqn"][1] == "workload"]
        assert len(compared) > 8
        with duckdb.connect() as connection:
            models = SqlModels(connection, relations)
            for node in compared:
                sql, is_view = models._rendered(node["name"])
                assert sql.split() == node["compiled_code"].split(), node["name"]
                assert is_view == (node["config"]["materialized"] == "view"), node["name"]

    def test_rows_are_those_of_the_published_marts(
        self, built_project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The hypothesis, which both read from the dimensions, down to the summary."""
        monkeypatch.delenv("WORKLOAD", raising=False)
        with duckdb.connect() as connection:
            connection.execute(f"attach '{built_project.warehouse}' as published (read_only)")
            found = SqlModels(connection).run("workload_summary")
            rows = connection.execute(
                f"""
                select found.kwh, found.gco2e, built.kwh, built.gco2e
                from {found} as found
                full join published.marts.workload_summary as built using (model_id, scenario_id, method)
                """
            ).fetchall()
        assert rows
        for kwh, gco2e, *built in rows:
            assert [kwh, gco2e] == [None if value is None else pytest.approx(value, rel=1e-9) for value in built]
