-- A speed-up over FP32 needs the FP32 rate of the same accelerator.
with

own_accelerators as (

    select * from {{ ref('stg_own_accelerators') }}

),

fp32_rows as (

    select * from own_accelerators
    where precision = 'FP32' and tflops is not null

)

select
    own_accelerators.raw_file || ', line ' || own_accelerators.raw_line || ', column precision: found a speed-up over FP32 of '
    || own_accelerators.accelerator_name || ' in ' || own_accelerators.precision
    || ', expected a row of precision FP32 with tflops for the same accelerator' as message
from own_accelerators
anti join fp32_rows on own_accelerators.accelerator_name = fp32_rows.accelerator_name
where coalesce(own_accelerators.vision_speedup_over_fp32, own_accelerators.language_speedup_over_fp32) is not null
