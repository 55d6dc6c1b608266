{#- Every value stands in the given column of another relation; a missing value refers to nothing and passes. -#}
{% test refers_to(model, column_name, to, field, place=none) %}

with

known as (

    select distinct {{ field }} as known_value
    from {{ to }}

)

select
    {{ row_place(model, place) }} || ', column {{ raw_column(model, column_name) }}: found "' || {{ column_name }}
    || '", expected a value of {{ raw_column(to, field) }} in ' || {{ table_place(to) }} as message
from {{ model }}
anti join known on {{ column_name }} = known_value
where {{ column_name }} is not null

{% endtest %}
