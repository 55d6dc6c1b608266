{%- set constants = [
    'gpu_energy_per_active_billion', 'gpu_energy_batch_exponent', 'gpu_energy_constant', 'latency_per_active_billion',
    'latency_per_request', 'latency_constant', 'weight_bits', 'memory_factor', 'gpu_memory', 'server_power', 'gpus_per_server',
    'default_batch_size', 'peak_rate', 'peak_share', 'server_power_per_gpu', 'power_share', 'pue'
] -%}

with

architectures as (

    select * from {{ ref('int_language_architectures') }}

),

method_constants as (

    select * from {{ ref('stg_method_constants') }}

),

constants as (

    select
        method,
        {% for constant in constants -%}
        max(case when constant = '{{ constant }}' then value end) as {{ constant }},
        {% endfor -%}
        any_value(source_id) as source

    from method_constants
    group by method

),

generative_models as (

    select
        model_id,
        params_millions / 1e3 as params_billions,
        active_params_millions / 1e3 as active_params_billions,
        {{ gflops_per_token_of_params('active_params_millions') }} as gflops_per_output_token

    from architectures
    where is_generative

),

-- Three methods for each model: rows of a handful, not of a table that grows.
in_methods as (

    select
        generative_models.*,
        constants.*,
        ceil(
            constants.memory_factor * generative_models.params_billions * constants.weight_bits / 8 / constants.gpu_memory
        ) as gpus_that_hold_the_model

    from generative_models
    cross join constants

),

with_gpus as (

    select
        *,
        case method
            when 'ecologits_2024' then gpus_that_hold_the_model
            when 'ecologits_2025' then power(2, ceil(log2(gpus_that_hold_the_model)))
        end as n_gpus

    from in_methods

),

-- Each GPU has an energy of its own, and the server's power is drawn for the time of a token, in the share of its GPUs.
gpus_and_servers as (

    select
        *,
        3600e0 * n_gpus as gpu_joules_per_wh,
        server_power * n_gpus / gpus_per_server as server_share_watts

    from with_gpus

),

-- The server of 2024 serves one request at a time.
ecologits_2024 as (

    select
        model_id,
        method,
        gpu_joules_per_wh * (gpu_energy_per_active_billion * active_params_billions + gpu_energy_constant)
        + server_share_watts * (latency_per_active_billion * active_params_billions + latency_constant) as constant_joules,
        0e0 as per_batch_joules,
        0e0 as exponential_joules,
        0e0 as exponential_rate,
        default_batch_size,
        'server' as boundary,
        source

    from gpus_and_servers
    where method = 'ecologits_2024'

),

-- The server of 2025 is shared by the requests of a batch, so what their number adds to the time of a token falls out.
ecologits_2025 as (

    select
        model_id,
        method,
        gpu_joules_per_wh * gpu_energy_constant + server_share_watts * latency_per_request as constant_joules,
        server_share_watts * (latency_per_active_billion * active_params_billions + latency_constant) as per_batch_joules,
        gpu_joules_per_wh * gpu_energy_per_active_billion * active_params_billions as exponential_joules,
        gpu_energy_batch_exponent as exponential_rate,
        default_batch_size,
        'server' as boundary,
        source

    from gpus_and_servers
    where method = 'ecologits_2025'

),

-- Work over the rate that arrives is time, and the time is drawn at a share of the power of a server and its site. 1 TFLOPS are
-- 1,000 GFLOPs a second.
epoch_2025 as (

    select
        model_id,
        method,
        gflops_per_output_token / (1e3 * peak_rate * peak_share) * server_power_per_gpu * power_share * pue as constant_joules,
        0e0 as per_batch_joules,
        0e0 as exponential_joules,
        0e0 as exponential_rate,
        default_batch_size,
        'facility' as boundary,
        source

    from in_methods
    where method = 'epoch_2025'

),

unioned as (

    select * from ecologits_2024
    union all
    select * from ecologits_2025
    union all
    select * from epoch_2025

)

select * from unioned
