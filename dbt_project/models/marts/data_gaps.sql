with

data_gaps as (

    select
        subject,
        missing,
        reason,
        n_rows,
        n_of,
        examples

    from {{ ref('int_data_gaps') }}

)

select * from data_gaps
