-- A printed number is reproduced, or it differs in the way that raw/reference/known_differences.csv explains.
with

ledger as (

    select * from {{ ref('paper_ledger') }}

),

known_differences as (

    select * from {{ ref('stg_known_differences') }}

)

select
    'ledger ' || coalesce(ledger.ledger_id, known_differences.ledger_id) || ': found '
    || coalesce(
        ledger.status || ' (printed ' || ledger.printed_value || ', recomputed '
        || coalesce(cast(ledger.recomputed_value as varchar), 'nothing') || ')',
        'no such row'
    )
    || ', expected ' || coalesce(
        known_differences.status || ' as in ' || known_differences.raw_file || ', line ' || known_differences.raw_line,
        'reproduced, or a row in raw/reference/known_differences.csv'
    ) as message
from ledger
full outer join known_differences on ledger.ledger_id = known_differences.ledger_id
where (ledger.status = coalesce(known_differences.status, 'reproduced')) is not true
