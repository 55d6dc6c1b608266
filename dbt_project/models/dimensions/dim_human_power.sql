with

human_power as (

    select * from {{ ref('int_human_power') }}

),

-- Those that the paper holds inference against.
references_of_the_paper as (

    select
        human_reference,
        printed_reference_watts as watts,
        reference_watts as exact_watts

    from human_power
    where printed_reference_watts is not null

)

select * from references_of_the_paper
