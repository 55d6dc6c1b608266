-- Each headline has its published number, and it is the one that the other marts publish for the paper's rows.
with

headline_sensitivity as (

    select * from {{ ref('headline_sensitivity') }}
    where variant_id = 'as_published'

),

headlines as (

    select * from {{ ref('int_headlines') }}

),

published as (

    select
        headlines.headline_id,
        case headlines.measure when 'growth' then trends.growth_per_year when 'doubling_time' then trends.doubling_time_years end as value

    from headlines
    inner join {{ ref('trends') }} as trends on headlines.headline_id = trends.trend_id
    where trends.vintage = 'paper'
    union all
    select
        'vision_best_reaches_somatic' as headline_id,
        crossing_year as value

    from {{ ref('forecasts') }}
    where trend_id = 'vision_joules_best_of_year' and vintage = 'paper' and human_reference = 'somatic'
    union all
    select
        'vision_lag_to_a_tenth' as headline_id,
        median_lag_years as value

    from {{ ref('consolidation_medians') }}
    where domain = 'vision' and cost = 'gflops' and cost_factor = 10 and tolerance_points = 0
    union all
    select
        'vision_fall_at_80_pct' as headline_id,
        total_factor_per_year as value

    from {{ ref('progress_split') }}
    where accuracy_threshold_pct = 80 and subset = 'all_models' and basis = 'raw'
    union all
    select
        'params_gflops_correlation_cnn' as headline_id,
        pearson as value

    from {{ ref('correlations') }}
    where architecture = 'CNN' and subset = 'all_rows'

),

compared as (

    select
        headlines.headline_id,
        headline_sensitivity.value as found_value,
        published.value as expected_value

    from headlines
    left join headline_sensitivity on headlines.headline_id = headline_sensitivity.headline_id
    left join published on headlines.headline_id = published.headline_id

)

select
    'headline ' || headline_id || ': found ' || coalesce(cast(found_value as varchar), 'no value') || ' as published, expected '
    || coalesce(cast(expected_value as varchar), 'a value in its mart') as message
from compared
where (found_value = expected_value) is not true
