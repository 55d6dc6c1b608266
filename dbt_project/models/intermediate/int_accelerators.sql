with

theoretical as (

    select * from {{ ref('stg_gpu_theoretical_performance') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

later_accelerators as (

    select * from {{ ref('int_later_accelerators') }}

),

own_accelerators as (

    select * from {{ ref('stg_own_accelerators') }}

),

-- Table 8 repeats power and date on each of a chip's rows; a test holds them equal, so any of them will do.
paper_accelerators as (

    select
        accelerator_names.accelerator_id,
        accelerator_names.accelerator_name,
        min(theoretical.segment) as segment,
        min(theoretical.launch_date) as launch_date,
        min(theoretical.tdp_watts) as tdp_watts,
        'NVIDIA' as maker,
        true as is_in_paper,
        false as is_own,
        'seen' as how_known,
        'desislavov-2021, Table 8' as source

    from theoretical
    inner join accelerator_names on theoretical.accelerator_printed_name = accelerator_names.printed_name
    group by accelerator_names.accelerator_id, accelerator_names.accelerator_name

),

-- Later sources add to a chip of the paper what Table 8 does not have, and change nothing in it.
described_paper_accelerators as (

    select
        paper_accelerators.*,
        later_accelerators.chip_design,
        later_accelerators.int8_tops,
        later_accelerators.memory_bandwidth_gb_per_s,
        later_accelerators.recalled_cells,
        later_accelerators.note

    from paper_accelerators
    left join later_accelerators on paper_accelerators.accelerator_id = later_accelerators.accelerator_id

),

described_later_accelerators as (

    select
        later_accelerators.accelerator_id,
        later_accelerators.accelerator_name,
        later_accelerators.segment,
        later_accelerators.launch_date,
        later_accelerators.tdp_watts,
        later_accelerators.maker,
        later_accelerators.chip_design,
        later_accelerators.int8_tops,
        later_accelerators.memory_gb,
        later_accelerators.memory_bandwidth_gb_per_s,
        false as is_in_paper,
        false as is_own,
        later_accelerators.how_known,
        later_accelerators.doubtful_cells,
        later_accelerators.recalled_cells,
        later_accelerators.note,
        later_accelerators.source

    from later_accelerators
    anti join paper_accelerators on later_accelerators.accelerator_id = paper_accelerators.accelerator_id

),

identified_own_accelerators as (

    select
        {{ slug('accelerator_name') }} as accelerator_id,
        accelerator_name,
        min(segment) as segment,
        min(launch_date) as launch_date,
        min(tdp_watts) as tdp_watts,
        false as is_in_paper,
        true as is_own,
        string_agg(distinct source, '; ' order by source) as source

    from own_accelerators
    group by accelerator_name

),

unioned as (

    select * from described_paper_accelerators
    union all by name
    select * from described_later_accelerators
    union all by name
    select * from identified_own_accelerators

)

select * from unioned
