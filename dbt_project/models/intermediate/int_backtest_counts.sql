{% set scored = "filter (where state = 'scored')" %}

with

backtest as (

    select * from {{ ref('int_trend_backtest') }}
    where state <> 'open'

),

scoped as (

    select * from backtest

    union all

    select * replace ('all makers' as scope)
    from backtest
    qualify bool_or(backtest.scope = 'other makers') over (partition by backtest.forecast_id)

),

-- Boards of one design, and models of one article, do not err apart from each other, so each speaks once: by its first one, or,
-- counted another way, by most of them.
groups as (

    select
        forecast_kind,
        trend_id,
        vintage,
        scenario,
        scope,
        quantity,
        uses_later_benchmarks,
        group_id,
        count(*) {{ scored }} as n_scored,
        count(*) filter (where state = 'scored' and is_inside) as n_inside,
        count(*) filter (where state = 'doubtful') as n_doubtful,
        count(*) filter (where state = 'not_comparable') as n_not_comparable,
        count(*) filter (where state = 'unsupported') as n_unsupported,
        arg_min(is_inside, (on_date, observation_id)) {{ scored }} as is_first_inside,
        sum(z) {{ scored }} as sum_z,
        sum(log_score) {{ scored }} as sum_log_score,
        sum(no_change_log_score) {{ scored }} as sum_no_change_log_score,
        sum(abs(error_log10)) {{ scored }} as sum_absolute_error,
        sum(abs(no_change_error_log10)) {{ scored }} as sum_no_change_absolute_error

    from scoped
    group by
        forecast_kind,
        trend_id,
        vintage,
        scenario,
        scope,
        quantity,
        uses_later_benchmarks,
        group_id

),

counted as (

    select
        forecast_kind,
        trend_id,
        vintage,
        scenario,
        scope,
        quantity,
        uses_later_benchmarks,
        cast(sum(n_scored) as integer) as n_scored,
        cast(sum(n_inside) as integer) as n_inside,
        cast(sum(n_doubtful) as integer) as n_doubtful,
        cast(sum(n_not_comparable) as integer) as n_not_comparable,
        cast(sum(n_unsupported) as integer) as n_unsupported,
        cast(count(*) filter (where n_scored > 0) as integer) as n_chip_designs,
        cast(count(*) filter (where is_first_inside) as integer) as n_chip_designs_inside,
        cast(count(*) filter (where n_scored > 0 and 2 * n_inside >= n_scored) as integer) as n_chip_designs_mostly_inside,
        sum(sum_z) / nullif(sum(n_scored), 0) as mean_z,
        sum(sum_log_score) / nullif(sum(n_scored), 0) as mean_log_score,
        sum(sum_no_change_log_score) / nullif(sum(n_scored), 0) as no_change_mean_log_score,
        sum(sum_absolute_error) / nullif(sum(n_scored), 0) as mean_absolute_error_log10,
        sum(sum_no_change_absolute_error) / nullif(sum(n_scored), 0) as no_change_mean_absolute_error_log10

    from groups
    group by
        forecast_kind,
        trend_id,
        vintage,
        scenario,
        scope,
        quantity,
        uses_later_benchmarks

)

select * from counted
