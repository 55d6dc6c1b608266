{#- The condition is true in every row; NULL counts as false. `place` and `found` are SQL expressions for the message. -#}
{% test holds(model, condition, expected, found, place, where=none, column_name=none) %}

select
    {{ place }} || ': found ' || coalesce(cast({{ found }} as varchar), 'no value')
    || ', expected {{ expected | replace("'", "''") }}' as message
from {{ model }}
where
    ({{ condition }}) is not true
    {%- if where %}
    and ({{ where }})
    {%- endif %}

{% endtest %}
