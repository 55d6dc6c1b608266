{#-
    The column agrees with an expression over the same row within a relative tolerance. The message carries both values,
    the relative error and the tolerance. A missing value on either side fails.
-#}
{% test close_to(model, column_name, expected, relative_tolerance, place=none, only_where=none) %}

with

compared as (

    select
        {{ row_place(model, place) }} as place,
        {{ column_name }} as found_value,
        {{ expected }} as expected_value
    from {{ model }}
    {%- if only_where %}
    where {{ only_where }}
    {%- endif %}

),

errors as (

    select
        *,
        abs(found_value - expected_value) / greatest(abs(expected_value), 1e-300) as relative_error
    from compared

)

select
    place || ', column {{ raw_column(model, column_name) }}: found ' || coalesce(cast(found_value as string), 'no value')
    || ', expected ' || coalesce(cast(expected_value as string), 'no value')
    || ' within {{ relative_tolerance }}, relative error ' || coalesce(cast(relative_error as string), 'unknown') as message
from errors
where (relative_error <= {{ relative_tolerance }}) is not true

{% endtest %}
