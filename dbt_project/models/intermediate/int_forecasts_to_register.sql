with

trends as (

    select * from {{ ref('int_trends') }}
    where vintage in ('paper', 'to_2026') and subset not in ('figure_8_without_t4', 'figure_8_and_table_8_fp32')

),

-- What no later row can be held against is not worth a promise: a trend that has no line since the paper.
scorable as (

    select trends.*

    from trends
    semi join trends as later
        on trends.trend_id = later.trend_id
        and later.vintage = 'to_2026'

),

years as (

    select unnest([2027, 2028, 2029, 2030]) as target_year

),

dated as (

    select
        scorable.*,
        years.target_year,
        make_date(years.target_year, 7, 1) as target_date

    from scorable
    cross join years

),

evaluated as (

    select
        *,
        intercept_log10 + slope_log10_per_year * {{ years_since_origin('target_date') }} as log10_value,
        {{ band_half_width('prediction', years_since_origin('target_date'), 'dated') }} as half_width_log10

    from dated

),

forecasts as (

    select
        trend_id,
        vintage,
        quantity,
        target_year,
        target_date,
        power(1e1, log10_value) as predicted,
        power(1e1, log10_value - half_width_log10) as low,
        power(1e1, log10_value + half_width_log10) as high,
        cast({{ var('confidence_level') }} as double) as level,
        n_points - 2 as degrees_of_freedom,
        target_date <= supported_until as is_supported

    from evaluated

)

select * from forecasts
