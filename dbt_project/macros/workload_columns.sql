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
    and `-` it differs by two letters at most, one begins with the other, or it is another word for the same.
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
        )
{%- endmacro %}

{#- What logs call the columns of a workload, but for case, blanks, `_` and `-`. -#}
{% macro other_words_of_columns() -%}
    {{- return({
        'inference_count': ['volume', 'times', 'weight', 'invocation', 'occurrence'],
        'accelerator_id': [
            'gpu', 'gpuid', 'gpuname', 'gputype', 'gpumodel', 'acceleratorname', 'acceleratortype', 'acceleratormodel', 'hardware',
            'hardwarename', 'hardwaretype', 'device', 'devicename', 'devicetype', 'chip', 'chipname', 'chiptype'
        ],
        'country_iso3': ['countrycode', 'iso3'],
        'batch_size': ['bs', 'maxbatchsize'],
        'input_tokens': ['prompttokens', 'tokensin'],
        'output_tokens': ['completiontokens', 'tokensout'],
    }) -}}
{%- endmacro %}

{#- Words in the name of a column that says how many requests a row stands for, or that does not, in the forms in which they count. -#}
{% macro words_of_counts() -%}
    {{- return({
        'numbers': ['count', 'counts', 'cnt', 'num', 'number', 'n', 'total', 'qty', 'quantity', 'sum', 'freq', 'frequency'],
        'numbers_of_something': ['no', 'noof', 'nr', 'nb'],
        'counted': [
            'request', 'req', 'call', 'query', 'inference', 'infer', 'invocation', 'prediction', 'sample', 'image', 'prompt', 'hit',
            'event', 'occurrence', 'execution', 'message', 'generation', 'completion'
        ],
        'many': [
            'requests', 'reqs', 'calls', 'queries', 'inferences', 'invocations', 'hits', 'events', 'occurrences', 'executions'
        ],
        'of_no_meaning': ['of', 'the', 'all', 'star', '1', 'row', 'rows', 'record', 'records'],
        'of_something_else': [
            'token', 'retry', 'retries', 'char', 'character', 'word', 'byte', 'id', 'uuid', 'ms', 'sec', 'second', 'time', 'duration',
            'latency', 'cost', 'price', 'usd', 'eur', 'size', 'length', 'len', 'rate', 'per', 'tool', 'function', 'type', 'status',
            'concurrent', 'queued', 'waiting'
        ],
        'found_within_others': [
            'count', 'total', 'number', 'quantity', 'request', 'call', 'queries', 'query', 'inference', 'invocation', 'prediction',
            'sample', 'image', 'prompt', 'event', 'occurrence', 'token'
        ],
        'not_to_be_split': ['country', 'account', 'discount', 'recall', 'rownumber', 'row_number'],
    }) -}}
{%- endmacro %}

{#- The words in the name of a column, in small letters: of `nQueries`, `n_queries` and `nqueries` the same two. -#}
{% macro words_in(name) -%}
    {%- set letters = [' '] -%}
    {%- for letter in name -%}
        {%- if letter.isupper() and letters[-1].isalpha() and loop.previtem.islower() -%}
            {%- do letters.append(' ') -%}
        {%- endif -%}
        {%- do letters.append(letter | lower if letter.isalnum() or letter == '_' else ' ') -%}
    {%- endfor -%}
    {#- The last is the text so far: what is set within a loop is lost behind it. -#}
    {%- set texts = [(letters | join) ~ ' '] -%}
    {%- for word in words_of_counts()['not_to_be_split'] -%}
        {%- do texts.append(texts[-1].replace(word, ' other ')) -%}
    {%- endfor -%}
    {%- do texts.append(texts[-1].replace('_', ' ')) -%}
    {%- for word in words_of_counts()['found_within_others'] -%}
        {%- do texts.append(texts[-1].replace(word, ' ' ~ word ~ ' ').replace(' ' ~ word ~ ' s ', ' ' ~ word ~ 's ')) -%}
    {%- endfor -%}
    {{- return(texts[-1].split()) -}}
{%- endmacro %}

{#-
    Whether the name of a column says how many requests a row stands for: by a number of something (n_queries, sum(requests)), by
    many (api_calls), or by a number alone (count_star(), total). A number of tokens, retries or seconds says something else.
-#}
{% macro says_how_many(name) -%}
    {%- set kinds = words_of_counts() -%}
    {%- set words = words_in(name) -%}
    {%- set n = {'numbers': 0, 'numbers_of_something': 0, 'counted': 0, 'many': 0, 'of_no_meaning': 0, 'of_something_else': 0} -%}
    {%- for word in words -%}
        {%- for kind in n if word in kinds[kind] or (kind in ('counted', 'of_something_else') and word.rstrip('s') in kinds[kind]) -%}
            {%- do n.update({kind: n[kind] + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set is_counted = n['counted'] + n['many'] > 0 -%}
    {{- return(
        (name | lower).startswith(('count(', 'count_star'))
        or (n['of_something_else'] == 0 and (
            n['many'] > 0
            or (is_counted and n['numbers'] + n['numbers_of_something'] > 0)
            or (n['numbers'] > 0 and n['numbers'] + n['of_no_meaning'] == words | length)
        ))
    ) -}}
{%- endmacro %}

{#- What stops the build at one file: where, what was found there, and what helps. -#}
{% macro refuse_workload(message) -%}
    {{- exceptions.raise_compiler_error("workload " ~ workload_path() ~ ": " ~ message) -}}
{%- endmacro %}

{#- Stops the build at a column that may be meant for one that is missing. -#}
{% macro refuse_nearly_column(place, found, expected) -%}
    {{- refuse_workload(
        place ~ ": found column " ~ found ~ ", which is nearly " ~ expected ~ ", and no column " ~ expected ~ "; rename it to " ~ expected
        ~ ", or to another name if it is something else"
    ) -}}
{%- endmacro %}

{#- Says where no column tells how many requests a row stands for: whoever reads the totals must know. -#}
{% macro say_where_rows_count_as_one(place, found) -%}
    {%- if 'inference_count' not in found -%}
        {#- Printed, so that it is seen where dbt is told to log little. -#}
        {%- do print("workload " ~ place ~ ": no column inference_count, so every row counts as one") -%}
    {%- endif -%}
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
        {%- if (present | map('lower') | list).count(column) > 1 -%}
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
        {%- for row in near -%}
            {{- refuse_nearly_column(place, row[0], row[1]) -}}
        {%- endfor -%}
        {%- for row in header if 'inference_count' not in found and row[0] not in workload_columns() and says_how_many(row[0]) -%}
            {{- refuse_nearly_column(place, row[0], 'inference_count') -}}
        {%- endfor -%}
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
    {%- if type == '"NULL"' -%}
        {#- How pyarrow writes a column without any value: a cell may be empty. -#}
        {%- set expected = "" -%}
    {%- elif column == 'happened_at' -%}
        {%- set expected = "a date, a timestamp or a text with one" if not (is_text or type == 'DATE' or type.startswith('TIMESTAMP')) -%}
    {%- elif column in ('model_id', 'accelerator_id', 'country_iso3') -%}
        {#- A column without any value is an integer in files that pandas writes. -#}
        {%- set expected = "a text" if not (is_text or is_number) -%}
    {%- else -%}
        {%- set expected = "a number" if not (is_text or is_number) -%}
    {%- endif -%}
    {%- if expected -%}
        {{- refuse_workload(
            place ~ ": found column " ~ column ~ " of type " ~ type ~ ", expected " ~ expected ~ "; write the file with that type, or "
            ~ "without the column if it is empty"
        ) -}}
    {%- endif -%}
{%- endmacro %}
