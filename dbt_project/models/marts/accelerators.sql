with

accelerators as (

    select
        accelerator_id,
        accelerator_name,
        segment,
        launch_date,
        tdp_watts,
        is_in_paper,
        source

    from {{ ref('int_accelerators') }}

)

select * from accelerators
