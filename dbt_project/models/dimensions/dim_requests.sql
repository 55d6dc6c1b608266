with

requests as (

    select * from {{ ref('stg_reference_requests') }}

),

measured as (

    select * from {{ ref('int_measured_energy') }}

),

decode_rows as (

    select * from {{ ref('stg_measured_decode_energy') }}

),

-- Only what was measured in the weights of the model itself: the same model in other weights has another name.
measured_decode as (

    select
        {{ slug('measured.model_name') }} as model_id,
        measured.accelerator_id,
        measured.n_gpus,
        measured.measurement_id,
        measured.batch_size,
        decode_rows.mean_output_tokens,
        measured.joules_measured

    from measured
    inner join decode_rows on measured.measurement_id = decode_rows.measurement_id

),

nearest as (

    select
        requests.request_id,
        measured_decode.batch_size,
        measured_decode.mean_output_tokens,
        measured_decode.joules_measured

    from requests
    inner join measured_decode
        on requests.model_id = measured_decode.model_id
        and requests.accelerator_id = measured_decode.accelerator_id
        and requests.n_gpus = measured_decode.n_gpus
    qualify row_number() over (
        partition by requests.request_id
        order by abs(requests.batch_size - measured_decode.batch_size), measured_decode.measurement_id
    ) = 1

),

described as (

    select
        requests.request_id,
        requests.model_id,
        requests.accelerator_id,
        requests.input_tokens,
        coalesce(requests.output_tokens, cast(round(nearest.mean_output_tokens) as integer)) as output_tokens,
        coalesce(nearest.batch_size, requests.batch_size) as batch_size,
        nearest.joules_measured as measured_joules_per_output_token,
        requests.description

    from requests
    left join nearest on requests.request_id = nearest.request_id

)

select * from described
