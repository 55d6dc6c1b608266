{#- Rank from the lowest value up, starting at 1; equal values share the mean of their ranks. -#}
{% macro mean_rank(column, partition) -%}
(
    rank() over (partition by {{ partition }} order by {{ column }})
    + (count(*) over (partition by {{ partition }}, {{ column }}) - 1) / 2e0
)
{%- endmacro %}
