with

calibration_check as (

    select
        calibration_id,
        held_out_chip_design,
        regime,
        domain,
        quantity,
        family,
        batch_size_band,
        n_held_out_rows,
        derate_sources,
        held_out_ratio,
        n_chip_designs,
        fitted_ratio,
        fitted_ratio_low,
        fitted_ratio_high,
        interval_kind,
        interval_factor,
        is_within_interval

    from {{ ref('int_calibration_checks') }}

)

select * from calibration_check
