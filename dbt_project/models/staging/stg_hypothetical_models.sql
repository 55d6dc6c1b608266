with

source as (

    select * from {{ ref('hypothetical_models') }}

),

parsed as (

    select
        model_id,
        accelerator_id,
        {{ cell_integer('input_tokens') }} as input_tokens,
        input_tokens as input_tokens_printed,
        {{ cell_integer('output_tokens') }} as output_tokens,
        output_tokens as output_tokens_printed,
        {{ cell_number('batch_size') }} as batch_size,
        batch_size as batch_size_printed,
        why,
        {{ raw_place('raw/reference/hypothetical_models.csv') }}

    from source

)

select * from parsed
