with

source as (

    select * from {{ ref('accelerator_names_since_paper') }}

),

parsed as (

    select
        printed_name,
        accelerator_id,
        accelerator_name,
        {{ raw_place('raw/since_paper/accelerator_names_since_paper.csv') }}

    from source

)

select * from parsed
