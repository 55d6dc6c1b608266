-- A regime that nothing was measured in would leave every model under the policy `calibrated` without joules.
with

chosen as (

    select
        'vision' as domain,
        '{{ var("calibration_regime_vision") }}' as regime

    union all

    select
        'language' as domain,
        '{{ var("calibration_regime_language") }}' as regime

),

measured as (

    select distinct
        domain,
        regime

    from {{ ref('int_calibration_fits') }}
    where basis = 'measured' and held_out_chip_design = 'none' and batch_size_band is null

)

select
    'dbt_project.yml, var calibration_regime_' || chosen.domain || ': found ' || chosen.regime || ', expected a regime of '
    || 'energy_calibration_summary with measured images or inputs of that domain' as message
from chosen
anti join measured on chosen.domain = measured.domain and chosen.regime = measured.regime
