{{ config(materialized='table') }}

with

source as (

    select * from {{ own_rows('decoders') }}

),

parsed as (

    select
        model_name,
        {{ cell_number('active_params_millions') }} as active_params_millions,
        active_params_millions as active_params_millions_printed,
        {{ cell_number('bytes_per_weight') }} as bytes_per_weight,
        bytes_per_weight as bytes_per_weight_printed,
        {{ cell_integer('n_layers_with_cache') }} as n_layers_with_cache,
        n_layers_with_cache as n_layers_with_cache_printed,
        {{ cell_integer('cached_values_per_layer_and_token') }} as cached_values_per_layer_and_token,
        cached_values_per_layer_and_token as cached_values_per_layer_and_token_printed,
        {{ cell_number('bytes_per_cached_value') }} as bytes_per_cached_value,
        bytes_per_cached_value as bytes_per_cached_value_printed,
        {{ cell_integer('n_experts') }} as n_experts,
        n_experts as n_experts_printed,
        {{ cell_integer('n_experts_per_token') }} as n_experts_per_token,
        n_experts_per_token as n_experts_per_token_printed,
        source,
        {{ raw_place('raw/own/decoders.csv') }}

    from source

)

select * from parsed
