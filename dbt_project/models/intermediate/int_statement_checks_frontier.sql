with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

records as (

    select * from {{ ref('int_model_records') }}

),

flagged_models as (

    select
        models.*,
        records.is_on_gflops_frontier

    from models
    inner join records on models.model_id = records.model_id

),

frontier as (

    select
        count(*) as n_models,
        count(extra_training_data) as n_with_extra_data,
        count(*) filter (where is_on_gflops_frontier) as n_on_frontier,
        count(extra_training_data) filter (where is_on_gflops_frontier) as n_on_frontier_with_extra_data,
        count(*) filter (where is_on_gflops_frontier and release_date >= date '2017-01-01') as n_on_frontier_new,
        count(*) filter (where is_on_gflops_frontier and release_date >= date '2019-01-01') as n_on_frontier_since_2019,
        min(release_date) filter (where is_on_gflops_frontier) as earliest_on_frontier

    from flagged_models

),

-- Off the frontier another model is at least as accurate with at most as many GFLOPs, and better in one of the two.
beaten as (

    select
        count(*) as n_old,
        count(*) filter (where not is_on_gflops_frontier) as n_old_beaten

    from flagged_models
    where release_date < date '2017-01-01'

),

-- NoisyStudent-B0 to B7 are EfficientNet-B0 to B7 trained with extra data; the other pairs share their printed name but for
-- signs.
networks as (

    select
        *,
        replace({{ slug('model_name') }}, 'noisystudent-', 'efficientnet-') as network

    from models

),

pairs as (

    select
        with_extra_data.model_name,
        with_extra_data.gflops_per_forward_pass as gflops_with_extra_data,
        without_extra_data.gflops_per_forward_pass as gflops_without_extra_data,
        with_extra_data.gflops_per_forward_pass = without_extra_data.gflops_per_forward_pass as is_equal

    from networks as with_extra_data
    inner join networks as without_extra_data on with_extra_data.network = without_extra_data.network
    where with_extra_data.extra_training_data is not null and without_extra_data.extra_training_data is null

),

equal_pairs as (

    select
        count(*) as n_pairs,
        count(*) filter (where is_equal) as n_equal,
        coalesce(
            string_agg(
                format('{}, {:.2f} with and {:.2f} without', model_name, gflops_with_extra_data, gflops_without_extra_data),
                '; ' order by model_name
            ) filter (where not is_equal),
            'none'
        ) as exceptions

    from pairs

),

frontier_new_models as (

    select
        'statement-fig-4-frontier-new-models' as ledger_id,
        '(a) Which models on the frontier of top-1 accuracy against GFLOPs are released in 2017 or later, and (b) which '
        || 'models released before 2017 does another beat (at least as accurate, at most as many GFLOPs, better in one)? Holds '
        || 'if all in (a) and in (b); partly if at least 80 % in each; else differs. The year and the share are this '
        || 'project''s choice.' as test,
        format(
            '(a) {} of {} on the frontier, the earliest of {}, {} since 2019. (b) {} of {} old models are beaten.',
            frontier.n_on_frontier_new,
            frontier.n_on_frontier,
            frontier.earliest_on_frontier,
            frontier.n_on_frontier_since_2019,
            beaten.n_old_beaten,
            beaten.n_old
        ) as result,
        case
            when frontier.n_on_frontier = 0 or beaten.n_old = 0 then 'not_shown'
            when frontier.n_on_frontier_new = frontier.n_on_frontier and beaten.n_old_beaten = beaten.n_old then 'holds'
            when
                frontier.n_on_frontier_new >= 0.8 * frontier.n_on_frontier and beaten.n_old_beaten >= 0.8 * beaten.n_old
                then 'partly'
            else 'differs'
        end as verdict

    from frontier
    cross join beaten

),

frontier_extra_data as (

    select
        'statement-fig-4-frontier-extra-data' as ledger_id,
        'Share of models with extra training data on the frontier of top-1 accuracy against GFLOPs, and among all vision '
        || 'models. Holds if it is more than half and above that of all; partly if only above that of all; else differs. The '
        || 'half is this project''s choice.' as test,
        format(
            '{} of {} on the frontier, {} of {} among all models.',
            n_on_frontier_with_extra_data,
            n_on_frontier,
            n_with_extra_data,
            n_models
        ) as result,
        case
            when n_on_frontier = 0 then 'not_shown'
            when n_on_frontier_with_extra_data / n_on_frontier <= n_with_extra_data / n_models then 'differs'
            when n_on_frontier_with_extra_data > 0.5 * n_on_frontier then 'holds'
            else 'partly'
        end as verdict

    from frontier

),

extra_data_same_gflops as (

    select
        'statement-fig-4-extra-data-same-gflops' as ledger_id,
        'Pairs of one network with and without extra training data: are their GFLOPs equal? Holds if they are in at least '
        || '90 % of the pairs; partly in at least half; else differs. The shares are this project''s choice. That extra data '
        || 'leave the network alone is so by construction: the check is of Table 2.' as test,
        format('Equal in {} of {} pairs; GFLOPs of the exceptions: {}.', n_equal, n_pairs, exceptions) as result,
        case
            when n_pairs = 0 then 'not_shown'
            when n_equal >= 0.9 * n_pairs then 'holds'
            when n_equal >= 0.5 * n_pairs then 'partly'
            else 'differs'
        end as verdict

    from equal_pairs

),

unioned as (

    select * from frontier_new_models
    union all by name
    select * from frontier_extra_data
    union all by name
    select * from extra_data_same_gflops

)

select * from unioned
