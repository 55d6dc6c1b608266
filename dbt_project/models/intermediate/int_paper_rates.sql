with

theoretical as (

    select * from {{ ref('stg_gpu_theoretical_performance') }}

),

adapted as (

    select * from {{ ref('stg_gpu_adapted_performance') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

speedups as (

    select * from {{ ref('int_speedups') }}

),

theoretical_rows as (

    select
        accelerator_names.accelerator_id,
        theoretical.precision,
        'theoretical' as workload,
        false as is_adapted,
        theoretical.tflops

    from theoretical
    left join accelerator_names on theoretical.accelerator_printed_name = accelerator_names.printed_name

),

fp32_peaks as (

    select * from theoretical_rows
    where precision = 'FP32'

),

workloads as (

    select unnest(['vision', 'language']) as workload

),

-- Which chips make the two lines of Fig. 8 is Table 9's choice: its unadapted rows stand in both, its adapted rows in one.
unadapted_rows as (

    select
        accelerator_names.accelerator_id,
        adapted.precision,
        workloads.workload,
        false as is_adapted,
        adapted.tflops

    from adapted
    left join accelerator_names on adapted.accelerator_printed_name = accelerator_names.printed_name
    cross join workloads
    where adapted.adapted_for = 'none'

),

adapted_rows as (

    select
        accelerator_names.accelerator_id,
        adapted.precision,
        adapted.adapted_for as workload,
        true as is_adapted,
        speedups.speedup_over_fp32 * fp32_peaks.tflops as tflops,
        speedups.speedup_over_fp32,
        speedups.baseline_accelerator_id

    from adapted
    left join accelerator_names on adapted.accelerator_printed_name = accelerator_names.printed_name
    left join speedups
        on adapted.adapted_for = speedups.domain
        and accelerator_names.accelerator_id = speedups.accelerator_id
        and adapted.precision = speedups.precision
    left join fp32_peaks on speedups.baseline_accelerator_id = fp32_peaks.accelerator_id
    where adapted.adapted_for <> 'none'

),

unioned as (

    select * from theoretical_rows
    union all by name
    select * from unadapted_rows
    union all by name
    select * from adapted_rows

)

select * from unioned
