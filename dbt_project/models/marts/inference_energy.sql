with

inference_energy as (

    select
        model_id,
        matching_policy,
        domain,
        release_date,
        accelerator_id,
        n_accelerators,
        gflops_per_watt,
        joules_per_forward_pass,
        joules_per_forward_pass_low,
        joules_per_forward_pass_high,
        interval_kind,
        joules_per_token,
        joules_per_128_tokens,
        is_hardware_extrapolated,
        is_hardware_supported,
        calibration_regime,
        calibration_family,
        n_calibration_designs,
        is_in_paper,
        is_own

    from {{ ref('int_inference_energy') }}

)

select * from inference_energy
