with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper and score is not null

),

records as (

    select * from {{ ref('int_model_records') }}

),

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend'

),

cost_factors as (

    select unnest([2, 5, 10, 20, 100]) as cost_factor

),

tolerances as (

    select unnest([0e0, 5e-1]) as tolerance_points

),

-- Language has too few scores for a best of every year: its leaders are the models that beat the scores of all earlier days.
ranked as (

    select
        models.*,
        records.is_best_of_year,
        -- `range` and not `rows`: models of one day do not depend on each other's order.
        max(models.score) over (
            partition by models.domain
            order by models.release_date
            range between unbounded preceding and interval 1 day preceding
        ) as earlier_max_score,
        row_number() over (
            partition by models.domain, models.release_date
            order by models.score desc, models.gflops_per_forward_pass asc, models.model_id asc
        ) as rank_of_day,
        max(models.release_date) over (partition by models.domain) as observed_until

    from models
    inner join records on models.model_id = records.model_id

),

leaders as (

    select * from ranked
    where
        case domain
            when 'vision' then is_best_of_year
            when 'language' then rank_of_day = 1 and score > coalesce(earlier_max_score, 0)
        end

),

-- The joules of a model are those on the typical hardware of its own release, so that a follower gains by newer hardware too.
costs as (

    select
        model_id,
        'gflops' as cost,
        gflops_per_forward_pass as cost_value

    from models

    union all

    select
        models.model_id,
        'joules' as cost,
        inference_energy.joules_per_forward_pass as cost_value

    from models
    inner join inference_energy on models.model_id = inference_energy.model_id

),

-- Of the models of one day and score the cheapest stands for all: no other follows a leader sooner or at less cost.
followers as (

    select
        models.domain,
        models.model_id,
        models.score,
        models.release_date,
        models.years_since_origin,
        costs.cost,
        costs.cost_value

    from models
    inner join costs on models.model_id = costs.model_id
    qualify row_number() over (
        partition by models.domain, costs.cost, models.release_date, models.score
        order by costs.cost_value, models.model_id
    ) = 1

),

-- A follower scores at least as much, less the tolerance, and costs at most the leader's cost divided by the factor. The 1e-9
-- is for scores that lie exactly the tolerance apart: 82.9 - 0.5 as floats may be more than 82.4.
followed as (

    select
        leaders.model_id,
        leaders.model_name,
        leaders.domain,
        leaders.score,
        leaders.release_date,
        leaders.observed_until,
        costs.cost,
        costs.cost_value,
        cost_factors.cost_factor,
        tolerances.tolerance_points,
        followers.model_id as follower_model_id,
        followers.release_date as follower_release_date,
        followers.score as follower_score,
        costs.cost_value / followers.cost_value as times_cheaper,
        followers.years_since_origin - leaders.years_since_origin as lag_years,
        {{ years_since_origin('leaders.observed_until') }} - leaders.years_since_origin as observed_years

    from leaders
    inner join costs on leaders.model_id = costs.model_id
    cross join cost_factors
    cross join tolerances
    left join followers
        on leaders.domain = followers.domain
        and costs.cost = followers.cost
        and leaders.release_date <= followers.release_date
        and leaders.score - tolerances.tolerance_points - 1e-9 <= followers.score
        and costs.cost_value / cost_factors.cost_factor >= followers.cost_value
    qualify row_number() over (
        partition by leaders.model_id, costs.cost, cost_factors.cost_factor, tolerances.tolerance_points
        order by followers.release_date, followers.cost_value, followers.model_id
    ) = 1

)

select * from followed
