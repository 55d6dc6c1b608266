"""A user's own models and accelerators reach the marts, and move nothing of the paper."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ALL_MESSAGES, MARTS, Project, copy_project
from own_rows import add

MODELS_HEADER = (
    "model_name,domain,architecture,release_date,params_millions,top1_accuracy_pct,glue_score,input_tokens,"
    "gflops_per_forward_pass,gmacs_per_forward_pass,gflops_basis,extra_training_data,source\n"
)
ACCELERATORS_HEADER = (
    "accelerator_name,segment,launch_date,tdp_watts,precision,tflops,"
    "vision_speedup_over_fp32,language_speedup_over_fp32,source\n"
)

MEASUREMENTS_HEADER = (
    "measurement_name,quantity,model_name,family,accelerator_name,precision,software_kind,batch_size,gflops,gmacs,joules,"
    "boundary,source\n"
)

SCENARIOS_HEADER = "scenario_id,matching_policy,utilisation,host_overhead,pue,description,source\n"
DECODERS_HEADER = (
    "model_name,active_params_millions,bytes_per_weight,n_layers_with_cache,cached_values_per_layer_and_token,"
    "bytes_per_cached_value,n_experts,n_experts_per_token,source\n"
)

# Chosen to beat every row of the paper: each would move a flag or a trend if it could.
OWN_MODELS = [
    "Own CNN,vision,CNN,2020-12-01,25,99.5,,,,0.05,tool,,measured",
    "Own LM,language,Transformer,2019-01-01,9000000,,99,2048,9000000,,estimated,,2 x parameters x tokens",
    "ViT-B/16,vision,Transformer,2021-05-01,86,86.5,,,110,,reported,Own 300M,a paper",
    # "No" is how the paper writes that there is no extra data.
    "Plain Net,vision,CNN,2021-05-01,86,86.5,,,110,,reported,No,a paper",
]
OWN_ACCELERATORS = [
    "Own Chip,server,2018-06-01,100,FP32,50,,,data sheet",
    "Own Chip,server,2018-06-01,100,FP16/FP32 Tensor,400,,,data sheet",
    "Own Chip,server,2018-06-01,100,Mixed,,3,4,own benchmark",
]
# Of kinds that were measured on several chips, on one, as a bound, on the user's chip; names of chips in any writing.
OWN_MEASUREMENTS = [
    "In the interval,image,ResNet-50,ResNet,nvidia a30,INT8,tuned,,8.18,,0.03,wall,meter",
    "Far off,image,ResNet-50,ResNet,A30,INT8,tuned,,,4.09,1000,wall,meter",
    "A bound,image,ResNet-50,ResNet,A30,INT8,tuned,,8.18,,0.000001,gpu_tdp,data sheet",
    "On my chip,image,Own CNN,ResNet,Own Chip,FP32,framework,8,,0.05,0.01,gpu_board,sensor",
    "In mixed precision,image,Own CNN,ResNet,own-chip,Mixed,framework,8,,0.05,0.01,gpu_board,sensor",
    "Tokens,output_token,Own LM,Dense Transformer,NVIDIA H100-SXM-80GB,BF16,serving,9,16,,0.4,gpu_board,sensor",
    "Other maker,image,Own CNN,ResNet,AMD Instinct MI300X,BF16,framework,8,,0.05,0.01,gpu_board,sensor",
]

OWN_SCENARIOS = ["my_site,best_available,0.5,0.25,1.2,Our hall in winter,meter at the gate"]
# A quarter of the experts at a time: 6 of 9 million million parameters are active, so experts have 3 / 0.75 of them.
OWN_DECODERS = ["Own LM,6000000,2,10,100,2,8,2,our configuration"]


@pytest.fixture(scope="module")
def own_project(tmp_path_factory: pytest.TempPathFactory, built_project: Project, kept_parse: Path) -> Project:
    """Return a built copy of the project with the rows above."""
    del built_project  # the plain build comes first, so that its failure is reported as its own
    copy = copy_project(tmp_path_factory.mktemp("own rows"), kept_parse=kept_parse)
    add(copy, "models.csv", OWN_MODELS)
    add(copy, "accelerators.csv", OWN_ACCELERATORS)
    add(copy, "measurements.csv", OWN_MEASUREMENTS)
    add(copy, "scenarios.csv", OWN_SCENARIOS)
    add(copy, "decoders.csv", OWN_DECODERS)
    # As a spreadsheet on Windows saves it: with a byte order mark and CRLF.
    file = copy.folder / "raw" / "own" / "accelerators.csv"
    file.write_text(file.read_text(), encoding="utf-8-sig", newline="\r\n")
    result = copy.build()
    assert result.returncode == 0, result.stdout
    return copy


def test_files_are_shipped_with_a_header_only() -> None:
    root = Path(__file__).resolve().parents[1] / "raw" / "own"
    assert (root / "models.csv").read_text() == MODELS_HEADER
    assert (root / "accelerators.csv").read_text() == ACCELERATORS_HEADER
    assert (root / "measurements.csv").read_text() == MEASUREMENTS_HEADER
    assert (root / "scenarios.csv").read_text() == SCENARIOS_HEADER
    assert (root / "decoders.csv").read_text() == DECODERS_HEADER


def test_own_models_are_normalised(own_project: Project) -> None:
    with own_project.connect() as connection:
        rows = connection.execute(
            """
            select model_id, gflops_per_forward_pass, gflops_per_token, gflops_per_128_tokens
            from marts.models where is_own order by model_id
            """
        ).fetchall()
    assert rows == [
        ("own-cnn", 0.1, None, None),  # 0.05 GMACs
        ("own-lm", 9e6, 9e6 / 2048, 9e6 / 16),
        ("plain-net", 110.0, None, None),
        ("vit-b-16-own-300m", 110.0, None, None),
    ]


def test_own_accelerator_is_rated(own_project: Project) -> None:
    with own_project.connect() as connection:
        rows = connection.execute(
            """
            select precision, workload, is_adapted, tflops, gflops_per_watt
            from marts.accelerator_efficiency where is_own order by precision, workload
            """
        ).fetchall()
        accelerators = connection.execute(
            "select accelerator_id, tdp_watts from marts.accelerators where is_own"
        ).fetchall()
    assert accelerators == [("own-chip", 100)]
    assert rows == [
        ("FP16/FP32 Tensor", "theoretical", False, 400, 4000),
        ("FP32", "language", False, 50, 500),
        ("FP32", "theoretical", False, 50, 500),
        ("FP32", "vision", False, 50, 500),
        ("Mixed", "language", True, 200, 2000),  # 4 x 50 TFLOPS at 100 W
        ("Mixed", "vision", True, 150, 1500),
    ]


def test_own_models_use_own_accelerators(own_project: Project) -> None:
    with own_project.connect() as connection:
        rows = connection.execute(
            """
            select model_id, accelerator_id, joules_per_forward_pass
            from marts.inference_energy
            where is_own and matching_policy = 'best_available' order by model_id
            """
        ).fetchall()
    assert rows == [
        ("own-cnn", "own-chip", pytest.approx(0.1 / 1500)),
        ("own-lm", "own-chip", pytest.approx(9e6 / 2000)),
        ("plain-net", "own-chip", pytest.approx(110 / 1500)),
        ("vit-b-16-own-300m", "own-chip", pytest.approx(110 / 1500)),
    ]


def test_own_models_have_a_row_under_each_policy(own_project: Project) -> None:
    with own_project.connect() as connection:
        (rows,) = connection.execute("select count(*) from marts.inference_energy where is_own").fetchone()
    assert rows == 5 * len(OWN_MODELS)


def test_own_models_have_flags_among_all_models(own_project: Project) -> None:
    with own_project.connect() as connection:
        best = connection.execute(
            "select is_best_of_year, is_on_gflops_frontier from marts.models where model_id = 'own-cnn'"
        ).fetchone()
        most_demanding = connection.execute(
            "select is_most_demanding_at_release from marts.models where model_id = 'own-lm'"
        ).fetchone()
    assert best == (True, True)
    assert most_demanding == (True,)


def test_own_measurements_are_judged(own_project: Project) -> None:
    with own_project.connect() as connection:
        rows = connection.execute(
            """
            select measurement_id, accelerator_id, estimate_basis, joules_estimated, ratio, is_within_interval,
                missing_reason
            from marts.energy_calibration where is_own
            """
        ).fetchall()
    found = {name: tuple(rest) for name, *rest in rows}
    # 330 TOPS at 165 W are 2,000 GOPS a joule; shipped rows of ResNet lie 2 to 8 times above that.
    a30 = ("a30", "peak", pytest.approx(8.18 / 2000))
    assert found["own-in-the-interval"] == (*a30, pytest.approx(0.03 / (8.18 / 2000)), True, None)
    assert found["own-far-off"] == (*a30, pytest.approx(1000 / (8.18 / 2000)), False, None)
    assert found["own-a-bound"] == (*a30, pytest.approx(0.000001 / (8.18 / 2000)), None, None)
    # 50 TFLOPS at 100 W; published on one chip, so nothing to judge by. Mixed is three times that, by the benchmark.
    assert found["own-on-my-chip"] == ("own-chip", "fp32_rate", pytest.approx(0.1 / 500), pytest.approx(50), None, None)
    assert found["own-in-mixed-precision"] == (
        "own-chip",
        "adapted",
        pytest.approx(0.1 / 1500),
        pytest.approx(150),
        None,
        None,
    )
    # Two designs gave an interval, a wide one, for batches of about 8.
    accelerator, basis, _, ratio, is_within, _ = found["own-tokens"]
    assert (accelerator, basis, is_within) == ("nvidia-h100-sxm5-80gb", "derated", True)
    assert ratio == pytest.approx(8.3, rel=0.01)
    accelerator, basis, joules, ratio, is_within, reason = found["own-other-maker"]
    assert (basis, joules, ratio, is_within) == (None, None, None, None)
    assert reason == "no measured share of the peak for chips of this maker or design"
    assert len(rows) == len(OWN_MEASUREMENTS)


def test_own_scenarios_stand_beside_the_shipped_ones(own_project: Project, built_project: Project) -> None:
    query = "select * exclude (description) from dimensions.dim_scenarios order by display_order"
    with built_project.connect() as connection:
        shipped = connection.execute(query).fetchall()
    with own_project.connect() as connection:
        rows = connection.execute(query).fetchall()
    own = ("my_site", "best_available", 0.5, 0.25, 1.2, len(shipped) + 1, "meter at the gate", True)
    assert rows == [*shipped, own]


def test_own_models_and_accelerators_reach_the_dimensions(own_project: Project) -> None:
    with own_project.connect() as connection:
        models = connection.execute(
            """
            select model_id, is_generative, gflops_per_forward_pass, gflops_per_token, params_millions
            from dimensions.dim_models where is_own order by model_id
            """
        ).fetchall()
        policies = connection.execute(
            """
            select count(*) from dimensions.dim_matching
            inner join dimensions.dim_models using (model_id) where is_own
            """
        ).fetchone()
        accelerators = connection.execute(
            """
            select accelerator_id, vision_gflops_per_watt, vision_precision, language_gflops_per_watt, decode_basis
            from dimensions.dim_accelerators where is_own
            """
        ).fetchall()
    assert models == [
        ("own-cnn", False, 0.1, None, 25),
        ("own-lm", True, None, 9e6 / 2048, 9000000),
        ("plain-net", False, 110, None, 86),
        ("vit-b-16-own-300m", False, 110, None, 86),
    ]
    assert policies == (4 * len(OWN_MODELS),)
    assert accelerators == [("own-chip", 1500, "Mixed", 2000, None)]


def test_an_own_decoder_is_weighed(own_project: Project) -> None:
    """4 of 9 million million parameters are experts, at 2 bytes; the cache has 10 layers of 100 values of 2 bytes."""
    with own_project.connect() as connection:
        (row,) = connection.execute(
            """
            select shared_weight_bytes, expert_weight_bytes, share_of_experts_per_token, kv_cache_bytes_per_token
            from dimensions.dim_models where model_id = 'own-lm'
            """
        ).fetchall()
        methods = connection.execute(
            "select count(*) from dimensions.dim_published_rates where model_id = 'own-lm'"
        ).fetchone()
    assert row == (1e13, 8e12, 0.25, 2000)
    assert methods == (3,)


def same(one: object, other: object) -> bool:
    # The order of a sum may move the last digits of a float.
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


@pytest.mark.parametrize("mart", MARTS)
def test_rows_of_the_paper_do_not_move(built_project: Project, own_project: Project, mart: str) -> None:
    with built_project.connect() as connection:
        columns = [name for name, *_ in connection.execute(f"describe marts.{mart}").fetchall()]
        keys = connection.execute(
            """
            select constraint_column_names from duckdb_constraints()
            where schema_name = 'marts' and table_name = ? and constraint_type = 'PRIMARY KEY'
            """,
            [mart],
        ).fetchone()[0]
        # What was published after the paper does not move either.
        where = next((f"where {name}" for name in ("is_in_paper", "not is_own") if name.split()[-1] in columns), "")
        if "scenario_id" in columns:
            where = "where scenario_id <> 'my_site'"
        query = f"select * from marts.{mart} {where} order by {', '.join(keys)}"
        before = connection.execute(query).fetchall()
    with own_project.connect() as connection:
        after = connection.execute(query).fetchall()
    assert len(before) == len(after)
    # The hypothesis has no row to set aside.
    assert before or mart == "workload_rejects"
    for old, new in zip(before, after, strict=True):
        assert all(same(one, other) for one, other in zip(old, new, strict=True)), (old, new)


BAD_ROWS = [
    # The row and the message that the README shows.
    (
        "models.csv",
        "My CNN,vision,CNN,01/03/2021,25,82.5,,,,4.1,tool,,fvcore 0.1.5",
        'column release_date: found "01/03/2021", expected a day of the calendar as yyyy-mm-dd',
    ),
    ("models.csv", "X,vision,CNN,2020-02-30,1,50,,,1,,tool,,me", 'column release_date: found "2020-02-30"'),
    ("models.csv", "X,vision,CNN,2999-01-01,1,50,,,1,,tool,,me", "column release_date: found 2999-01-01"),
    ("models.csv", "X,vision,CNN,2020-02-01,1,150,,,1,,tool,,me", "column top1_accuracy_pct: found 150.0"),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50,,,-1,,tool,,me", "column gflops_per_forward_pass: found -1.0"),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50,,,,,tool,,me", "exactly one of gflops_per_forward_pass and gmacs"),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50,,,1,1,tool,,me", "exactly one of gflops_per_forward_pass and gmacs"),
    (
        "models.csv",
        "X,audio,CNN,2020-02-01,1,50,,,1,,tool,,me",
        'column domain: found "audio", expected vision, language',
    ),
    ("models.csv", "X,language,,2020-02-01,1,,,,1,,tool,,me", "found language, no input_tokens"),
    (
        "models.csv",
        "X,vision,CNN,2020-02-01,1,50,,,1,,guess,,me",
        'column gflops_basis: found "guess", expected reported, tool, estimated',
    ),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50,,,1,,tool,,", "column source: found nothing, expected a value"),
    ("models.csv", ",vision,CNN,2020-02-01,1,50,,,1,,tool,,me", "column model_name: found no value, expected a name"),
    (
        "models.csv",
        "通义千问,vision,CNN,2020-02-01,1,50,,,1,,tool,,me",
        'column model_name: found "通义千问", expected a name with at least one of the letters a to z or a digit',
    ),
    ("models.csv", "X,vision,CNN,0202-02-01,1,50,,,1,,tool,,me", "column release_date: found 0202-02-01, expected at"),
    ("models.csv", "X,vision,CNN,2020-17-02,1,50,,,1,,tool,,me", 'column release_date: found "2020-17-02", expected a'),
    ("models.csv", 'X,vision,CNN,2020-02-01,1,50,,,"1,843",,tool,,me', 'gflops_per_forward_pass: found "1,843"'),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50,,,0,,tool,,me", "column gflops_per_forward_pass: found 0.0, expected"),
    ("models.csv", "X,vision,CNN,2020-02-01,-1,50,,,1,,tool,,me", "column params_millions: found -1.0, expected above"),
    ("models.csv", "X,vision,CNN,2020-02-01,1,50 ‡,,,1,,tool,,me", 'column top1_accuracy_pct: found "50 ‡", expected'),
    ("models.csv", "X,language,,2020-02-01,1,,101,128,1,,tool,,me", "column glue_score: found 101.0, expected above"),
    (
        "models.csv",
        "X,language,,2020-02-01,1,,50,12.5,1,,tool,,me",
        "column input_tokens: found 12.5, expected a whole",
    ),
    ("accelerators.csv", "X,server,2020-02-01,70,INT8,9,,,me", 'column precision: found "INT8", expected FP32,'),
    (
        "accelerators.csv",
        "X,laptop,2020-02-01,70,FP32,9,,,me",
        'column segment: found "laptop", expected desktop, server',
    ),
    ("accelerators.csv", "X,server,2020-02-01,-70,FP32,9,,,me", "column tdp_watts: found -70.0, expected above 0"),
    ("accelerators.csv", "X,server,2020-02-01,70,FP32,0,,,me", "column tflops: found 0.0, expected above 0"),
    ("accelerators.csv", "X,server,2999-02-01,70,FP32,9,,,me", "column launch_date: found 2999-02-01, expected at"),
    (
        "accelerators.csv",
        "X,server,01/02/2020,70,FP32,9,,,me",
        'column launch_date: found "01/02/2020", expected a day',
    ),
    (
        "accelerators.csv",
        "Чип,server,2020-02-01,70,FP32,9,,,me",
        'column accelerator_name: found "Чип", expected a name',
    ),
    ("accelerators.csv", "X,server,2020-02-01,seventy,FP32,9,,,me", 'column tdp_watts: found "seventy", expected a'),
    ("accelerators.csv", "X,server,2020-02-01,0,FP32,9,,,me", "column tdp_watts: found 0.0, expected above 0"),
    ("measurements.csv", ",image,N,ResNet,T4,INT8,tuned,,1,,1,wall,me", "column measurement_name: found no value"),
    (
        "measurements.csv",
        "X,picture,N,ResNet,T4,INT8,tuned,,1,,1,wall,me",
        'column quantity: found "picture", expected image, input, output_token',
    ),
    ("measurements.csv", "X,image,N,ResNet,T4,FP64,tuned,,1,,1,wall,me", 'column precision: found "FP64", expected'),
    (
        "measurements.csv",
        "X,image,N,ResNet,T4,INT8,tuned,,1,,-1,wall,me",
        "column joules: found -1.0, expected above 0",
    ),
    ("measurements.csv", "X,image,N,ResNet,T4,INT8,tuned,,1,,1 J,wall,me", 'column joules: found "1 J", expected a'),
    (
        "measurements.csv",
        "X,image,N,ResNet,T4,INT8,tuned,,,,1,wall,me",
        "found neither, expected exactly one of gflops",
    ),
    ("measurements.csv", "X,image,N,ResNet,T4,INT8,tuned,,1,1,1,wall,me", "expected exactly one of gflops and gmacs"),
    (
        "measurements.csv",
        "X,image,N,ResNet,T4,INT8,tuned,,1,,1,rack,me",
        'column boundary: found "rack", expected gpu_board, gpu_tdp, wall',
    ),
    (
        "measurements.csv",
        "X,output_token,N,Dense Transformer,T4,FP16,serving,,1,,1,wall,me",
        "expected a batch_size for a generated token",
    ),
    (
        "measurements.csv",
        "X,image,N,ResNet,T4,FP16,serving,,1,,1,wall,me",
        "found image and serving, expected software_kind serving for output_token",
    ),
    ("scenarios.csv", "x,trend,0,0,1,none,me", "column utilisation: found 0.0, expected above 0 and at most 1"),
    ("scenarios.csv", "x,trend,60,0,1,a percentage,me", "column utilisation: found 60.0, expected above 0"),
    ("scenarios.csv", "x,trend,,0,1,missing,me", "column utilisation: found an empty cell, expected a number"),
    ("scenarios.csv", "x,trend,1,-0.1,1,negative,me", "column host_overhead: found -0.1, expected at least 0"),
    ("scenarios.csv", "x,trend,1,0,0.9,below its boards,me", "column pue: found 0.9, expected at least 1 and below 10"),
    ("scenarios.csv", "x,trend,1,0,154,a percentage,me", "column pue: found 154.0, expected at least 1 and below 10"),
    ("scenarios.csv", 'x,trend,1,0,"1,5",a comma,me', 'column pue: found "1,5", expected a number'),
    (
        "scenarios.csv",
        "x,calibrated,1,0,1,another policy,me",
        'column matching_policy: found "calibrated", expected trend, trend_to_2026, best_available, median_24_months',
    ),
    (
        "scenarios.csv",
        "My Site,trend,1,0,1,capitals,me",
        'column scenario_id: found "My Site", expected small letters from a to z, digits and underscores',
    ),
    ("scenarios.csv", ",trend,1,0,1,no name,me", "column scenario_id: found no value, expected small letters"),
    ("scenarios.csv", "x,trend,1,0,1,,me", "column description: found nothing, expected a value"),
    ("scenarios.csv", "x,trend,1,0,1,none,", "column source: found nothing, expected a value"),
    ("decoders.csv", "X,1,0.5,10,100,2,,,me", "line 2: found 0.5, expected a bytes_per_weight of 2"),
    ("decoders.csv", "X,1,2,,100,2,,,me", "column n_layers_with_cache: found an empty cell, expected a whole number"),
    ("decoders.csv", "X,1,2,10,100,2,8,8,me", "found 8, expected fewer experts per token than experts, or neither"),
]


# These faults show only beside other rows, so the tests that find them come after the staging models.
BAD_BESIDE_OTHERS = [
    (
        "measurements.csv",
        "X,image,N,resnet,H1000,INT8,tuned,,1,,1,wall,me",
        'column accelerator_name: found "H1000", expected the id or a name of an accelerator of the warehouse',
    ),
    (
        "measurements.csv",
        "Y,image,N,resnet,T4,INT8,tuned,,1,,1,wall,me",
        'column family: found "resnet", which nobody measured, so that nothing judges the row; expected CaiT, CrossViT',
    ),
    (
        "measurements.csv",
        "y!,image,N,ResNet,T4,INT8,tuned,,1,,1,wall,me",
        'column measurement_name: found "y!", whose id own-y is taken by line 3, expected a name of its own',
    ),
    (
        "models.csv",
        "AlexNet,vision,CNN,2020-02-01,1,50,,,1,,tool,,me",
        'column model_name: found "AlexNet", whose id alexnet is taken by a row of the paper',
    ),
    ("models.csv", "My Net,vision,CNN,2020-02-01,1,50,,,1,,tool,No,me", "whose id my-net is taken by line 4, expected"),
    (
        "models.csv",
        "my-net,vision,CNN,2020-02-01,1,50,,,1,,tool,,me",
        'column model_name: found "my-net", whose id my-net is taken by line 3, expected a name of its own',
    ),
    (
        "models.csv",
        "Slip,vision,CNN,2020-02-01,25,82.5,,,8200,,tool,,me",
        "columns gflops_per_forward_pass and params_millions: found 8200.0 GFLOPs for 25.0 million parameters, exp",
    ),
    ("models.csv", "Share,vision,CNN,2020-02-01,25,0.825,,,8,,tool,,me", "column top1_accuracy_pct: found 0.825, exp"),
    ("accelerators.csv", "T4,server,2020-02-01,70,TF32,9,,,me", "whose id t4 in TF32 is taken by a row of the paper"),
    ("accelerators.csv", "X,server,2020-02-01,70,Mixed,,2,,me", "column precision: found a speed-up over"),
    ("accelerators.csv", "Tesla T4,server,2020-02-01,70,FP32,9,,,me", "whose id tesla-t4 in FP32 is taken by a row"),
    ("accelerators.csv", "Y 1,server,2020-02-01,70,FP32,9,,,me", ""),
    (
        "accelerators.csv",
        "Y-1,server,2020-02-01,70,FP16,9,,,me",
        "columns accelerator_name, tdp_watts, launch_date, segment: found Y-1, 70.0 W, "
        "2020-02-01, server, expected Y 1, 70.0 W, 2020-02-01, server as in raw/own",
    ),
    ("scenarios.csv", "paper,trend,1,0,1.1,taken,me", 'column scenario_id: found "paper", whose id scenario paper is'),
    ("scenarios.csv", "mine,trend,1,0,1.1,once,me", "whose id scenario mine is taken by line 4, expected a name"),
    ("scenarios.csv", "mine,trend,1,0,1.2,twice,me", "whose id scenario mine is taken by line 3, expected a name"),
    (
        "models.csv",
        "All,vision,CNN,2020-02-01,1,50,,,1,,tool,,me",
        'column model_name: found "All", whose id all is reserved for sums and for all at once, expected another name',
    ),
    (
        "accelerators.csv",
        "Unstated,server,2020-02-01,70,FP32,9,,,me",
        'column accelerator_name: found "Unstated", whose id unstated is reserved for what a log does not state, exp',
    ),
    ("scenarios.csv", "all,trend,1,0,1.1,each,me", 'column scenario_id: found "all", whose id all is reserved for'),
]


def output_with(copy: Project, rows: list[tuple[str, str, str]], *arguments: str) -> str:
    """Return what a build prints with these rows, every message of every test; it must fail."""
    for name in ("models.csv", "accelerators.csv", "measurements.csv", "scenarios.csv", "decoders.csv"):
        add(copy, name, [row for file, row, _ in rows if file == name])
    result = copy.build(*arguments, *ALL_MESSAGES)
    assert result.returncode != 0
    return result.stdout


@pytest.fixture(scope="module")
def bad_output(tmp_path_factory: pytest.TempPathFactory, kept_parse_for_all_messages: Path) -> str:
    alone = output_with(
        copy_project(tmp_path_factory.mktemp("bad rows"), kept_parse=kept_parse_for_all_messages),
        BAD_ROWS,
        "--select",
        "stg_own_models",
        "stg_own_accelerators",
        "stg_own_measurements",
        "stg_own_scenarios",
        "stg_own_decoders",
        "--indirect-selection",
        "cautious",
    )
    beside_others = output_with(
        copy_project(tmp_path_factory.mktemp("bad beside others"), kept_parse=kept_parse_for_all_messages),
        BAD_BESIDE_OTHERS,
    )
    return alone + beside_others


@pytest.mark.parametrize(("file", "row", "message"), [bad for bad in BAD_ROWS + BAD_BESIDE_OTHERS if bad[2]])
def test_bad_own_row_is_named(bad_output: str, file: str, row: str, message: str) -> None:
    rows = BAD_ROWS if (file, row, message) in BAD_ROWS else BAD_BESIDE_OTHERS
    line = 2 + [bad for name, bad, _ in rows if name == file].index(row)
    assert any(
        f"raw/own/{file}, line {line}" in printed and message in printed for printed in bad_output.splitlines()
    ), bad_output


@pytest.mark.parametrize(
    ("model", "active_params_millions", "expected"),
    [
        ("GPT-5", 1000.0, "expected the name of a language model of marts.models, or of one that you add in"),
        ("ResNet-50", 26.0, "expected the name of a language model of marts.models"),
        ("GPT-3", 175000.0, "expected a language model without an architecture of its own in the warehouse"),
        ("BERT Large", 12.0, "expected active parameters equal to the 335.0 million of the model"),
        ("BERT Large", 335.0, None),
    ],
)
def test_an_own_decoder_belongs_to_a_language_model(
    built_project: Project, model: str, active_params_millions: float, expected: str | None
) -> None:
    """By the SQL of the dbt test, on one row beside the models as shipped."""
    manifest = json.loads((built_project.folder / "dbt_project" / "target" / "manifest.json").read_text())
    name = "test.inference_energy.own_decoders_are_of_language_models_without_figures"
    query = manifest["nodes"][name]["compiled_code"].replace('"inference_energy"."staging"."stg_own_decoders"', "own")
    with built_project.connect() as connection:
        connection.execute(
            """
            create temp table own as
            select
                'raw/own/decoders.csv' as raw_file, 2 as raw_line, $model as model_name,
                $active as active_params_millions, cast($active as varchar) as active_params_millions_printed,
                cast(null as integer) as n_experts
            """,
            {"model": model, "active": active_params_millions},
        )
        messages = connection.execute(query).fetchall()
    if expected is None:
        assert messages == []
    else:
        assert len(messages) == 1
        assert messages[0][0].startswith(f'raw/own/decoders.csv, line 2, column model_name: found "{model}"')
        assert expected in messages[0][0]


@pytest.fixture(scope="module")
def one_model_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the project with the one model that reads the users' models, which dbt parses fast."""
    project = copy_project(tmp_path_factory.mktemp("own models alone"))
    models = project.folder / "dbt_project" / "models"
    for path in [*models.rglob("*.sql"), *models.rglob("*.yml"), *models.rglob("*.py")]:
        if path.name != "stg_own_models.sql":
            path.unlink()
    shutil.rmtree(project.folder / "dbt_project" / "tests")
    return project


