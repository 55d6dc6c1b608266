with

trend_lines as (

    select
        trend_id,
        vintage,
        on_date,
        value,
        confidence_low,
        confidence_high,
        prediction_low,
        prediction_high,
        is_extrapolated,
        is_supported

    from {{ ref('int_trend_lines') }}

)

select * from trend_lines
