with

theoretical as (

    select * from {{ ref('stg_gpu_theoretical_performance') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

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
        true as is_in_paper,
        'desislavov-2021, Table 8' as source

    from theoretical
    inner join accelerator_names on theoretical.accelerator_printed_name = accelerator_names.printed_name
    group by accelerator_names.accelerator_id, accelerator_names.accelerator_name

),

identified_own_accelerators as (

    select
        {{ slug('accelerator_name') }} as accelerator_id,
        accelerator_name,
        min(segment) as segment,
        min(launch_date) as launch_date,
        min(tdp_watts) as tdp_watts,
        false as is_in_paper,
        string_agg(distinct source, '; ' order by source) as source

    from own_accelerators
    group by accelerator_name

),

unioned as (

    select * from paper_accelerators
    union all by name
    select * from identified_own_accelerators

)

select * from unioned
