with

definitions as (

    select * from {{ ref('int_trend_definitions') }}
    where quantity <> 'gflops_per_watt'

),

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

records as (

    select * from {{ ref('int_model_records') }}

),

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend'

),

selected as (

    select
        definitions.trend_id,
        models.model_id as observation_id,
        models.model_source as group_id,
        models.release_date as on_date,
        models.years_since_origin as years,
        case definitions.quantity
            when 'gflops_per_forward_pass' then models.gflops_per_forward_pass
            when 'joules_per_forward_pass' then inference_energy.joules_per_forward_pass
            when 'joules_per_128_tokens' then inference_energy.joules_per_128_tokens
        end as value

    from definitions
    inner join models on definitions.domain = models.domain
    inner join records on models.model_id = records.model_id
    inner join inference_energy on models.model_id = inference_energy.model_id
    where
        case definitions.subset
            when 'all' then true
            when 'best_of_year' then records.is_best_of_year
            when 'most_demanding' then records.is_most_demanding_at_release
            when 'most_demanding_per_128_tokens' then records.is_most_demanding_per_128_tokens_at_release
            when 'input_of_128_tokens' then models.input_tokens = {{ var('standard_input_tokens') }}
        end

)

select * from selected