@pytest.fixture
def own_models_alone(one_model_project: Project) -> Iterator[Project]:
    """Return that project, without anything built, for a test that puts another `models.csv` into it."""
    path = one_model_project.folder / "raw" / "own" / "models.csv"
    shipped = path.read_bytes()
    yield one_model_project
    path.write_bytes(shipped)
    one_model_project.side.unlink(missing_ok=True)


ROW = OWN_MODELS[0] + "\n"
COLUMNS = ", ".join(MODELS_HEADER.strip().split(","))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            MODELS_HEADER.replace("params_millions", "params"),
            f"line 1: found columns {COLUMNS.replace('params_millions', 'params')}; expected columns model_name",
        ),
        (
            MODELS_HEADER.replace("source\n", "source,note\n"),
            f"line 1: found columns {COLUMNS}, note; expected columns model_name, domain",
        ),
        ("", "line 1: found nothing; expected columns model_name, domain"),
        (MODELS_HEADER + ROW + "\n" + ROW, "line 3: found an empty line, expected none"),
        (MODELS_HEADER + ROW + ROW.replace("\n", "\r\n"), "line 3: found another line end (LF or CRLF) than on line 1"),
        (
            MODELS_HEADER + ROW + ROW.replace("measured", "Smith et al., 2021"),
            "line 3: found 14 cells, expected 13, from model_name to source",
        ),
        (MODELS_HEADER + "# a note\n" + ROW, "line 2: found 1 cells, expected 13"),
        (MODELS_HEADER + ROW.rstrip("\n") + ",", "line 2: found 14 cells, expected 13"),
        (
            MODELS_HEADER + ROW.replace("measured", '"measured\nhere"'),
            "line 2: found a double quote that this line does not close",
        ),
    ],
    ids=[
        "renamed column",
        "extra column",
        "empty file",
        "empty line",
        "mixed line ends",
        "comma without quotes",
        "comment",
        "trailing comma, no last line end",
        "line break within quotes",
    ],
)
def test_a_file_that_is_not_the_expected_table_is_named(own_models_alone: Project, text: str, message: str) -> None:
    (own_models_alone.folder / "raw" / "own" / "models.csv").write_text(text, newline="")
    result = own_models_alone.dbt("compile", "--select", "stg_own_models")
    assert result.returncode != 0
    assert f"raw/own/models.csv, {message}" in result.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "raw/own/models.csv, line 1: found no file; expected columns model_name, domain"),
        ((MODELS_HEADER + ROW).replace("measured", "Sémery").encode("latin-1"), "raw/own/models.csv' as valid UTF-8"),
    ],
    ids=["missing file", "Latin-1"],
)
def test_a_file_that_cannot_be_read_is_named(own_models_alone: Project, content: bytes | None, message: str) -> None:
    path = own_models_alone.folder / "raw" / "own" / "models.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    result = own_models_alone.dbt("compile", "--select", "stg_own_models")
    assert result.returncode != 0
    assert message in result.stdout


