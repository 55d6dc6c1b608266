{#-
    Before the models of a workload run on Spark: each table of the layer `dimensions`, which only DuckDB builds, becomes a view
    over the Parquet file of its name. The files lie where `python -m inference_energy.export_dimensions` wrote them, or in the
    folder that the environment variable INFERENCE_ENERGY_DIMENSIONS names: any address that Spark reads.
-#}
{% macro register_dimensions() -%}
    {%- if execute and target.type == 'spark' -%}
        {%- set folder = env_var('INFERENCE_ENERGY_DIMENSIONS', '') or project_root() ~ '/../warehouse/dimensions' -%}
        {#- Whole addresses: those of a view must not depend on the folder from which it is read. -#}
        {%- set paths = run_query("select path from binaryFile.`" ~ folder ~ "`").columns[0].values() -%}
        {%- set found = {} -%}
        {%- for path in paths -%}
            {%- do found.update({path.split('/')[-1]: path}) -%}
        {%- endfor -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.fqn[1] == 'dimensions' -%}
            {%- if node.name ~ '.parquet' not in found -%}
                {{- exceptions.raise_compiler_error(
                    folder ~ " holds no " ~ node.name ~ ".parquet; export the dimensions of the published warehouse: "
                    ~ "python -m inference_energy.export_dimensions FOLDER"
                ) -}}
            {%- endif -%}
            {%- do run_query("create schema if not exists " ~ node.schema) -%}
            {%- do run_query(
                "create or replace view " ~ node.schema ~ "." ~ node.alias ~ " as select * from parquet.`"
                ~ found[node.name ~ '.parquet'] ~ "`"
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
