{{ config(materialized='table') }}

with

source as (

    select * from {{ own_rows('scenarios') }}

),

parsed as (

    select
        scenario_id,
        matching_policy,
        {{ cell_number('utilisation') }} as utilisation,
        utilisation as utilisation_printed,
        {{ cell_number('host_overhead') }} as host_overhead,
        host_overhead as host_overhead_printed,
        {{ cell_number('pue') }} as pue,
        pue as pue_printed,
        description,
        source,
        {{ raw_place('raw/own/scenarios.csv') }}

    from source

)

select * from parsed
