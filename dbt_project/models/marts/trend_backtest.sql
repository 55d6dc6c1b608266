with

backtest as (

    select
        forecast_id,
        scenario,
        observation_id,
        forecast_kind,
        trend_id,
        vintage,
        quantity,
        domain,
        scope,
        maker,
        chip_design,
        group_id,
        on_date,
        state,
        reason,
        predicted_value,
        predicted_low,
        predicted_high,
        actual_value,
        error_log10,
        z,
        is_inside,
        log_score,
        no_change_value,
        no_change_error_log10,
        no_change_log_score,
        is_selected_extreme,
        uses_later_benchmarks

    from {{ ref('int_trend_backtest') }}

)

select * from backtest
