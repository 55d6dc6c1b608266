{#- The last date for which a fitted line is drawn: the end of its data plus half their span. -#}
{% macro supported_until(fit) -%}
({{ fit }}.last_date + cast(floor(({{ fit }}.last_date - {{ fit }}.first_date) / 2) as integer))
{%- endmacro %}
