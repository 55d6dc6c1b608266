with

source as (

    select * from {{ ref('language_architectures') }}

),

parsed as (

    select
        model_name,
        kind,
        {{ cell_integer('n_layers_with_cache') }} as n_layers_with_cache,
        n_layers_with_cache as n_layers_with_cache_printed,
        {{ cell_integer('cached_values_per_layer_and_token') }} as cached_values_per_layer_and_token,
        cached_values_per_layer_and_token as cached_values_per_layer_and_token_printed,
        {{ cell_number('bytes_per_cached_value') }} as bytes_per_cached_value,
        bytes_per_cached_value as bytes_per_cached_value_printed,
        {{ cell_integer('window_tokens') }} as window_tokens,
        window_tokens as window_tokens_printed,
        {{ cell_integer('n_experts') }} as n_experts,
        n_experts as n_experts_printed,
        {{ cell_integer('n_experts_per_token') }} as n_experts_per_token,
        n_experts_per_token as n_experts_per_token_printed,
        how_known,
        recalled_cells,
        note,
        source_id,
        {{ raw_place('raw/reference/language_architectures.csv') }}

    from source

)

select * from parsed
