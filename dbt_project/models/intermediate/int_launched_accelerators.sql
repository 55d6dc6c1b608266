with

models as (

    select * from {{ ref('int_models') }}

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

-- Models of one day and domain see the same accelerators: held once per day, the rows grow with the accelerators alone.
release_days as (

    select distinct
        domain,
        release_date,
        is_in_paper

    from models

),

at_best_precision as (

    select * from efficiency
    where not is_doubtful
    qualify {{ rank_of_precision() }} = 1

),

-- A model of the paper is matched with the paper's accelerators only, a later one with all.
launched as (

    select
        release_days.domain,
        release_days.release_date,
        release_days.is_in_paper,
        at_best_precision.accelerator_id,
        at_best_precision.gflops_per_watt,
        at_best_precision.launch_date > release_days.release_date - interval '{{ var("matching_window_months") }} months'
            as is_in_window

    from release_days
    inner join at_best_precision
        on release_days.domain = at_best_precision.workload
        and release_days.release_date >= at_best_precision.launch_date
        and (at_best_precision.is_in_paper or not release_days.is_in_paper)

)

select * from launched
