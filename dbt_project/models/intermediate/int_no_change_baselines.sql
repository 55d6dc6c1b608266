with

points as (

    select * from {{ ref('int_hardware_trend_points') }}
    union all by name
    select * from {{ ref('int_model_trend_points') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

recent as (

    select
        points.trend_id,
        points.vintage,
        log10(points.value) as log10_value,
        median(log10(points.value)) over (partition by points.trend_id, points.vintage) as log10_median

    from points
    inner join trends
        on points.trend_id = trends.trend_id
        and points.vintage = trends.vintage
        and points.on_date >= trends.last_date - interval {{ var('matching_window_months') }} month

),

-- The spread about the median stands for what the next one may be, as the residuals do for a line.
summarised as (

    select
        trend_id,
        vintage,
        cast(count(*) as integer) as n_recent_points,
        min(log10_median) as log10_median,
        case when count(*) >= 3 then sqrt(sum(power(log10_value - log10_median, 2)) / (count(*) - 1)) end as recent_sd_log10

    from recent
    group by
        trend_id,
        vintage

)

select * from summarised
