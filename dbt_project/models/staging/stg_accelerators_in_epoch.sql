with

source as (

    select * from {{ ref('table_8_in_epoch') }}

),

parsed as (

    select
        gpu as accelerator_printed_name,
        precision,
        epoch_name,
        {{ cell_number('tflops') }} as tflops,
        tflops as tflops_printed,
        {{ cell_number('tdp_watts') }} as tdp_watts,
        tdp_watts as tdp_watts_printed,
        {{ cell_iso_date('launch_date') }} as launch_date,
        launch_date as launch_date_printed,
        how_known,
        note,
        source_id,
        {{ raw_place('raw/reference/table_8_in_epoch.csv') }}

    from source

)

select * from parsed
