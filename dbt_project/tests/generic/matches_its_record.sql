{#- The file is byte for byte the one whose checksum its record in raw/ states. -#}
{% test matches_its_record(model) %}

{%- set files = [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'seed' and node.name == model.identifier -%}
        {%- do files.append({
            'path': (node.root_path ~ '/' ~ node.original_file_path) | replace("'", "''"),
            'name': node.original_file_path | replace('../', ''),
            'record': node.patch_path.split('://')[1] | replace('../', ''),
            'sha256': node.config.meta.sha256,
        }) -%}
    {%- endfor -%}
{%- endif -%}
{%- for file in files %}

select
    '{{ file.name }} is not the file that {{ file.record }} describes: its sha256 is ' || sha256(content)
    || ', the record says {{ file.sha256 }}. Undo the change with `git checkout -- {{ file.name }}`, or, if it is meant, '
    || 'write the new sha256 into the record and say why in CHANGELOG.md. Rows of your own belong in raw/own/.' as message
from read_blob('{{ file.path }}')
where (sha256(content) = '{{ file.sha256 }}') is not true
{%- else %}
select null as message where false
{%- endfor %}

{% endtest %}
