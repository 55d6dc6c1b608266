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

own_accelerators as (

    select * from {{ ref('stg_own_accelerators') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

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

own_rows as (

    select
        *,
        {{ slug('accelerator_name') }} as accelerator_id,
        max(case when precision = 'FP32' then tflops end) over (partition by accelerator_name) as fp32_tflops

    from own_accelerators

),

own_theoretical_rows as (

    select
        accelerator_id,
        precision,
        'theoretical' as workload,
        false as is_adapted,
        tflops

    from own_rows
    where tflops is not null

),

own_unadapted_rows as (

    select
        own_rows.accelerator_id,
        own_rows.precision,
        workloads.workload,
        false as is_adapted,
        own_rows.tflops

    from own_rows
    cross join workloads
    where own_rows.precision = 'FP32'

),

own_speedups as (

    unpivot own_rows
    on vision_speedup_over_fp32 as vision, language_speedup_over_fp32 as language
    into name workload value speedup_over_fp32

),

own_adapted_rows as (

    select
        accelerator_id,
        precision,
        workload,
        true as is_adapted,
        speedup_over_fp32 * fp32_tflops as tflops,
        speedup_over_fp32,
        accelerator_id as baseline_accelerator_id

    from own_speedups

),

unioned as (

    select * from theoretical_rows
    union all by name
    select * from unadapted_rows
    union all by name
    select * from adapted_rows
    union all by name
    select * from own_theoretical_rows
    union all by name
    select * from own_unadapted_rows
    union all by name
    select * from own_adapted_rows

),

rated as (

    select
        unioned.accelerator_id,
        unioned.precision,
        unioned.workload,
        unioned.is_adapted,
        unioned.tflops,
        unioned.speedup_over_fp32,
        unioned.baseline_accelerator_id,
        accelerators.accelerator_name,
        accelerators.segment,
        accelerators.launch_date,
        accelerators.tdp_watts,
        {{ gflops_per_watt('unioned.tflops', 'accelerators.tdp_watts') }} as gflops_per_watt,
        accelerators.is_in_paper

    from unioned
    left join accelerators on unioned.accelerator_id = accelerators.accelerator_id

)

select * from rated
