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
    else what it matches as a glob, else what lies in folders that it matches.
-#}
{% macro workload_patterns() -%}
    {%- set texts = [] -%}
    {%- for path in workload_paths() -%}
        {%- set exact = exact_pattern(path) -%}
        {%- set found = [] -%}
        {%- for patterns in (patterns_of_folder(exact), [exact], [path], patterns_of_folder(path)) if not found -%}
            {%- for pattern in patterns if n_globbed(pattern) -%}
                {%- do found.append(sql_text(pattern)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if not found -%}
            {{- refuse_unread_files([path]) -}}
            {{- refuse_absent_workload(path) -}}
        {%- endif -%}
        {%- do texts.extend(found) -%}
    {%- endfor -%}
    {{- return('[' ~ (texts | join(', ')) ~ ']') -}}
{%- endmacro %}

{#- What is read of a folder: extensions in any case, and as on Spark nothing that begins with _ or a dot. -#}
{% macro patterns_of_folder(folder) -%}
    {%- set names = folder.rstrip('/') ~ '/[!_.]*' -%}
    {{- return([
        names ~ '.[pP][aA][rR][qQ][uU][eE][tT]', names ~ '.[cC][sS][vV]', names ~ '.[cC][sS][vV].[gG][zZ]'
    ]) -}}
{%- endmacro %}

{#-
    Stops the build at a file that paths may mean and that is none of those read, of which `states` is SQL: one in a folder of its own,
    behind a link, or of a name that says no format. Else the totals would be those of a part.
-#}
{% macro refuse_unread_files(paths, states="select null::varchar as file where false") -%}
    {%- set meant = [] -%}
    {%- for path in paths -%}
        {%- if '://' in path -%}
            {%- do meant.append(
                "select " ~ sql_text(path) ~ " as path, file from glob(" ~ sql_text(path.rstrip('/') ~ "/**")
                ~ ") where not regexp_matches(file, '/[_.]')"
            ) -%}
        {%- else -%}
            {%- do meant.append("select " ~ sql_text(path) ~ " as path, unnest(files_meant(" ~ sql_text(path) ~ ")) as file") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set unread = run_query(
        "with meant as (select *, file_identity(file) as identity, " ~ workload_format("file") ~ " as format from ("
        ~ (meant | join(" union all ")) ~ ")) select path, file, format, identity is null and not contains(file, '://') as is_lost "
        ~ "from meant where coalesce(identity, file) not in (select coalesce(file_identity(file), file) from (" ~ states ~ ")) "
        ~ "and not " ~ is_about_files("file") ~ " order by format is null, len(string_split(file, '/')), file"
    ).rows -%}
    {%- if unread | length -%}
        {%- set path, file, format, is_lost = unread[0][0], unread[0][1], unread[0][2], unread[0][3] -%}
        {%- set glob = (path.split('*')[0].rstrip('/') or '.') ~ "/**/*." ~ (format or 'csv') -%}
        {%- if format and is_lost -%}
            {{- refuse_workload("found " ~ file ~ ", a link to a file that is not there; mend or remove it") -}}
        {%- elif format and '**' in path -%}
            {{- refuse_workload(
                "found " ~ file ~ " behind a link to a folder, which " ~ path ~ " does not follow; name that folder as well, such as "
                ~ file.rpartition('/')[0] ~ "/*." ~ format
            ) -}}
        {%- elif format -%}
            {{- refuse_workload(
                "found " ~ file ~ " in a folder of its own, which " ~ path ~ " does not read; name a glob such as " ~ glob
            ) -}}
        {%- else -%}
            {%- set names = unread | map(attribute=1) | list -%}
            {{- refuse_workload(
                "found " ~ (names[:3] | join(", ")) ~ (" and " ~ (names | length - 3) ~ " more" if names | length > 3 else "")
                ~ ", which " ~ path ~ " does not read, since names of its files end in .csv, .csv.gz or .parquet; name a glob of what "
                ~ "is meant, such as " ~ (glob | replace('/**/', '/'))
            ) -}}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- SQL for whether a file is about those beside it, by its name, and none of a log. -#}
{% macro is_about_files(file) -%}
regexp_matches(lower(parse_filename({{ file }})), '^(readme|license)|[.]md$')
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

{#- Stops the build where one file has two names here, be it by links or seen from two folders: it would count twice. -#}
{% macro refuse_files_named_twice(states) -%}
    {%- set twice = run_query(
        "select min(file), max(file) from (select file, file_identity(file) as identity from (" ~ states ~ ")) "
        ~ "where identity is not null group by identity having count(*) > 1 order by all limit 1"
    ).rows -%}
    {%- if twice | length -%}
        {{- refuse_workload(
            "found " ~ twice[0][0] ~ " and " ~ twice[0][1] ~ ", which are the same file, whose rows would count twice; name it in one way"
        ) -}}
    {%- endif -%}
{%- endmacro %}

{#- Stops the build at a name that would not stand in SQL as it is. -#}
{% macro refuse_names_of_several_lines(states) -%}
    {%- set odd = run_query("select min(file) from (" ~ states ~ ") where regexp_matches(file, '[\\p{Cc}\\x{2028}\\x{2029}]')").rows[0][0] -%}
    {%- if odd -%}
        {{- refuse_workload("found " ~ (odd | tojson) ~ ", a name with a control character; rename the file or its folder") -}}
    {%- endif -%}
{%- endmacro %}

{#- Stops the build at a compressed file that is damaged, which DuckDB would read as if it were sound. -#}
{% macro refuse_damaged_files(states) -%}
    {%- set damaged = run_query(
        "select file, fault from (select file, gzip_fault(file) as fault from (" ~ states ~ ") where lower(file) like '%.gz') "
        ~ "where fault is not null order by file limit 1"
    ).rows -%}
    {%- if damaged | length -%}
        {{- refuse_workload(damaged[0][0] ~ ": the file is damaged (" ~ damaged[0][1] ~ "); copy or write it once more") -}}
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
    {{- refuse_names_of_several_lines(states) -}}
    {{- refuse_files_named_twice(states) -}}
    {{- refuse_unread_files(workload_paths(), states) -}}
    {{- refuse_damaged_files(states) }}
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
