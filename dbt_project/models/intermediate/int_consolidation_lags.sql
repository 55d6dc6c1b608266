with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper and score is not null

),

records as (

    select * from {{ ref('int_model_records') }}

),

cost_factors as (

    select unnest([2, 10]) as cost_factor

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

-- A follower scores at least as much and needs at most the leader's GFLOPs divided by the factor.
followed as (

    select
        leaders.model_id,
        leaders.model_name,
        leaders.domain,
        leaders.score,
        leaders.gflops_per_forward_pass,
        leaders.release_date,
        leaders.observed_until,
        cost_factors.cost_factor,
        followers.model_id as follower_model_id,
        followers.years_since_origin - leaders.years_since_origin as lag_years,
        {{ years_since_origin('leaders.observed_until') }} - leaders.years_since_origin as observed_years

    from leaders
    cross join cost_factors
    left join models as followers
        on leaders.domain = followers.domain
        and leaders.release_date <= followers.release_date
        and leaders.score <= followers.score
        and followers.gflops_per_forward_pass <= leaders.gflops_per_forward_pass / cost_factors.cost_factor
    qualify row_number() over (
        partition by leaders.model_id, cost_factors.cost_factor
        order by followers.release_date, followers.gflops_per_forward_pass, followers.model_id
    ) = 1

)

select * from followed
