with

models as (

    select * from {{ ref('int_models') }}

),

cohorts as (

    {{ in_cohorts('models') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by cohort, domain, year(release_date)
            order by top1_accuracy_pct desc nulls last, gflops_per_forward_pass asc, release_date asc, model_id asc
        ) as rank_in_year,
        -- `range` and not `rows`: models of one day do not depend on each other's order.
        max(gflops_per_forward_pass) over earlier_dates as earlier_max_gflops_per_forward_pass,
        max(gflops_per_128_tokens) over earlier_dates as earlier_max_gflops_per_128_tokens,
        {{ is_on_frontier('score', 'gflops_per_forward_pass') }} as is_on_gflops_frontier

    from cohorts
    window earlier_dates as (
        partition by cohort, domain
        order by release_date
        range between unbounded preceding and interval 1 day preceding
    )

),

dominated_later_models as (

    {{ dominated_at_release('models', 'score', 'gflops_per_forward_pass') }}

),

flagged as (

    select
        ranked.model_id,
        case
            when ranked.domain = 'vision' then ranked.rank_in_year = 1 and ranked.top1_accuracy_pct is not null
        end as is_best_of_year,
        case
            when ranked.domain = 'language'
                then ranked.gflops_per_forward_pass > coalesce(ranked.earlier_max_gflops_per_forward_pass, 0)
        end as is_most_demanding_at_release,
        case
            when ranked.domain = 'language'
                then ranked.gflops_per_128_tokens > coalesce(ranked.earlier_max_gflops_per_128_tokens, 0)
        end as is_most_demanding_per_128_tokens_at_release,
        case
            when ranked.is_in_paper then ranked.is_on_gflops_frontier
            when ranked.score is not null and ranked.gflops_per_forward_pass is not null
                then dominated_later_models.model_id is null
        end as is_on_gflops_frontier

    from ranked
    left join dominated_later_models on ranked.model_id = dominated_later_models.model_id
    where {{ is_own_cohort() }}

)

select * from flagged
