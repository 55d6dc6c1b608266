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
