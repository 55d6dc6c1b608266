{#- The columns together name one row, and none of them is missing. -#}
{% test key(model, columns) %}

{% set place = columns | join(", ") %}

with

keys as (

    select
        {{ place }},
        count(*) as found_rows
    from {{ model }}
    group by {{ place }}

)

select
    '{{ model.identifier }}: '
    {%- for column in columns %}
    || '{{ column }} ' || coalesce('"' || {{ column }} || '"', 'missing') || {{ "', '" if not loop.last else "': '" }}
    {%- endfor %}
    || found_rows || ' rows, expected one row and no missing part of the key' as message
from keys
where
    found_rows > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
