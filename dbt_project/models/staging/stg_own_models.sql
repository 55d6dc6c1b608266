{{ config(materialized='table') }}

with

source as (

    select * from {{ own_rows('models') }}

),

parsed as (

    select
        model_name,
        domain,
        architecture,
        nullif(extra_training_data, 'No') as extra_training_data,
        gflops_basis,
        source,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('top1_accuracy_pct') }} as top1_accuracy_pct,
        top1_accuracy_pct as top1_accuracy_pct_printed,
        {{ cell_number('glue_score') }} as glue_score,
        glue_score as glue_score_printed,
        {{ cell_number('input_tokens') }} as input_tokens,
        input_tokens as input_tokens_printed,
        {{ cell_number('gflops_per_forward_pass') }} as gflops_per_forward_pass,
        gflops_per_forward_pass as gflops_per_forward_pass_printed,
        {{ cell_number('gmacs_per_forward_pass') }} as gmacs_per_forward_pass,
        gmacs_per_forward_pass as gmacs_per_forward_pass_printed,
        {{ cell_iso_date('release_date') }} as release_date,
        release_date as release_date_printed,
        {{ raw_place('raw/own/models.csv') }}

    from source

)

select * from parsed
