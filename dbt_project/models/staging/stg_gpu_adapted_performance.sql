with

source as (

    select * from {{ ref('table_9_gpu_adapted_performance') }}

),

parsed as (

    select
        case adapted when 'No' then 'none' when 'For CNN' then 'vision' when 'For NLP' then 'language' end as adapted_for,
        adapted as adapted_for_printed,
        gpu as accelerator_printed_name,
        precision,
        lower(type) as segment,
        type as segment_printed,
        {{ cell_number('tflops') }} as tflops,
        tflops as tflops_printed,
        {{ cell_number('watts') }} as tdp_watts,
        watts as tdp_watts_printed,
        {{ cell_number('gflops_per_watt') }} as gflops_per_watt,
        gflops_per_watt as gflops_per_watt_printed,
        {{ cell_date('launch_date') }} as launch_date,
        launch_date as launch_date_printed,
        {{ raw_place('raw/paper/table_9_gpu_adapted_performance.csv') }}

    from source

)

select * from parsed
