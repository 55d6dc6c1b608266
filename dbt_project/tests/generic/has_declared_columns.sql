{#- The file's header names exactly the columns that its record in raw/ declares, in that order. -#}
{% test has_declared_columns(model) %}

{%- set found = [] -%}
{%- set declared = [] -%}
{%- set file = [] -%}
{%- if execute -%}
    {%- set found = adapter.get_columns_in_relation(model) | map(attribute='name') | list -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'seed' and node.name == model.identifier -%}
        {%- do declared.extend(node.columns.keys()) -%}
        {%- do file.append(node.original_file_path | replace('../', '')) -%}
    {%- endfor -%}
{%- endif %}

select
    '{{ file | first }}, line 1: found columns "{{ found | join(", ") | replace("'", "''") }}", '
    || 'expected "{{ declared | join(", ") }}"' as message
where {{ 'false' if found == declared else 'true' }}

{% endtest %}
