with

classes as (

    select * from {{ ref('int_workload_classes') }}

),

models as (

    select * from {{ ref('dim_models') }}

),

accelerators as (

    select * from {{ ref('dim_accelerators') }}

),

scenarios as (

    select * from {{ ref('dim_scenarios') }}

),

policies as (

    select distinct matching_policy from scenarios

),

with_batch_size as (

    select
        classes.model_id,
        classes.accelerator_id,
        classes.batch_size,
        coalesce(classes.batch_size, {{ var('default_batch_size') }} * 1e0) as batch_size_used,
        models.shared_weight_bytes,
        models.expert_weight_bytes,
        models.share_of_experts_per_token,
        models.kv_cache_bytes_per_token,
        models.window_tokens,
        models.active_params_millions,
        models.weight_precision_class,
        accelerators.accelerator_id is not null as has_accelerator,
        accelerators.tdp_watts,
        accelerators.memory_bandwidth_gb_per_s,
        case models.weight_precision_class
            when '16-bit tensor' then accelerators.tensor_16_bit_tflops
            when 'FP8' then accelerators.fp8_tflops
        end as peak_tflops,
        accelerators.decode_memory_factor as fitted_memory_factor,
        accelerators.decode_compute_factor as fitted_compute_factor,
        accelerators.decode_low_factor as fitted_low_factor,
        accelerators.decode_high_factor as fitted_high_factor

    from classes
    inner join models on classes.model_id = models.model_id
    left join accelerators on classes.accelerator_id = accelerators.accelerator_id
    where models.is_generative

),

-- What is fitted holds on the accelerator that was measured; the ideal machine is worked out beside it, as a method of its own.
with_constants as (

    select
        with_batch_size.*,
        'calibrated' as method,
        fitted_memory_factor as memory_factor,
        fitted_compute_factor as compute_factor,
        fitted_low_factor as low_factor,
        fitted_high_factor as high_factor

    from with_batch_size

    union all

    select
        with_batch_size.*,
        'ideal' as method,
        1e0 as memory_factor,
        1e0 as compute_factor,
        cast(null as double) as low_factor,
        cast(null as double) as high_factor

    from with_batch_size
    where has_accelerator

),

-- Reading a prompt computes; writing a token also moves the weights, shared by the batch, and the cache of the context.
parts as (

    select
        *,
        {{ compute_joules_per_gflop('tdp_watts', 'peak_tflops') }}
        * {{ gflops_per_token_of_params('active_params_millions') }} * compute_factor as compute_joules,
        {{ memory_joules_of_weights(
            memory_joules_per_byte('tdp_watts', 'memory_bandwidth_gb_per_s'),
            weight_bytes_touched('shared_weight_bytes', 'expert_weight_bytes', 'share_of_experts_per_token', 'batch_size_used'),
            'batch_size_used',
        ) }} * memory_factor as weight_joules,
        {{ memory_joules_per_context_token(
            memory_joules_per_byte('tdp_watts', 'memory_bandwidth_gb_per_s'), 'kv_cache_bytes_per_token'
        ) }} * memory_factor as joules_per_context_token

    from with_constants

),

generated as (

    select
        *,
        compute_joules as joules_per_input_token,
        compute_joules + weight_joules as joules_per_output_token

    from parts

),

estimable as (

    select
        *,
        joules_per_input_token + joules_per_output_token + joules_per_context_token is not null as has_estimate,
        joules_per_input_token + joules_per_output_token + joules_per_context_token is not null
        and low_factor is not null as has_interval

    from generated

),

generations as (

    select
        estimable.model_id,
        estimable.accelerator_id,
        estimable.batch_size,
        estimable.method,
        policies.matching_policy,
        case when estimable.has_estimate then 0e0 end as joules_per_inference,
        case when estimable.has_estimate then estimable.joules_per_input_token end as joules_per_input_token,
        case when estimable.has_estimate then estimable.joules_per_output_token end as joules_per_output_token,
        case when estimable.has_estimate then estimable.joules_per_context_token end as joules_per_context_token,
        -- Prefill was measured nowhere on its own, so nobody knows how far off it is.
        cast(null as double) as pass_low_factor,
        cast(null as double) as pass_high_factor,
        case when estimable.has_interval then estimable.low_factor end as decode_low_factor,
        case when estimable.has_interval then estimable.high_factor end as decode_high_factor,
        -- Layers with a window are taken to read all of the context, which no interval makes up for.
        estimable.window_tokens * 1e0 as longest_context_tokens,
        case when estimable.has_interval then 'decode_left_out_models' else 'none' end as interval_kind,
        'gpu_board' as boundary,
        case estimable.method
            when 'calibrated'
                then 'decoding fitted on the accelerator, reading some prompt included; prefill estimated only, on top of it'
            else 'ideal machine at rated power, not measured'
        end
        || case
            when estimable.method = 'calibrated' and estimable.share_of_experts_per_token is not null
                then '; mixtures of experts took more where they were measured'
            else ''
        end
        || case
            when estimable.window_tokens is not null
                then
                    '; too high for contexts beyond the window of ' || cast(estimable.window_tokens as string)
                    || ' tokens that some layers have'
            else ''
        end as basis,
        estimable.batch_size_used,
        false as is_hardware_extrapolated,
        case
            when estimable.has_estimate then null
            when not estimable.has_accelerator then 'no accelerator stated, which decoding depends on'
            when estimable.shared_weight_bytes is null or estimable.kv_cache_bytes_per_token is null
                then 'no architecture of the model on record'
            when estimable.memory_factor is null then 'decoding was not measured on the accelerator; see the method ideal'
            when estimable.memory_bandwidth_gb_per_s is null then 'no memory bandwidth of the accelerator on record'
            when estimable.peak_tflops is null
                then 'no peak rate of the accelerator in ' || estimable.weight_precision_class || ' on record'
            else 'no parameters of the model on record'
        end as missing_reason

    from estimable
    cross join policies

)

select * from generations
