with

source as (

    select * from {{ ref('measured_language_energy') }}

),

parsed as (

    select
        measurement_id,
        model_name,
        family,
        accelerator_name,
        chip_design,
        precision,
        software_kind,
        software,
        {{ cell_integer('batch_size') }} as batch_size,
        batch_size as batch_size_printed,
        {{ cell_integer('input_tokens') }} as input_tokens,
        input_tokens as input_tokens_printed,
        {{ cell_number('params_millions') }} as params_millions,
        params_millions as params_millions_printed,
        {{ cell_number('joules_per_input') }} as joules_per_input,
        joules_per_input as joules_per_input_printed,
        boundary,
        basis,
        {{ cell_integer('n_submissions') }} as n_submissions,
        n_submissions as n_submissions_printed,
        {{ cell_integer('measured_year') }} as measured_year,
        measured_year as measured_year_printed,
        how_known,
        source_id,
        {{ raw_place('raw/since_paper/measured_language_energy.csv') }}

    from source

)

select * from parsed
