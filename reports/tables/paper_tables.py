"""The nine tables of the paper: printed cells, and beside each printed result the recomputed value with its verdict."""

from __future__ import annotations

import duckdb

from reports.data import read, tables
from reports.tables.table import Table

TABLE_1 = """
    select
        models.model_name as "Model",
        max(printed.printed_text) filter (where printed.measure = 'top1_accuracy_pct') as "Top-1 accuracy, %, printed",
        max(ledger.recomputed_value) filter (where printed.measure = 'top1_accuracy_pct') as "In Table 2, %",
        max(ledger.status) filter (where printed.measure = 'top1_accuracy_pct') as "Verdict on accuracy",
        max(printed.printed_text) filter (where printed.measure = 'gflops_per_forward_pass') as "GFLOPs, printed",
        max(ledger.recomputed_value)
            filter (where printed.measure = 'gflops_per_forward_pass') as "In Table 2, GFLOPs",
        max(ledger.status) filter (where printed.measure = 'gflops_per_forward_pass') as "Verdict on GFLOPs",
        max(printed.printed_text) filter (where printed.measure = 'release_year') as "Year, printed",
        cast(max(ledger.recomputed_value) filter (where printed.measure = 'release_year') as integer)
            as "In Table 2, year",
        max(ledger.status) filter (where printed.measure = 'release_year') as "Verdict on year"
    from staging.stg_printed_results as printed
    inner join marts.paper_ledger as ledger using (ledger_id)
    inner join marts.models on printed.subject = models.model_id
    where printed.printed_in = 'Table 1'
    group by models.model_name
    order by min(printed.raw_line)
"""
TABLE_2 = """
    select
        printed.model_name as "Model",
        printed.architecture as "Architecture",
        coalesce(printed.extra_training_data, '–') as "Extra data",
        printed.release_date_printed as "Date",
        printed.top1_accuracy_pct_printed as "Top-1 accuracy, %",
        printed.params_millions_printed as "Parameters, M",
        printed.gflops_per_forward_pass_printed as "GFLOPs, printed",
        ledger.recomputed_value as "GFLOPs, recomputed",
        ledger.status as "Verdict"
    from staging.stg_vision_models as printed
    left join marts.paper_ledger as ledger
        on printed.raw_file = ledger.raw_file and printed.raw_line = ledger.raw_line and ledger.raw_column = 'gflops'
    order by printed.raw_line
"""
TABLE_3 = """
    select
        printed.domain_printed as "Task",
        printed.benchmark_model as "Model",
        printed.framework as "Framework",
        printed.batch_size_printed as "Batch size",
        printed.accelerator_printed_name as "GPU",
        printed.precision as "Precision",
        printed.throughput_per_second_printed as "Throughput, inputs a second",
        printed.speedup_over_fp32_printed as "Speed-up, printed",
        ledger.recomputed_value as "Speed-up, recomputed",
        ledger.status as "Verdict"
    from staging.stg_throughput_benchmarks as printed
    left join marts.paper_ledger as ledger
        on printed.raw_file = ledger.raw_file and printed.raw_line = ledger.raw_line and ledger.raw_column = 'speed_up'
    order by printed.raw_line
"""
TABLE_4 = """
    select
        quantity as "Mean speed-up",
        printed_text as "Printed",
        recomputed_value as "Recomputed",
        status as "Verdict"
    from marts.paper_ledger
    where printed_in = 'Table 4'
    order by raw_line
"""
TABLE_5 = """
    select
        model_name as "Model",
        width_factor_printed as "Width w",
        depth_factor_printed as "Depth d",
        test_resolution_px_printed as "Test resolution, pixels"
    from staging.stg_efficientnet_specifications
    order by raw_line
"""
TABLE_6 = """
    select
        model_name as "Model",
        gflops_at_224_px_printed as "GFLOPs at 224 × 224",
        gflops_at_384_px_printed as "GFLOPs at 384 × 384"
    from staging.stg_vit_g_gflops
    order by raw_line
"""
TABLE_7 = """
    select
        printed.model_name as "Model",
        printed.input_tokens_printed as "Input tokens",
        printed.gflops_per_forward_pass_printed as "GFLOPs, printed",
        gflops.recomputed_value as "GFLOPs, recomputed",
        gflops.status as "Verdict on GFLOPs",
        printed.params_millions_printed as "Parameters, M, printed",
        params.recomputed_value as "Parameters, M, recomputed",
        params.status as "Verdict on parameters",
        printed.release_date_printed as "Date",
        printed.glue_score_printed as "GLUE, test set"
    from staging.stg_language_models as printed
    left join marts.paper_ledger as gflops
        on printed.raw_file = gflops.raw_file and printed.raw_line = gflops.raw_line and gflops.raw_column = 'gflops'
    left join marts.paper_ledger as params
        on printed.raw_file = params.raw_file and printed.raw_line = params.raw_line and params.raw_column = 'params_m'
    order by printed.raw_line
"""
TABLE_8 = """
    select
        printed.accelerator_printed_name as "GPU",
        printed.precision as "Precision",
        printed.tflops_printed as "TFLOPS",
        printed.tdp_watts_printed as "W",
        printed.launch_date_printed as "Launch date",
        printed.segment_printed as "Type",
        printed.gflops_per_watt_printed as "GFLOPS per watt, printed",
        ledger.recomputed_value as "GFLOPS per watt, recomputed",
        ledger.status as "Verdict"
    from staging.stg_gpu_theoretical_performance as printed
    left join marts.paper_ledger as ledger
        on printed.raw_file = ledger.raw_file and printed.raw_line = ledger.raw_line
        and ledger.raw_column = 'gflops_per_watt'
    order by printed.raw_line
"""
TABLE_9 = """
    select
        printed.adapted_for_printed as "Adapted",
        printed.accelerator_printed_name as "GPU",
        printed.precision as "Precision",
        printed.tflops_printed as "TFLOPS, printed",
        tflops.recomputed_value as "TFLOPS, recomputed",
        tflops.status as "Verdict on TFLOPS",
        printed.tdp_watts_printed as "W, printed",
        watts.recomputed_value as "W in Table 8",
        watts.status as "Verdict on W",
        printed.launch_date_printed as "Launch date",
        printed.segment_printed as "Type",
        printed.gflops_per_watt_printed as "GFLOPS per watt, printed",
        efficiency.recomputed_value as "GFLOPS per watt, recomputed",
        efficiency.status as "Verdict on GFLOPS per watt"
    from staging.stg_gpu_adapted_performance as printed
    left join marts.paper_ledger as tflops
        on printed.raw_file = tflops.raw_file and printed.raw_line = tflops.raw_line and tflops.raw_column = 'tflops'
    left join marts.paper_ledger as watts
        on printed.raw_file = watts.raw_file and printed.raw_line = watts.raw_line and watts.raw_column = 'watts'
    left join marts.paper_ledger as efficiency
        on printed.raw_file = efficiency.raw_file and printed.raw_line = efficiency.raw_line
        and efficiency.raw_column = 'gflops_per_watt'
    order by printed.raw_line
"""
CELLS = "Cells are as printed, with citations and marks (* an estimate of the paper, † the output of a tool)."
PRINTED_TABLES = (
    (
        1,
        TABLE_1,
        "Models with about the GFLOPs of AlexNet",
        "Each printed value is held against the same model's row of Table 2.",
    ),
    (
        2,
        TABLE_2,
        "Vision models",
        f"{CELLS} Only estimated GFLOPs are results; they are recomputed from Tables 5 and 6.",
    ),
    (3, TABLE_3, "Throughput at inference", "A GPU is compared with itself in FP32, the A100 with the V100."),
    (4, TABLE_4, "Mean speed-ups of mixed precision and TF32", "The mean of the unrounded ratios of Table 3."),
    (5, TABLE_5, "Scaling of EfficientNets", "Inputs to the estimates of Table 2 (Eq. 4); it prints no result."),
    (6, TABLE_6, "GFLOPs of ViT-G/14", "Inputs to the estimate of ViT-G/14 in Table 2; it prints no result."),
    (
        7,
        TABLE_7,
        "Language models",
        f"{CELLS} BERT Large is the one row whose values the paper takes from another row.",
    ),
    (8, TABLE_8, "Theoretical performance of GPUs", "Recomputed: rate over power of the same row."),
    (
        9,
        TABLE_9,
        "Performance of GPUs at inference",
        "Recomputed: speed-up of Table 3 times FP32 rate of Table 8, over power.",
    ),
)
MARTS = tables(*(query for _, query, _, _ in PRINTED_TABLES))


def paper_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return Tables 1 to 9."""
    return [
        Table(f"table-{position}", f"Table {position}", title, caption, tables(query), read(connection, query))
        for position, query, title, caption in PRINTED_TABLES
    ]
