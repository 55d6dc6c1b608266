{#- A text as a literal of SQL. -#}
{% macro sql_text(value) -%}
'{{ value | string | replace("'", "''") }}'
{%- endmacro %}

{#- SQL for the format of a file, by its name: csv, parquet or NULL. -#}
{% macro workload_format(file) -%}
case
    when lower({{ file }}) like '%.parquet' then 'parquet'
    when lower({{ file }}) like '%.csv' or lower({{ file }}) like '%.csv.gz' then 'csv'
end
{%- endmacro %}

{#- A file's name as a pattern that matches it alone, whatever characters of patterns it holds. -#}
{% macro exact_pattern(file) -%}
    {{- file | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') -}}
{%- endmacro %}

{#- The same in SQL, as a literal of SQL: what `string_agg` makes a list of. -#}
{% macro exact_pattern_text(file) -%}
'''' || replace(replace(replace(replace({{ file }}, '[', '[[]'), '*', '[*]'), '?', '[?]'), '''', '''''') || ''''
{%- endmacro %}

{#-
    SQL for a list of the patterns of the workload's files: what lies in a folder of the path's name, else the file of that name,
    else what it matches as a glob, else what lies in folders that it matches. Stops the build where folders in these hold more.
-#}
{% macro workload_patterns() -%}
    {%- set texts = [] -%}
    {%- for path in workload_paths() -%}
        {%- set exact = exact_pattern(path) -%}
        {#- What is read, and what must not lie beside it unread: a glob with ** names its folders itself. -#}
        {%- set readings = [
            (patterns_of_folder(exact), patterns_of_folder(exact, '/[!_.]*/**')),
            ([exact], []),
            ([path], [] if '**' in path else patterns_of_folder(path)),
            (patterns_of_folder(path), patterns_of_folder(path, '/[!_.]*/**')),
        ] -%}
        {%- set found = [] -%}
        {%- for patterns, unread in readings if not found -%}
            {%- set is_folder = loop.first -%}
            {%- for pattern in patterns if n_globbed(pattern) -%}
                {%- do found.append(sql_text(pattern)) -%}
            {%- endfor -%}
            {%- for pattern in unread if (found or is_folder) and n_globbed(pattern) -%}
                {{- refuse_unread_folder(pattern, path) -}}
            {%- endfor -%}
        {%- endfor -%}
        {%- if not found -%}
            {{- refuse_absent_workload(path) -}}
        {%- endif -%}
        {%- do texts.extend(found) -%}
    {%- endfor -%}
    {{- return('[' ~ (texts | join(', ')) ~ ']') -}}
{%- endmacro %}

{#- What is read of a folder: extensions in any case, and as on Spark nothing that begins with _ or a dot. -#}
{% macro patterns_of_folder(folder, below='') -%}
    {%- set names = folder.rstrip('/') ~ below ~ '/[!_.]*' -%}
    {{- return([
        names ~ '.[pP][aA][rR][qQ][uU][eE][tT]', names ~ '.[cC][sS][vV]', names ~ '.[cC][sS][vV].[gG][zZ]'
    ]) -}}
{%- endmacro %}

{#- Stops the build at a file in a folder of the one that is named. -#}
{% macro refuse_unread_folder(pattern, path) -%}
    {%- set file = run_query("select min(file) from glob(" ~ sql_text(pattern) ~ ")").rows[0][0] -%}
    {{- refuse_workload(
        "found " ~ file ~ " in a folder of its own, which " ~ path ~ " does not read; name a glob such as "
        ~ (path.split('*')[0].rstrip('/') or '.') ~ "/**/*." ~ ("parquet" if (file | lower).endswith("parquet") else "csv")
    ) -}}
{%- endmacro %}

{#- Number of files that a pattern matches. -#}
{% macro n_globbed(pattern) -%}
    {{- return(run_query("select count(*) from glob(" ~ sql_text(pattern) ~ ")").rows[0][0] | int) -}}
{%- endmacro %}

{#- Stops the build where a path matches nothing. -#}
{% macro refuse_absent_workload(path) -%}
    {{- refuse_workload(
        "found no file at " ~ path ~ ", expected a CSV or Parquet file, a folder of them or a glob such as 'logs/*.parquet'; a "
        ~ "relative path is seen from the folder where the command was typed"
    ) -}}
{%- endmacro %}

{#-
    SQL for one row per file of the patterns, be it matched by several, as it is now: no content is read. A file whose name begins
    with _ or a dot is not yet written, or none of the log; as on Spark it is left out, unless it is named itself.
-#}
{% macro workload_file_states(patterns) %}
select distinct
    filename as file,
    {{ workload_format('filename') }} as format,
    size as size_bytes,
    make_timestamp(epoch_us(last_modified)) as modified_at
from read_blob({{ patterns }})
where
    not regexp_matches(filename, '(^|/)[_.][^/]*$')
    {%- for path in workload_paths() %}
    or filename = {{ sql_text(path) }}
    {%- endfor %}
{%- endmacro %}

{#-
    Stops the build where one file is named in two ways, from the folder of the command and from the root, or by way of another folder:
    it would count twice. Where that folder is, SQL does not know, so ends of paths are compared, and sizes and dates.
-#}
{% macro refuse_files_named_twice(states) -%}
    {%- set twice = run_query(
        "with named as (select file, size_bytes, modified_at, parse_filename(file) as name, regexp_replace(file, "
        ~ "'(^|/)[^/.][^/]*/[.][.]/', '\\1', 'g') as path from (" ~ states ~ ")) select one.file, other.file from named as one inner join "
        ~ "named as other using (name, size_bytes, modified_at) where one.file <> other.file and (one.path = other.path or "
        ~ "(starts_with(one.path, '/') and not starts_with(other.path, '/') and not contains(other.path, '://') and "
        ~ "ends_with(one.path, '/' || regexp_replace(other.path, '^([.][.]/)+', '')))) order by all limit 1"
    ).rows -%}
    {%- if twice | length -%}
        {{- refuse_workload(
            "found " ~ twice[0][0] ~ " and " ~ twice[0][1] ~ ", which look like one file that would count twice; name it in one way"
        ) -}}
    {%- endif -%}
{%- endmacro %}

{#- SQL for the lines of CSV files as they stand, in their order: a line, not a cell, is what the engine splits off here. -#}
{% macro csv_lines(files, skipped_lines=0) -%}
read_csv(
            {{ files }},
            header = false,
            auto_detect = false,
            columns = {'line': 'varchar'},
            -- No text holds this character, which Unicode keeps out of use.
            delim = '{{ "\U0010FFFF" }}',
            quote = '',
            escape = '',
            skip = {{ skipped_lines }},
            max_line_size = 16000000,
            filename = true,
            hive_partitioning = false
        )
{%- endmacro %}

{#- SQL for the list of a line's cells, without quotes and blanks around them; NULL where a double quote is not closed. -#}
{% macro csv_cells(line) -%}
case
            when not contains({{ line }}, '"') then string_split({{ line }}, ',')
            when
                regexp_full_match(
                    {{ line }}, '(\s*"([^"]|"")*"\s*|[^",]*)(,(\s*"([^"]|"")*"\s*|[^",]*))*'
                )
                then list_transform(
                    regexp_extract_all(',' || {{ line }}, ',(\s*"(?:[^"]|"")*"\s*|[^",]*)', 1),
                    lambda cell: if(contains(cell, '"'), replace(regexp_extract(cell, '"(.*)"', 1), '""', '"'), cell)
                )
        end
{%- endmacro %}

{#-
    SQL for whether a part of a file's path says what a column of a workload holds, as folders of partitions do: Spark would believe
    it and not the cells, and DuckDB the cells, if there are any.
-#}
{% macro is_in_column_folder(file) -%}
    {%- for column in workload_columns() -%}
        contains(lower('/' || {{ file }}), '/{{ column }}='){{ ' or ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#-
    The format of the workload's files, of which `states` is SQL for one row per file with file, format and size_bytes, and how many
    there are. Stops the build where there is no file, an empty one, one of an unknown
    format, one in a folder named after a column, or two formats.
-#}
{% macro check_workload_files(states) -%}
    {%- set files = run_query(
        "select count(*), count(distinct format), min(case when format is null then file end), "
        ~ "min(case when size_bytes = 0 then file end), max(format), min(case when " ~ is_in_column_folder('file')
        ~ " then file end), count(distinct file) from (" ~ states ~ ")"
    ).rows[0] -%}
    {%- if files[0] == 0 -%}
        {{- refuse_absent_workload(workload_path()) -}}
    {%- elif files[2] -%}
        {{- refuse_workload("found " ~ files[2] ~ ", expected files whose names end in .csv, .csv.gz or .parquet; name a glob without it") -}}
    {%- elif files[6] != files[0] -%}
        {{- refuse_workload("found a file that is named twice, expected each once") -}}
    {%- elif files[5] -%}
        {{- refuse_workload(
            files[5] ~ ": a folder named column=value would override the cells of that column; rename the folder, and write the "
            ~ "value into the rows where they lack it"
        ) -}}
    {%- elif files[1] > 1 -%}
        {{- refuse_workload("found CSV and Parquet files, expected one format; name a glob such as 'logs/*.parquet'") -}}
    {%- elif files[3] -%}
        {{- refuse_workload(
            files[3] ~ ": found an empty file, expected " ~ ("a header line" if files[4] == 'csv' else "a Parquet file")
            ~ "; it may not be written to its end, else remove it"
        ) -}}
    {%- endif -%}
    {{- return({'format': files[4], 'n_files': files[0] | int}) -}}
{%- endmacro %}

{#- SQL for one row per file, with its header or a fingerprint of its schema. -#}
{% macro workload_files() -%}
    {%- set patterns = workload_patterns() -%}
    {%- set states = workload_file_states(patterns) -%}
    {%- set format = check_workload_files(states).format -%}
    {{- refuse_files_named_twice(states) }}
with

states as (
    {{ states | indent(4) }}

),

layouts as (

    {{ csv_layouts(states) if format == 'csv' else parquet_layouts(patterns) }}

)

select
    states.file,
    states.format,
    states.size_bytes,
    states.modified_at,
    coalesce(layouts.layout, '') as layout
from states
left join layouts on states.file = layouts.file
{%- endmacro %}

{#-
    SQL for the first line of each CSV file. To open a file for its first line alone takes longer than to read a small one, so these
    are read whole, and the lines of the others come in batches.
-#}
{% macro csv_layouts(states) -%}
    {%- set small = run_query(
        "select string_agg(" ~ exact_pattern_text("file") ~ ", ', ') from (" ~ states ~ ") where size_bytes < 100000"
    ).rows[0][0] -%}
    {%- set large = run_query("select file from (" ~ states ~ ") where size_bytes >= 100000 order by file").rows -%}
    {%- set first_lines = [] -%}
    {%- for batch in large | batch(100) -%}
        {%- set queries = [] -%}
        {%- for row in batch -%}
            {%- do queries.append("(select filename, line from " ~ csv_lines(sql_text(exact_pattern(row[0]))) ~ " limit 1)") -%}
        {%- endfor -%}
        {%- for row in run_query(queries | join(' union all ')).rows -%}
            {%- do first_lines.append("(" ~ sql_text(row[0]) ~ ", " ~ sql_text(row[1] or '') ~ ")") -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if small -%}
    select
        filename as file,
        arg_min(coalesce(line, ''), place) as layout
    from (
        select
            filename,
            line,
            row_number() over () as place
        from {{ csv_lines('[' ~ small ~ ']') }}
    )
    group by filename
    {%- endif %}
    {%- if small and first_lines %}
    union all
    {% endif %}
    {%- if first_lines %}
    select *
    from (values {{ first_lines | join(', ') }}) as first_lines (file, layout)
    {%- endif %}
{%- endmacro %}

{#- SQL for a fingerprint of each Parquet file's schema: files with the same one are read together. -#}
{% macro parquet_layouts(patterns) -%}
    select
        file_name as file,
        md5(string_agg(concat_ws(' ', name, type, converted_type, logical_type, num_children), chr(10) order by place)) as layout
    from (
        select
            *,
            row_number() over () as place
        from parquet_schema({{ patterns }})
    )
    group by file_name
{%- endmacro %}
