{#-
    What differs between engines in reading a workload is this one macro. It gives SQL for a table with one row per row of the
    workload, and these columns:
      row_fault        varchar  why the row is no row of the table, or NULL; the columns below are of no use then
      on_date          date     UTC day of happened_at, or NULL where there is none between 2000-01-01 and 2099-12-31
      model_id, accelerator_id  varchar, without blanks at the ends, in lower case; NULL where the cell is empty
      country_iso3     varchar  the same in upper case
      inference_count, input_tokens, output_tokens, batch_size
                       double   NULL where the cell is empty or the file has no such column, NaN where it holds no number
                                (of a count whose text has digits, minus the number that they make)
    With `with_place` also the place of the row and what stands there:
      file             varchar  as the engine names it
      row_number       bigint   in CSV the line, the header being line 1; in Parquet the row, the first being row 1
      row_text         varchar  in CSV the line as it stands, in Parquet the row's columns as JSON
    A file without a column that is needed, or with one whose name is nearly that of a missing one, stops the build. When dbt only
    compiles, nothing is read.
-#}
{% macro workload_rows(with_place=false) -%}
    {{- workload_row_sources() -}}
    {%- if not workload_path() -%}
        {{- hypothesis_rows() -}}
    {%- elif not is_workload_read() -%}
        {{- no_workload_rows(with_place) -}}
    {%- else -%}
        {{- adapter.dispatch('workload_rows')(with_place) -}}
    {%- endif -%}
{%- endmacro %}

{#- Tells dbt, while it parses, what may be read: which of it is known at run time only. -#}
{% macro workload_row_sources() -%}
    {%- if not execute -%}
        {%- do ref('dim_hypothesis') -%}
        {%- if target.type == 'duckdb' -%}
            {%- do ref('int_workload_files') -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- Paths or globs of the workload, or nothing: the var, a text or a list, goes before the environment. -#}
{% macro workload_paths() -%}
    {%- set named = var('workload') or env_var('WORKLOAD', '') -%}
    {%- set paths = [] -%}
    {%- for path in (([named | trim] if named | trim else []) if named is string else named) -%}
        {%- do paths.append(plain_path(path)) -%}
    {%- endfor -%}
    {{- return(paths | unique(case_sensitive=true) | list) -}}
{%- endmacro %}

{#- A path without `./` and doubled slashes, so that one place has one name; an address of object storage stays as it is. -#}
{% macro plain_path(path) -%}
    {%- if path.splitlines() | length > 1 or path.endswith(("\n", "\r")) -%}
        {{- exceptions.raise_compiler_error(
            "workload " ~ (path | tojson) ~ ": found a path of two lines, expected a file, a folder or a glob; rename what is named so, and "
            ~ "name several by a glob or by a list in the var workload"
        ) -}}
    {%- endif -%}
    {%- set parts = path.split('/') | reject('in', ('', '.')) | join('/') -%}
    {{- return(path if '://' in path else ('/' ~ parts if path.startswith('/') else parts or '.')) -}}
{%- endmacro %}

{#- The same in one text, as messages name it. -#}
{% macro workload_path() -%}
    {{- workload_paths() | join(', ') -}}
{%- endmacro %}

{#- Whether the model is about to run, not only to be written out by `dbt compile` or `dbt docs generate`. -#}
{% macro is_workload_read() -%}
    {%- if execute and (flags is not defined or flags.WHICH not in ('compile', 'generate', 'list', 'parse')) -%}true{%- endif -%}
{%- endmacro %}

{#- The rows of the paper's hypothesis, which are whole years by country, in the same columns. -#}
{% macro hypothesis_rows() %}
select
    cast(null as string) as row_fault,
    cast(happened_at as date) as on_date,
    lower(model_id) as model_id,
    lower(accelerator_id) as accelerator_id,
    upper(country_iso3) as country_iso3,
    cast(inference_count as double) as inference_count,
    cast(input_tokens as double) as input_tokens,
    cast(output_tokens as double) as output_tokens,
    cast(batch_size as double) as batch_size
from {{ ref('dim_hypothesis') }}
{%- endmacro %}

{#- The columns without a row. -#}
{% macro no_workload_rows(with_place) %}
select
    cast(null as string) as row_fault,
    cast(null as date) as on_date,
    {%- for column in ('model_id', 'accelerator_id', 'country_iso3') %}
    cast(null as string) as {{ column }},
    {%- endfor %}
    {%- for column in workload_numbers() %}
    cast(null as double) as {{ column }}{{ ',' if with_place or not loop.last }}
    {%- endfor %}
    {%- if with_place %}
    cast(null as string) as file,
    cast(null as bigint) as row_number,
    cast(null as string) as row_text
    {%- endif %}
where false
{%- endmacro %}
