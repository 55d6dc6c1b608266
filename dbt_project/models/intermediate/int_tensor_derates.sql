with

paper_rates as (

    select * from {{ ref('int_paper_rates') }}

),

peaks as (

    select * from paper_rates
    where workload = 'theoretical' and precision = 'FP16/FP32 Tensor'

),

measured as (

    select * from paper_rates
    where is_adapted and precision = 'Mixed'

),

-- What arrives of the peak of matrix units when networks run on them, on each chip that the paper has benchmarks of.
derates as (

    select
        measured.workload,
        measured.accelerator_id as derate_source,
        measured.tflops / peaks.tflops as derate

    from measured
    inner join peaks on measured.accelerator_id = peaks.accelerator_id

)

select * from derates
