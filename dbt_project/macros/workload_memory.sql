{#- Bounds the memory of a run in DuckDB; what needs more is spilled into a folder beside the side file. -#}
{% macro limit_workload_memory() -%}
    {%- if target.type == 'duckdb' and var('workload_memory_limit') -%}
        set memory_limit = {{ sql_text(var('workload_memory_limit')) }}
    {%- endif -%}
{%- endmacro %}
