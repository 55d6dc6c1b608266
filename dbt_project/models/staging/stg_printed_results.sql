with

source as (

    select * from {{ ref('printed_results') }}

),

parsed as (

    select
        ledger_id,
        printed_in,
        quantity,
        result_kind,
        value_type,
        printed_text,
        measure,
        subject,
        {{ cell_number('printed_value') }} as printed_value,
        printed_value as printed_value_printed,
        {{ cell_number('rounding_unit') }} as rounding_unit,
        rounding_unit as rounding_unit_printed,
        {{ raw_place('raw/paper/printed_results.csv') }}

    from source

)

select * from parsed
