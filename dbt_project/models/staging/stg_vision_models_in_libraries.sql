with

source as (

    select * from {{ ref('table_2_in_timm_and_torchvision') }}

),

parsed as (

    select
        model as model_name,
        nullif(extra_data, 'No') as extra_training_data,
        weights_name,
        match_class,
        {{ cell_number('input_px') }} as input_px,
        input_px as input_px_printed,
        {{ cell_number('compared_at_px') }} as compared_at_px,
        compared_at_px as compared_at_px_printed,
        {{ cell_number('top1_accuracy_pct') }} as top1_accuracy_pct,
        top1_accuracy_pct as top1_accuracy_pct_printed,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('gmacs_per_forward_pass') }} as gmacs_per_forward_pass,
        gmacs_per_forward_pass as gmacs_per_forward_pass_printed,
        how_known,
        note,
        source_id,
        {{ raw_place('raw/reference/table_2_in_timm_and_torchvision.csv') }}

    from source

)

select * from parsed
