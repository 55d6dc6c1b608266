with

trends as (

    select
        trend_id,
        vintage,
        quantity,
        domain,
        subset,
        slope_log10_per_year,
        intercept_log10,
        origin_date,
        slope_se,
        slope_se_ols,
        slope_se_clustered,
        growth_per_year,
        growth_per_year_low,
        growth_per_year_high,
        doubling_time_years,
        doubling_time_years_low,
        doubling_time_years_high,
        is_doubling_time_bounded,
        halving_time_years,
        halving_time_years_low,
        halving_time_years_high,
        is_halving_time_bounded,
        slope_theil_sen_log10_per_year,
        r_squared,
        residual_sd_log10,
        n_points,
        n_groups,
        is_selected_extreme,
        uses_later_benchmarks,
        first_date,
        last_date,
        supported_until

    from {{ ref('int_trends') }}

)

select * from trends
