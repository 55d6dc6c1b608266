{#-
    Joules of reading: passes of vision models and prompts of language models. `sums` holds n_inferences and n_input_tokens, `rates`
    the joules of each.
-#}
{% macro pass_joules(sums, rates) -%}
({{ sums }}.n_inferences * {{ rates }}.joules_per_inference + {{ sums }}.n_input_tokens * {{ rates }}.joules_per_input_token)
{%- endmacro %}

{#- Joules of writing: a token's own, and those of each token of context that it looks back on. -#}
{% macro decode_joules(sums, rates) -%}
(
    {{ sums }}.n_output_tokens * {{ rates }}.joules_per_output_token
    + {{ sums }}.n_context_tokens * {{ rates }}.joules_per_context_token
)
{%- endmacro %}

{#-
    Electricity at the meter of the site, kWh, of joules within a boundary: idle draw and the rest of the server where the boundary
    is the board alone, idle draw at a server or the wall, cooling and losses everywhere but where the whole facility is in.
-#}
{% macro kwh_at_the_meter(joules, boundary, scenario) -%}
(
    {{ joules }} / 3.6e6
    * case when {{ boundary }} = 'gpu_board' then 1e0 + {{ scenario }}.host_overhead else 1e0 end
    * case when {{ boundary }} = 'facility' then 1e0 else {{ scenario }}.pue / {{ scenario }}.utilisation end
)
{%- endmacro %}
