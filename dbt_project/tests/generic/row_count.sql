{#- As many rows as the printed page has: nothing was dropped on the way and nothing added. -#}
{% test row_count(model, rows, where_printed) %}

with

counted as (

    select count(*) as found_rows
    from {{ model }}

)

select
    {{ table_place(model) }} || ': found ' || found_rows || ' rows, expected {{ rows }}, as in {{ where_printed }}' as message
from counted
where (found_rows = {{ rows }}) is not true

{% endtest %}
