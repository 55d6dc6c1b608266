{#- One read of all files, which Spark distributes; `workload_rows` says what comes out. -#}
{% macro spark__workload_rows(with_place) -%}
    {#- The zone in which a timestamp becomes a day, and columns that only some of the files have. -#}
    {%- do run_query("set time zone 'UTC'") -%}
    {%- do run_query("set spark.sql.parquet.mergeSchema = true") -%}
    {%- set paths = workload_paths() -%}
    {%- set path = "`" ~ ((paths[0] if paths | length == 1 else "{" ~ (paths | join(",")) ~ "}") | replace("`", "``")) ~ "`" -%}
    {%- set files = check_workload_files("select path as file, " ~ workload_format("path") ~ " as format, length as size_bytes from binaryFile." ~ path) -%}
    {%- if files.format == 'csv' -%}
        {{- spark_csv_rows(path, files.n_files, with_place) -}}
    {%- else -%}
        {{- spark_parquet_rows(path, with_place) -}}
    {%- endif -%}
{%- endmacro %}

{#- SQL for the UTC day of a text, as `day_of_text` has it. Without the pattern Spark would read `now` as today, and 2024 as its first day. -#}
{% macro spark_day_of_text(text) -%}
case
            when {{ text }} rlike r'^\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?)?$'
                then try_cast(left({{ text }}, 10) as date)
            when {{ text }} rlike r'^\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z| ?(UTC|{{ zone_offset() }}))$'
                then cast(try_cast({{ spark_whole_zone(text) }} as timestamp) as date)
        end
{%- endmacro %}

{#- SQL for the timestamp in a text with its zone as Spark reads it: +05:30, not +0530 or +05, and seconds before it. -#}
{% macro spark_whole_zone(text) -%}
regexp_replace(
                    regexp_replace(
                        regexp_replace(
                            left({{ text }}, 10) || 'T' || replace(replace(substr({{ text }}, 12), 'UTC', 'Z'), ' ', ''),
                            r'([+-]\d{2})$',
                            '$1:00'
                        ),
                        r'([+-]\d{2})(\d{2})$',
                        '$1:$2'
                    ),
                    r'T(\d{2}:\d{2})(Z|[+-])',
                    'T$1:00$2'
                )
{%- endmacro %}

{#- SQL for the number in a text; NULL where there is none, NaN where it is no number. -#}
{% macro spark_number_of_text(text, otherwise="cast('nan' as double)") -%}
case
            when {{ text }} is not null
                -- Spark takes 1d and 1f for numbers, which nobody else does; 12.000 and 1.024 may be as many thousands.
                then coalesce(if({{ text }} rlike r'[0-9.][dDfF]$|[.]00+$|[.][0-9]{3}$', null, try_cast({{ text }} as double)), {{ otherwise }})
        end
{%- endmacro %}

{#- The same of a count, as `count_of_text` has it. -#}
{% macro spark_count_of_text(text) -%}
{{ spark_number_of_text(
    text, "coalesce(-nullif(try_cast(regexp_replace(" ~ text ~ ", '[^0-9]', '') as double), 0e0), cast('nan' as double))"
) }}
{%- endmacro %}

{#- The rows of Parquet files, which are read by the names of their columns. -#}
{% macro spark_parquet_rows(path, with_place) -%}
    {#- Spark's names of types, where they differ from those that the checks know. -#}
    {%- set same_types = {
        'STRING': 'VARCHAR', 'INT': 'INTEGER', 'TIMESTAMP': 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_NTZ': 'TIMESTAMP'
    } -%}
    {%- set header = [] -%}
    {%- for row in run_query("describe query select * from parquet." ~ path).rows -%}
        {%- set type = row[1] | upper -%}
        {%- do header.append([row[0], loop.index, same_types.get(type, type)]) -%}
    {%- endfor -%}
    {%- set found = check_workload_columns(workload_path(), 'parquet', header) %}
    {%- if not with_place -%}
        {%- do say_where_rows_count_as_one(workload_path(), found) -%}
    {%- endif %}
select
    cast(null as string) as row_fault,
    {%- if found['happened_at'] == 'VARCHAR' %}
    {{ day_in_range(spark_day_of_text("trim(happened_at)")) }} as on_date,
    {%- else %}
    {{ day_in_range("cast(happened_at as date)") }} as on_date,
    {%- endif %}
    {%- for column in ('model_id', 'accelerator_id', 'country_iso3') %}
    {{ ("upper" if column == 'country_iso3' else "lower") ~ "(nullif(trim(cast(" ~ column ~ " as string)), ''))" if column in found else "cast(null as string)" }} as {{ column }},
    {%- endfor %}
    {%- for column in workload_numbers() %}
    {%- if column not in found %}
    cast(null as double) as {{ column }}
    {%- elif found[column] == 'VARCHAR' %}
    {{ (spark_count_of_text if column == 'inference_count' else spark_number_of_text)("nullif(trim(" ~ column ~ "), '')") }} as {{ column }}
    {%- else %}
    cast({{ column }} as double) as {{ column }}
    {%- endif %}{{ ',' if with_place or not loop.last }}
    {%- endfor %}
    {%- if with_place %}
    _metadata.file_path as file,
    _metadata.row_index + 1 as row_number,
    to_json(struct({{ workload_columns() | select('in', found) | join(', ') }}), map('ignoreNullFields', 'false')) as row_text
    {%- endif %}
from parquet.{{ path }}
{%- endmacro %}

{#- SQL for the lines of CSV files as they stand. -#}
{% macro spark_csv_lines(path, with_place) -%}
select
    ltrim('{{ "\\uFEFF" }}', value) as line
    {%- if with_place %},
    _metadata.file_path as file,
    _metadata.file_block_start as block_start,
    -- Counts up within a block, the lines of which are read in their order.
    monotonically_increasing_id() as place
    {%- endif %}
from text.{{ path }}
{%- endmacro %}

{#- SQL for the list of a line's cells, as `csv_cells` has it. -#}
{% macro spark_csv_cells(line) -%}
    {%- set cell = '([ \t]*"[^"]*+(?:""[^"]*+)*+"[ \t]*|[^",]*)' -%}
case
            when not contains({{ line }}, '"') then split({{ line }}, ',')
            when {{ line }} rlike r'^{{ cell }}(,{{ cell }})*$'
                then transform(
                    regexp_extract_all(',' || {{ line }}, r',{{ cell }}', 1),
                    cell -> if(contains(cell, '"'), replace(regexp_extract(cell, '"(.*)"', 1), '""', '"'), cell)
                )
        end
{%- endmacro %}

{#-
    The rows of CSV files. A row is a line, so that what is wrong with one costs no other. All files must have one header: Spark tells
    no first line from the others, so each line that reads like it is taken for it, and there must be one in each file.
-#}
{% macro spark_csv_rows(path, n_files, with_place) -%}
    {%- set first_line = run_query(
        "select line, file from (" ~ spark_csv_lines(path, true) ~ ") where block_start = 0 order by file, place limit 1"
    ).rows[0] -%}
    {%- set header_line = first_line[0] | replace("\\", "\\\\") -%}
    {%- set headers = run_query(
        "select count(*), count(distinct file) from (" ~ spark_csv_lines(path, true) ~ ") where line = " ~ sql_text(header_line)
    ).rows[0] -%}
    {%- if headers[0] != n_files or headers[1] != n_files -%}
        {{- refuse_workload(
            "found the header of " ~ first_line[1] ~ " (" ~ first_line[0] ~ ") on " ~ headers[0] ~ " lines in " ~ headers[1] ~ " of " ~ n_files
            ~ " files, expected it once in each; name the files of each header by a glob of their own"
        ) -}}
    {%- endif -%}
    {%- set header = run_query(
        "select trim(cell), place + 1, '' as type from (select posexplode(" ~ spark_csv_cells(sql_text(header_line)) ~ ") as (place, cell)) order by place"
    ).rows -%}
    {%- set found = check_workload_columns(first_line[1] ~ ", line 1", 'csv', header) -%}
    {%- if not with_place -%}
        {%- do say_where_rows_count_as_one(workload_path(), found) -%}
    {%- endif -%}
    {%- set cells = {} -%}
    {%- for column in found if column != 'n' -%}
        {#- A line with too few cells has none of this number, and is no row. -#}
        {%- do cells.update({column: "nullif(trim(try_element_at(cells, " ~ found[column] ~ ")), '')"}) -%}
    {%- endfor %}
select
    case
        when cells is null then '{{ unclosed_quote_fault() }}'
        when size(cells) < {{ found['n'] }} then 'the line has fewer cells than the header'
        when size(cells) > {{ found['n'] }} then 'the line has more cells than the header'
    end as row_fault,
    {{ day_in_range('day') }} as on_date,
    model_id,
    accelerator_id,
    country_iso3,
    inference_count,
    input_tokens,
    output_tokens,
    batch_size
    {%- if with_place %},
    file,
    row_number,
    line as row_text
    {%- endif %}
from (
    select
        *,
        {{ spark_day_of_text(cells['happened_at']) }} as day,
        {%- for column in ('model_id', 'accelerator_id', 'country_iso3') %}
        {{ ("upper" if column == 'country_iso3' else "lower") ~ "(" ~ cells[column] ~ ")" if column in found else "cast(null as string)" }} as {{ column }},
        {%- endfor %}
        {%- for column in workload_numbers() %}
        {{ (spark_count_of_text if column == 'inference_count' else spark_number_of_text)(cells[column]) if column in found else "cast(null as double)" }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        select
            *,
            {{ spark_csv_cells('line') }} as cells
        from ({{ spark_numbered_lines(path) if with_place else spark_csv_lines(path, false) }}) as csv_lines
        where line <> {{ sql_text(header_line) }} and line rlike r'\S'
    ) as csv_cells
) as csv_values
{%- endmacro %}

{#- SQL for the lines with their numbers: those of a block after all of the blocks before it in the same file. -#}
{% macro spark_numbered_lines(path) %}
select
    csv_lines.line,
    csv_lines.file,
    csv_lines.place - blocks.first_place + blocks.n_lines_before + 1 as row_number
from ({{ spark_csv_lines(path, true) }}) as csv_lines
inner join (
    select
        file,
        block_start,
        min(place) as first_place,
        coalesce(
            sum(count(*)) over (partition by file order by block_start rows between unbounded preceding and 1 preceding), 0
        ) as n_lines_before
    from ({{ spark_csv_lines(path, true) }}) as csv_lines
    group by file, block_start
) as blocks
    on csv_lines.file = blocks.file
    and csv_lines.block_start = blocks.block_start
{%- endmacro %}
