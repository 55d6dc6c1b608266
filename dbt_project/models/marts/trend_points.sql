with

trend_points as (

    select
        trend_id,
        vintage,
        observation_id,
        group_id,
        on_date,
        value,
        fitted_value,
        residual_log10,
        slope_without_it,
        slope_without_its_group

    from {{ ref('int_trend_points') }}

)

select * from trend_points
