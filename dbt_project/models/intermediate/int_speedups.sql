with

throughput_speedups as (

    select * from {{ ref('int_throughput_speedups') }}

),

-- Table 4: the arithmetic mean of unrounded ratios.
averaged as (

    select
        domain,
        accelerator_id,
        precision,
        baseline_accelerator_id,
        avg(speedup_over_fp32) as speedup_over_fp32,
        exp(avg(ln(speedup_over_fp32))) as geometric_mean_speedup_over_fp32,
        cast(count(*) as integer) as n_benchmarks

    from throughput_speedups
    where precision <> 'FP32'
    group by
        domain,
        accelerator_id,
        precision,
        baseline_accelerator_id

)

select * from averaged
