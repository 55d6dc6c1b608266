"""The house rules, read from dbt's manifest: where a model lies, what it is called, what it says of itself."""

from __future__ import annotations

import json
import re

import pytest
from conftest import MARTS, Project

LAYERS = ("staging", "intermediate", "dimensions", "marts")


@pytest.fixture(scope="module")
def manifest(built_project: Project) -> dict:
    return json.loads((built_project.folder / "dbt_project" / "target" / "manifest.json").read_text())


@pytest.fixture(scope="module")
def models(manifest: dict) -> list[dict]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def layer(node: dict) -> str:
    """Return the layer of a model; those of a workload share a folder, so that `--select workload` names them all."""
    return node["fqn"][2] if is_of_workload(node) else node["fqn"][1]


def is_of_workload(node: dict) -> bool:
    return node["fqn"][1] == "workload"


def test_the_marts_are_those_of_the_design(models: list[dict]) -> None:
    assert {node["name"] for node in models if layer(node) == "marts"} == set(MARTS)


def test_schema_and_prefix_follow_the_layer(models: list[dict]) -> None:
    prefixes = {"staging": "stg_", "intermediate": "int_", "dimensions": "dim_", "marts": ""}
    for node in models:
        assert layer(node) in LAYERS
        assert node["schema"] == layer(node)
        assert node["name"].startswith(prefixes[layer(node)])
        if layer(node) == "marts":
            assert not node["name"].startswith(("stg_", "int_", "dim_"))


def test_layers_read_only_what_lies_before_them(manifest: dict, models: list[dict]) -> None:
    allowed = {
        "staging": {"seed"},
        "intermediate": {"staging", "intermediate"},
        "dimensions": {"staging", "intermediate"},
        # Claims and printed text are published as staging has them.
        "marts": {"intermediate", "staging"},
    }
    for node in models:
        for parent_id in node["depends_on"]["nodes"]:
            parent = manifest["nodes"][parent_id]
            kind = layer(parent) if parent["resource_type"] == "model" else parent["resource_type"]
            if is_of_workload(node):
                # These run on other engines too, which have the dimensions and nothing else.
                assert kind == "dimensions" or is_of_workload(parent), f"{node['name']} reads {parent['name']}"
            else:
                assert kind in allowed[layer(node)], f"{node['name']} reads {parent['name']}"


def test_descriptions_begin_with_the_grain(models: list[dict]) -> None:
    for node in models:
        assert re.match(r"One row per \w", node["description"]), f"{node['name']}: {node['description']!r}"


def test_every_column_is_described_and_nothing_else(manifest: dict, models: list[dict], built_project: Project) -> None:
    seeds = [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    with built_project.connect() as connection:
        for node in models + seeds:
            rows = connection.execute(
                """
                select column_name, comment from duckdb_columns()
                where schema_name = ? and table_name = ? order by column_index
                """,
                [node["schema"], node["name"]],
            ).fetchall()
            assert [name for name, _ in rows] == list(node["columns"]), node["name"]
            missing = [name for name, comment in rows if not comment or len(comment) < 10]
            assert not missing, f"{node['name']} has columns without a description in the database: {missing}"


def test_messages_name_the_columns_of_the_raw_file(manifest: dict, models: list[dict]) -> None:
    """By the name in its header, which `raw_columns` gives where a model renames it: no column is forgotten."""
    for node in models:
        seeds = [manifest["nodes"][name] for name in node["depends_on"]["nodes"] if name.startswith("seed.")]
        if seeds:
            renamed = node["config"]["meta"].get("raw_columns", {})
            assert renamed.keys() <= node["columns"].keys(), node["name"]
            # Beside a number stand the text of its cell, and the source and marks in it.
            parts = {f"{name}_{part}" for name in node["columns"] for part in ("printed", "source", "marks")}
            parsed = node["columns"].keys() - parts - {"raw_file", "raw_line"}
            assert {renamed.get(name, name) for name in parsed} == set(seeds[0]["columns"]), node["name"]


def test_every_model_has_a_key_test_or_a_row_count(manifest: dict, models: list[dict]) -> None:
    tested = {
        parent
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") in {"key", "row_count", "cells_parse"}
        for parent in node["depends_on"]["nodes"]
    }
    for node in models:
        if layer(node) != "marts":
            assert node["unique_id"] in tested, f"{node['name']} has no test on its rows"


def test_marts_have_enforced_contracts_with_a_primary_key(models: list[dict]) -> None:
    for node in models:
        if layer(node) == "marts":
            assert node["config"]["contract"]["enforced"] is True
            assert any(constraint["type"] == "primary_key" for constraint in node["constraints"]), node["name"]
            assert all(column["data_type"] for column in node["columns"].values())


def test_names_carry_units_and_booleans_a_verb(models: list[dict]) -> None:
    for node in models:
        for column in node["columns"].values():
            name, kind = column["name"], column.get("data_type")
            assert not re.search(r"(^|_)flops($|_)", name), f"{node['name']}.{name}: work or rate? with which prefix?"
            if kind == "boolean":
                assert name.startswith(("is_", "has_", "uses_")), f"{node['name']}.{name}"
            if kind == "date":
                assert name.endswith(("_date", "_until")) or name == "on_date", f"{node['name']}.{name}"


def test_same_name_same_type(built_project: Project) -> None:
    with built_project.connect() as connection:
        clashes = connection.execute(
            """
            select column_name, list(distinct data_type)
            from duckdb_columns() where schema_name = 'marts'
            group by column_name having count(distinct data_type) > 1
            """
        ).fetchall()
    assert clashes == []


def test_layers_are_schemas_and_nothing_is_left_over(built_project: Project, manifest: dict) -> None:
    expected = {
        (node["schema"], node["name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "seed"}
    }
    with built_project.connect() as connection:
        found = connection.execute(
            "select table_schema, table_name from information_schema.tables where table_catalog = current_database()"
        ).fetchall()
    assert set(found) == expected | {("marts", "build_info")}


def test_marts_never_publish_the_printed_efficiency_of_table_9(built_project: Project) -> None:
    """The mart's efficiency is recomputed: for the T4 adapted to vision 312.15090..., where Table 9 prints 312.15."""
    with built_project.connect() as connection:
        (found,) = connection.execute(
            """
            select gflops_per_watt from marts.accelerator_efficiency
            where accelerator_id = 't4' and workload = 'vision' and precision = 'Mixed'
            """
        ).fetchone()
    assert found != 312.15
    # Mean of 598/161, 1198/415, 993.39/425.72 and 195.17/105.16, times 8.1 TFLOPS at 70 W.
    expected = 1000 * 8.1 * (598 / 161 + 1198 / 415 + 993.39 / 425.72 + 195.17 / 105.16) / 4 / 70
    assert found == pytest.approx(expected, rel=1e-12)
