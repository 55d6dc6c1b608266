with

source as (

    select * from {{ ref('table_2_vision_models') }}

),

parsed as (

    select
        {{ cell_name('model') }} as model_name,
        {{ cell_citation('model') }} as model_source,
        {{ cell_number('top1_acc') }} as top1_accuracy_pct,
        top1_acc as top1_accuracy_pct_printed,
        {{ cell_source('top1_acc') }} as top1_accuracy_pct_source,
        {{ cell_marks('top1_acc') }} as top1_accuracy_pct_marks,
        {{ cell_number('params_m') }} as params_millions,
        params_m as params_millions_printed,
        {{ cell_source('params_m') }} as params_millions_source,
        {{ cell_marks('params_m') }} as params_millions_marks,
        {{ cell_number('gflops') }} as gflops_per_forward_pass,
        gflops as gflops_per_forward_pass_printed,
        {{ cell_source('gflops') }} as gflops_per_forward_pass_source,
        {{ cell_marks('gflops') }} as gflops_per_forward_pass_marks,
        nullif(extra_data, 'No') as extra_training_data,
        architecture,
        {{ cell_date('date') }} as release_date,
        date as release_date_printed,
        {{ raw_place('raw/paper/table_2_vision_models.csv') }}

    from source

)

select * from parsed
