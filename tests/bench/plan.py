"""What a build did, as a plain list of statements: read from dbt's target folder, written to a file of its own."""

from __future__ import annotations

import graphlib
import json
from pathlib import Path

STEP_KINDS = ("seed", "model", "test", "unit_test")


def write_plan(dbt_project: Path, plan: Path) -> int:
    """Write the statements of the last ``dbt build`` of a project in an order that respects what needs what.

    Parameters
    ----------
    dbt_project
        The folder of dbt_project.yml, built with absolute folders, so that seeds name their files from anywhere.
    plan
        A JSON file to write, a list of steps with ``kind`` (seed, model, test or unit_test), ``name`` and ``code``.

    Returns
    -------
    int
        The number of steps.
    """
    target = dbt_project / "target"
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {
        key: node
        for key, node in (manifest["nodes"] | manifest["unit_tests"]).items()
        if node["resource_type"] in STEP_KINDS
    }
    parents = {key: [parent for parent in manifest["parent_map"].get(key, []) if parent in nodes] for key in nodes}
    steps = [
        {
            "kind": nodes[key]["resource_type"],
            "name": nodes[key]["name"],
            "language": nodes[key].get("language", "sql"),
            "may_fail": nodes[key]["config"].get("severity", "").lower() == "warn",
            # dbt fills a table beside the old one and then renames it; there is no old one here.
            "code": _executed_file(target, nodes[key]).read_text(encoding="utf-8").replace("__dbt_tmp", ""),
        }
        for key in graphlib.TopologicalSorter(parents).static_order()
    ]
    plan.write_text(json.dumps(steps), encoding="utf-8")
    return len(steps)


def _executed_file(target: Path, node: dict) -> Path:
    """Return where dbt keeps what it ran for a node: tests below the file that declares them."""
    folder = target / "run" / node["package_name"] / node["original_file_path"]
    if node["resource_type"] == "unit_test":
        return folder / "models" / Path(node["path"]).parent / f"{node['name']}.sql"
    return folder / node["path"] if folder.suffix == ".yml" else folder
