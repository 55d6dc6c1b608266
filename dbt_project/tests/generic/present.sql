{#- The column has a value in every row. -#}
{% test present(model, column_name, place=none) %}

select
    {{ place or "'" ~ model.identifier ~ "'" }} || ', column {{ column_name }}: found nothing, expected a value' as message
from {{ model }}
where coalesce(trim(cast({{ column_name }} as varchar)), '') = ''

{% endtest %}
