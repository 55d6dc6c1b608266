-- A name that is not found would leave a measurement without an estimate, and a slip of the pen is more likely than a new chip.
select
    raw_file || ', line ' || raw_line || ', column accelerator_name: found "' || accelerator_name
    || '", expected the id or a name of an accelerator of the warehouse (select accelerator_id, accelerator_name from '
    || 'marts.accelerators); add another chip to raw/own/accelerators.csv, with its power and its rate' as message
from {{ ref('int_measured_energy') }}
where is_own and accelerator_id is null
