with

progress_split as (

    select
        accuracy_threshold_pct,
        subset,
        basis,
        first_model_id,
        first_date,
        first_gflops_per_forward_pass,
        first_joules_per_forward_pass,
        cheapest_model_id,
        cheapest_date,
        cheapest_gflops_per_forward_pass,
        cheapest_joules_per_forward_pass,
        observed_until,
        window_years,
        is_window_long_enough,
        algorithm_log10_per_year,
        hardware_log10_per_year,
        hardware_se_log10_per_year,
        total_log10_per_year,
        algorithm_factor_per_year,
        hardware_factor_per_year,
        hardware_factor_per_year_low,
        hardware_factor_per_year_high,
        total_factor_per_year,
        algorithm_share,
        hardware_share

    from {{ ref('int_progress_split') }}

)

select * from progress_split
