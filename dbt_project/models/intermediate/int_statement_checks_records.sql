with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

records as (

    select * from {{ ref('int_model_records') }}

),

lags as (

    select * from {{ ref('int_consolidation_lags') }}
    where domain = 'vision' and cost = 'gflops' and tolerance_points = 0

),

cheapest_at_accuracy as (

    select * from {{ ref('int_cheapest_at_accuracy') }}

),

best_of_year as (

    select
        models.model_name,
        models.release_date,
        models.gflops_per_forward_pass,
        -- Models of the same day count, so a sibling that needs more is not overlooked.
        max(other_models.gflops_per_forward_pass) as max_gflops_by_then

    from models
    inner join records on models.model_id = records.model_id and records.is_best_of_year
    inner join models as other_models on models.release_date >= other_models.release_date
    group by models.model_name, models.release_date, models.gflops_per_forward_pass
    -- The first has no predecessor.
    qualify row_number() over (order by models.release_date asc) > 1

),

most_demanding_records as (

    select
        count(*) as n_models,
        count(*) filter (where gflops_per_forward_pass = max_gflops_by_then) as n_most_demanding,
        coalesce(
            string_agg(model_name, ', ' order by release_date) filter (where gflops_per_forward_pass < max_gflops_by_then),
            'none'
        ) as exceptions

    from best_of_year

),

-- A leader counts once it was observed for two years: counting younger ones only if they were reached would favour success.
lags_by_factor as (

    select
        cost_factor,
        count(*) as n_leaders,
        count(lag_years) as n_reached,
        count(*) filter (where observed_years >= 2) as n_decided,
        count(*) filter (where observed_years >= 2 and lag_years <= 2) as n_reached_in_time

    from lags
    group by cost_factor

),

cheaper_equals as (

    select
        any_value(lags_by_factor) filter (where cost_factor = 2) as half,
        any_value(lags_by_factor) filter (where cost_factor = 10) as tenth

    from lags_by_factor

),

falls as (

    select
        accuracy_threshold_pct,
        subset,
        max(gflops_per_forward_pass) as first_gflops,
        min(gflops_per_forward_pass) as lowest_gflops,
        first_gflops / lowest_gflops as fold

    from cheapest_at_accuracy
    group by accuracy_threshold_pct, subset

),

falls_at_accuracy as (

    select
        count(*) as n_thresholds,
        count(*) filter (where without_extra_data.fold >= 2) as n_fallen,
        string_agg(
            format(
                '{} %: {:.2f} to {:.2f} GFLOPs ({:.1f}-fold, without extra data {:.1f}-fold)',
                all_models.accuracy_threshold_pct,
                all_models.first_gflops,
                all_models.lowest_gflops,
                all_models.fold,
                without_extra_data.fold
            ),
            '; ' order by all_models.accuracy_threshold_pct
        ) as falls_by_threshold

    from falls as all_models
    inner join falls as without_extra_data
        on all_models.accuracy_threshold_pct = without_extra_data.accuracy_threshold_pct
        and without_extra_data.subset = 'without_extra_data'
    where all_models.subset = 'all_models'

),

sota_huge_flops as (

    select
        'statement-cv-sota-huge-flops' as ledger_id,
        'For each best vision model of a year after the first: does no model released by then need more GFLOPs? Holds if so '
        || 'for at least two thirds; partly for at least one third; else differs. The shares are this project''s choice; the '
        || 'leaders of the early years have few predecessors.' as test,
        format('No model needs more for {} of {}; the exceptions: {}.', n_most_demanding, n_models, exceptions) as result,
        case
            when n_models = 0 then 'not_shown'
            when n_most_demanding >= n_models * 2 / 3 then 'holds'
            when n_most_demanding >= n_models / 3 then 'partly'
            else 'differs'
        end as verdict

    from most_demanding_records

),

cheaper_equal_models as (

    select
        'statement-cv-cheaper-equal-models' as ledger_id,
        'Time from the release of each best vision model of a year to the first model of at least its top-1 accuracy at no '
        || 'more than half its GFLOPs, among leaders observed for 2 years. Holds if at least two thirds were reached in 2 years; '
        || 'partly at least one third; else differs. Half, 2 years and the shares are this project''s choice; the last leaders '
        || 'are too recent.' as test,
        format(
            'At half the GFLOPs {} of {} leaders within 2 years; at a tenth {} of {} within 2 years and {} of {} at all.',
            half.n_reached_in_time,
            half.n_decided,
            tenth.n_reached_in_time,
            tenth.n_decided,
            tenth.n_reached,
            tenth.n_leaders
        ) as result,
        case
            when half.n_decided = 0 then 'not_shown'
            when half.n_reached_in_time >= half.n_decided * 2 / 3 then 'holds'
            when half.n_reached_in_time >= half.n_decided / 3 then 'partly'
            else 'differs'
        end as verdict

    from cheaper_equals

),

algorithmic_improvements as (

    select
        'statement-introduction-algorithmic-improvements' as ledger_id,
        'Fewest GFLOPs of a vision model that reaches 70, 75, 80 and 85 % top-1 accuracy: on the first day that one does, '
        || 'and in the whole census. Holds if among models without extra training data, which is no better algorithm, they fall '
        || 'at least 2-fold at all four; partly at two or three; not shown at one; else differs. Accuracies and fold are this '
        || 'project''s choice.' as test,
        'At ' || falls_by_threshold || '.' as result,
        case
            when n_thresholds < 4 then 'not_shown'
            when n_fallen = 4 then 'holds'
            when n_fallen >= 2 then 'partly'
            when n_fallen = 1 then 'not_shown'
            else 'differs'
        end as verdict

    from falls_at_accuracy

),

unioned as (

    select * from sota_huge_flops
    union all by name
    select * from cheaper_equal_models
    union all by name
    select * from algorithmic_improvements

)

select * from unioned
