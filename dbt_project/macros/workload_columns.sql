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
    and `-` it differs by two letters at most, one begins with the other, or it is another word for a count. Taken as unknown it
    would leave each row at a count of one, without anybody seeing it.
-#}
{% macro is_nearly_column(found, expected) -%}
{%- set bare_found = "replace(replace(replace(lower(" ~ found ~ "), '_', ''), '-', ''), ' ', '')" -%}
{%- set bare_expected = "replace(" ~ expected ~ ", '_', '')" -%}
(
            levenshtein({{ bare_found }}, {{ bare_expected }}) <= 2
            -- A column `input` or `output` holds what was asked and answered.
            or ({{ bare_found }} not in ('input', 'output') and length({{ bare_found }}) >= 5 and (
                left({{ bare_found }}, length({{ bare_expected }})) = {{ bare_expected }}
                or left({{ bare_expected }}, length({{ bare_found }})) = {{ bare_found }}
            ))
            or ({{ expected }} = 'inference_count' and {{ bare_found }} in (
                'count', 'n', 'calls', 'callcount', 'ncalls', 'requests', 'requestcount', 'nrequests', 'numrequests',
                'inferences', 'ninferences', 'numinferences'
            ))
        )
{%- endmacro %}

{#- What stops the build at one file: where, what was found there, and what helps. -#}
{% macro refuse_workload(message) -%}
    {{- exceptions.raise_compiler_error("workload " ~ workload_path() ~ ": " ~ message) -}}
{%- endmacro %}
