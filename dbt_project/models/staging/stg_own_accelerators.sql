{{ config(materialized='table') }}

with

source as (

    select * from {{ own_rows('accelerators') }}

),

parsed as (

    select
        accelerator_name,
        segment,
        precision,
        source,
        {{ cell_number('tdp_watts') }} as tdp_watts,
        tdp_watts as tdp_watts_printed,
        {{ cell_number('tflops') }} as tflops,
        tflops as tflops_printed,
        {{ cell_number('vision_speedup_over_fp32') }} as vision_speedup_over_fp32,
        vision_speedup_over_fp32 as vision_speedup_over_fp32_printed,
        {{ cell_number('language_speedup_over_fp32') }} as language_speedup_over_fp32,
        language_speedup_over_fp32 as language_speedup_over_fp32_printed,
        {{ cell_iso_date('launch_date') }} as launch_date,
        launch_date as launch_date_printed,
        {{ raw_place('raw/own/accelerators.csv') }}

    from source

)

select * from parsed
