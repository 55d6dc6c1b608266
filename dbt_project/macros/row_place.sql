{#-
    SQL for where a failing row stands, for the message of a test: what the test was told, else file and line for a staging
    model, else the name of the table.
-#}
{% macro row_place(model, place) -%}
{%- if place -%}
    {{ place }}
{%- elif model.identifier.startswith('stg_') -%}
    raw_file || ', line ' || raw_line
{%- else -%}
    '{{ model.identifier }}'
{%- endif -%}
{%- endmacro %}

{#- SQL for where a whole table comes from: the raw file of a staging model, as long as it has rows, else the name of the table. -#}
{% macro table_place(model) -%}
{%- if model.identifier.startswith('stg_') -%}
    coalesce((select any_value(raw_file) from {{ model }}), '{{ model.identifier }}')
{%- else -%}
    '{{ model.identifier }}'
{%- endif -%}
{%- endmacro %}
