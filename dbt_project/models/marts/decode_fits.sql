with

decode_fits as (

    select
        accelerator_id,
        decode_memory_factor,
        decode_compute_factor,
        cast(n_rows as integer) as n_rows,
        cast(n_models as integer) as n_models,
        cast(n_architectures as integer) as n_architectures,
        left_out_spread_factor,
        ideal_spread_factor,
        low_factor,
        high_factor,
        cast(n_architectures_checked as integer) as n_architectures_checked,
        cast(n_architectures_within as integer) as n_architectures_within,
        coverage_low,
        coverage_high,
        share_of_rows_within

    from {{ ref('int_decode_fits') }}

)

select * from decode_fits
