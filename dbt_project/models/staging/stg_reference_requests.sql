with

source as (

    select * from {{ ref('reference_requests') }}

),

parsed as (

    select
        request_id,
        model_id,
        accelerator_id,
        {{ cell_integer('n_gpus') }} as n_gpus,
        n_gpus as n_gpus_printed,
        {{ cell_integer('input_tokens') }} as input_tokens,
        input_tokens as input_tokens_printed,
        {{ cell_integer('output_tokens') }} as output_tokens,
        output_tokens as output_tokens_printed,
        {{ cell_number('batch_size') }} as batch_size,
        batch_size as batch_size_printed,
        description,
        {{ raw_place('raw/reference/reference_requests.csv') }}

    from source

)

select * from parsed
