with

source as (

    select * from {{ ref('accelerators_since_paper') }}

),

parsed as (

    select
        accelerator_name,
        maker,
        segment,
        chip_design,
        {{ cell_iso_date('launch_date') }} as launch_date,
        launch_date as launch_date_printed,
        {{ cell_number('tdp_watts') }} as tdp_watts,
        tdp_watts as tdp_watts_printed,
        {{ cell_number('fp32_tflops') }} as fp32_tflops,
        fp32_tflops as fp32_tflops_printed,
        {{ cell_number('tf32_tflops') }} as tf32_tflops,
        tf32_tflops as tf32_tflops_printed,
        {{ cell_number('tensor_16_bit_tflops') }} as tensor_16_bit_tflops,
        tensor_16_bit_tflops as tensor_16_bit_tflops_printed,
        {{ cell_number('fp8_tflops') }} as fp8_tflops,
        fp8_tflops as fp8_tflops_printed,
        {{ cell_number('memory_gb') }} as memory_gb,
        memory_gb as memory_gb_printed,
        {{ cell_number('memory_bandwidth_gb_per_s') }} as memory_bandwidth_gb_per_s,
        memory_bandwidth_gb_per_s as memory_bandwidth_gb_per_s_printed,
        datasheet,
        how_known,
        doubtful_cells,
        note,
        source_id,
        {{ raw_place('raw/since_paper/accelerators_since_paper.csv') }}

    from source

)

select * from parsed
