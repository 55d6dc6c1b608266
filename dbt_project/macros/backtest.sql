{#-
    Natural logarithm of the density that a Student t forecast gives to an outcome: `z` standard errors of prediction from its
    middle, the error in log10 units. The higher, the better; one sure of itself and wrong loses most.
-#}
{% macro student_log_density(z, standard_error, degrees_of_freedom) -%}
(
    lgamma(({{ degrees_of_freedom }} + 1) / 2e0)
    - lgamma({{ degrees_of_freedom }} / 2e0)
    - 0.5e0 * ln({{ degrees_of_freedom }} * pi())
    - ln({{ standard_error }})
    - ({{ degrees_of_freedom }} + 1) / 2e0 * ln(1 + power({{ z }}, 2) / {{ degrees_of_freedom }})
)
{%- endmacro %}
