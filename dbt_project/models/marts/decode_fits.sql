with

decode_fits as (

    select * from {{ ref('int_decode_fits') }}

),

points as (

    select * from {{ ref('int_decode_points') }}

),

left_out as (

    select
        accelerator_id,
        count(*) as n_rows_without_estimate,
        string_agg(distinct missing_reason, '; ' order by missing_reason) as missing_reason

    from points
    where missing_reason is not null
    group by accelerator_id

),

published as (

    select
        decode_fits.accelerator_id,
        decode_fits.decode_memory_factor,
        decode_fits.decode_compute_factor,
        decode_fits.low_factor,
        decode_fits.high_factor,
        cast(decode_fits.n_models as integer) as n_models,
        cast(decode_fits.n_networks as integer) as n_networks,
        cast(decode_fits.n_rows as integer) as n_rows,
        cast(coalesce(left_out.n_rows_without_estimate, 0) as integer) as n_rows_without_estimate,
        left_out.missing_reason,
        decode_fits.rms_log10_ideal,
        decode_fits.rms_log10_fitted,
        decode_fits.rms_log10_left_out,
        decode_fits.rms_log10_left_out_by_network,
        cast(decode_fits.n_models_checked as integer) as n_models_checked,
        cast(decode_fits.n_models_all_within as integer) as n_models_all_within,
        cast(decode_fits.n_models_mostly_within as integer) as n_models_mostly_within,
        decode_fits.coverage_low,
        decode_fits.coverage_high

    from decode_fits
    left join left_out on decode_fits.accelerator_id = left_out.accelerator_id

)

select * from published
