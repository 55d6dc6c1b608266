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

flagged as (

    select
        model_id,
        is_on_joules_frontier

    from judged
    where {{ is_own_cohort() }}

)

select * from flagged
