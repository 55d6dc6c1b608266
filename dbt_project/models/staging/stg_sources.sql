with

source as (

    select * from {{ ref('sources') }}

),

parsed as (

    select
        source_id,
        title,
        citation,
        url,
        licence,
        used_for,
        {{ raw_place('raw/reference/sources.csv') }}

    from source

)

select * from parsed
