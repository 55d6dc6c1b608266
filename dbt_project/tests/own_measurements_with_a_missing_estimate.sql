-- The row stays without a ratio; its user should learn why, and what would help.
{{ config(severity='warn') }}

select
    raw_file || ', line ' || raw_line || ': found ' || missing_reason || ', so no estimate beside ' || joules_measured
    || ' J; a rate of the chip in that precision may stand in raw/own/accelerators.csv' as message
from {{ ref('int_energy_calibration') }}
where is_own and accelerator_id is not null and missing_reason is not null
