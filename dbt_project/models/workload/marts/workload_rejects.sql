{{ workload_row_sources() }}
{%- set judged = ref('int_workload_judged') %}
with

rejected as (

    select * from {{ judged }}
    where reject_reason is not null

),

workload_rows as (

    {{ (keyed_workload_rows(with_place=true) if has_rejected_rows(judged) else no_keyed_workload_rows()) | indent(4) }}

),

-- The rows are read again, for the place and text of each would burden the groups of a workload that has none to set aside.
set_aside as (

    select
        workload_rows.file,
        workload_rows.row_number,
        workload_rows.row_text,
        rejected.reject_reason as reason

    from workload_rows
    inner join rejected
        on workload_rows.fault is not distinct from rejected.fault
        {%- for column in workload_key() %}
        and workload_rows.{{ column }} is not distinct from rejected.{{ column }}
        {%- endfor %}

)

select * from set_aside
