{#- Every value is one of the list; a missing value fails unless `may_be_missing`. -#}
{% test one_of(model, column_name, values, place=none, may_be_missing=false) %}

select
    {{ row_place(model, place) }} || ', column {{ raw_column(model, column_name) }}: found '
    || coalesce('"' || {{ column_name }} || '"', 'no value') || ', expected {{ values | join(", ") }}' as message
from {{ model }}
where
    ({{ column_name }} in ('{{ values | join("', '") }}')) is not true
    {%- if may_be_missing %}
    and {{ column_name }} is not null
    {%- endif %}

{% endtest %}
