{#-
    Fills a seed's table from its file. In place of the adapter's macro of this name, which takes the project's folder from the
    parse that first read the seed: after a build with a relative --project-dir the kept parse would name a folder that is none
    from elsewhere.
-#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set path = (project_root() ~ '/' ~ model.original_file_path) | replace("'", "''") -%}
    {%- set sql = "copy " ~ this ~ " from '" ~ path ~ "' (format csv, header true, delimiter ',')" -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{- return(sql) -}}
{%- endmacro %}
