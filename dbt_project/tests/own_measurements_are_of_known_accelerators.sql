-- A name that is not found would leave a measurement without an estimate, and a slip of the pen is more likely than a new chip.
with

own_measurements as (

    select * from {{ ref('stg_own_measurements') }}

),

-- Read from staging, so that this test speaks before later models fail with less to say.
known as (

    select {{ slug('printed_name') }} as alias
    from {{ ref('stg_accelerator_names') }}

    union

    select accelerator_id as alias
    from {{ ref('stg_accelerator_names') }}

    union

    select {{ slug('printed_name') }} as alias
    from {{ ref('stg_accelerator_names_since_paper') }}

    union

    select accelerator_id as alias
    from {{ ref('stg_accelerator_names_since_paper') }}

    union

    select {{ slug('accelerator_name') }} as alias
    from {{ ref('stg_own_accelerators') }}

)

select
    own_measurements.raw_file || ', line ' || own_measurements.raw_line || ', column accelerator_name: found "'
    || own_measurements.accelerator_name || '", expected the id or a name of an accelerator of the warehouse (select '
    || 'accelerator_id, accelerator_name from marts.accelerators); another chip may be added to raw/own/accelerators.csv, with '
    || 'its power and its rate' as message
from own_measurements
anti join known on {{ slug('own_measurements.accelerator_name') }} = known.alias
