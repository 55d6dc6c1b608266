{#-
    The rows that a user wrote into a file of raw/own/, every cell as text. Read from the file and not through a seed, because
    the seeds would take the names `models` and `accelerators` that belong to the marts. The header must name exactly the
    given columns; their order is free.
-#}
{% macro own_rows(name, columns) -%}
    {%- if execute -%}
        {%- set path = (project_root() ~ '/../raw/own/' ~ name ~ '.csv') | replace("'", "''") -%}
        {%- set reader -%}
            read_csv('{{ path }}', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')
        {%- endset -%}
        {%- set found = run_query("select column_name from (describe select * from " ~ reader ~ ")").columns[0].values() -%}
        {%- if found | sort != columns | sort -%}
            {{- exceptions.raise_compiler_error(
                "raw/own/" ~ name ~ ".csv, line 1: found columns " ~ (found | join(", "))
                ~ "; expected " ~ (columns | join(", "))
            ) -}}
        {%- endif -%}
        {{- reader -}}
    {%- else -%}
        read_csv('{{ name }}.csv')
    {%- endif -%}
{%- endmacro %}
