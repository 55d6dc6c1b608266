with

models as (

    select * from {{ ref('int_models') }}

),

launched_accelerators as (

    select * from {{ ref('int_launched_accelerators') }}

),

most_efficient as (

    select
        model_id,
        accelerator_id,
        gflops_per_watt,
        count(*) over (partition by model_id) as n_accelerators

    from launched_accelerators
    qualify row_number() over (partition by model_id order by gflops_per_watt desc, accelerator_id asc) = 1

),

-- A model older than every accelerator keeps its row, without an efficiency.
matched as (

    select
        models.model_id,
        'best_available' as matching_policy,
        most_efficient.accelerator_id,
        cast(coalesce(most_efficient.n_accelerators, 0) as integer) as n_accelerators,
        most_efficient.gflops_per_watt,
        cast(null as double) as gflops_per_watt_low,
        cast(null as double) as gflops_per_watt_high,
        'none' as interval_kind

    from models
    left join most_efficient on models.model_id = most_efficient.model_id

)

select * from matched
