{#- The folder of dbt_project.yml, wherever dbt was called from: absolute, or relative to the current folder as the caller gave it. -#}
{% macro project_root() -%}
    {{- invocation_args_dict.project_dir -}}
{%- endmacro %}
