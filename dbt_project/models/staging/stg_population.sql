with

source as (

    select * from {{ ref('population') }}

),

parsed as (

    select
        country_name,
        country_iso3,
        {{ cell_integer('year') }} as year,
        year as year_printed,
        {{ cell_number('population') }} as population,
        population as population_printed,
        source_id,
        {{ raw_place('raw/reference/population.csv') }}

    from source

)

select * from parsed
