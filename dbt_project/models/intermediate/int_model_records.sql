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

flagged as (

    select
        model_id,
        case when domain = 'vision' then rank_in_year = 1 and top1_accuracy_pct is not null end as is_best_of_year,
        case
            when domain = 'language' then gflops_per_forward_pass > coalesce(earlier_max_gflops_per_forward_pass, 0)
        end as is_most_demanding_at_release,
        case
            when domain = 'language' then gflops_per_128_tokens > coalesce(earlier_max_gflops_per_128_tokens, 0)
        end as is_most_demanding_per_128_tokens_at_release,
        is_on_gflops_frontier

    from ranked
    where {{ is_own_cohort() }}

)

select * from flagged
