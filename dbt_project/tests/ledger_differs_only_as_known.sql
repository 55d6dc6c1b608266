-- A printed number is reproduced, or it differs in the way and to the value that raw/reference/known_differences.csv gives. A
-- value of six significant digits is off by half a unit of the last one, a relative 5e-6, at most.
with

ledger as (

    select * from {{ ref('paper_ledger') }}

),

known_differences as (

    select * from {{ ref('stg_known_differences') }}

),

compared as (

    select
        ledger.ledger_id,
        ledger.status,
        ledger.printed_value,
        ledger.recomputed_value,
        known_differences.ledger_id as known_ledger_id,
        known_differences.status as known_status,
        known_differences.recomputed_value as known_value,
        known_differences.raw_file,
        known_differences.raw_line,
        known_differences.ledger_id is null
        or (known_differences.recomputed_value is null and ledger.recomputed_value is null)
        or abs(ledger.recomputed_value - known_differences.recomputed_value) <= 5.001e-6 * abs(known_differences.recomputed_value)
            as is_known_value

    from ledger
    full outer join known_differences on ledger.ledger_id = known_differences.ledger_id

)

select
    'ledger ' || coalesce(ledger_id, known_ledger_id) || ': found '
    || coalesce(
        status || ' (printed ' || printed_value || ', recomputed ' || coalesce(cast(recomputed_value as varchar), 'nothing') || ')',
        'no such row'
    )
    || ', expected ' || coalesce(
        known_status || ', recomputed ' || coalesce(cast(known_value as varchar), 'nothing') || ', as in ' || raw_file || ', line '
        || raw_line,
        'reproduced, or a row in raw/reference/known_differences.csv'
    ) as message
from compared
where (status = coalesce(known_status, 'reproduced') and is_known_value) is not true
