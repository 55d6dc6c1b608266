with

matched_by_trend as (

    select * from {{ ref('int_energy_by_trend') }}
    where matching_policy = 'trend'

),

ratios as (

    select * from {{ ref('int_calibration_ratios') }}

),

-- Measured joules are the estimate times the ratio, so the efficiency is that of the trend over the ratio: the less of it, the
-- higher the ratio.
calibrated as (

    select
        ratios.model_id,
        'calibrated' as matching_policy,
        cast(null as varchar) as accelerator_id,
        cast(null as integer) as n_accelerators,
        matched_by_trend.gflops_per_watt / ratios.ratio as gflops_per_watt,
        matched_by_trend.gflops_per_watt / ratios.ratio_high as gflops_per_watt_low,
        matched_by_trend.gflops_per_watt / ratios.ratio_low as gflops_per_watt_high,
        ratios.interval_kind,
        ratios.ratio is not null and matched_by_trend.is_hardware_extrapolated as is_hardware_extrapolated,
        ratios.ratio is not null and matched_by_trend.is_hardware_supported as is_hardware_supported,
        ratios.regime as calibration_regime,
        ratios.family as calibration_family,
        ratios.n_chip_designs as n_calibration_designs

    from ratios
    inner join matched_by_trend on ratios.model_id = matched_by_trend.model_id

)

select * from calibrated
