with

rates as (

    select * from {{ ref('int_paper_rates') }}
    union all by name
    select * from {{ ref('int_later_rates') }}
    union all by name
    select * from {{ ref('int_own_rates') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

rated as (

    select
        rates.accelerator_id,
        rates.precision,
        {{ precision_class('rates.precision') }} as precision_class,
        rates.workload,
        rates.is_adapted,
        rates.tflops,
        rates.speedup_over_fp32,
        rates.baseline_accelerator_id,
        rates.derate_source,
        accelerators.accelerator_name,
        accelerators.maker,
        accelerators.chip_design,
        accelerators.segment,
        accelerators.launch_date,
        accelerators.tdp_watts,
        {{ gflops_per_watt('rates.tflops', 'accelerators.tdp_watts') }} as gflops_per_watt,
        coalesce(rates.is_doubtful, false) as is_doubtful,
        accelerators.is_in_paper,
        accelerators.is_own

    from rates
    left join accelerators on rates.accelerator_id = accelerators.accelerator_id

)

select * from rated
