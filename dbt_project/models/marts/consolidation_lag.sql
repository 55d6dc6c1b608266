with

consolidation_lag as (

    select
        model_id,
        cost,
        cost_factor,
        tolerance_points,
        domain,
        release_date,
        score,
        follower_model_id,
        follower_release_date,
        follower_score,
        times_cheaper,
        follower_model_id is not null as is_reached,
        lag_years,
        observed_until,
        observed_years,
        case when follower_model_id is null then observed_years end as lag_years_lower_bound

    from {{ ref('int_consolidation_lags') }}

)

select * from consolidation_lag
