with

source as (

    select * from {{ ref('method_constants') }}

),

parsed as (

    select
        method,
        constant,
        {{ cell_number('value') }} as value,
        value as value_printed,
        unit,
        meaning,
        how_known,
        source_id,
        {{ raw_place('raw/reference/method_constants.csv') }}

    from source

)

select * from parsed
