with

accelerators_since_paper as (

    select * from {{ ref('stg_accelerators_since_paper') }}

),

measured_chips as (

    select * from {{ ref('stg_measured_chips') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names_since_paper') }}

),

listed as (

    select
        accelerator_names.accelerator_id,
        accelerator_names.accelerator_name as shown_name,
        accelerators_since_paper.* exclude (accelerators_since_paper.accelerator_name)

    from accelerators_since_paper
    inner join accelerator_names on accelerators_since_paper.accelerator_name = accelerator_names.printed_name

),

measured as (

    select
        accelerator_names.accelerator_id,
        accelerator_names.accelerator_name as shown_name,
        measured_chips.* exclude (measured_chips.accelerator_name)

    from measured_chips
    inner join accelerator_names on measured_chips.accelerator_name = accelerator_names.printed_name

),

-- A chip may stand in both files: the measured one adds what the list lacks, INT8 among it.
merged as (

    select
        coalesce(listed.accelerator_id, measured.accelerator_id) as accelerator_id,
        coalesce(listed.shown_name, measured.shown_name) as accelerator_name,
        coalesce(listed.maker, measured.maker) as maker,
        coalesce(listed.segment, measured.segment) as segment,
        coalesce(listed.chip_design, measured.chip_design) as chip_design,
        coalesce(listed.launch_date, measured.launch_date) as launch_date,
        coalesce(listed.tdp_watts, measured.tdp_watts) as tdp_watts,
        coalesce(listed.fp32_tflops, measured.fp32_tflops) as fp32_tflops,
        listed.tf32_tflops,
        coalesce(listed.tensor_16_bit_tflops, measured.tensor_16_bit_tflops) as tensor_16_bit_tflops,
        listed.fp8_tflops,
        measured.int8_tops,
        listed.memory_gb,
        coalesce(listed.memory_bandwidth_gb_per_s, measured.memory_bandwidth_gb_per_s) as memory_bandwidth_gb_per_s,
        coalesce(listed.how_known, measured.how_known) as how_known,
        listed.doubtful_cells,
        measured.recalled_cells,
        nullif(concat_ws('; ', listed.note, measured.note), '') as note,
        coalesce(listed.source_id, measured.source_id) as source

    from listed
    full outer join measured on listed.accelerator_id = measured.accelerator_id

)

select * from merged
