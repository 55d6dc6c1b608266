{#- The folder of dbt_project.yml as an absolute path, wherever dbt was called from. Only seeds carry it. -#}
{% macro project_root() -%}
    {%- set seed = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | first -%}
    {{- seed.root_path -}}
{%- endmacro %}
