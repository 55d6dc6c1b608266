with

source as (

    select * from {{ ref('provider_statements') }}

),

parsed as (

    select
        statement_id,
        provider,
        statement,
        stated_on,
        {{ cell_number('wh_per_query') }} as wh_per_query,
        wh_per_query as wh_per_query_printed,
        {{ cell_number('gco2e_per_query') }} as gco2e_per_query,
        gco2e_per_query as gco2e_per_query_printed,
        boundary,
        note,
        how_known,
        source_id,
        {{ raw_place('raw/reference/provider_statements.csv') }}

    from source

)

select * from parsed
