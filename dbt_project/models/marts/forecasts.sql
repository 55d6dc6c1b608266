with

forecasts as (

    select
        trend_id,
        vintage,
        human_reference,
        state,
        is_supported,
        is_selected_extreme,
        reference_watts,
        crossing_year,
        line_crosses_shape,
        line_crosses_low,
        line_crosses_high,
        model_may_cross_shape,
        model_may_cross_low,
        model_may_cross_high,
        printed_reference_watts,
        crossing_year_at_printed_watts,
        line_crosses_shape_at_printed_watts,
        line_crosses_low_at_printed_watts,
        line_crosses_high_at_printed_watts,
        model_may_cross_shape_at_printed_watts,
        model_may_cross_low_at_printed_watts,
        model_may_cross_high_at_printed_watts

    from {{ ref('int_forecasts') }}

)

select * from forecasts
