with

workload_rows as (

    {{ keyed_workload_rows() | indent(4) }}

),

grouped as (

    select
        on_date,
        model_id,
        accelerator_id,
        country_iso3,
        batch_size,
        has_input_tokens,
        has_output_tokens,
        fault,
        count(*) as n_rows,
        sum(inference_count) as n_inferences,
        sum(inference_count * input_tokens) as n_input_tokens,
        sum(inference_count * output_tokens) as n_output_tokens,
        sum(inference_count * {{ context_tokens('input_tokens', 'output_tokens') }}) as n_context_tokens
    from workload_rows
    group by on_date, model_id, accelerator_id, country_iso3, batch_size, has_input_tokens, has_output_tokens, fault

)

select
    *,
    {{ 'false' if workload_path() else 'true' }} as is_hypothesis
from grouped
