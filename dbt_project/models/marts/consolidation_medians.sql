with

consolidation_medians as (

    select
        domain,
        cost,
        cast(cost_factor as integer) as cost_factor,
        tolerance_points,
        cast(n_leaders as integer) as n_leaders,
        cast(n_reached as integer) as n_reached,
        median_lag_years,
        median_lag_years_low,
        median_lag_years_high

    from {{ ref('int_consolidation_medians') }}

)

select * from consolidation_medians
