with

points as (

    select * from {{ ref('int_hardware_trend_points') }}
    union all by name
    select * from {{ ref('int_model_trend_points') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

-- Influence: the slope of the same trend with the row, or with all rows of its chip or paper, left out. What is left may be of
-- one date only and then has no slope.
influence as (

    select
        *,
        case
            when min(years) over other_rows < max(years) over other_rows
                then regr_slope(log10(value), years) over other_rows
        end as slope_without_it,
        case
            when min(years) over other_groups < max(years) over other_groups
                then regr_slope(log10(value), years) over other_groups
        end as slope_without_its_group

    from points
    window
        other_rows as (
            partition by trend_id, vintage
            order by observation_id
            rows between unbounded preceding and unbounded following exclude current row
        ),
        other_groups as (
            partition by trend_id, vintage
            order by group_id
            groups between unbounded preceding and unbounded following exclude group
        )

),

fitted as (

    select
        influence.trend_id,
        influence.vintage,
        influence.observation_id,
        influence.group_id,
        influence.on_date,
        influence.value,
        power(1e1, trends.intercept_log10 + trends.slope_log10_per_year * influence.years) as fitted_value,
        log10(influence.value) - (trends.intercept_log10 + trends.slope_log10_per_year * influence.years) as residual_log10,
        influence.slope_without_it,
        influence.slope_without_its_group

    from influence
    inner join trends
        on influence.trend_id = trends.trend_id
        and influence.vintage = trends.vintage

)

select * from fitted
