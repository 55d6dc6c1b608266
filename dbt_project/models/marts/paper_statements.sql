with

printed_results as (

    select * from {{ ref('stg_printed_results') }}
    where result_kind = 'statement'

),

statement_checks as (

    select * from {{ ref('int_statement_checks') }}

),

judged as (

    select
        printed_results.ledger_id as statement_id,
        printed_results.printed_text as statement,
        printed_results.printed_in,
        printed_results.quantity as claim,
        statement_checks.test,
        statement_checks.result,
        statement_checks.verdict

    from printed_results
    left join statement_checks on printed_results.ledger_id = statement_checks.ledger_id

)

select * from judged
