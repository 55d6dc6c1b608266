{#- Whether a trend is an exponential growth beyond doubt: what Fig. 9 says of the best models and Fig. 10 of the most demanding. -#}
{% macro grows_exponentially(trend) -%}
({{ trend }}.slope_low > 0 and {{ trend }}.r_squared >= 0.8)
{%- endmacro %}

{#- Whether a trend may be flat and is within 10 % a year of it: what Fig. 9 and Fig. 10 say of all models. -#}
{% macro is_almost_flat(trend) -%}
({{ trend }}.slope_low <= 0 and {{ trend }}.slope_high >= 0 and abs({{ trend }}.growth_per_year - 1) < 0.1)
{%- endmacro %}

{#- Years in which a line doubles, from its slope in log10 units a year; a line that does not rise has none. -#}
{% macro time_to_double(slope) -%}
case when {{ slope }} > 0 then log10(2) / {{ slope }} end
{%- endmacro %}

{#- What the interval of a yearly factor says of its direction. -#}
{% macro growth_verdict(low, high) -%}
case
    when {{ low }} > 1 then 'rises'
    when {{ high }} < 1 then 'falls'
    when {{ low }} <= 1 and {{ high }} >= 1 then 'not told apart from flat'
end
{%- endmacro %}
