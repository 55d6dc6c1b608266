with

source as (

    select * from {{ ref('known_differences') }}

),

parsed as (

    select
        ledger_id,
        status,
        {{ cell_number('recomputed_value') }} as recomputed_value,
        recomputed_value as recomputed_value_printed,
        explanation,
        {{ raw_place('raw/reference/known_differences.csv') }}

    from source

)

select * from parsed
