{#-
    What a message calls a column of a model: the name in the header of the raw file, where `raw_columns` in the model's YAML
    says that it is another one, so that a reader finds it in the file.
-#}
{% macro raw_column(model, column) -%}
{%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ model.identifier) if execute -%}
{{- node.config.meta.get('raw_columns', {}).get(column, column) if node else column -}}
{%- endmacro %}
