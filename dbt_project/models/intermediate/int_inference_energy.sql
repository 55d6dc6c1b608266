with

models as (

    select * from {{ ref('int_models') }}

),

matched as (

    select * from {{ ref('int_energy_by_trend') }}
    where vintage in ('paper', 'to_2026')
    union all by name
    select * from {{ ref('int_energy_by_best_available') }}
    union all by name
    select * from {{ ref('int_energy_by_recent_median') }}
    union all by name
    select * from {{ ref('int_energy_by_calibration') }}

),

-- Eq. 2. The least efficient accelerator gives the upper bound of the joules.
priced as (

    select
        matched.model_id,
        matched.matching_policy,
        models.domain,
        models.release_date,
        matched.accelerator_id,
        matched.n_accelerators,
        matched.gflops_per_watt,
        {{ joules('models.gflops_per_forward_pass', 'matched.gflops_per_watt') }} as joules_per_forward_pass,
        {{ joules('models.gflops_per_forward_pass', 'matched.gflops_per_watt_high') }} as joules_per_forward_pass_low,
        {{ joules('models.gflops_per_forward_pass', 'matched.gflops_per_watt_low') }} as joules_per_forward_pass_high,
        {{ joules('models.gflops_per_token', 'matched.gflops_per_watt') }} as joules_per_token,
        {{ joules('models.gflops_per_128_tokens', 'matched.gflops_per_watt') }} as joules_per_128_tokens,
        -- Per token there is no interval: without a pass nothing bounds anything.
        case when models.gflops_per_forward_pass is null then 'none' else matched.interval_kind end as interval_kind,
        coalesce(matched.is_hardware_extrapolated, false) as is_hardware_extrapolated,
        coalesce(matched.is_hardware_supported, matched.gflops_per_watt is not null) as is_hardware_supported,
        matched.calibration_regime,
        matched.calibration_family,
        matched.n_calibration_designs,
        models.is_in_paper,
        models.is_own

    from matched
    inner join models on matched.model_id = models.model_id

)

select * from priced
