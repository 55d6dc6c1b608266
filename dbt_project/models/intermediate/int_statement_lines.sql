with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

records as (

    select * from {{ ref('int_model_records') }}

),

trends as (

    select * from {{ ref('int_trends') }}
    where vintage = 'paper'

),

trend_points as (

    select * from {{ ref('int_trend_points') }}
    where vintage = 'paper'

),

student_quantiles as (

    select * from {{ ref('int_student_quantiles') }}

),

accuracy_points as (

    select
        years_since_origin as x,
        top1_accuracy_pct as y,
        case
            when gflops_per_forward_pass < 1 then 'accuracy_below_1_gflop'
            when gflops_per_forward_pass < 10 then 'accuracy_1_to_10_gflops'
            when gflops_per_forward_pass < 100 then 'accuracy_10_to_100_gflops'
            else 'accuracy_from_100_gflops'
        end as line_id

    from models
    where domain = 'vision'

),

-- Variants of one network that differ in training only count once, as in the correlations of Fig. 1.
gflops_on_params_points as (

    select distinct
        'gflops_on_params_' || lower(architecture) as line_id,
        log10(params_millions) as x,
        log10(gflops_per_forward_pass) as y

    from models
    where domain = 'vision' and architecture in ('CNN', 'Transformer')

),

recent_launch_points as (

    select
        trend_id || '_since_2016' as line_id,
        {{ years_since_origin('on_date') }} as x,
        log10(value) as y

    from trend_points
    where trend_id in ('gpu_efficiency_vision', 'gpu_efficiency_language') and on_date >= date '2016-01-01'

),

joules_per_parameter_points as (

    select
        trend_points.trend_id as joules_trend_id,
        models.years_since_origin as x,
        replace(trend_points.trend_id, 'joules', 'joules_per_parameter') as line_id,
        log10(trend_points.value / models.params_millions) as y

    from trend_points
    inner join models on trend_points.observation_id = models.model_id
    where trend_points.trend_id in (
        'vision_joules_all', 'vision_joules_best_of_year', 'language_joules_all', 'language_joules_most_demanding'
    )

),

undemanding_points as (

    select
        'language_joules_undemanding' as line_id,
        trend_points.trend_id as joules_trend_id,
        models.years_since_origin as x,
        log10(trend_points.value) as y

    from trend_points
    inner join models on trend_points.observation_id = models.model_id
    inner join records on models.model_id = records.model_id
    where trend_points.trend_id = 'language_joules_all' and not records.is_most_demanding_at_release

),

points as (

    select * from accuracy_points
    union all by name
    select * from gflops_on_params_points
    union all by name
    select * from recent_launch_points
    union all by name
    select * from joules_per_parameter_points
    union all by name
    select * from undemanding_points

),

fitted as (

    select
        line_id,
        cast(regr_count(y, x) as integer) as n_points,
        any_value(joules_trend_id) as joules_trend_id,
        regr_slope(y, x) as slope,
        regr_r2(y, x) as r_squared,
        regr_sxx(y, x) as sum_squared_x,
        regr_syy(y, x) as sum_squared_y

    from points
    group by line_id

),

-- Joules come from the hardware trend, so a line through them carries the error of its slope too, as in the trends.
with_error as (

    select
        fitted.line_id,
        fitted.n_points,
        fitted.slope,
        fitted.r_squared,
        sqrt(
            greatest(1 - fitted.r_squared, 0) * fitted.sum_squared_y / (fitted.sum_squared_x * (fitted.n_points - 2))
            + coalesce(power(trends.slope_se, 2) - power(trends.slope_se_ols, 2), 0)
        ) as slope_error

    from fitted
    left join trends on fitted.joules_trend_id = trends.trend_id

),

with_interval as (

    select
        with_error.line_id,
        with_error.n_points,
        with_error.slope,
        with_error.r_squared,
        with_error.slope - student_quantiles.t_quantile * with_error.slope_error as slope_low,
        with_error.slope + student_quantiles.t_quantile * with_error.slope_error as slope_high

    from with_error
    left join student_quantiles on with_error.n_points - 2 = student_quantiles.degrees_of_freedom

)

select * from with_interval
