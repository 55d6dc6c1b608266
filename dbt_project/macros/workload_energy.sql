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

{#- Factor of one end of the interval of writing, or NULL where the mean context is longer than the rate holds for. -#}
{% macro decode_factor(factor, sums, rates) -%}
case
            when coalesce({{ sums }}.n_context_tokens <= {{ rates }}.longest_context_tokens * {{ sums }}.n_output_tokens, true)
                then {{ factor }}
        end
{%- endmacro %}

{#- One end of the interval of a part of the joules: of nothing it is nothing, and NULL where no factor is known. -#}
{% macro bound(joules, factor) -%}
case when {{ joules }} = 0 then 0e0 else {{ joules }} * {{ factor }} end
{%- endmacro %}

{#- SQL for the sum of one end over rows, or NULL where one of those with `joules` has none: bounds of a part are none of the whole. -#}
{% macro sum_of_bounds(ends, joules) -%}
case when count({{ ends }}) = count({{ joules }}) then sum({{ ends }}) end
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

{#- Electricity of one inference, joules, over those that have an estimate. -#}
{% macro joules_at_the_meter_per_inference(kwh, n_inferences) -%}
{{ kwh }} * 3.6e6 / nullif({{ n_inferences }}, 0e0)
{%- endmacro %}

{#- Mean power of electricity over days, W. -#}
{% macro mean_watts(kwh, n_days) -%}
{{ kwh }} * 3.6e6 / ({{ n_days }} * 86400e0)
{%- endmacro %}
