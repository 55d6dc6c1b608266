{#-
    The rows that a user wrote into a file of raw/own/, every cell as text. Read from the file and not through a seed, because
    the seeds would take the names `models` and `accelerators` that belong to the marts. The header must name exactly the
    columns that raw/own/own.yml lists; their order is free. Nothing about the file is guessed: a guess would skip lines or
    blame the wrong one.
-#}
{% macro own_rows(name) -%}
    {%- if execute -%}
        {%- set record = (project_root() ~ '/../raw/own/own.yml') | replace("'", "''") -%}
        {%- set files = fromyaml(run_query("select content from read_text('" ~ record ~ "')").columns[0][0])['own_files'] -%}
        {%- set columns = (files | selectattr('name', 'equalto', name) | first)['columns'] | map(attribute='name') | list -%}
        {%- set path = (project_root() ~ '/../raw/own/' ~ name ~ '.csv') | replace("'", "''") -%}
        {%- set file = 'raw/own/' ~ name ~ '.csv' -%}
        {%- set lines = run_query(
            "select unnest(string_split(ltrim(content, chr(65279)), chr(10))) from read_text('" ~ path ~ "')"
        ).columns[0].values() | list -%}
        {%- set nothing = 'nothing' if lines else 'no file' -%}
        {%- set lines = lines or [''] -%}
        {%- set found = [] -%}
        {%- for column in lines[0].split(',') -%}
            {%- do found.append(column.strip().strip('"')) -%}
        {%- endfor -%}
        {%- if found | sort != columns | sort -%}
            {{- exceptions.raise_compiler_error(
                file ~ ", line 1: found " ~ ("columns " ~ (found | join(", ")) if found != [''] else nothing)
                ~ "; expected columns " ~ (columns | join(", "))
            ) -}}
        {%- endif -%}
        {%- for line in (lines if lines[-1] else lines[:-1]) -%}
            {%- set outside_quotes = modules.re.sub('"([^"]|"")*"', '', line) -%}
            {%- set cells = outside_quotes.count(',') + 1 -%}
            {%- if line.strip() == '' -%}
                {{- exceptions.raise_compiler_error(file ~ ", line " ~ loop.index ~ ": found an empty line, expected none") -}}
            {%- elif line.endswith('\r') != lines[0].endswith('\r') -%}
                {{- exceptions.raise_compiler_error(
                    file ~ ", line " ~ loop.index ~ ": found another line end (LF or CRLF) than on line 1, expected one kind; "
                    ~ "save the file again in one editor"
                ) -}}
            {%- elif '"' in outside_quotes -%}
                {{- exceptions.raise_compiler_error(
                    file ~ ", line " ~ loop.index ~ ": found a double quote that this line does not close, expected each cell "
                    ~ "to begin and end on one line; within a quoted cell a double quote is written twice"
                ) -}}
            {%- elif cells != columns | length -%}
                {{- exceptions.raise_compiler_error(
                    file ~ ", line " ~ loop.index ~ ": found " ~ cells ~ " cells, expected " ~ (columns | length)
                    ~ ", from " ~ found[0] ~ " to " ~ found[-1] ~ "; an empty cell keeps its comma, and a cell that holds a "
                    ~ "comma stands in double quotes"
                ) -}}
            {%- endif -%}
        {%- endfor -%}
        read_csv(
            '{{ path }}',
            auto_detect = false,
            header = true,
            delim = ',',
            quote = '"',
            escape = '"',
            comment = '',
            columns = { {%- for column in found -%} '{{ column }}': 'varchar'{{ ', ' if not loop.last }} {%- endfor -%} }
        )
    {%- else -%}
        read_csv('{{ name }}.csv')
    {%- endif -%}
{%- endmacro %}
