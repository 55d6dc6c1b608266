{#- The x of every fit, in years. 365.25e0 is a double: a plain 365.25 is a decimal in some databases and shifts slopes. -#}
{% macro years_since_origin(date_column) -%}
(({{ date_column }} - date '{{ var("trend_origin_date") }}') / 365.25e0)
{%- endmacro %}

{#- The calendar year, with decimals, of an x. -#}
{% macro decimal_year(years_expression) -%}
(
    year(date '{{ var("trend_origin_date") }}')
    + (dayofyear(date '{{ var("trend_origin_date") }}') - 1) / 365.25e0
    + {{ years_expression }}
)
{%- endmacro %}
