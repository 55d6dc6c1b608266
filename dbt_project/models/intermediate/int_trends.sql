with

definitions as (

    select * from {{ ref('int_trend_definitions') }}

),

hardware_points as (

    select * from {{ ref('int_hardware_trend_points') }}

),

fits as (

    select * from {{ ref('int_hardware_trends') }}
    union all by name
    select * from {{ ref('int_model_trends') }}

),

on_later_benchmarks as (

    select
        trend_id,
        vintage

    from hardware_points
    where uses_later_benchmarks
    group by
        trend_id,
        vintage

),

-- Under the policy `trend`, log10 J = log10 G minus the hardware line, so the slope of the joules carries the error of both slopes.
with_hardware_error as (

    select
        fits.* exclude (slope_se_clustered),
        definitions.quantity,
        definitions.domain,
        definitions.subset,
        definitions.is_selected_extreme,
        sqrt(power(fits.slope_se_ols, 2) + coalesce(power(hardware.slope_se_ols, 2), 0)) as slope_se,
        sqrt(power(fits.slope_se_clustered, 2) + coalesce(power(hardware.slope_se_clustered, 2), 0)) as slope_se_clustered,
        on_later_benchmarks.trend_id is not null as uses_later_benchmarks

    from fits
    left join definitions on fits.trend_id = definitions.trend_id
    left join fits as hardware
        on definitions.quantity like 'joules%'
        and hardware.trend_id = 'gpu_efficiency_' || definitions.domain
        and fits.vintage = hardware.vintage
    left join on_later_benchmarks
        on coalesce(hardware.trend_id, fits.trend_id) = on_later_benchmarks.trend_id
        and fits.vintage = on_later_benchmarks.vintage

),

with_interval as (

    select
        *,
        slope_log10_per_year - t_quantile * slope_se as slope_low,
        slope_log10_per_year + t_quantile * slope_se as slope_high

    from with_hardware_error

),

-- A time to double exists only for a rising line, a time to halve only for a falling one; where the interval of the slope
-- holds 0 the longer end of that time is unbounded and stays NULL.
derived as (

    select
        *,
        date '{{ var("trend_origin_date") }}' as origin_date,
        power(1e1, slope_log10_per_year) as growth_per_year,
        power(1e1, slope_low) as growth_per_year_low,
        power(1e1, slope_high) as growth_per_year_high,
        {{ time_to_double('slope_log10_per_year') }} as doubling_time_years,
        case when slope_log10_per_year > 0 then log10(2) / slope_high end as doubling_time_years_low,
        {{ time_to_double('slope_low') }} as doubling_time_years_high,
        slope_low > 0 as is_doubling_time_bounded,
        case when slope_log10_per_year < 0 then -log10(2) / slope_log10_per_year end as halving_time_years,
        case when slope_log10_per_year < 0 then -log10(2) / slope_low end as halving_time_years_low,
        case when slope_high < 0 then -log10(2) / slope_high end as halving_time_years_high,
        slope_high < 0 as is_halving_time_bounded,
        {{ supported_until('with_interval') }} as supported_until

    from with_interval

)

select * from derived
