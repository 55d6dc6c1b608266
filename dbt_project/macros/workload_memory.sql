{#-
    Bounds the memory of a run in DuckDB that reads a log, of which what needs more is spilled into a folder beside the side file. Not
    of others: to compare millions of models and accelerators takes memory that cannot be spilled.
-#}
{% macro limit_workload_memory() -%}
    {%- if target.type == 'duckdb' and workload_path() and var('workload_memory_limit') -%}
        set memory_limit = {{ sql_text(var('workload_memory_limit')) }}
    {%- endif -%}
{%- endmacro %}
