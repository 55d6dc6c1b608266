{#- One multiply-add is two floating point operations, as hardware makers count (appendix, "FLOPs vs FLOPS"). -#}
{% macro gflops_from_gmacs(gmacs) -%}
(2 * {{ gmacs }})
{%- endmacro %}

{#- Rated efficiency in GFLOPS per watt, which is GFLOPs per joule (Eq. 1). -#}
{% macro gflops_per_watt(tflops, watts) -%}
(1e3 * {{ tflops }} / {{ watts }})
{%- endmacro %}

{#- Energy of a piece of work in joules (Eq. 2). -#}
{% macro joules(gflops, gflops_per_watt) -%}
({{ gflops }} / {{ gflops_per_watt }})
{%- endmacro %}
