{#- The columns together name one row, and none of them is missing but those in `may_be_missing`. -#}
{% test key(model, columns, may_be_missing=[]) %}

{%- set names = [] -%}
{%- for column in columns if raw_column(model, column) not in names -%}
    {%- do names.append(raw_column(model, column)) -%}
{%- endfor %}
{% set is_part_missing %}
false{% for column in columns if column not in may_be_missing %} or {{ column }} is null{% endfor %}
{% endset %}

with

keys as (

    select
        {{ columns | join(", ") }},
        count(*) as found_rows,
        {%- if model.identifier.startswith('stg_') %}
        any_value(raw_file) || if(count(*) > 1, ', lines ', ', line ')
        || string_agg(cast(raw_line as varchar), ' and ' order by raw_line) as place
        {%- else %}
        '{{ model.identifier }}' as place
        {%- endif %}
    from {{ model }}
    group by {{ columns | join(", ") }}

)

select
    place || ', column{{ "s" if names | length > 1 }} {{ names | join(", ") }}: found '
    {%- for column in columns %}
    || coalesce('"' || {{ column }} || '"', 'no value') || '{{ ", " if not loop.last }}'
    {%- endfor %}
    || case when {{ is_part_missing }} then ', expected a value' else ' ' || found_rows || ' times, expected it once' end as message
from keys
where found_rows > 1 or {{ is_part_missing }}

{% endtest %}
