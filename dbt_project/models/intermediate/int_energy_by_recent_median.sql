with

models as (

    select * from {{ ref('int_models') }}

),

launched_accelerators as (

    select * from {{ ref('int_launched_accelerators') }}

),

windows as (

    select
        domain,
        release_date,
        is_in_paper,
        cast(count(*) as integer) as n_accelerators,
        median(gflops_per_watt) as gflops_per_watt,
        -- One accelerator has no range: bounds equal to the estimate would look like certainty.
        case when count(*) > 1 then min(gflops_per_watt) end as gflops_per_watt_low,
        case when count(*) > 1 then max(gflops_per_watt) end as gflops_per_watt_high

    from launched_accelerators
    where is_in_window
    group by domain, release_date, is_in_paper

),

-- A model without any accelerator in its window keeps its row, without an efficiency.
matched as (

    select
        models.model_id,
        'median_{{ var("matching_window_months") }}_months' as matching_policy,
        cast(null as varchar) as accelerator_id,
        coalesce(windows.n_accelerators, 0) as n_accelerators,
        windows.gflops_per_watt,
        windows.gflops_per_watt_low,
        windows.gflops_per_watt_high,
        case when windows.n_accelerators > 1 then 'window_range' else 'none' end as interval_kind

    from models
    left join windows
        on models.domain = windows.domain
        and models.release_date = windows.release_date
        and models.is_in_paper = windows.is_in_paper

)

select * from matched
