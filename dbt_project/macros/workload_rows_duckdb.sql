{#- Files of one layout are read together; `workload_rows` says what comes out. -#}
{% macro duckdb__workload_rows(with_place) -%}
    {%- set layouts = run_query(
        "select format, layout, min(file), '[' || string_agg(" ~ exact_pattern_text("file") ~ ", ', ' order by file) || ']' from "
        ~ ref('int_workload_files') ~ " group by format, layout order by min(file)"
    ).rows -%}
    {%- for layout in layouts %}
        {%- set found = found_workload_columns(layout[0], layout[1], layout[2]) %}
        {%- if not with_place %}
            {%- do say_where_rows_count_as_one(layout[2], found) %}
        {%- endif %}
        {%- if layout[0] == 'csv' %}
{{ csv_rows(layout[3], found, with_place) }}
        {%- else %}
{{ parquet_rows(layout[3], found, with_place) }}
        {%- endif %}
{{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Where the columns of the workload stand in files of one layout, as `check_workload_columns` has it. -#}
{% macro found_workload_columns(format, layout, example) -%}
    {%- set place = example ~ (", line 1" if format == 'csv' else "") -%}
    {%- if format == 'csv' -%}
        {%- set cells = "(select " ~ csv_cells(sql_text(layout.lstrip('\ufeff'))) ~ " as cells)" -%}
        {%- set names = "select trim(unnest(cells)) as name, generate_subscripts(cells, 1) as place, '' as type from " ~ cells -%}
    {%- else -%}
        {#- A folder `country=ESP` may have taken a column out of the files: it is not read, but must not go unseen. -#}
        {%- set names = (
            "select column_name as name, row_number() over () as place, column_type as type from (describe select * from read_parquet("
            ~ sql_text(exact_pattern(example)) ~ ", hive_partitioning = false))"
            ~ " union all select unnest(regexp_extract_all(" ~ sql_text(example) ~ ", '([^/=]+)=[^/]*/', 1)), 1e6, 'VARCHAR'"
        ) -%}
    {%- endif -%}
    {%- if format == 'parquet' -%}
        {{- check_parquet_names(example) -}}
    {%- endif -%}
    {%- set header = run_query("select name, place, type from (" ~ names ~ ") order by place").rows -%}
    {%- set found = check_workload_columns(place, format, header) -%}
    {%- do found.update({'has_row_numbers': 'file_row_number' in (header | map(attribute=0) | map('lower') | list)}) -%}
    {{- return(found) -}}
{%- endmacro %}

{#-
    Stops the build at a Parquet file with a column of a workload twice, be it in another case: DuckDB reads the second by another
    name. The schema is a tree in the order of its branches; what stands within another column is none of the file's own.
-#}
{% macro check_parquet_names(file) -%}
    {%- set names = [] -%}
    {%- set n_within = [0] -%}
    {%- for row in run_query(
        "select lower(name), coalesce(num_children, 0) from parquet_schema(" ~ sql_text(exact_pattern(file)) ~ ")"
    ).rows[1:] -%}
        {%- if n_within[0] -%}
            {%- do n_within.append(n_within.pop() - 1) -%}
        {%- elif row[0] in names and row[0] in workload_columns() -%}
            {{- refuse_workload(file ~ ": found column " ~ row[0] ~ " twice, expected it once; rename or remove one of them") -}}
        {%- else -%}
            {%- do names.append(row[0]) -%}
        {%- endif -%}
        {%- do n_within.append(n_within.pop() + (row[1] | int)) -%}
    {%- endfor -%}
{%- endmacro %}

{#- Pattern of a distance from UTC: to 18 hours, as far as ISO 8601 is used and Java reads it. -#}
{% macro zone_offset() -%}
[+-]((0\d|1[0-7])(:?[0-5]\d)?|18(:?00)?)
{%- endmacro %}

{#- SQL for the UTC day of a text: a date or a timestamp of ISO 8601, with a zone or without, else NULL. -#}
{% macro day_of_text(text) -%}
case
            when
                regexp_full_match({{ text }}, '\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?)?')
                then try_cast(left({{ text }}, 10) as date)
            when
                regexp_full_match(
                    {{ text }}, '\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z| ?(UTC|{{ zone_offset() }}))'
                )
                then {{ utc_day(
                    "try_cast(left(" ~ text ~ ", 10) || 'T' || replace(replace(substr(" ~ text ~ ", 12), ' ', ''), 'UTC', 'Z')"
                    ~ " as timestamp with time zone)"
                ) }}
        end
{%- endmacro %}

{#- SQL for the UTC day of a timestamp with time zone, whatever the zone of the session. -#}
{% macro utc_day(value) -%}
cast(make_timestamp(epoch_us({{ value }})) as date)
{%- endmacro %}

{#- SQL for a date, or NULL where it lies outside the years of which the grid is known. -#}
{% macro day_in_range(day) -%}
case when {{ day }} between date '2000-01-01' and date '2099-12-31' then {{ day }} end
{%- endmacro %}

{#-
    SQL for the number in a text; NULL where there is none, NaN where it is no number. DuckDB alone reads 1_000 as one; 12.000 and
    1.024 may be as many thousands.
-#}
{% macro number_of_text(text, otherwise="cast('nan' as double)") -%}
case
        when {{ text }} is not null
            then coalesce(
                case
                    when contains({{ text }}, '_') then null
                    when contains({{ text }}, '.00') and ends_with(rtrim({{ text }}, '0'), '.') then null
                    when contains({{ text }}, '.') and regexp_matches({{ text }}, '[.][0-9]{3}$') then null
                    else try_cast({{ text }} as double)
                end,
                {{ otherwise }}
            )
    end
{%- endmacro %}

{#- The same of a count: of a text that is no number, such as 90,000,000, minus what its digits say, so that it is set aside by its weight. -#}
{% macro count_of_text(text) -%}
{{ number_of_text(
    text, "coalesce(-nullif(try_cast(regexp_replace(" ~ text ~ ", '[^0-9]', '', 'g') as double), 0e0), cast('nan' as double))"
) }}
{%- endmacro %}

{#-
    The rows of CSV files. A row is a line, so that what is wrong with one costs no other. One step after another, because an
    expression that is written twice is computed twice.
-#}
{% macro csv_rows(files, found, with_place) -%}
select
    case
        when n_cells is null then '{{ unclosed_quote_fault() }}'
        when n_cells < {{ found['n'] }} then 'the line has fewer cells than the header'
        when n_cells > {{ found['n'] }} then 'the line has more cells than the header'
    end as row_fault,
    {{ day_in_range('day') }} as on_date,
    lower(model_id) as model_id,
    lower(accelerator_id) as accelerator_id,
    upper(country_iso3) as country_iso3,
    {%- for column in workload_numbers() %}
    {{ (count_of_text if column == 'inference_count' else number_of_text)(column) if column in found else column }} as {{ column }}{{ ',' if with_place or not loop.last }}
    {%- endfor %}
    {%- if with_place %}
    file,
    row_number,
    row_text
    {%- endif %}
from (
    select
        *,
        {{ day_of_text('happened_at') }} as day
    from (
        select
            len(cells) as n_cells,
            {%- for column in workload_columns() %}
            {%- if column in found %}
            nullif(trim(cells[{{ found[column] }}]), '') as {{ column }}
            {%- else %}
            cast(null as {{ 'double' if column in workload_numbers() else 'varchar' }}) as {{ column }}
            {%- endif %}{{ ',' if with_place or not loop.last }}
            {%- endfor %}
            {%- if with_place %}
            file,
            row_number,
            row_text
            {%- endif %}
        from (
            select
                {{ csv_cells('line') }} as cells
                {%- if with_place %},
                lines.filename as file,
                lines.place - first_places.first_place + 2 as row_number,
                lines.line as row_text
                {%- endif %}
            from (
                select
                    {%- if with_place %}
                    filename,
                    row_number() over () as place,
                    {%- endif %}
                    line
                from {{ csv_lines(files, skipped_lines=1) }}
            ) as lines
            {%- if with_place %}
            inner join (
                select
                    filename,
                    min(place) as first_place
                from (
                    select
                        filename,
                        row_number() over () as place
                    from {{ csv_lines(files, skipped_lines=1) }}
                )
                group by filename
            ) as first_places on lines.filename = first_places.filename
            {%- endif %}
            -- An empty line is no row.
            where regexp_matches(lines.line, '\S')
        )
    )
)
{%- endmacro %}

{#- The rows of Parquet files, which are read by the names of their columns. -#}
{% macro parquet_rows(files, found, with_place) -%}
    {%- set type = found['happened_at'] %}
select
    cast(null as varchar) as row_fault,
    {%- if type == 'VARCHAR' %}
    {{ day_in_range(day_of_text("trim(happened_at)")) }} as on_date,
    {%- elif type in ('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ_NS') %}
    {{ day_in_range(utc_day("cast(happened_at as timestamp with time zone)")) }} as on_date,
    {%- else %}
    {{ day_in_range("cast(happened_at as date)") }} as on_date,
    {%- endif %}
    {%- for column in ('model_id', 'accelerator_id', 'country_iso3') %}
    {{ ("upper" if column == 'country_iso3' else "lower") ~ "(nullif(trim(" ~ (column if found[column] == 'VARCHAR' else "cast(" ~ column ~ " as varchar)") ~ "), ''))" if column in found else "cast(null as varchar)" }} as {{ column }},
    {%- endfor %}
    {%- for column in workload_numbers() %}
    {%- if column not in found %}
    cast(null as double) as {{ column }}
    {%- elif found[column] == 'VARCHAR' %}
    {{ (count_of_text if column == 'inference_count' else number_of_text)("nullif(trim(" ~ column ~ "), '')") }} as {{ column }}
    {%- else %}
    cast({{ column }} as double) as {{ column }}
    {%- endif %}{{ ',' if with_place or not loop.last }}
    {%- endfor %}
    {%- if with_place %}
    {{ file_column() }} as file,
    {{ row_column(found) }} as row_number,
    cast(to_json(struct_pack(
        {%- for column in workload_columns() if column in found %}
        {{ column }} := {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    )) as varchar) as row_text
    {%- endif %}
from {{ numbered_parquet(files, found) if with_place else "read_parquet(" ~ files ~ ", hive_partitioning = false)" }}
{%- endmacro %}

{#- A name for a column that no file has: it holds a character which Unicode keeps out of use. -#}
{% macro file_column() -%}
"file{{ '\U0010FFFF' }}"
{%- endmacro %}

{#- SQL for the number of a row in `numbered_parquet`. -#}
{% macro row_column(found) -%}
    {{- '"row\U0010FFFF" - "first_row\U0010FFFF" + 1' if found['has_row_numbers'] else 'file_row_number + 1' -}}
{%- endmacro %}

{#-
    SQL for the rows of Parquet files with their files and numbers. DuckDB numbers them in a column `file_row_number`; where the files
    have one of their own, rows are counted in their order, as those of CSV are.
-#}
{% macro numbered_parquet(files, found) -%}
    {%- if found['has_row_numbers'] -%}
    {%- set rows = "read_parquet(" ~ files ~ ", hive_partitioning = false, filename = '" ~ (file_column() | replace('"', '')) ~ "')" -%}
    {%- set counted = 'row_number() over () as "row\U0010FFFF"' -%}
(select *, {{ counted }} from {{ rows }})
inner join (
    select {{ file_column() }}, min("row{{ '\U0010FFFF' }}") as "first_row{{ '\U0010FFFF' }}"
    from (select {{ file_column() }}, {{ counted }} from {{ rows }})
    group by {{ file_column() }}
) using ({{ file_column() }})
    {%- else -%}
read_parquet({{ files }}, hive_partitioning = false, file_row_number = true, filename = '{{ file_column() | replace('"', '') }}')
    {%- endif -%}
{%- endmacro %}
