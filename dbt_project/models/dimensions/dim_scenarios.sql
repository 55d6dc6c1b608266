with

shipped as (

    select * from {{ ref('stg_scenarios') }}

),

own as (

    select * from {{ ref('stg_own_scenarios') }}

),

unioned as (

    select
        *,
        source_id as source,
        false as is_own

    from shipped

    union all by name

    select
        *,
        true as is_own

    from own

),

ordered as (

    select
        scenario_id,
        matching_policy,
        utilisation,
        host_overhead,
        pue,
        cast(row_number() over (order by is_own, raw_line) as integer) as display_order,
        description,
        source,
        is_own

    from unioned

)

select * from ordered
