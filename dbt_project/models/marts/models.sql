with

models as (

    select * from {{ ref('int_models') }}

),

records as (

    select * from {{ ref('int_model_records') }}

),

joules_frontier as (

    select * from {{ ref('int_joules_frontier') }}

),

joined as (

    select
        models.model_id,
        models.model_name,
        models.domain,
        models.architecture,
        models.extra_training_data,
        models.gflops_basis,
        models.release_date,
        models.release_precision,
        models.params_millions,
        models.active_params_millions,
        models.top1_accuracy_pct,
        models.glue_score,
        models.input_tokens,
        models.gflops_per_forward_pass,
        models.gflops_per_token,
        models.gflops_per_128_tokens,
        models.missing_reason,
        records.is_best_of_year,
        records.is_most_demanding_at_release,
        records.is_most_demanding_per_128_tokens_at_release,
        records.is_on_gflops_frontier,
        joules_frontier.is_on_joules_frontier,
        models.is_in_paper,
        models.is_own,
        models.how_known,
        models.model_source,
        models.params_source,
        models.score_source,
        models.gflops_source,
        models.params_marks,
        models.score_marks,
        models.gflops_marks

    from models
    left join records on models.model_id = records.model_id
    left join joules_frontier on models.model_id = joules_frontier.model_id

)

select * from joined
