with

measured as (

    select * from {{ ref('int_measured_energy') }}

),

estimates as (

    select * from {{ ref('int_energy_estimates') }}

),

-- Boards and labels of one design share their error, so they make one mean. A user's rows are judged by the means and enter none.
averaged as (

    select
        measured.calibration_id,
        estimates.held_out_chip_design,
        measured.regime,
        measured.domain,
        measured.quantity,
        measured.family,
        measured.batch_size_band,
        measured.basis,
        measured.chip_design,
        cast(count(*) as integer) as n_rows,
        avg(estimates.ratio_log10) as mean_ratio_log10,
        min(estimates.ratio_log10) as lowest_ratio_log10,
        max(estimates.ratio_log10) as highest_ratio_log10,
        string_agg(distinct estimates.derate_source, ', ' order by estimates.derate_source) as derate_sources

    from measured
    inner join estimates on measured.measurement_id = estimates.measurement_id
    where
        not measured.is_own
        and measured.how_known <> 'doubtful'
        and estimates.ratio_log10 is not null
        and measured.chip_design is not null
    group by
        measured.calibration_id,
        estimates.held_out_chip_design,
        measured.regime,
        measured.domain,
        measured.quantity,
        measured.family,
        measured.batch_size_band,
        measured.basis,
        measured.chip_design

)

select * from averaged
