{#-
    Joules of an accelerator's rated power while it moves one byte, times a constant that is fitted where joules were measured, and is
    1 for an ideal machine.
-#}
{% macro memory_joules_per_byte(tdp_watts, memory_bandwidth_gb_per_s, memory_factor) -%}
({{ tdp_watts }} / ({{ memory_bandwidth_gb_per_s }} * 1e9) * {{ memory_factor }})
{%- endmacro %}

{#- Joules of an accelerator's rated power while it does the work of one token at its peak rate, times a constant likewise. -#}
{% macro prefill_joules_per_token(tdp_watts, peak_tflops, compute_factor, gflops_per_token) -%}
({{ tdp_watts }} / ({{ peak_tflops }} * 1e3) * {{ compute_factor }} * {{ gflops_per_token }})
{%- endmacro %}

{#-
    Bytes of weights that a step of a whole batch moves: all that tokens share, and each expert that at least one token is sent to,
    as if each token chose its experts independently and evenly.
-#}
{% macro weight_bytes_touched(shared_weight_bytes, expert_weight_bytes, share_of_experts_per_token, batch_size) -%}
(
    {{ shared_weight_bytes }}
    + {{ expert_weight_bytes }} * (1e0 - power(1e0 - coalesce({{ share_of_experts_per_token }}, 1e0), {{ batch_size }}))
)
{%- endmacro %}
