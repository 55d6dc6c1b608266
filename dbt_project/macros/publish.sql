{#-
    The last hook of a run: hands the results to `publish_warehouse` (python/inference_energy/dbt_plugin.py), which puts a whole
    and good build in the place of the published file, and prints what it answers. Where a good build could not be published, this hook fails, and the run with it.
    Tables on another engine are not published: there they are read where they were built.
-#}
{% macro publish(results) %}
    {%- if execute and target.type == 'duckdb' -%}
        {%- set report = [] -%}
        {%- for result in results -%}
            {%- do report.append([result.node.name, result.node.resource_type | string, result.status | string]) -%}
        {%- endfor -%}
        {%- set missing = [] -%}
        {%- set found = results | map(attribute='node.unique_id') | list -%}
        {%- for node in graph.nodes.values() if node.resource_type != 'operation' and node.unique_id not in found -%}
            {%- do missing.append(node.name) -%}
        {%- endfor -%}
        {%- set run = tojson({
            'project_folder': project_root(), 'results': report, 'missing': missing, 'workload': workload_paths()
        }) -%}
        {%- set answers = run_query("select publish_warehouse('" ~ (run | replace("'", "''")) ~ "')") -%}
        {%- set answer = fromjson(answers.columns[0].values()[0]) -%}
        {%- do print("") -%}
        {%- do print(answer.message) -%}
        {%- if answer.has_failed %}
            select error('{{ answer.message | replace("'", "''") }}')
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
