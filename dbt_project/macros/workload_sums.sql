{#-
    Tokens that a request looks back on while it writes: token i of the output has the whole prompt and i - 1 tokens before it, so
    about output_tokens * (input_tokens + output_tokens / 2).
-#}
{% macro context_tokens(input_tokens, output_tokens) -%}
({{ output_tokens }} * 1e0 * ({{ input_tokens }} + {{ output_tokens }} / 2e0))
{%- endmacro %}

{#- Days from one date to another. -#}
{% macro days_between(first_date, last_date) -%}
{{ adapter.dispatch('days_between')(first_date, last_date) }}
{%- endmacro %}

{% macro duckdb__days_between(first_date, last_date) -%}
date_diff('day', {{ first_date }}, {{ last_date }})
{%- endmacro %}

{% macro spark__days_between(first_date, last_date) -%}
cast(datediff({{ last_date }}, {{ first_date }}) as bigint)
{%- endmacro %}
