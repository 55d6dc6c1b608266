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

-- A model of a family that was not measured in the regime keeps its row without a ratio.
ratios as (

    select
        families.model_id,
        fits.regime,
        {{ boundary_of_regime('fits.regime') }} as boundary,
        fits.family,
        fits.n_chip_designs,
        power(1e1, fits.ratio_log10) as ratio,
        power(1e1, fits.ratio_log10 - fits.half_width_log10) as ratio_low,
        power(1e1, fits.ratio_log10 + fits.half_width_log10) as ratio_high,
        coalesce(fits.interval_kind, 'none') as interval_kind

    from families
    left join default_regimes on families.domain = default_regimes.domain
    left join fits
        on default_regimes.regime = fits.regime
        and families.domain = fits.domain
        and families.family = fits.family
        and fits.batch_size_band is null

)

select * from ratios
