with

source as (

    select * from {{ ref('known_differences') }}

),

parsed as (

    select
        ledger_id,
        status,
        explanation,
        {{ raw_place('raw/reference/known_differences.csv') }}

    from source

)

select * from parsed
