with

cheapest_at_accuracy as (

    select
        *,
        'raw' as basis,
        gflops_per_forward_pass as costed_gflops_per_forward_pass

    from {{ ref('int_cheapest_at_accuracy') }}

    union all by name

    select
        *,
        'calibrated' as basis,
        calibrated_gflops_per_forward_pass as costed_gflops_per_forward_pass

    from {{ ref('int_cheapest_at_accuracy_calibrated') }}

),

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

trends as (

    select * from {{ ref('int_trends') }}
    where trend_id = 'gpu_efficiency_vision' and vintage = 'paper'

),

hardware as (

    select
        intercept_log10,
        slope_log10_per_year,
        slope_se,
        growth_per_year_low,
        growth_per_year_high

    from trends

),

census as (

    select max(release_date) as observed_until from models

),

-- From the first day that reaches the accuracy to the end of the census: what stood still in its last years counts as standing still.
windows as (

    select
        cheapest_at_accuracy.accuracy_threshold_pct,
        cheapest_at_accuracy.subset,
        cheapest_at_accuracy.basis,
        arg_min(models.model_id, models.release_date) as first_model_id,
        min(models.release_date) as first_date,
        arg_min(models.gflops_per_forward_pass, models.release_date) as first_gflops_per_forward_pass,
        max(cheapest_at_accuracy.costed_gflops_per_forward_pass) as first_costed_gflops,
        arg_max(models.model_id, models.release_date) as cheapest_model_id,
        max(models.release_date) as cheapest_date,
        arg_max(models.gflops_per_forward_pass, models.release_date) as cheapest_gflops_per_forward_pass,
        min(cheapest_at_accuracy.costed_gflops_per_forward_pass) as cheapest_costed_gflops

    from cheapest_at_accuracy
    inner join models on cheapest_at_accuracy.model_id = models.model_id
    group by
        cheapest_at_accuracy.accuracy_threshold_pct,
        cheapest_at_accuracy.subset,
        cheapest_at_accuracy.basis

),

-- The joules of a pass on the typical hardware of either end: the same total, by another way than the sum.
priced as (

    select
        windows.*,
        hardware.*,
        census.observed_until,
        {{ years_since_origin('census.observed_until') }} - {{ years_since_origin('windows.first_date') }} as window_years,
        {{ joules(
            'windows.first_costed_gflops',
            'power(1e1, hardware.intercept_log10 + hardware.slope_log10_per_year * ' ~ years_since_origin('windows.first_date') ~ ')'
        ) }} as first_joules_per_forward_pass,
        {{ joules(
            'windows.cheapest_costed_gflops',
            'power(1e1, hardware.intercept_log10 + hardware.slope_log10_per_year * ' ~ years_since_origin('census.observed_until') ~ ')'
        ) }} as cheapest_joules_per_forward_pass

    from windows
    cross join hardware
    cross join census

),

judged as (

    select
        *,
        window_years >= 3 as is_window_long_enough

    from priced

),

-- A rate over a short window is that of one lucky release.
split as (

    select
        *,
        case
            when is_window_long_enough
                then log10(first_costed_gflops / cheapest_costed_gflops) / window_years
        end as algorithm_log10_per_year,
        case when is_window_long_enough then slope_log10_per_year end as hardware_log10_per_year,
        case when is_window_long_enough then slope_se end as hardware_se_log10_per_year,
        case
            when is_window_long_enough
                then log10(first_joules_per_forward_pass / cheapest_joules_per_forward_pass) / window_years
        end as total_log10_per_year,
        case when is_window_long_enough then growth_per_year_low end as hardware_factor_per_year_low,
        case when is_window_long_enough then growth_per_year_high end as hardware_factor_per_year_high

    from judged

),

with_factors as (

    select
        *,
        power(1e1, algorithm_log10_per_year) as algorithm_factor_per_year,
        power(1e1, hardware_log10_per_year) as hardware_factor_per_year,
        power(1e1, total_log10_per_year) as total_factor_per_year,
        algorithm_log10_per_year / nullif(total_log10_per_year, 0) as algorithm_share,
        hardware_log10_per_year / nullif(total_log10_per_year, 0) as hardware_share

    from split

),

published as (

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

    from with_factors

)

select * from published
