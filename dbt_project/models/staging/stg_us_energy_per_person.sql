with

source as (

    select * from {{ ref('us_energy_per_person') }}

),

parsed as (

    select
        country_iso3,
        {{ cell_integer('year') }} as year,
        year as year_printed,
        {{ cell_number('energy_kwh_per_person') }} as energy_kwh_per_person,
        energy_kwh_per_person as energy_kwh_per_person_printed,
        {{ cell_number('population') }} as population,
        population as population_printed,
        {{ cell_number('gco2e_per_kwh') }} as gco2e_per_kwh,
        gco2e_per_kwh as gco2e_per_kwh_printed,
        source_id,
        {{ raw_place('raw/reference/us_energy_per_person.csv') }}

    from source

)

select * from parsed
