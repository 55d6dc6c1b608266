with

source as (

    select * from {{ ref('language_models_since_paper') }}

),

parsed as (

    select
        model_name,
        kind,
        {{ cell_iso_date('release_date') }} as release_date,
        release_date as release_date_printed,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('active_params_millions') }} as active_params_millions,
        active_params_millions as active_params_millions_printed,
        weight_precision,
        score_name,
        score,
        how_known,
        doubtful_cells,
        note,
        source_id,
        {{ raw_place('raw/since_paper/language_models_since_paper.csv') }}

    from source

)

select * from parsed
