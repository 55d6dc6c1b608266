with

source as (

    select * from {{ ref('human_energy') }}

),

parsed as (

    select
        human_reference,
        amount_unit,
        printed_in,
        source_id,
        description,
        {{ cell_number('amount') }} as amount,
        amount as amount_printed,
        {{ cell_number('printed_watts') }} as printed_watts,
        printed_watts as printed_watts_printed,
        {{ raw_place('raw/reference/human_energy.csv') }}

    from source

)

select * from parsed
