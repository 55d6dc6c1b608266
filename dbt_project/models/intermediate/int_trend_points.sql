with

points as (

    select * from {{ ref('int_hardware_trend_points') }}
    union all by name
    select * from {{ ref('int_model_trend_points') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

-- Influence: the slope of the same trend with the row, or with all rows of its chip or paper, left out.
slopes_without_row as (

    select
        points.trend_id,
        points.observation_id,
        regr_slope(log10(others.value), others.years) as slope_without_it

    from points
    inner join points as others on points.trend_id = others.trend_id and points.observation_id <> others.observation_id
    group by points.trend_id, points.observation_id

),

trend_groups as (

    select distinct
        trend_id,
        group_id
    from points

),

slopes_without_group as (

    select
        trend_groups.trend_id,
        trend_groups.group_id,
        regr_slope(log10(others.value), others.years) as slope_without_its_group

    from trend_groups
    inner join points as others on trend_groups.trend_id = others.trend_id and trend_groups.group_id <> others.group_id
    group by trend_groups.trend_id, trend_groups.group_id

),

fitted as (

    select
        points.trend_id,
        trends.vintage,
        points.observation_id,
        points.group_id,
        points.on_date,
        points.value,
        power(1e1, trends.intercept_log10 + trends.slope_log10_per_year * points.years) as fitted_value,
        log10(points.value) - (trends.intercept_log10 + trends.slope_log10_per_year * points.years) as residual_log10,
        -- Rows of one date have no slope, which `regr_slope` calls nan.
        case when isfinite(slopes_without_row.slope_without_it) then slopes_without_row.slope_without_it end as slope_without_it,
        case
            when isfinite(slopes_without_group.slope_without_its_group) then slopes_without_group.slope_without_its_group
        end as slope_without_its_group

    from points
    inner join trends on points.trend_id = trends.trend_id
    left join slopes_without_row
        on points.trend_id = slopes_without_row.trend_id
        and points.observation_id = slopes_without_row.observation_id
    left join slopes_without_group
        on points.trend_id = slopes_without_group.trend_id
        and points.group_id = slopes_without_group.group_id

)

select * from fitted
