"""What was published after the paper: counts, units and doubt, with cases worked by hand from the published rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import Project, copy_project
from duckdb import DuckDBPyConnection as Connection
from inference_energy.marts import marts_with_keys
from test_own_rows import same

# Measured over peak of the A100: Table 4's speed-up x 15.7 TFLOPS of the V100 / 312 TFLOPS.
A100_DERATES = {"vision": 0.168, "language": 0.235}


def rows_of(warehouse: Connection, query: str) -> list[tuple]:
    return warehouse.execute(query).fetchall()


def test_rows_of_each_origin(warehouse: Connection) -> None:
    models = rows_of(warehouse, "select domain, count(*) from marts.models where not is_in_paper group by 1 order by 1")
    assert models == [("language", 23), ("vision", 33)]
    # 68 listed since 2021; of the 14 measured chips 4 stand among them and 5 in the paper.
    assert rows_of(warehouse, "select count(*) from marts.accelerators where not is_in_paper") == [(68 + 14 - 4 - 5,)]
    measured = rows_of(
        warehouse, "select basis, count(*) from staging.stg_measured_vision_energy group by 1 order by 1"
    )
    assert measured == [("measured", 36 + 11), ("upper_bound", 53)]
    assert rows_of(warehouse, "select count(*) from staging.stg_measured_decode_energy") == [(241,)]


def test_multiply_adds_are_doubled(warehouse: Connection) -> None:
    """The list of timm counts 4.47 billion multiply-adds for ConvNeXt-T at 224 pixels."""
    row = warehouse.execute(
        """
        select gflops_per_forward_pass, gflops_basis, release_date, release_precision, extra_training_data
        from marts.models where model_id = 'convnext-tiny-fb-in1k'
        """
    ).fetchone()
    assert row == (8.94, "tool", dt.date(2022, 1, 15), "month", None)


@pytest.mark.parametrize(
    ("model_id", "gflops_per_token", "reason"),
    [
        ("meta-llama-llama-3-1-8b-instruct", 16, "no input length stated, so no FLOPs of a forward pass"),
        # 235 billion parameters, of which 22 billion take part in a token.
        ("qwen-qwen3-235b-a22b-instruct-2507", 44, "no input length stated, so no FLOPs of a forward pass"),
        ("modernbert-base", None, "no parameters stated, so no estimate of the FLOPs per token"),
    ],
)
def test_language_models_since_the_paper(
    warehouse: Connection, model_id: str, gflops_per_token: float | None, reason: str
) -> None:
    found = warehouse.execute(
        """
        select gflops_per_forward_pass, gflops_per_token, gflops_basis, missing_reason
        from marts.models where model_id = ?
        """,
        [model_id],
    ).fetchone()
    assert found == (None, gflops_per_token, "estimated", reason)
    joules = warehouse.execute(
        """
        select joules_per_forward_pass, joules_per_token, gflops_per_watt from marts.inference_energy
        where model_id = ? and matching_policy = 'best_available'
        """,
        [model_id],
    ).fetchone()
    per_token = None if gflops_per_token is None else pytest.approx(gflops_per_token / joules[2])
    assert joules[:2] == (None, per_token)


@pytest.mark.parametrize("workload", ["vision", "language"])
def test_a_later_tensor_peak_is_taken_down_and_the_peak_stays_beside_it(warehouse: Connection, workload: str) -> None:
    """H100 SXM: 989.4 TFLOPS dense in 16 bit, 700 W."""
    rows = dict(
        rows_of(
            warehouse,
            """
            select workload, gflops_per_watt from marts.accelerator_efficiency
            where accelerator_id = 'nvidia-h100-sxm5-80gb' and precision = '16-bit tensor'
            """,
        )
    )
    assert rows["theoretical"] == pytest.approx(1000 * 989.4 / 700)
    assert rows[workload] == pytest.approx(A100_DERATES[workload] * 1000 * 989.4 / 700, rel=2e-3)


def test_precisions_stand_on_one_ladder_and_int8_stays_off_it(warehouse: Connection) -> None:
    classes = rows_of(warehouse, "select distinct precision_class from marts.accelerator_efficiency order by 1")
    assert classes == [("16-bit tensor",), ("FP16",), ("FP32",), ("FP8",), ("TF32",)]
    used = rows_of(
        warehouse, "select distinct precision_class from marts.accelerator_efficiency where workload <> 'theoretical'"
    )
    assert sorted(used) == [("16-bit tensor",), ("FP32",), ("TF32",)]
    assert rows_of(warehouse, "select int8_tops from marts.accelerators where accelerator_id = 't4'") == [(130,)]


def test_what_is_doubtful_is_in_no_policy(warehouse: Connection) -> None:
    """Three powers are printed for the B300, from 1,100 to 1,750 W."""
    doubtful = rows_of(
        warehouse,
        """
        select distinct accelerator_id from marts.accelerator_efficiency where is_doubtful and workload = 'vision'
        order by 1
        """,
    )
    assert doubtful == [("nvidia-b300-blackwell-ultra",), ("nvidia-gb300-blackwell-ultra",)]
    matched = rows_of(warehouse, "select distinct accelerator_id from marts.inference_energy")
    assert not set(doubtful) & set(matched)


def test_later_models_are_held_against_what_was_known_on_their_day(warehouse: Connection) -> None:
    """EVA-02 L scores 90.056 at 724.66 GFLOPs, as no model before; EVA-01 at 560 pixels needs 3,813.52 for 89.79.

    Meta Pseudo Labels L2 of 2020 scores 90.2 at 1,040 GFLOPs, so EVA-01 was on no frontier.
    """
    flags = dict(
        rows_of(
            warehouse,
            "select model_id, is_on_gflops_frontier from marts.models where model_id like 'eva%' and not is_in_paper",
        )
    )
    assert flags["eva02-large-patch14-448-mim-m38m-ft-in22k-in1k"] is True
    assert flags["eva-giant-patch14-560-m30m-ft-in22k-in1k"] is False


def test_frontier_of_later_models_by_brute_force(warehouse: Connection) -> None:
    models = rows_of(
        warehouse,
        """
        select model_id, release_date, top1_accuracy_pct, gflops_per_forward_pass, is_in_paper, is_on_gflops_frontier
        from marts.models where domain = 'vision'
        """,
    )
    for name, day, score, cost, is_in_paper, is_on_frontier in models:
        if not is_in_paper:
            rivals = [(s, c) for n, d, s, c, *_ in models if n != name and d <= day]
            beaten = any(s >= score and c <= cost and (s, c) != (score, cost) for s, c in rivals)
            assert is_on_frontier is not beaten, name


def test_gaps_are_counted_with_their_reason(warehouse: Connection) -> None:
    gaps = {
        (subject, missing, reason): n
        for subject, missing, reason, n in rows_of(
            warehouse, "select subject, missing, reason, n_rows from marts.data_gaps"
        )
    }
    assert gaps["accelerators", "memory_bandwidth_gb_per_s", "no bandwidth in the source"] == 2
    assert gaps["places with a grid", "population", "no such place in the source of population"] == 10
    # Of 213 places with a grid 87 have the year 2024.
    assert sum(n for (_, missing, _), n in gaps.items() if missing == "gco2e_per_kwh of 2024") == 213 - 87
    assert sum(n for (_, missing, _), n in gaps.items() if missing == "gflops_per_forward_pass") == 23


# Marts with rows of the paper, and what makes a row one of them.
PAPER_ROWS = {
    "models": "is_in_paper",
    "accelerators": "is_in_paper",
    "accelerator_efficiency": "is_in_paper",
    "inference_energy": "is_in_paper and matching_policy in ('trend', 'best_available', 'median_24_months')",
    "trends": "vintage = 'paper'",
    "trend_points": "vintage = 'paper'",
    "trend_lines": "vintage = 'paper'",
    "forecasts": "vintage = 'paper'",
    "yearly_energy": "true",
    "correlations": "true",
    "paper_ledger": "true",
    "paper_statements": "true",
}
# What later sources add to an accelerator of the paper.
ADDED = {
    "accelerators": {"chip_design", "int8_tops", "memory_bandwidth_gb_per_s", "recalled_cells", "note"},
    "accelerator_efficiency": {"chip_design"},
}


@pytest.fixture(scope="module")
def project_of_2021(tmp_path_factory: pytest.TempPathFactory, kept_parse: Path) -> Project:
    """Return a copy of the project with its models built on the paper alone: no row since, and no measurement."""
    project = copy_project(tmp_path_factory.mktemp("as in 2021"), kept_parse=kept_parse)
    for file in (project.folder / "raw" / "since_paper").glob("*.csv"):
        with file.open(encoding="utf-8") as lines:
            header = next(lines)
        file.write_text(header, encoding="utf-8")
    wanted = ["--select", *(f"+{mart}" for mart in PAPER_ROWS)]
    for command in (["seed"], ["run", *wanted]):
        result = project.dbt(*command)
        assert result.returncode == 0, result.stdout
    return project


@pytest.mark.parametrize("mart", PAPER_ROWS)
def test_rows_of_the_paper_are_those_of_a_build_without_later_data(
    warehouse: Connection, project_of_2021: Project, mart: str
) -> None:
    columns = [name for name, *_ in warehouse.execute(f"describe marts.{mart}").fetchall()]
    compared = [name for name in columns if name not in ADDED.get(mart, ())]
    keys = marts_with_keys(warehouse)[mart]
    query = f"select {', '.join(compared)} from marts.{mart} where {PAPER_ROWS[mart]} order by {', '.join(keys)}"
    with project_of_2021.connect_side() as as_in_2021:
        before = as_in_2021.execute(query).fetchall()
    after = warehouse.execute(query).fetchall()
    assert len(before) == len(after) > 0
    for old, new in zip(before, after, strict=True):
        assert all(same(one, other) for one, other in zip(old, new, strict=True)), (old, new)
