with

source as (

    select * from {{ ref('grid_carbon_intensity') }}

),

parsed as (

    select
        country_name,
        country_iso3,
        {{ cell_integer('year') }} as year,
        year as year_printed,
        {{ cell_number('gco2e_per_kwh') }} as gco2e_per_kwh,
        gco2e_per_kwh as gco2e_per_kwh_printed,
        source_id,
        {{ raw_place('raw/reference/grid_carbon_intensity.csv') }}

    from source

)

select * from parsed
