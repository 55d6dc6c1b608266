with

printed_results as (

    select * from {{ ref('stg_printed_results') }}

),

-- Resolutions that stand only in the running text of the appendix; Tables 5 and 6 hold the others.
stated as (

    select
        split_part(subject, ':', 1) as model_id,
        printed_value as test_resolution_px

    from printed_results
    where
        measure = 'architecture_specification'
        and subject like '%:test_resolution'
        and result_kind = 'by_construction'

)

select * from stated
