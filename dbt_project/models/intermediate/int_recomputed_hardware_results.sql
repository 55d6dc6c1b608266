with

accelerators as (

    select * from {{ ref('int_accelerators') }}
    where is_in_paper

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}
    where is_in_paper

),

throughput_speedups as (

    select * from {{ ref('int_throughput_speedups') }}

),

speedups as (

    select * from {{ ref('int_speedups') }}

),

trend_points as (

    select * from {{ ref('int_trend_points') }}
    where vintage = 'paper'

),

human_power as (

    select * from {{ ref('int_human_power') }}

),

human_energy as (

    select * from {{ ref('stg_human_energy') }}

),

efficiency_values as (

    unpivot (
        select
            concat_ws(':', workload, accelerator_id, lower(precision)) as subject,
            tflops,
            gflops_per_watt

        from efficiency
    )
    on tflops, gflops_per_watt
    into name measure value value

),

unioned as (

    select * from efficiency_values
    union all by name
    select
        'tdp_watts' as measure,
        accelerator_id as subject,
        tdp_watts as value

    from accelerators
    union all by name
    select
        'launch_year' as measure,
        accelerator_id as subject,
        year(launch_date) as value

    from accelerators
    union all by name
    select
        'first_launch_year' as measure,
        'table_8' as subject,
        min(year(launch_date)) as value

    from accelerators
    union all by name
    select
        'last_launch_year' as measure,
        'table_8' as subject,
        max(year(launch_date)) as value

    from accelerators
    union all by name
    select
        'benchmark_speedup_over_fp32' as measure,
        concat_ws(':', benchmark_model, framework, accelerator_printed_name, precision) as subject,
        speedup_over_fp32 as value

    from throughput_speedups
    union all by name
    select
        'speedup_over_fp32' as measure,
        concat_ws(':', domain, accelerator_id, lower(precision)) as subject,
        speedup_over_fp32 as value

    from speedups
    union all by name
    select
        'largest_residual_launch_year' as measure,
        trend_id as subject,
        year(max_by(on_date, abs(residual_log10))) as value

    from trend_points
    where trend_id = 'gpu_efficiency_vision'
    group by trend_id
    union all by name
    select
        'human_power_watts' as measure,
        human_reference as subject,
        reference_watts as value

    from human_power
    union all by name
    select
        'human_energy_input' as measure,
        human_reference || '_' || amount_unit as subject,
        amount as value

    from human_energy
    union all by name
    -- Joules per pass are held against watts at one pass a second.
    select
        'passes_per_second_per_person' as measure,
        'hypothesis' as subject,
        1 as value

)

select * from unioned
