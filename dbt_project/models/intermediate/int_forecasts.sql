with

crossings as (

    select * from {{ ref('int_crossings') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

sets as (

    select
        trend_id,
        vintage,
        human_reference,
        basis,
        max(threshold_watts) as reference_watts,
        max(crossing_year) as crossing_year,
        max(set_shape) filter (where band = 'line') as line_crosses_shape,
        max(set_low_year) filter (where band = 'line') as line_crosses_low,
        max(set_high_year) filter (where band = 'line') as line_crosses_high,
        max(set_shape) filter (where band = 'model') as model_may_cross_shape,
        max(set_low_year) filter (where band = 'model') as model_may_cross_low,
        max(set_high_year) filter (where band = 'model') as model_may_cross_high

    from crossings
    group by
        trend_id,
        vintage,
        human_reference,
        basis

),

pivoted as (

    select
        exact.trend_id,
        exact.vintage,
        exact.human_reference,
        exact.reference_watts,
        exact.crossing_year,
        exact.line_crosses_shape,
        exact.line_crosses_low,
        exact.line_crosses_high,
        exact.model_may_cross_shape,
        exact.model_may_cross_low,
        exact.model_may_cross_high,
        as_printed.reference_watts as printed_reference_watts,
        as_printed.crossing_year as crossing_year_at_printed_watts,
        as_printed.line_crosses_shape as line_crosses_shape_at_printed_watts,
        as_printed.line_crosses_low as line_crosses_low_at_printed_watts,
        as_printed.line_crosses_high as line_crosses_high_at_printed_watts,
        as_printed.model_may_cross_shape as model_may_cross_shape_at_printed_watts,
        as_printed.model_may_cross_low as model_may_cross_low_at_printed_watts,
        as_printed.model_may_cross_high as model_may_cross_high_at_printed_watts

    from sets as exact
    left join sets as as_printed
        on exact.trend_id = as_printed.trend_id
        and exact.vintage = as_printed.vintage
        and exact.human_reference = as_printed.human_reference
        and as_printed.basis = 'as_printed'
    where exact.basis = 'exact'

),

judged as (

    select
        pivoted.*,
        trends.is_selected_extreme,
        case
            when
                trends.intercept_log10 + trends.slope_log10_per_year * {{ years_since_origin('trends.last_date') }}
                >= log10(pivoted.reference_watts)
                then 'crossed'
            when trends.slope_log10_per_year > 0 then 'ahead'
            else 'never'
        end as state,
        coalesce(pivoted.crossing_year <= {{ decimal_year(years_since_origin('trends.supported_until')) }}, false) as is_supported

    from pivoted
    inner join trends
        on pivoted.trend_id = trends.trend_id
        and pivoted.vintage = trends.vintage

)

select * from judged
