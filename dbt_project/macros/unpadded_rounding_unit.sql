{#-
    The unit of the last decimal of a number that is no padding: 1 for 144.00, 0.1 for 8.40, 0.01 for 56.52. Tables 2 and 8
    print two decimals throughout, also of numbers that their sources give to fewer.
-#}
{% macro unpadded_rounding_unit(number) -%}
{{ rounding_unit("rtrim(cast(" ~ number ~ " as varchar), '0')") }}
{%- endmacro %}
