with

accelerators as (

    select
        accelerator_id,
        accelerator_name,
        maker,
        chip_design,
        segment,
        launch_date,
        tdp_watts,
        int8_tops,
        memory_gb,
        memory_bandwidth_gb_per_s,
        is_in_paper,
        is_own,
        how_known,
        doubtful_cells,
        recalled_cells,
        note,
        source

    from {{ ref('int_accelerators') }}

)

select * from accelerators
