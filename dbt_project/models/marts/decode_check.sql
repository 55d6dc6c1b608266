with

inputs as (

    select * from {{ ref('int_decode_inputs') }}

),

checks as (

    select * from {{ ref('int_decode_checks') }}

),

decode_check as (

    select
        inputs.measurement_id,
        inputs.model_name,
        inputs.accelerator_id,
        inputs.weight_precision,
        cast(inputs.n_gpus as integer) as n_gpus,
        inputs.batch_size,
        inputs.context_tokens,
        inputs.joules_measured,
        inputs.memory_joules,
        inputs.compute_joules,
        checks.joules_ideal,
        checks.joules_fitted,
        checks.joules_left_out,
        inputs.joules_measured / checks.joules_left_out as ratio,
        cast(checks.is_within as boolean) as is_within,
        inputs.missing_reason

    from inputs
    left join checks on inputs.measurement_id = checks.measurement_id

)

select * from decode_check
