with

source as (

    select * from {{ ref('vision_models_since_paper') }}

),

parsed as (

    select
        model_name,
        family,
        architecture,
        {{ cell_iso_month_or_day('release_date') }} as release_date,
        release_date as release_date_printed,
        case when length(release_date) = 7 then 'month' else 'day' end as release_precision,
        {{ cell_integer('input_px') }} as input_px,
        input_px as input_px_printed,
        {{ cell_number('top1_accuracy_pct') }} as top1_accuracy_pct,
        top1_accuracy_pct as top1_accuracy_pct_printed,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('gmacs_per_forward_pass') }} as gmacs_per_forward_pass,
        gmacs_per_forward_pass as gmacs_per_forward_pass_printed,
        nullif(extra_training_data, 'No') as extra_training_data,
        described_in,
        how_known,
        note,
        source_id,
        {{ raw_place('raw/since_paper/vision_models_since_paper.csv') }}

    from source

)

select * from parsed
