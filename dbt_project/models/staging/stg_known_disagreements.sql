with

source as (

    select * from {{ ref('known_disagreements') }}

),

parsed as (

    select
        subject,
        quantity,
        other_source_id,
        reason,
        evidence,
        source_id,
        {{ raw_place('raw/reference/known_disagreements.csv') }}

    from source

)

select * from parsed
