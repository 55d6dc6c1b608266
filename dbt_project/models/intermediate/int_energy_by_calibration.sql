with

models as (

    select * from {{ ref('int_models') }}

),

paper_families as (

    select * from {{ ref('stg_model_families') }}

),

vision_models_since_paper as (

    select * from {{ ref('stg_vision_models_since_paper') }}

),

matched_by_trend as (

    select * from {{ ref('int_energy_by_trend') }}
    where matching_policy = 'trend'

),

fits as (

    select * from {{ ref('int_calibration_fits') }}
    where held_out_chip_design = 'none' and basis = 'measured'

),

default_regimes as (

    select
        'vision' as domain,
        '{{ var("calibration_regime_vision") }}' as regime

    union all

    select
        'language' as domain,
        '{{ var("calibration_regime_language") }}' as regime

),

families as (

    select
        models.model_id,
        models.domain,
        coalesce(paper_families.family, vision_models_since_paper.family) as family

    from models
    left join paper_families on models.model_id = paper_families.model_id
    left join vision_models_since_paper
        on models.model_name = vision_models_since_paper.model_name
        and not models.is_in_paper
        and not models.is_own

),

-- Measured joules are the estimate times the ratio, so the efficiency is that of the trend over the ratio: the less of it, the
-- higher the ratio. A model of a family that was not measured in the regime keeps its row without one.
calibrated as (

    select
        families.model_id,
        'calibrated' as matching_policy,
        cast(null as varchar) as accelerator_id,
        cast(null as integer) as n_accelerators,
        matched_by_trend.gflops_per_watt / power(1e1, fits.ratio_log10) as gflops_per_watt,
        matched_by_trend.gflops_per_watt / power(1e1, fits.ratio_log10 + fits.half_width_log10) as gflops_per_watt_low,
        matched_by_trend.gflops_per_watt / power(1e1, fits.ratio_log10 - fits.half_width_log10) as gflops_per_watt_high,
        coalesce(fits.interval_kind, 'none') as interval_kind,
        fits.ratio_log10 is not null and matched_by_trend.is_hardware_extrapolated as is_hardware_extrapolated,
        fits.ratio_log10 is not null and matched_by_trend.is_hardware_supported as is_hardware_supported,
        fits.regime as calibration_regime,
        fits.family as calibration_family,
        fits.n_chip_designs as n_calibration_designs

    from families
    inner join matched_by_trend on families.model_id = matched_by_trend.model_id
    left join default_regimes on families.domain = default_regimes.domain
    left join fits
        on default_regimes.regime = fits.regime
        and families.domain = fits.domain
        and families.family = fits.family
        and fits.batch_size_band is null

)

select * from calibrated
