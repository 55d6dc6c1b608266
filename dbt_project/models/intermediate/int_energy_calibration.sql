with

measured as (

    select * from {{ ref('int_measured_energy') }}

),

estimates as (

    select * from {{ ref('int_energy_estimates') }}
    where held_out_chip_design = 'none'

),

fits as (

    select * from {{ ref('int_calibration_fits') }}
    where held_out_chip_design = 'none'

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

-- The rows that made an interval lie in it by construction, so only a user's measured rows are judged by it.
judged as (

    select
        measured.*,
        estimates.estimate_basis,
        estimates.derate_source,
        estimates.joules_estimated,
        estimates.joules_at_peak,
        estimates.ratio,
        estimates.ratio_log10,
        estimates.missing_reason,
        estimates.joules_estimated is not null and list_has_any(
            string_split(coalesce(accelerators.recalled_cells, ''), ';'),
            [
                'tdp_watts',
                case measured.precision_class
                    when 'FP32' then 'fp32_tflops'
                    when 'INT8' then 'int8_tops'
                    when 'FP8' then 'fp8_tflops'
                    else 'tensor_16_bit_tflops'
                end
            ]
        ) as is_estimate_from_recalled_cells,
        case
            when measured.is_own and measured.basis = 'measured'
                then abs(estimates.ratio_log10 - fits.ratio_log10) <= fits.half_width_log10
        end as is_within_interval

    from measured
    inner join estimates on measured.measurement_id = estimates.measurement_id
    left join fits on measured.calibration_id = fits.calibration_id
    left join accelerators on measured.accelerator_id = accelerators.accelerator_id

)

select * from judged
