-- The tests on the seeds only warn of a changed file, so that those on cells can say which cell it is. When all else has passed,
-- altered data of the paper must still not pass for the paper's, so the build ends in an error.
-- depends_on: {{ ref('paper_ledger') }}
-- depends_on: {{ ref('paper_statements') }}
-- depends_on: {{ ref('source_agreement') }}
{{ record_complaints() }}
