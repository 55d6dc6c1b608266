{{ config(materialized='table') }}

with

source as (

    select * from {{ own_rows('measurements') }}

),

parsed as (

    select
        measurement_name,
        quantity,
        model_name,
        family,
        accelerator_name,
        precision,
        software_kind,
        {{ cell_number('batch_size') }} as batch_size,
        batch_size as batch_size_printed,
        {{ cell_number('gflops') }} as gflops,
        gflops as gflops_printed,
        {{ cell_number('gmacs') }} as gmacs,
        gmacs as gmacs_printed,
        {{ cell_number('joules') }} as joules,
        joules as joules_printed,
        boundary,
        source,
        {{ raw_place('raw/own/measurements.csv') }}

    from source

)

select * from parsed
