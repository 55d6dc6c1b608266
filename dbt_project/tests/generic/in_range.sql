{#-
    Every value lies within the bounds; `above` and `below` are strict, `at_least` and `at_most` are not.
    A missing value fails unless `may_be_missing`.
-#}
{% test in_range(model, column_name, above=none, at_least=none, below=none, at_most=none, may_be_missing=false, place=none) %}

{%- set conditions = [] -%}
{%- set words = [] -%}
{%- for operator, word, bound in [('>', 'above', above), ('>=', 'at least', at_least), ('<', 'below', below), ('<=', 'at most', at_most)] if bound is not none -%}
    {%- do conditions.append(column_name ~ ' ' ~ operator ~ ' ' ~ bound) -%}
    {%- do words.append(word ~ ' ' ~ (bound | string | replace("'", ""))) -%}
{%- endfor -%}
{%- if not conditions -%}
    {{ exceptions.raise_compiler_error("in_range on " ~ model ~ "." ~ column_name ~ " has no bound") }}
{%- endif %}

select
    {{ row_place(model, place) }} || ', column {{ raw_column(model, column_name) }}: found '
    || coalesce(cast({{ column_name }} as varchar), 'no value')
    || ', expected {{ words | join(" and ") }}' as message
from {{ model }}
where
    ({{ conditions | join(' and ') }}) is not true
    {%- if may_be_missing %}
    and {{ column_name }} is not null
    {%- endif %}

{% endtest %}
