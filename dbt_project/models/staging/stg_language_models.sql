with

source as (

    select * from {{ ref('table_7_language_models') }}

),

parsed as (

    select
        {{ cell_name('model') }} as model_name,
        {{ cell_citation('model') }} as model_source,
        {{ cell_number('input_tokens') }} as input_tokens,
        input_tokens as input_tokens_printed,
        {{ cell_number('gflops') }} as gflops_per_forward_pass,
        gflops as gflops_per_forward_pass_printed,
        {{ cell_source('gflops') }} as gflops_per_forward_pass_source,
        {{ cell_marks('gflops') }} as gflops_per_forward_pass_marks,
        {{ cell_number('params_m') }} as params_millions,
        params_m as params_millions_printed,
        {{ cell_source('params_m') }} as params_millions_source,
        {{ cell_marks('params_m') }} as params_millions_marks,
        {{ cell_number('glue_test_set') }} as glue_score,
        glue_test_set as glue_score_printed,
        {{ cell_source('glue_test_set') }} as glue_score_source,
        {{ cell_marks('glue_test_set') }} as glue_score_marks,
        {{ cell_date('date') }} as release_date,
        date as release_date_printed,
        {{ raw_place('raw/paper/table_7_language_models.csv') }}

    from source

)

select * from parsed
