{#- `in_range` for several columns of one table: `ranges` maps each to its bounds. One node for a wide table costs less to build. -#}
{% test in_ranges(model, ranges, place=none) %}

{% for column, bounds in ranges.items() %}
{{ out_of_range(
    model,
    column,
    bounds.get('above'),
    bounds.get('at_least'),
    bounds.get('below'),
    bounds.get('at_most'),
    bounds.get('may_be_missing', false),
    place,
) }}
{%- if not loop.last %}

union all
{% endif %}
{% endfor %}

{% endtest %}
