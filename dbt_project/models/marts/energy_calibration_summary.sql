with

energy_calibration_summary as (

    select
        calibration_id,
        regime,
        domain,
        quantity,
        family,
        batch_size_band,
        is_upper_bound,
        n_chip_designs,
        chip_designs,
        n_rows,
        n_rows_from_recalled_cells,
        estimate_basis,
        ratio,
        ratio_low,
        ratio_high,
        interval_kind,
        degrees_of_freedom,
        lowest_ratio,
        highest_ratio,
        verdict,
        n_designs_checked,
        n_designs_within,
        coverage_low,
        coverage_high,
        mean_interval_factor

    from {{ ref('int_energy_calibration_summary') }}

)

select * from energy_calibration_summary
