with

source as (

    select * from {{ ref('measured_decode_energy') }}

),

parsed as (

    select
        measurement_id,
        model_name,
        architecture,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('active_params_millions') }} as active_params_millions,
        active_params_millions as active_params_millions_printed,
        weight_precision,
        accelerator_name,
        {{ cell_integer('n_gpus') }} as n_gpus,
        n_gpus as n_gpus_printed,
        {{ cell_integer('tensor_parallel') }} as tensor_parallel,
        tensor_parallel as tensor_parallel_printed,
        {{ cell_integer('expert_parallel') }} as expert_parallel,
        expert_parallel as expert_parallel_printed,
        {{ cell_integer('max_batch_size') }} as max_batch_size,
        max_batch_size as max_batch_size_printed,
        {{ cell_number('mean_batch_size') }} as mean_batch_size,
        mean_batch_size as mean_batch_size_printed,
        {{ cell_number('mean_output_tokens') }} as mean_output_tokens,
        mean_output_tokens as mean_output_tokens_printed,
        {{ cell_number('mean_power_watts') }} as mean_power_watts,
        mean_power_watts as mean_power_watts_printed,
        {{ cell_number('joules_per_output_token') }} as joules_per_output_token,
        joules_per_output_token as joules_per_output_token_printed,
        boundary,
        basis,
        how_known,
        source_id,
        {{ raw_place('raw/since_paper/measured_decode_energy.csv') }}

    from source

)

select * from parsed
