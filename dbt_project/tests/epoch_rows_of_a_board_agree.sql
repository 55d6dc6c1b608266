-- Name, power and date belong to the board, so all its rows at Epoch AI must state the same: one of them is compared.
with

stated as (

    select
        *,
        concat_ws(', ', epoch_name, tdp_watts || ' W', launch_date) as statement

    from {{ ref('stg_accelerators_in_epoch') }}

),

compared as (

    select
        *,
        first_value(statement) over rows_of_board as first_statement,
        first_value(raw_line) over rows_of_board as first_line

    from stated
    window rows_of_board as (partition by accelerator_printed_name order by raw_line)

)

select
    raw_file || ', line ' || raw_line || ', columns epoch_name, tdp_watts, launch_date: found ' || statement || ', expected '
    || first_statement || ' as in line ' || first_line as message
from compared
where (statement = first_statement) is not true
