with

source as (

    select * from {{ ref('table_3_throughput_benchmarks') }}

),

parsed as (

    select
        case task when 'CV' then 'vision' when 'NLP' then 'language' end as domain,
        task as domain_printed,
        model as benchmark_model,
        framework,
        gpu as accelerator_printed_name,
        precision,
        {{ cell_number('batch_size') }} as batch_size,
        batch_size as batch_size_printed,
        {{ cell_number('throughput') }} as throughput_per_second,
        throughput as throughput_per_second_printed,
        {{ cell_number('speed_up') }} as speedup_over_fp32,
        speed_up as speedup_over_fp32_printed,
        {{ raw_place('raw/paper/table_3_throughput_benchmarks.csv') }}

    from source

)

select * from parsed
