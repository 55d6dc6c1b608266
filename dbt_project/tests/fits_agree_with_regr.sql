-- An independent engine fits the same points: DuckDB's own regression functions, to 1e-9 relative.
{% set tolerance = 1e-9 %}

with

points as (

    select * from {{ ref('int_hardware_trend_points') }}
    union all by name
    select * from {{ ref('int_model_trend_points') }}

),

regressions as (

    select
        trend_id,
        vintage,
        regr_slope(log10(value), years) as slope,
        regr_intercept(log10(value), years) as intercept,
        regr_r2(log10(value), years) as r_squared,
        regr_count(log10(value), years) as n_points

    from points
    group by
        trend_id,
        vintage

),

trends as (

    select * from {{ ref('trends') }}

),

errors as (

    select
        coalesce(trends.trend_id, regressions.trend_id) as trend_id,
        coalesce(trends.vintage, regressions.vintage) as vintage,
        abs(trends.slope_log10_per_year / regressions.slope - 1) as slope_error,
        abs(trends.intercept_log10 / regressions.intercept - 1) as intercept_error,
        abs(trends.r_squared / regressions.r_squared - 1) as r_squared_error,
        trends.n_points - regressions.n_points as n_difference

    from trends
    full outer join regressions
        on trends.trend_id = regressions.trend_id
        and trends.vintage = regressions.vintage

)

select
    'trend ' || trend_id || ' of vintage ' || vintage || ': found relative errors of slope ' || coalesce(slope_error, 'nan')
    || ', intercept ' || coalesce(intercept_error, 'nan') || ', r_squared ' || coalesce(r_squared_error, 'nan')
    || ', expected at most {{ tolerance }} against regr_slope, regr_intercept and regr_r2' as message
from errors
where
    (
        slope_error <= {{ tolerance }}
        and intercept_error <= {{ tolerance }}
        and r_squared_error <= {{ tolerance }}
        and n_difference = 0
    ) is not true
