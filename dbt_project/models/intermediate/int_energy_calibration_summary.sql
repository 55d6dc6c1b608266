with

fits as (

    select * from {{ ref('int_calibration_fits') }}
    where held_out_chip_design = 'none'

),

checks as (

    select * from {{ ref('int_calibration_checks') }}

),

binomial_intervals as (

    select * from {{ ref('int_binomial_intervals') }}

),

rows_of_fits as (

    select
        calibration_id,
        string_agg(distinct estimate_basis, ', ' order by estimate_basis) as estimate_basis,
        cast(count(*) filter (where is_estimate_from_recalled_cells) as integer) as n_rows_from_recalled_cells

    from {{ ref('int_energy_calibration') }}
    where not is_own and joules_estimated is not null
    group by calibration_id

),

-- Only designs for which the others give an interval can be found in or out of it.
checked as (

    select
        calibration_id,
        cast(count(*) as integer) as n_designs_checked,
        cast(count(*) filter (where is_within_interval) as integer) as n_designs_within,
        power(1e1, avg(half_width_log10)) as mean_interval_factor

    from checks
    where is_within_interval is not null
    group by calibration_id

),

summarised as (

    select
        fits.calibration_id,
        fits.regime,
        fits.domain,
        fits.quantity,
        fits.family,
        fits.batch_size_band,
        fits.basis = 'upper_bound' as is_upper_bound,
        fits.n_chip_designs,
        fits.chip_designs,
        fits.n_rows,
        coalesce(rows_of_fits.n_rows_from_recalled_cells, 0) as n_rows_from_recalled_cells,
        rows_of_fits.estimate_basis,
        power(1e1, fits.ratio_log10) as ratio,
        fits.ratio_log10,
        power(1e1, fits.ratio_log10 - fits.half_width_log10) as ratio_low,
        power(1e1, fits.ratio_log10 + fits.half_width_log10) as ratio_high,
        power(1e1, fits.lowest_ratio_log10) as lowest_ratio,
        power(1e1, fits.highest_ratio_log10) as highest_ratio,
        fits.interval_kind,
        fits.sd_log10,
        fits.degrees_of_freedom,
        coalesce(checked.n_designs_checked, 0) as n_designs_checked,
        coalesce(checked.n_designs_within, 0) as n_designs_within,
        binomial_intervals.share_low as coverage_low,
        binomial_intervals.share_high as coverage_high,
        checked.mean_interval_factor

    from fits
    left join checked on fits.calibration_id = checked.calibration_id
    left join rows_of_fits on fits.calibration_id = rows_of_fits.calibration_id
    left join binomial_intervals
        on checked.n_designs_checked = binomial_intervals.n_trials
        and checked.n_designs_within = binomial_intervals.n_successes

),

-- A bound says what the joules are at most: it can show an estimate to be too high, never one to be near or too low.
with_verdict as (

    select
        *,
        case
            when ratio < 1 / {{ near_factor() }} then 'high'
            when is_upper_bound and ratio <= {{ near_factor() }} then 'not_low'
            when is_upper_bound then 'open'
            when ratio <= {{ near_factor() }} then 'near'
            else 'low'
        end as verdict

    from summarised

)

select * from with_verdict
