with

models as (

    select * from {{ ref('int_models') }}

),

launched_accelerators as (

    select * from {{ ref('int_launched_accelerators') }}

),

-- Of equally efficient accelerators the first id, so that two builds name the same one.
most_efficient as (

    select
        domain,
        release_date,
        is_in_paper,
        min_by(accelerator_id, (-gflops_per_watt, accelerator_id)) as accelerator_id,
        max(gflops_per_watt) as gflops_per_watt,
        cast(count(*) as integer) as n_accelerators

    from launched_accelerators
    group by domain, release_date, is_in_paper

),

-- A model older than every accelerator keeps its row, without an efficiency.
matched as (

    select
        models.model_id,
        'best_available' as matching_policy,
        most_efficient.accelerator_id,
        coalesce(most_efficient.n_accelerators, 0) as n_accelerators,
        most_efficient.gflops_per_watt,
        cast(null as double) as gflops_per_watt_low,
        cast(null as double) as gflops_per_watt_high,
        'none' as interval_kind

    from models
    left join most_efficient
        on models.domain = most_efficient.domain
        and models.release_date = most_efficient.release_date
        and models.is_in_paper = most_efficient.is_in_paper

)

select * from matched
