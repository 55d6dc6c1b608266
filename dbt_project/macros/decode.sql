{#-
    Energy of generating one token with a batch of B requests (int_decode_points): what is read from memory plus what is computed,
        (P/M) k_m (W(B)/B + kv c) + (P/F) k_c 2N,
    a sum and not a maximum. P is the rated power, M the bandwidth, F the peak rate in the precision of the weights, c the context.
    With factors of 1 it is an ideal machine. Plain arithmetic, since workloads use it on other engines too.
-#}

{#- W(B): each of B tokens calls a share of the experts, so that all of them miss a given expert with probability (1 - share)^B. -#}
{% macro weight_bytes_touched(shared_weight_bytes, expert_weight_bytes, share_of_experts_per_token, batch_size) -%}
(
            {{ shared_weight_bytes }}
            + coalesce({{ expert_weight_bytes }} * (1e0 - power(1e0 - {{ share_of_experts_per_token }}, {{ batch_size }})), 0e0)
        )
{%- endmacro %}

{#- P/M, joules per byte at rated power and full bandwidth. -#}
{% macro memory_joules_per_byte(tdp_watts, memory_bandwidth_gb_per_s) -%}
({{ tdp_watts }} / (1e9 * {{ memory_bandwidth_gb_per_s }}))
{%- endmacro %}

{#- P/F, joules per GFLOP at rated power and peak rate. -#}
{% macro compute_joules_per_gflop(tdp_watts, tflops) -%}
(1e0 / {{ gflops_per_watt(tflops, tdp_watts) }})
{%- endmacro %}

{#- What the context of one token costs each token that is generated after it. -#}
{% macro memory_joules_per_context_token(joules_per_byte, kv_cache_bytes_per_token) -%}
({{ joules_per_byte }} * {{ kv_cache_bytes_per_token }})
{%- endmacro %}

{#- What the weights cost each generated token: they are read once for all requests of a batch. -#}
{% macro memory_joules_of_weights(joules_per_byte, weight_bytes, batch_size) -%}
({{ joules_per_byte }} * {{ weight_bytes }} / {{ batch_size }})
{%- endmacro %}

{#- Bytes of one weight, by the precision class that it is multiplied in. -#}
{% macro bytes_per_weight(weight_precision_class) -%}
case {{ weight_precision_class }} when '16-bit tensor' then 2e0 when 'FP8' then 1e0 end
{%- endmacro %}
