{#- Rows whose value lies outside the bounds, each with a message. A bound is a number, a date in SQL or another column. -#}
{% macro out_of_range(model, column, above, at_least, below, at_most, may_be_missing, place) -%}
{%- set conditions = [] -%}
{%- set words = [] -%}
{%- for operator, word, bound in [('>', 'above', above), ('>=', 'at least', at_least), ('<', 'below', below), ('<=', 'at most', at_most)] if bound is not none -%}
    {%- do conditions.append(column ~ ' ' ~ operator ~ ' ' ~ bound) -%}
    {%- do words.append(word ~ ' ' ~ (bound | string | replace("'", ""))) -%}
{%- endfor -%}
{%- if not conditions -%}
    {{ exceptions.raise_compiler_error("in_range on " ~ model ~ "." ~ column ~ " has no bound") }}
{%- endif -%}
select
    {{ row_place(model, place) }} || ', column {{ raw_column(model, column) }}: found '
    || coalesce(cast({{ column }} as string), 'no value')
    || ', expected {{ words | join(" and ") }}' as message
from {{ model }}
where
    ({{ conditions | join(' and ') }}) is not true
    {%- if may_be_missing %}
    and {{ column }} is not null
    {%- endif %}
{%- endmacro %}
