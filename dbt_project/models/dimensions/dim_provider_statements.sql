with

statements as (

    select * from {{ ref('stg_provider_statements') }}

),

described as (

    select
        statement_id,
        provider,
        statement,
        stated_on,
        wh_per_query,
        gco2e_per_query,
        boundary,
        note,
        source_id as source

    from statements

)

select * from described
