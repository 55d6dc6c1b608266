{#-
    The rung of a printed precision on the ladder FP32, TF32, FP16, 16-bit tensor, FP8. The paper prints the rate of matrix units
    as `FP16/FP32 Tensor` and measured runs on them as `Mixed`; its `FP16` is that of the ordinary units.
-#}
{% macro precision_class(precision) -%}
case
    when {{ precision }} in ('FP16/FP32 Tensor', 'Mixed', 'BF16') then '16-bit tensor'
    else {{ precision }}
end
{%- endmacro %}

{#- The rung of a measured run: what a network ran in as FP16, BF16 or mixed precision ran on matrix units. INT8 is no rung of it. -#}
{% macro measured_precision_class(precision) -%}
case
    when {{ precision }} in ('FP16', 'BF16', 'Mixed') then '16-bit tensor'
    else {{ precision }}
end
{%- endmacro %}
