with

models as (

    select * from {{ ref('int_models') }}

),

inference_energy as (

    select * from {{ ref('int_inference_energy') }}

),

priced_models as (

    select
        models.model_id,
        models.domain,
        models.release_date,
        models.score,
        inference_energy.joules_per_forward_pass,
        models.is_in_paper

    from models
    inner join inference_energy on models.model_id = inference_energy.model_id
    where inference_energy.matching_policy = 'trend'

),

cohorts as (

    {{ in_cohorts('priced_models') }}

),

judged as (

    select
        *,
        {{ is_on_frontier('score', 'joules_per_forward_pass') }} as is_on_joules_frontier

    from cohorts

),

dominated_later_models as (

    {{ dominated_at_release('priced_models', 'score', 'joules_per_forward_pass') }}

),

flagged as (

    select
        judged.model_id,
        case
            when judged.is_in_paper then judged.is_on_joules_frontier
            when judged.score is not null and judged.joules_per_forward_pass is not null
                then dominated_later_models.model_id is null
        end as is_on_joules_frontier

    from judged
    left join dominated_later_models on judged.model_id = dominated_later_models.model_id
    where {{ is_own_cohort() }}

)

select * from flagged
