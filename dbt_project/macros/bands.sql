{#-
    Half width, in log10 units, of the band of a straight line fitted by ordinary least squares, at the abscissa `years`:
    t s sqrt(k + 1/n + (x - mean)^2 / Sxx), with k = 0 for the line itself (confidence) and k = 1 for one new observation (prediction).
    `fit` is the relation that carries the fitted line.
-#}
{% macro band_half_width(kind, years, fit) -%}
{%- if kind not in ('confidence', 'prediction') -%}
    {{ exceptions.raise_compiler_error("band_half_width: kind is 'confidence' or 'prediction', not '" ~ kind ~ "'") }}
{%- endif -%}
{{ fit }}.t_quantile * {{ fit }}.residual_sd_log10 * sqrt(
    {{ 1 if kind == 'prediction' else 0 }}
    + 1e0 / {{ fit }}.n_points
    + power({{ years }} - {{ fit }}.mean_years, 2) / {{ fit }}.sum_squared_years
)
{%- endmacro %}
