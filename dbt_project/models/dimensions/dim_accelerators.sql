with

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

decode_fits as (

    select * from {{ ref('int_decode_fits') }}

),

-- What rests on a doubtful cell serves no estimate.
usable_rates as (

    select * from efficiency
    where not is_doubtful

),

peaks as (

    select
        accelerator_id,
        max(case when precision_class = '16-bit tensor' then tflops end) as tensor_16_bit_tflops,
        max(case when precision_class = 'FP8' then tflops end) as fp8_tflops

    from usable_rates
    where workload = 'theoretical'
    group by accelerator_id

),

best_rates as (

    select * from usable_rates
    qualify {{ rank_of_precision() }} = 1

),

rated_cells as (

    select
        * exclude (tdp_watts, memory_bandwidth_gb_per_s),
        case
            when list_contains(string_split(coalesce(doubtful_cells, ''), ';'), 'tdp_watts') then null
            else tdp_watts
        end as tdp_watts,
        case
            when list_contains(string_split(coalesce(doubtful_cells, ''), ';'), 'memory_bandwidth_gb_per_s') then null
            else memory_bandwidth_gb_per_s
        end as memory_bandwidth_gb_per_s

    from accelerators

),

rated as (

    select
        rated_cells.*,
        peaks.tensor_16_bit_tflops,
        peaks.fp8_tflops,
        vision_rates.gflops_per_watt as vision_gflops_per_watt,
        vision_rates.precision as vision_precision,
        language_rates.gflops_per_watt as language_gflops_per_watt,
        language_rates.precision as language_precision

    from rated_cells
    left join peaks on rated_cells.accelerator_id = peaks.accelerator_id
    left join best_rates as vision_rates
        on rated_cells.accelerator_id = vision_rates.accelerator_id
        and vision_rates.workload = 'vision'
    left join best_rates as language_rates
        on rated_cells.accelerator_id = language_rates.accelerator_id
        and language_rates.workload = 'language'

),

-- Without its power, its bandwidth and a rate of matrix units nothing can be said of how a chip generates.
with_decode_basis as (

    select
        rated.*,
        decode_fits.decode_memory_factor,
        decode_fits.decode_compute_factor,
        decode_fits.low_factor,
        decode_fits.high_factor,
        case
            when
                rated.tdp_watts is null
                or rated.memory_bandwidth_gb_per_s is null
                or coalesce(rated.tensor_16_bit_tflops, rated.fp8_tflops) is null
                then null
            when decode_fits.accelerator_id is not null then 'fitted'
            else 'ideal'
        end as decode_basis

    from rated
    left join decode_fits on rated.accelerator_id = decode_fits.accelerator_id

),

described as (

    select
        accelerator_id,
        accelerator_name,
        maker,
        chip_design,
        tdp_watts,
        memory_bandwidth_gb_per_s,
        tensor_16_bit_tflops,
        fp8_tflops,
        vision_gflops_per_watt,
        vision_precision,
        language_gflops_per_watt,
        language_precision,
        case when decode_basis = 'fitted' then decode_memory_factor end as decode_memory_factor,
        case when decode_basis = 'fitted' then decode_compute_factor end as decode_compute_factor,
        decode_basis,
        case when decode_basis = 'fitted' then low_factor end as decode_low_factor,
        case when decode_basis = 'fitted' then high_factor end as decode_high_factor,
        is_in_paper,
        is_own

    from with_decode_basis

)

select * from described
