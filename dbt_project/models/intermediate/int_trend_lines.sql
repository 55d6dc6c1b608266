with

trends as (

    select * from {{ ref('int_trends') }}

),

-- Each quarter from the first date to one span of the data past their end, and the dates where something changes.
dates as (

    select
        trend_id,
        vintage,
        unnest(
            list_distinct(
                list_concat(
                    list_filter(
                        [
                            cast(quarter as date)
                            for quarter in generate_series(
                                date_trunc('quarter', first_date),
                                last_date + cast(last_date - first_date as integer),
                                interval 3 months
                            )
                        ],
                        lambda quarter: quarter > first_date
                    ),
                    [first_date, last_date, supported_until]
                )
            )
        ) as on_date

    from trends

),

evaluated as (

    select
        trends.*,
        dates.on_date,
        trends.intercept_log10
        + trends.slope_log10_per_year * {{ years_since_origin('dates.on_date') }} as log10_value,
        {{ band_half_width('confidence', years_since_origin('dates.on_date'), 'trends') }} as confidence_half_width,
        {{ band_half_width('prediction', years_since_origin('dates.on_date'), 'trends') }} as prediction_half_width

    from trends
    inner join dates
        on trends.trend_id = dates.trend_id
        and trends.vintage = dates.vintage

),

lines as (

    select
        trend_id,
        vintage,
        on_date,
        power(1e1, log10_value) as value,
        power(1e1, log10_value - confidence_half_width) as confidence_low,
        power(1e1, log10_value + confidence_half_width) as confidence_high,
        power(1e1, log10_value - prediction_half_width) as prediction_low,
        power(1e1, log10_value + prediction_half_width) as prediction_high,
        on_date > last_date as is_extrapolated,
        on_date <= supported_until as is_supported

    from evaluated

)

select * from lines
