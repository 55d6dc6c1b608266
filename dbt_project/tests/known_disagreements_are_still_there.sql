-- A reason for a difference that is not there, or no longer, would mislead whoever reads the file.
select
    known_disagreements.raw_file || ', line ' || known_disagreements.raw_line
    || ', columns subject, quantity, other_source_id: found '
    || concat_ws(', ', known_disagreements.subject, known_disagreements.quantity, known_disagreements.other_source_id)
    || ', which ' || case when agreement.verdict is null then 'is compared nowhere' else 'agrees' end
    || ', expected a row of marts.source_agreement that differs' as message
from {{ ref('stg_known_disagreements') }} as known_disagreements
left join {{ ref('int_source_agreement') }} as agreement
    on known_disagreements.subject = agreement.subject
    and known_disagreements.quantity = agreement.quantity
    and known_disagreements.other_source_id = agreement.other_source_id
where (agreement.verdict = 'differs') is not true
