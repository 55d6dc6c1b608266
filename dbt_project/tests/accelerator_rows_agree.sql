-- Name, power, date and segment belong to the accelerator, so all its rows must state the same.
with

theoretical as (

    select
        stg_accelerator_names.accelerator_id,
        stg_accelerator_names.accelerator_name,
        stg_gpu_theoretical_performance.tdp_watts,
        stg_gpu_theoretical_performance.launch_date,
        stg_gpu_theoretical_performance.segment,
        'gpu, watts, launch_date, type' as compared_columns,
        stg_gpu_theoretical_performance.raw_file,
        stg_gpu_theoretical_performance.raw_line

    from {{ ref('stg_gpu_theoretical_performance') }}
    left join {{ ref('stg_accelerator_names') }}
        on stg_gpu_theoretical_performance.accelerator_printed_name = stg_accelerator_names.printed_name

),

adapted as (

    select
        stg_accelerator_names.accelerator_id,
        stg_accelerator_names.accelerator_name,
        stg_gpu_adapted_performance.tdp_watts,
        stg_gpu_adapted_performance.launch_date,
        stg_gpu_adapted_performance.segment,
        'gpu, watts, launch_date, type' as compared_columns,
        stg_gpu_adapted_performance.raw_file,
        stg_gpu_adapted_performance.raw_line

    from {{ ref('stg_gpu_adapted_performance') }}
    left join {{ ref('stg_accelerator_names') }}
        on stg_gpu_adapted_performance.accelerator_printed_name = stg_accelerator_names.printed_name

),

own as (

    select
        {{ slug('accelerator_name') }} as accelerator_id,
        accelerator_name,
        tdp_watts,
        launch_date,
        segment,
        'accelerator_name, tdp_watts, launch_date, segment' as compared_columns,
        raw_file,
        raw_line

    from {{ ref('stg_own_accelerators') }}

),

stated as (

    select
        accelerator_id,
        compared_columns,
        raw_file,
        raw_line,
        concat_ws(', ', accelerator_name, tdp_watts || ' W', launch_date, segment) as statement

    from (
        select * from theoretical
        union all by name
        select * from adapted
        union all by name
        select * from own
    )

),

compared as (

    select
        *,
        first_value(statement) over rows_of_accelerator as first_statement,
        first_value(raw_file || ', line ' || raw_line) over rows_of_accelerator as first_place

    from stated
    -- A user's row under a name of the paper is another test's matter, which blames the right file.
    window rows_of_accelerator as (partition by accelerator_id, raw_file like 'raw/own/%' order by raw_file, raw_line)

)

select
    raw_file || ', line ' || raw_line || ', columns ' || compared_columns || ': found ' || statement || ', expected '
    || first_statement || ' as in ' || first_place as message
from compared
where (statement = first_statement) is not true
