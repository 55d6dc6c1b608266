with

benchmarks as (

    select * from {{ ref('stg_throughput_benchmarks') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

identified as (

    select
        benchmarks.*,
        accelerator_names.accelerator_id

    from benchmarks
    left join accelerator_names on benchmarks.accelerator_printed_name = accelerator_names.printed_name

),

fp32 as (

    select * from identified
    where precision = 'FP32'

),

-- A chip is compared with itself in FP32, the A100, which was not measured in it, with the V100 (caption of Table 3).
compared as (

    select
        measured.domain,
        measured.benchmark_model,
        measured.framework,
        measured.accelerator_printed_name,
        measured.accelerator_id,
        measured.precision,
        measured.throughput_per_second,
        coalesce(own_fp32.accelerator_id, v100_fp32.accelerator_id) as baseline_accelerator_id,
        measured.throughput_per_second / coalesce(own_fp32.throughput_per_second, v100_fp32.throughput_per_second)
            as speedup_over_fp32,
        measured.speedup_over_fp32_printed,
        measured.raw_file,
        measured.raw_line

    from identified as measured
    left join fp32 as own_fp32
        on measured.benchmark_model = own_fp32.benchmark_model
        and measured.framework = own_fp32.framework
        and measured.accelerator_id = own_fp32.accelerator_id
    left join fp32 as v100_fp32
        on measured.benchmark_model = v100_fp32.benchmark_model
        and measured.framework = v100_fp32.framework
        and v100_fp32.accelerator_id = 'tesla-v100'
        and measured.accelerator_id = 'a100'

)

select * from compared
