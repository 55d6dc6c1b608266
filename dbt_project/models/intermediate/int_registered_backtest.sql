with

forecasts as (

    select * from {{ ref('stg_registered_forecasts') }}

),

later_observations as (

    select * from {{ ref('int_later_observations') }}

),

definitions as (

    select * from {{ ref('int_trend_definitions') }}

),

student_quantiles as (

    select * from {{ ref('int_student_quantiles') }}

),

-- What comes in the year of the forecast and after the day it was written down.
matched as (

    select
        forecasts.forecast_id,
        'registered' as forecast_kind,
        forecasts.trend_id,
        forecasts.vintage,
        coalesce(later_observations.scenario, 'none') as scenario,
        coalesce(later_observations.observation_id, 'none yet') as observation_id,
        forecasts.quantity,
        definitions.domain,
        coalesce(later_observations.scope, 'none yet') as scope,
        later_observations.maker,
        later_observations.chip_design,
        later_observations.group_id,
        later_observations.on_date,
        case
            when later_observations.observation_id is null then 'open'
            when later_observations.doubt is not null then 'doubtful'
            when later_observations.missing_census is not null then 'not_comparable'
            when not forecasts.is_supported then 'unsupported'
            else 'scored'
        end as state,
        case
            when later_observations.observation_id is null then 'nothing observed yet'
            else coalesce(
                later_observations.doubt,
                later_observations.missing_census,
                case when not forecasts.is_supported then 'past the support of the line' end
            )
        end as reason,
        forecasts.predicted as predicted_value,
        forecasts.low as predicted_low,
        forecasts.high as predicted_high,
        later_observations.actual_value,
        forecasts.degrees_of_freedom,
        log10(later_observations.actual_value / forecasts.predicted) as error_log10,
        log10(forecasts.high / forecasts.low) / 2 / student_quantiles.t_quantile as se_log10,
        definitions.is_selected_extreme

    from forecasts
    left join definitions on forecasts.trend_id = definitions.trend_id
    left join student_quantiles on forecasts.degrees_of_freedom = student_quantiles.degrees_of_freedom
    left join later_observations
        on forecasts.trend_id = later_observations.trend_id
        and forecasts.target_year = year(later_observations.on_date)
        and forecasts.registered_on < later_observations.on_date

),

judged as (

    select
        * exclude (degrees_of_freedom, se_log10),
        error_log10 / se_log10 as z,
        actual_value between predicted_low and predicted_high as is_inside,
        {{ student_log_density('error_log10 / se_log10', 'se_log10', 'degrees_of_freedom') }} as log_score

    from matched

)

select * from judged
