with

source as (

    select * from {{ ref('scenarios') }}

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
        how_known,
        source_id,
        {{ raw_place('raw/reference/scenarios.csv') }}

    from source

)

select * from parsed
