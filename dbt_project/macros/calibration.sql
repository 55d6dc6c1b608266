{#-
    What is compared with its like only: the boundary of the measurement, the precision and the kind of software, such as
    `gpu_board fp32 framework`.
-#}
{% macro calibration_regime(boundary, precision_class, software_kind) -%}
concat_ws(' ', {{ boundary }}, {{ slug(precision_class) }}, {{ software_kind }})
{%- endmacro %}

{#- The boundary that such a regime begins with. -#}
{% macro boundary_of_regime(regime) -%}
split_part({{ regime }}, ' ', 1)
{%- endmacro %}

{#- The power of two nearest to a batch size, in proportion: 8 stands for batches from 5.7 to 11.3. -#}
{% macro batch_size_band(batch_size) -%}
cast(power(2, round(log2({{ batch_size }}))) as integer)
{%- endmacro %}

{#- A ratio within this factor of 1, up or down, counts as near. -#}
{% macro near_factor() -%}
1.5e0
{%- endmacro %}
