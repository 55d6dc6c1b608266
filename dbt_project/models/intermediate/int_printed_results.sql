with

printed_results as (

    select * from {{ ref('stg_printed_results') }}
    where result_kind <> 'statement'

),

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

throughput_speedups as (

    select * from {{ ref('int_throughput_speedups') }}

),

theoretical as (

    select * from {{ ref('stg_gpu_theoretical_performance') }}

),

adapted as (

    select * from {{ ref('stg_gpu_adapted_performance') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

outside_tables as (

    select
        ledger_id,
        printed_in,
        quantity,
        result_kind,
        value_type,
        printed_text,
        printed_value,
        rounding_unit,
        measure,
        subject,
        raw_file,
        raw_line,
        'printed_value' as raw_column

    from printed_results

),

-- An asterisk says that the paper estimated the value.
table_2 as (

    select
        'table-2-' || model_id || '-gflops' as ledger_id,
        'Table 2' as printed_in,
        model_name || ' GFLOPs of one forward pass' as quantity,
        'derived' as result_kind,
        gflops_printed as printed_text,
        {{ cell_number('gflops_printed') }} as printed_value,
        'estimated_gflops_per_forward_pass' as measure,
        model_id as subject,
        raw_file,
        raw_line,
        'gflops' as raw_column

    from models
    where domain = 'vision' and gflops_basis = 'estimated'

),

table_3 as (

    select
        'table-3-' || {{ slug("concat_ws(' ', benchmark_model, framework, accelerator_printed_name, precision)") }}
            as ledger_id,
        'Table 3' as printed_in,
        concat_ws(' ', benchmark_model, framework, accelerator_printed_name, precision) || ' speed-up over FP32' as quantity,
        case when precision = 'FP32' then 'by_construction' else 'derived' end as result_kind,
        speedup_over_fp32_printed as printed_text,
        {{ cell_number('speedup_over_fp32_printed') }} as printed_value,
        'benchmark_speedup_over_fp32' as measure,
        concat_ws(':', benchmark_model, framework, accelerator_printed_name, precision) as subject,
        raw_file,
        raw_line,
        'speed_up' as raw_column

    from throughput_speedups

),

-- The appendix takes both values of BERT Large from ELECTRA Large, which is the same network.
table_7 as (

    select
        'table-7-bert-large-params' as ledger_id,
        'Table 7' as printed_in,
        'BERT Large parameters, millions' as quantity,
        'restated_input' as result_kind,
        params_printed as printed_text,
        {{ cell_number('params_printed') }} as printed_value,
        'params_millions' as measure,
        'electra-large' as subject,
        raw_file,
        raw_line,
        'params_m' as raw_column

    from models
    where model_id = 'bert-large'

    union all by name

    select
        'table-7-bert-large-gflops' as ledger_id,
        'Table 7' as printed_in,
        'BERT Large GFLOPs of one forward pass' as quantity,
        'restated_input' as result_kind,
        gflops_printed as printed_text,
        {{ cell_number('gflops_printed') }} as printed_value,
        'gflops_per_forward_pass' as measure,
        'electra-large' as subject,
        raw_file,
        raw_line,
        'gflops' as raw_column

    from models
    where model_id = 'bert-large'

),

table_8 as (

    select
        'table-8-' || {{ slug("concat_ws(' ', theoretical.accelerator_printed_name, theoretical.precision)") }}
        || '-gflops-per-watt' as ledger_id,
        'Table 8' as printed_in,
        concat_ws(' ', theoretical.accelerator_printed_name, theoretical.precision) || ' GFLOPS per watt' as quantity,
        'derived' as result_kind,
        theoretical.gflops_per_watt_printed as printed_text,
        theoretical.gflops_per_watt as printed_value,
        'gflops_per_watt' as measure,
        concat_ws(':', 'theoretical', accelerator_names.accelerator_id, lower(theoretical.precision)) as subject,
        theoretical.raw_file,
        theoretical.raw_line,
        'gflops_per_watt' as raw_column

    from theoretical
    left join accelerator_names on theoretical.accelerator_printed_name = accelerator_names.printed_name

),

table_9_rows as (

    select
        adapted.*,
        accelerator_names.accelerator_id,
        adapted.adapted_for <> 'none' as is_adapted,
        -- The unadapted rows stand in both lines of Fig. 8 with the same values.
        case adapted.adapted_for when 'none' then 'vision' else adapted.adapted_for end as workload,
        concat_ws(
            ' ', case adapted.adapted_for when 'none' then null else adapted.adapted_for_printed end,
            adapted.accelerator_printed_name, adapted.precision
        ) as row_name

    from adapted
    left join accelerator_names on adapted.accelerator_printed_name = accelerator_names.printed_name

),

table_9 as (

    select
        'table-9-' || {{ slug('row_name') }} || '-tflops' as ledger_id,
        'Table 9' as printed_in,
        row_name || ' TFLOPS' as quantity,
        case when is_adapted then 'derived' else 'restated_input' end as result_kind,
        tflops_printed as printed_text,
        tflops as printed_value,
        'tflops' as measure,
        concat_ws(':', case when is_adapted then workload else 'theoretical' end, accelerator_id, lower(precision)) as subject,
        raw_file,
        raw_line,
        'tflops' as raw_column

    from table_9_rows

    union all by name

    select
        'table-9-' || {{ slug('row_name') }} || '-watts' as ledger_id,
        'Table 9' as printed_in,
        row_name || ' thermal design power, W' as quantity,
        'restated_input' as result_kind,
        tdp_watts_printed as printed_text,
        tdp_watts as printed_value,
        'tdp_watts' as measure,
        accelerator_id as subject,
        raw_file,
        raw_line,
        'watts' as raw_column

    from table_9_rows

    union all by name

    select
        'table-9-' || {{ slug('row_name') }} || '-gflops-per-watt' as ledger_id,
        'Table 9' as printed_in,
        row_name || ' GFLOPS per watt' as quantity,
        'derived' as result_kind,
        gflops_per_watt_printed as printed_text,
        gflops_per_watt as printed_value,
        'gflops_per_watt' as measure,
        concat_ws(':', workload, accelerator_id, lower(precision)) as subject,
        raw_file,
        raw_line,
        'gflops_per_watt' as raw_column

    from table_9_rows

),

in_tables as (

    select
        *,
        'quantity' as value_type,
        {{ rounding_unit('printed_text') }} as rounding_unit

    from (
        select * from table_2
        union all by name
        select * from table_3
        union all by name
        select * from table_7
        union all by name
        select * from table_8
        union all by name
        select * from table_9
    )

),

unioned as (

    select * from outside_tables
    union all by name
    select * from in_tables

)

select * from unioned
