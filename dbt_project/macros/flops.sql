{#- One multiply-add is two floating point operations, as hardware makers count (appendix, "FLOPs vs FLOPS"). -#}
{% macro gflops_from_gmacs(gmacs) -%}
(2 * {{ gmacs }})
{%- endmacro %}

{#-
    GFLOPs of one token from the parameters that take part in it: each is multiplied and added once (Kaplan et al., 2020). It leaves
    attention over the context out; a test holds it against Table 7.
-#}
{% macro gflops_per_token_of_params(active_params_millions) -%}
(2e-3 * {{ active_params_millions }})
{%- endmacro %}

{#- Rated efficiency in GFLOPS per watt, which is GFLOPs per joule (Eq. 1). -#}
{% macro gflops_per_watt(tflops, watts) -%}
(1e3 * {{ tflops }} / {{ watts }})
{%- endmacro %}

{#- Energy of a piece of work in joules (Eq. 2). -#}
{% macro joules(gflops, gflops_per_watt) -%}
({{ gflops }} / {{ gflops_per_watt }})
{%- endmacro %}
