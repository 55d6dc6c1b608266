with

energy_calibration as (

    select
        measurement_id,
        calibration_id,
        domain,
        quantity,
        model_name,
        family,
        accelerator_name,
        accelerator_id,
        chip_design,
        precision,
        precision_class,
        boundary,
        software_kind,
        software,
        regime,
        basis,
        batch_size,
        batch_size_band,
        n_gpus,
        active_params_millions,
        gflops,
        gflops_known_from,
        joules_measured,
        estimate_basis,
        derate_source,
        joules_estimated,
        joules_at_peak,
        ratio,
        ratio_log10,
        missing_reason,
        is_estimate_from_recalled_cells,
        is_within_interval,
        n_submissions,
        how_known,
        source,
        is_own

    from {{ ref('int_energy_calibration') }}

)

select * from energy_calibration
