{#- The column has a value in every row. -#}
{% test present(model, column_name, place=none) %}

select
    {{ row_place(model, place) }} || ', column {{ raw_column(model, column_name) }}: found nothing, expected a value' as message
from {{ model }}
where coalesce(trim(cast({{ column_name }} as string)), '') = ''

{% endtest %}
