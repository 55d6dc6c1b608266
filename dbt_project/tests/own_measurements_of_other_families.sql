-- A row of a family that was not measured is right, and yet more often a family written in another way.
{{ config(severity='warn') }}

with

own_rows as (

    select * from {{ ref('int_measured_energy') }}
    where is_own

),

known as (

    select
        quantity,
        string_agg(distinct family, ', ' order by family) as families

    from {{ ref('int_measured_energy') }}
    where not is_own
    group by quantity

)

select
    own_rows.raw_file || ', line ' || own_rows.raw_line || ', column family: found "' || own_rows.family
    || '", which was not measured, so that nothing judges the row; expected one of ' || known.families as message
from own_rows
inner join known on own_rows.quantity = known.quantity
where not list_contains(string_split(known.families, ', '), own_rows.family)
