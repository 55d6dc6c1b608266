with

designs as (

    select * from {{ ref('int_calibration_designs') }}

),

fits as (

    select * from {{ ref('int_calibration_fits') }}

),

-- The design that was left out, estimated with nothing learned from it, against the interval of the others. Families on one design
-- have no others.
held_out as (

    select
        designs.calibration_id,
        designs.regime,
        designs.domain,
        designs.quantity,
        designs.family,
        designs.batch_size_band,
        designs.held_out_chip_design,
        designs.n_rows as n_held_out_rows,
        designs.derate_sources,
        designs.mean_ratio_log10 as held_out_ratio_log10,
        fits.n_chip_designs,
        fits.ratio_log10 as fitted_ratio_log10,
        fits.half_width_log10,
        fits.interval_kind,
        abs(designs.mean_ratio_log10 - fits.ratio_log10) <= fits.half_width_log10 as is_within_interval

    from designs
    inner join fits
        on designs.calibration_id = fits.calibration_id
        and designs.held_out_chip_design = fits.held_out_chip_design
    where
        designs.chip_design = designs.held_out_chip_design
        and designs.basis = 'measured'

),

as_factors as (

    select
        *,
        power(1e1, held_out_ratio_log10) as held_out_ratio,
        power(1e1, fitted_ratio_log10) as fitted_ratio,
        power(1e1, fitted_ratio_log10 - half_width_log10) as fitted_ratio_low,
        power(1e1, fitted_ratio_log10 + half_width_log10) as fitted_ratio_high,
        power(1e1, half_width_log10) as interval_factor

    from held_out

)

select * from as_factors
