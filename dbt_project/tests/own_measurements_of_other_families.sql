-- A row of a family that was not measured is right, and yet more often a family written in another way.
{{ config(severity='warn') }}

with

own_measurements as (

    select * from {{ ref('stg_own_measurements') }}

),

measured_families as (

    select
        'image' as quantity,
        family

    from {{ ref('stg_measured_vision_energy') }}

    union

    select
        'input' as quantity,
        family

    from {{ ref('stg_measured_language_energy') }}

    union

    select
        'output_token' as quantity,
        architecture as family

    from {{ ref('stg_measured_decode_energy') }}

),

listed as (

    select
        quantity,
        list(family order by family) as families

    from measured_families
    group by quantity

)

select
    own_measurements.raw_file || ', line ' || own_measurements.raw_line || ', column family: found "' || own_measurements.family
    || '", which nobody measured, so that nothing judges the row; expected ' || array_to_string(listed.families, ', ') as message
from own_measurements
inner join listed on own_measurements.quantity = listed.quantity
where not list_contains(listed.families, own_measurements.family)
