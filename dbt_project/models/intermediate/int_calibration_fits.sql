with

designs as (

    select * from {{ ref('int_calibration_designs') }}

),

student_quantiles as (

    select * from {{ ref('int_student_quantiles') }}

),

-- Of each fold the designs that are not held out.
fitted as (

    select
        calibration_id,
        held_out_chip_design,
        regime,
        domain,
        quantity,
        family,
        batch_size_band,
        basis,
        cast(count(*) as integer) as n_chip_designs,
        string_agg(chip_design, ', ' order by chip_design) as chip_designs,
        cast(sum(n_rows) as integer) as n_rows,
        avg(mean_ratio_log10) as ratio_log10,
        stddev_samp(mean_ratio_log10) as sd_log10,
        min(lowest_ratio_log10) as lowest_ratio_log10,
        max(highest_ratio_log10) as highest_ratio_log10

    from designs
    where chip_design <> held_out_chip_design
    group by
        calibration_id,
        held_out_chip_design,
        regime,
        domain,
        quantity,
        family,
        batch_size_band,
        basis

),

-- A family measured on one design says nothing of the spread over designs; families of its regime with three or more may.
pooled as (

    select
        held_out_chip_design,
        regime,
        batch_size_band,
        sqrt(sum((n_chip_designs - 1) * power(sd_log10, 2)) / sum(n_chip_designs - 1)) as pooled_sd_log10,
        cast(sum(n_chip_designs - 1) as integer) as pooled_degrees_of_freedom

    from fitted
    where basis = 'measured' and n_chip_designs >= 3
    group by held_out_chip_design, regime, batch_size_band

),

with_spread as (

    select
        fitted.* exclude (sd_log10),
        case
            when fitted.basis = 'upper_bound' then 'none'
            when fitted.n_chip_designs >= 2 then 'design_prediction'
            when pooled.pooled_sd_log10 is not null then 'pooled_prediction'
            else 'none'
        end as interval_kind,
        case
            when fitted.basis = 'upper_bound' then null
            when fitted.n_chip_designs >= 2 then fitted.sd_log10
            else pooled.pooled_sd_log10
        end as sd_log10,
        case
            when fitted.basis = 'upper_bound' then null
            when fitted.n_chip_designs >= 2 then fitted.n_chip_designs - 1
            else pooled.pooled_degrees_of_freedom
        end as degrees_of_freedom

    from fitted
    left join pooled
        on fitted.held_out_chip_design = pooled.held_out_chip_design
        and fitted.regime = pooled.regime
        and fitted.batch_size_band is not distinct from pooled.batch_size_band

),

-- The interval of one further chip design: that of a mean would shrink with each design and promise too much of the next.
with_width as (

    select
        with_spread.*,
        student_quantiles.t_quantile * with_spread.sd_log10 * sqrt(1 + 1e0 / with_spread.n_chip_designs)
            as half_width_log10

    from with_spread
    left join student_quantiles on with_spread.degrees_of_freedom = student_quantiles.degrees_of_freedom

)

select * from with_width
