{#- The columns of a workload, in the order of the README; the others of a file are not read. -#}
{% macro workload_columns() -%}
    {{- return(
        ['happened_at', 'model_id', 'accelerator_id', 'country_iso3', 'inference_count', 'input_tokens', 'output_tokens', 'batch_size']
    ) -}}
{%- endmacro %}

{#- Those that hold numbers. -#}
{% macro workload_numbers() -%}
    {{- return(['inference_count', 'input_tokens', 'output_tokens', 'batch_size']) -}}
{%- endmacro %}

{#- Those without which a row says nothing. -#}
{% macro needed_workload_columns() -%}
    {{- return(['happened_at', 'model_id']) -}}
{%- endmacro %}

{#-
    SQL for whether a column's name is so near that of a missing one that its writer must have meant it: but for case, blanks, `_`
    and `-` it differs by two letters at most, one begins with the other, or it is another word for the same. Taken as unknown it
    would leave each row at a count of one, without anybody seeing it.
-#}
{% macro is_nearly_column(found, expected) -%}
{%- set bare_found = "replace(replace(replace(lower(" ~ found ~ "), '_', ''), '-', ''), ' ', '')" -%}
{%- set bare_expected = "replace(" ~ expected ~ ", '_', '')" -%}
(
            levenshtein({{ bare_found }}, {{ bare_expected }}) <= 2
            -- A column `input` or `output` holds what was asked and answered, and a count is of no country.
            or ({{ bare_found }} not in ('input', 'output', 'count') and length({{ bare_found }}) >= 5 and (
                left({{ bare_found }}, length({{ bare_expected }})) = {{ bare_expected }}
                or left({{ bare_expected }}, length({{ bare_found }})) = {{ bare_found }}
            ))
            {%- for column, words in other_words_of_columns().items() %}
            or ({{ expected }} = '{{ column }}' and {{ bare_found }} in ('{{ words | join("', '") }}'))
            {%- endfor %}
            -- How many of what, but for the tokens of a prompt.
            or ({{ expected }} = 'inference_count' and not contains({{ bare_found }}, 'token')
                and {{ contains_one_of(bare_found, ('count', 'num', 'total', 'qty', 'quantity', 'cnt')) }}
                and {{ contains_one_of(bare_found, (
                    'infer', 'request', 'call', 'quer', 'invocation', 'prediction', 'sample', 'image', 'prompt'
                )) }})
        )
{%- endmacro %}

{#- SQL for whether a text holds one of some words. -#}
{% macro contains_one_of(text, words) -%}
    ({% for word in words %}contains({{ text }}, '{{ word }}'){{ ' or ' if not loop.last }}{% endfor %})
{%- endmacro %}

{#- What logs call the columns of a workload, but for case, blanks, `_` and `-`. -#}
{% macro other_words_of_columns() -%}
    {{- return({
        'inference_count': [
            'count', 'n', 'cnt', 'num', 'number', 'qty', 'quantity', 'total', 'volume', 'hits', 'queries', 'invocations', 'frequency',
            'freq', 'times', 'weight', 'calls', 'ncalls', 'requests', 'nrequests', 'inferences', 'ninferences'
        ],
        'accelerator_id': ['gpu', 'gpuid', 'acceleratorname', 'hardware', 'device', 'chip'],
        'country_iso3': ['countrycode', 'iso3'],
        'batch_size': ['bs', 'maxbatchsize'],
        'input_tokens': ['prompttokens', 'tokensin'],
        'output_tokens': ['completiontokens', 'tokensout'],
    }) -}}
{%- endmacro %}

{#- What stops the build at one file: where, what was found there, and what helps. -#}
{% macro refuse_workload(message) -%}
    {{- exceptions.raise_compiler_error("workload " ~ workload_path() ~ ": " ~ message) -}}
{%- endmacro %}

{#-
    Where the columns of the workload stand in a file, of whose columns `header` has the name, the number from 1 and, in Parquet, the
    type: for each found one its number in CSV or its type in Parquet, and under `n` how many columns there are. Stops the build where
    one is missing that must not be, or cannot be read.
-#}
{% macro check_workload_columns(place, format, header) -%}
    {%- set present = header | map(attribute=0) | list -%}
    {%- set said = "found columns " ~ (present | join(", ")) if present | join('') else "found nothing" -%}
    {%- set found = {'n': present | length} -%}
    {%- set missing = [] -%}
    {%- for column in workload_columns() -%}
        {%- if present.count(column) > 1 -%}
            {{- refuse_workload(place ~ ": found column " ~ column ~ " twice, expected it once; rename or remove one of them") -}}
        {%- elif column in present -%}
            {%- set row = header[present.index(column)] -%}
            {%- do found.update({column: row[2] or (row[1] | int)}) -%}
            {%- if format == 'parquet' -%}
                {{- check_parquet_type(place, column, row[2]) -}}
            {%- endif -%}
        {%- else -%}
            {%- do missing.append(sql_text(column)) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- One column alone is a header with other separators than commas. -#}
    {%- if missing and present | length > 1 -%}
        {%- set names = [] -%}
        {%- for row in header if row[0] not in workload_columns() -%}
            {%- do names.append("select " ~ sql_text(row[0]) ~ " as name, " ~ row[1] ~ " as place") -%}
        {%- endfor -%}
        {%- set near = run_query(
            "select found.name, missing.name from (" ~ (names | join(" union all ")) ~ ") as found inner join (select "
            ~ (missing | join(" as name union all select ")) ~ " as name) as missing on "
            ~ is_nearly_column('found.name', 'missing.name') ~ " order by found.place, missing.name limit 1"
        ).rows if names else [] -%}
        {%- if near | length -%}
            {{- refuse_workload(
                place ~ ": found column " ~ near[0][0] ~ ", which is nearly " ~ near[0][1] ~ ", and no column " ~ near[0][1]
                ~ "; rename it to " ~ near[0][1] ~ ", or to another name if it is something else"
            ) -}}
        {%- endif -%}
    {%- endif -%}
    {%- for column in needed_workload_columns() if column not in found -%}
        {{- refuse_workload(
            place ~ ": " ~ said ~ "; expected column " ~ column ~ ". A workload has the columns " ~ (workload_columns() | join(", "))
            ~ ", of which " ~ (needed_workload_columns() | join(" and ")) ~ " are needed"
            ~ (", in a header that separates them by commas" if format == 'csv' else "")
        ) -}}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{#- Stops the build at a column of Parquet whose type would make each of its values a guess. -#}
{% macro check_parquet_type(place, column, type) -%}
    {%- set numbers = (
        'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE'
    ) -%}
    {%- set is_text = type == 'VARCHAR' -%}
    {%- set is_number = type in numbers or type.startswith('DECIMAL') -%}
    {%- if column == 'happened_at' -%}
        {%- set expected = "a date, a timestamp or a text with one" if not (is_text or type == 'DATE' or type.startswith('TIMESTAMP')) -%}
    {%- elif column in ('model_id', 'accelerator_id', 'country_iso3') -%}
        {#- A column without any value is an integer in files that pandas writes. -#}
        {%- set expected = "a text" if not (is_text or is_number) -%}
    {%- else -%}
        {%- set expected = "a number" if not (is_text or is_number) -%}
    {%- endif -%}
    {%- if expected -%}
        {{- refuse_workload(
            place ~ ": found column " ~ column ~ " of type " ~ type ~ ", expected " ~ expected ~ "; write the file with that type"
        ) -}}
    {%- endif -%}
{%- endmacro %}
