with

observations as (

    select * from {{ ref('int_backtest_observations') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

baselines as (

    select * from {{ ref('int_no_change_baselines') }}

),

registered as (

    select * from {{ ref('int_registered_backtest') }}

),

-- A forecast is of what came after the last row that it knew.
forecast as (

    select
        observations.*,
        trends.trend_id || '/' || trends.vintage as forecast_id,
        trends.quantity,
        trends.domain,
        trends.is_selected_extreme,
        trends.uses_later_benchmarks,
        trends.t_quantile,
        trends.n_points - 2 as degrees_of_freedom,
        observations.on_date <= trends.supported_until as is_supported,
        trends.intercept_log10
        + trends.slope_log10_per_year * {{ years_since_origin('observations.on_date') }} as log10_predicted,
        {{ band_half_width('prediction', years_since_origin('observations.on_date'), 'trends') }} as half_width_log10,
        baselines.log10_median as log10_no_change,
        baselines.n_recent_points,
        baselines.recent_sd_log10 * sqrt(1 + 1e0 / baselines.n_recent_points) as no_change_se_log10

    from observations
    inner join trends
        on observations.trend_id = trends.trend_id
        and observations.vintage = trends.vintage
        and observations.on_date > trends.last_date
    inner join baselines
        on trends.trend_id = baselines.trend_id
        and trends.vintage = baselines.vintage

),

compared as (

    select
        *,
        half_width_log10 / t_quantile as se_log10,
        log10(actual_value) - log10_predicted as error_log10,
        log10(actual_value) - log10_no_change as no_change_error_log10

    from forecast

),

judged as (

    select
        forecast_id,
        'trend' as forecast_kind,
        trend_id,
        vintage,
        scenario,
        observation_id,
        quantity,
        domain,
        scope,
        maker,
        chip_design,
        group_id,
        on_date,
        case
            when doubt is not null then 'doubtful'
            when missing_census is not null then 'not_comparable'
            when not is_supported then 'unsupported'
            else 'scored'
        end as state,
        coalesce(
            doubt, missing_census, case when not is_supported then 'past the support of the line' end
        ) as reason,
        power(1e1, log10_predicted) as predicted_value,
        power(1e1, log10_predicted - half_width_log10) as predicted_low,
        power(1e1, log10_predicted + half_width_log10) as predicted_high,
        actual_value,
        error_log10,
        error_log10 / se_log10 as z,
        abs(error_log10) <= half_width_log10 as is_inside,
        {{ student_log_density('error_log10 / se_log10', 'se_log10', 'degrees_of_freedom') }} as log_score,
        power(1e1, log10_no_change) as no_change_value,
        no_change_error_log10,
        case
            when no_change_se_log10 > 0
                then {{ student_log_density('no_change_error_log10 / no_change_se_log10', 'no_change_se_log10', '(n_recent_points - 1)') }}
        end as no_change_log_score,
        is_selected_extreme,
        uses_later_benchmarks

    from compared

),

with_registered as (

    select * from judged
    union all by name
    select * from registered

)

select * from with_registered
