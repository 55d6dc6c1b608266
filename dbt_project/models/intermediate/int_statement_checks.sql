with

checks as (

    select * from {{ ref('int_statement_checks_accuracy') }}
    union all by name
    select * from {{ ref('int_statement_checks_records') }}
    union all by name
    select * from {{ ref('int_statement_checks_frontier') }}
    union all by name
    select * from {{ ref('int_statement_checks_scaling') }}
    union all by name
    select * from {{ ref('int_statement_checks_growth') }}
    union all by name
    select * from {{ ref('int_statement_checks_language') }}
    union all by name
    select * from {{ ref('int_statement_checks_speedups') }}
    union all by name
    select * from {{ ref('int_statement_checks_hardware') }}
    union all by name
    select * from {{ ref('int_statement_checks_energy') }}
    union all by name
    select * from {{ ref('int_statement_checks_joules') }}
    union all by name
    select * from {{ ref('int_statement_checks_human_power') }}

),

-- Every value that a verdict rests on is printed in its result, so a result is NULL where one is missing: nothing is shown then.
judged as (

    select
        ledger_id,
        test,
        coalesce(result, 'A value that this needs is missing.') as result,
        case when result is null then 'not_shown' else verdict end as verdict

    from checks

)

select * from judged
