with

printed_results as (

    select * from {{ ref('stg_printed_results') }}

),

-- Resolutions that stand as a number only in the running text of the appendix; Table 5 holds the others.
stated as (

    select
        split_part(subject, ':', 1) as model_id,
        split_part(subject, ':', 2) as specification,
        printed_value as resolution_px

    from printed_results
    where
        measure = 'architecture_specification'
        and subject like '%resolution%'
        and result_kind = 'by_construction'

)

select * from stated
