{#-
    Every printed cell became a value. `cells` maps each parsed column to what a reader should have found in the cell;
    the printed text stands beside it in `<column>_printed`, or in the column itself with `_printed` given explicitly.
    A dash or an empty cell says that there is no value; columns in `required` may have neither.
-#}
{% test cells_parse(model, cells, required=[]) %}

{% for column, expected in cells.items() %}
select
    {{ row_place(model, none) }} || ', column {{ raw_column(model, column) }}: found '
    || coalesce('"' || {{ column }}_printed || '"', 'an empty cell')
    || ', expected {{ expected | replace("'", "''") }}' as message
from {{ model }}
where
    {{ column }} is null
    {%- if column not in required %}
    and coalesce(trim({{ column }}_printed), '-') not in ('-', '')
    {%- endif %}
{%- if not loop.last %}

union all
{% endif %}
{% endfor %}

{% endtest %}
