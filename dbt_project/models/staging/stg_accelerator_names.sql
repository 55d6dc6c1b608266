with

source as (

    select * from {{ ref('accelerator_names') }}

),

parsed as (

    select
        printed_name,
        accelerator_id,
        accelerator_name,
        {{ raw_place('raw/reference/accelerator_names.csv') }}

    from source

)

select * from parsed
