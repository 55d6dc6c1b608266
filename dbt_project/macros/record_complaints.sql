{#-
    One row with a message for each shipped raw file that is not the one whose checksum its record in raw/ states; of the named
    seed only, where one is named. The checksum is that of the text with line ends as shipped: CRLF or a byte order mark
    change no cell.
-#}
{% macro record_complaints(seed_name=none) -%}
    {%- set seeds = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'seed' and seed_name in (none, node.name) -%}
            {%- do seeds.append(node) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for seed in seeds -%}
        {%- set path = (project_root() ~ '/' ~ seed.original_file_path) | replace("'", "''") -%}
        {%- set name = seed.original_file_path | replace('../', '') -%}
        {%- set record = seed.patch_path.split('://')[1] | replace('../', '') %}
select
    '{{ name }} is not the file that {{ record }} describes: its sha256 is ' || found
    || ', the record says {{ seed.config.meta.sha256 }}. Undo the change with `git checkout -- {{ name }}`, or, if it is '
    || 'meant, write the new sha256 into the record and say why in CHANGELOG.md. Rows of your own belong in raw/own/.' as message
from (
    select sha256(replace(ltrim(content, chr(65279)), chr(13) || chr(10), chr(10))) as found
    from read_text('{{ path }}')
)
where (found = '{{ seed.config.meta.sha256 }}') is not true
{{ 'union all' if not loop.last }}
    {%- else %}
select null as message
where false
    {%- endfor %}
{%- endmacro %}
