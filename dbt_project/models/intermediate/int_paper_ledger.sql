with

printed_results as (

    select * from {{ ref('int_printed_results') }}

),

recomputed_results as (

    select * from {{ ref('int_recomputed_results') }}

),

known_differences as (

    select * from {{ ref('stg_known_differences') }}

),

compared as (

    select
        printed_results.*,
        recomputed_results.value as recomputed_value,
        recomputed_results.value / printed_results.printed_value - 1 as relative_difference,
        abs(recomputed_results.value - printed_results.printed_value) as absolute_difference

    from printed_results
    left join recomputed_results
        on printed_results.measure = recomputed_results.measure
        and printed_results.subject = recomputed_results.subject

),

judged as (

    select
        *,
        case
            when result_kind = 'quoted' then 'not_testable'
            when absolute_difference <= rounding_unit / 2 + 1e-9 then 'reproduced'
            when value_type = 'quantity' and absolute_difference <= 0.01 * abs(printed_value) + 1e-9 then 'close'
            -- A number that should be recomputed and is not counts as a difference, never as untestable.
            else 'differs'
        end as status

    from compared

),

explained as (

    select
        judged.*,
        known_differences.explanation

    from judged
    left join known_differences on judged.ledger_id = known_differences.ledger_id

)

select * from explained