def test_quoted_cells_hold_commas_and_quotes(own_models_alone: Project) -> None:
    row = ROW.replace("Own CNN", '"Own ""small"", wide CNN"').replace("measured", '"Smith et al., 2021"')
    (own_models_alone.folder / "raw" / "own" / "models.csv").write_text(MODELS_HEADER + row)
    assert own_models_alone.dbt("run", "--select", "stg_own_models").returncode == 0
    with own_models_alone.connect_side() as connection:
        cells = connection.execute("select model_name, source from staging.stg_own_models").fetchall()
    assert cells == [('Own "small", wide CNN', "Smith et al., 2021")]


def test_reordered_columns_are_read_by_name(own_models_alone: Project) -> None:
    names = MODELS_HEADER.strip().split(",")
    cells = OWN_MODELS[0].split(",")
    path = own_models_alone.folder / "raw" / "own" / "models.csv"
    path.write_text(",".join(reversed(names)) + "\n" + ",".join(reversed(cells)) + "\n")
    assert own_models_alone.dbt("run", "--select", "stg_own_models").returncode == 0
    with own_models_alone.connect_side() as connection:
        row = connection.execute("select model_name, gmacs_per_forward_pass from staging.stg_own_models").fetchone()
    assert row == ("Own CNN", 0.05)
