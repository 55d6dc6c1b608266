with

source as (

    select * from {{ ref('model_families') }}

),

parsed as (

    select
        model_id,
        family,
        why,
        {{ raw_place('raw/reference/model_families.csv') }}

    from source

)

select * from parsed
