with

all_later_accelerators as (

    select * from {{ ref('int_later_accelerators') }}

),

paper_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

tensor_derates as (

    select * from {{ ref('int_tensor_derates') }}

),

workloads as (

    select unnest(['vision', 'language']) as workload

),

later_accelerators as (

    select all_later_accelerators.*
    from all_later_accelerators
    anti join paper_names on all_later_accelerators.accelerator_id = paper_names.accelerator_id

),

peaks as (

    unpivot later_accelerators
    on
    fp32_tflops as FP32, -- noqa: CP02
    tf32_tflops as TF32, -- noqa: CP02
    tensor_16_bit_tflops as "16-bit tensor", -- noqa: RF05
    fp8_tflops as FP8 -- noqa: CP02
    into name precision value tflops

),

-- What rests on a doubtful cell is doubtful: the rate itself, the power or the date.
judged_peaks as (

    select
        accelerator_id,
        maker,
        chip_design,
        precision,
        tflops,
        list_has_any(
            string_split(coalesce(doubtful_cells, ''), ';'),
            [
                'tdp_watts',
                'launch_date',
                case precision
                    when 'FP32' then 'fp32_tflops'
                    when 'TF32' then 'tf32_tflops'
                    when 'FP8' then 'fp8_tflops'
                    else 'tensor_16_bit_tflops'
                end
            ]
        ) as is_doubtful

    from peaks

),

theoretical_rows as (

    select
        accelerator_id,
        precision,
        'theoretical' as workload,
        false as is_adapted,
        tflops,
        is_doubtful

    from judged_peaks

),

-- The lines of Fig. 8 are of chips of one maker, so only its later chips are set beside them.
fp32_rows as (

    select
        judged_peaks.accelerator_id,
        judged_peaks.precision,
        workloads.workload,
        false as is_adapted,
        judged_peaks.tflops,
        judged_peaks.is_doubtful

    from judged_peaks
    cross join workloads
    where judged_peaks.precision = 'FP32' and judged_peaks.maker = 'NVIDIA'

),

benchmarked_designs as (

    select distinct
        all_later_accelerators.chip_design,
        tensor_derates.derate_source

    from tensor_derates
    inner join all_later_accelerators on tensor_derates.derate_source = all_later_accelerators.accelerator_id

),

-- No networks were benchmarked on them: the peak of matrix units is taken down by what arrived on a chip of the paper, that of the
-- same design or else the default. FP8 has no benchmarks on any.
derate_choices as (

    select
        judged_peaks.*,
        coalesce(benchmarked_designs.derate_source, '{{ var("default_derate_source") }}') as derate_source

    from judged_peaks
    left join benchmarked_designs on judged_peaks.chip_design = benchmarked_designs.chip_design
    where judged_peaks.precision = '16-bit tensor' and judged_peaks.maker = 'NVIDIA'

),

derated_rows as (

    select
        derate_choices.accelerator_id,
        derate_choices.precision,
        tensor_derates.workload,
        true as is_adapted,
        derate_choices.tflops * tensor_derates.derate as tflops,
        derate_choices.derate_source,
        derate_choices.is_doubtful

    from derate_choices
    inner join tensor_derates on derate_choices.derate_source = tensor_derates.derate_source

),

unioned as (

    select * from theoretical_rows
    union all by name
    select * from fp32_rows
    union all by name
    select * from derated_rows

)

select * from unioned
