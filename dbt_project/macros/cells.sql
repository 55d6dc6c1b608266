{#-
    Parsing of one printed cell: `value [source] marks`, for example `1040.00 *` or `71.2 [Clark et al., 2020] ♣`.
    A cell outside this grammar yields NULL, and the generic test `cells_parse` names it.
-#}
{% macro cell_pattern() -%}
'^\s*(-?[0-9]+(?:\.[0-9]+)?)(?:\s*\[([^\[\]]*[^\[\]\s][^\[\]]*)\])?((?:\s*[†*♠♣])*)\s*$'
{%- endmacro %}

{% macro cell_number(column) -%}
try_cast(nullif(regexp_extract({{ column }}, {{ cell_pattern() }}, 1), '') as double)
{%- endmacro %}

{% macro cell_source(column) -%}
nullif(regexp_extract({{ column }}, {{ cell_pattern() }}, 2), '')
{%- endmacro %}

{% macro cell_marks(column) -%}
nullif(trim(regexp_extract({{ column }}, {{ cell_pattern() }}, 3)), '')
{%- endmacro %}

{#- A printed date, dd/mm/yyyy with both zeros, or NULL where there is no such day. -#}
{% macro cell_date(column) -%}
case
    when regexp_full_match({{ column }}, '[0-9]{2}/[0-9]{2}/[0-9]{4}')
        then cast(try_strptime({{ column }}, '%d/%m/%Y') as date)
end
{%- endmacro %}

{#- A date of a user's row, yyyy-mm-dd, or NULL where there is no such day. -#}
{% macro cell_iso_date(column) -%}
case
    when regexp_full_match({{ column }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
        then cast(try_strptime({{ column }}, '%Y-%m-%d') as date)
end
{%- endmacro %}

{#- A date as `cell_iso_date`, or the 15th of a month written yyyy-mm. -#}
{% macro cell_iso_month_or_day(column) -%}
case
    when regexp_full_match({{ column }}, '[0-9]{4}-[0-9]{2}')
        then cast(try_strptime({{ column }} || '-15', '%Y-%m-%d') as date)
    else {{ cell_iso_date(column) }}
end
{%- endmacro %}

{#- A printed cell as `cell_number`, or NULL where the number is not whole. -#}
{% macro cell_integer(column) -%}
case
    when {{ cell_number(column) }} = floor({{ cell_number(column) }}) then cast({{ cell_number(column) }} as integer)
end
{%- endmacro %}

{#- The name in front of a citation: `AlexNet` of `AlexNet [Krizhevsky et al., 2012]`. -#}
{% macro cell_name(column) -%}
trim(regexp_replace({{ column }}, '\s*\[[^\[\]]+\]\s*$', ''))
{%- endmacro %}

{#- The citation behind a name: `Krizhevsky et al., 2012` of `AlexNet [Krizhevsky et al., 2012]`. -#}
{% macro cell_citation(column) -%}
nullif(regexp_extract({{ column }}, '\[([^\[\]]+)\]\s*$', 1), '')
{%- endmacro %}

{#- The unit of the last printed digit: 0.01 for `56.52`, 1 for `1040`. -#}
{% macro rounding_unit(column) -%}
power(1e1, -length(regexp_extract({{ column }}, '^\s*-?[0-9]+\.([0-9]+)', 1)))
{%- endmacro %}

{#- Where a staging row stands: the file below the project's root and the line in it, the header being line 1. -#}
{% macro raw_place(file) -%}
'{{ file }}' as raw_file,
        row_number() over () + 1 as raw_line
{%- endmacro %}
