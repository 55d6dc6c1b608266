with

summary as (

    select
        forecast_kind,
        trend_id,
        vintage,
        scenario,
        scope,
        quantity,
        verdict,
        is_better_than_no_change,
        n_scored,
        n_inside,
        coverage_of_rows,
        n_chip_designs,
        n_chip_designs_inside,
        n_chip_designs_mostly_inside,
        coverage,
        coverage_low,
        coverage_high,
        mean_z,
        mean_log_score,
        no_change_mean_log_score,
        mean_absolute_error_log10,
        no_change_mean_absolute_error_log10,
        n_doubtful,
        n_not_comparable,
        n_unsupported,
        uses_later_benchmarks

    from {{ ref('int_backtest_summary') }}

)

select * from summary
