{#- The slope of a trend with its interval, its growth a year and its number of points, in words; NULL where there is no trend. -#}
{% macro slope_text(trend) -%}
format(
    '{:.3f} [{:.3f}, {:.3f}] log10 units a year (x{:#.3g} a year, n = {})',
    {{ trend }}.slope_log10_per_year,
    {{ trend }}.slope_low,
    {{ trend }}.slope_high,
    {{ trend }}.growth_per_year,
    {{ trend }}.n_points
)
{%- endmacro %}
