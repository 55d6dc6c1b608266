-- The rows that Table 9 takes over from Table 8 unadapted repeat its rate, power, date and segment.
with

theoretical as (

    select
        stg_gpu_theoretical_performance.*,
        stg_accelerator_names.accelerator_id

    from {{ ref('stg_gpu_theoretical_performance') }}
    left join {{ ref('stg_accelerator_names') }}
        on stg_gpu_theoretical_performance.accelerator_printed_name = stg_accelerator_names.printed_name

),

adapted as (

    select
        stg_gpu_adapted_performance.*,
        stg_accelerator_names.accelerator_id

    from {{ ref('stg_gpu_adapted_performance') }}
    left join {{ ref('stg_accelerator_names') }}
        on stg_gpu_adapted_performance.accelerator_printed_name = stg_accelerator_names.printed_name

),

compared as (

    select
        adapted.raw_file,
        adapted.raw_line,
        adapted.accelerator_printed_name,
        concat_ws(', ', adapted.tflops, adapted.tdp_watts, adapted.launch_date, adapted.segment) as found,
        concat_ws(', ', theoretical.tflops, theoretical.tdp_watts, theoretical.launch_date, theoretical.segment) as expected

    from adapted
    left join theoretical
        on adapted.accelerator_id = theoretical.accelerator_id
        and adapted.precision = theoretical.precision
    where adapted.adapted_for = 'none'

)

select
    raw_file || ', line ' || raw_line || ', columns tflops, watts, launch_date, type: found ' || found || ' of '
    || accelerator_printed_name
    || ', expected ' || coalesce(expected, 'a row') || ' as in Table 8' as message
from compared
where (found = expected) is not true
