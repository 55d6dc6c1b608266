{#- The condition is true in every row; NULL counts as false. `found`, and `place` where given, are SQL expressions for the message. -#}
{% test holds(model, condition, expected, found, place=none, only_where=none, column_name=none) %}

select
    {{ row_place(model, place) }} || ': found ' || coalesce(cast({{ found }} as varchar), 'no value')
    || ', expected {{ expected | replace("'", "''") }}' as message
from {{ model }}
where
    ({{ condition }}) is not true
    {%- if only_where %}
    and ({{ only_where }})
    {%- endif %}

{% endtest %}
