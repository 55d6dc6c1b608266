with

own_accelerators as (

    select * from {{ ref('stg_own_accelerators') }}

),

workloads as (

    select unnest(['vision', 'language']) as workload

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

    select * from own_theoretical_rows
    union all by name
    select * from own_unadapted_rows
    union all by name
    select * from own_adapted_rows

)

select * from unioned
