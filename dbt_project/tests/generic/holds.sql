{#-
    The condition is true in every row; NULL counts as false. `found`, and `place` where given, are SQL expressions for the
    message, which names the column that the test stands at.
-#}
{% test holds(model, condition, expected, found, place=none, only_where=none, column_name=none) %}

select
    {{ row_place(model, place) }} || '{% if column_name %}, column {{ raw_column(model, column_name) }}{% endif %}: found ' || coalesce(cast({{ found }} as string), 'no value')
    || ', expected {{ expected | replace("'", "''") }}' as message
from {{ model }}
where
    ({{ condition }}) is not true
    {%- if only_where %}
    and ({{ only_where }})
    {%- endif %}

{% endtest %}
