with

measurements as (

    select * from {{ ref('stg_measured_decode_energy') }}

),

measured_energy as (

    select * from {{ ref('int_measured_energy') }}

),

architectures as (

    select * from {{ ref('int_language_architectures') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

accelerator_efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

peaks as (

    select
        accelerator_id,
        precision_class,
        max(tflops) as tflops

    from accelerator_efficiency
    where workload = 'theoretical' and not is_doubtful
    group by accelerator_id, precision_class

),

-- The sources state no prompt: the context is what was generated so far, half of the output on average.
described as (

    select
        measurements.measurement_id,
        {{ slug('measurements.model_name') }} as model_id,
        measurements.model_name,
        measured_energy.accelerator_id,
        measured_energy.boundary,
        measured_energy.precision_class,
        measurements.n_gpus,
        measurements.mean_batch_size,
        measurements.mean_output_tokens / 2 as context_tokens,
        measurements.joules_per_output_token as joules_measured,
        architectures.params_millions,
        architectures.active_params_millions,
        architectures.shared_weight_bytes,
        architectures.expert_weight_bytes,
        architectures.share_of_experts_per_token,
        architectures.kv_cache_bytes_per_token,
        accelerators.tdp_watts,
        accelerators.memory_bandwidth_gb_per_s,
        peaks.tflops

    from measurements
    inner join measured_energy on measurements.measurement_id = measured_energy.measurement_id
    left join architectures on {{ slug('measurements.model_name') }} = architectures.model_id
    left join accelerators on measured_energy.accelerator_id = accelerators.accelerator_id
    left join peaks
        on measured_energy.accelerator_id = peaks.accelerator_id
        and measured_energy.precision_class = peaks.precision_class

),

ideal as (

    select
        *,
        {{ memory_joules_of_weights(
            memory_joules_per_byte('tdp_watts', 'memory_bandwidth_gb_per_s'),
            weight_bytes_touched('shared_weight_bytes', 'expert_weight_bytes', 'share_of_experts_per_token', 'mean_batch_size'),
            'mean_batch_size',
        ) }}
        + {{ memory_joules_per_context_token(
            memory_joules_per_byte('tdp_watts', 'memory_bandwidth_gb_per_s'), 'kv_cache_bytes_per_token'
        ) }} * context_tokens as memory_joules_ideal,
        {{ compute_joules_per_gflop('tdp_watts', 'tflops') }} * {{ gflops_per_token_of_params('active_params_millions') }}
            as compute_joules_ideal

    from described

),

points as (

    select
        measurement_id,
        model_id,
        model_name,
        concat_ws(' ', params_millions, active_params_millions, kv_cache_bytes_per_token) as network_id,
        accelerator_id,
        boundary,
        precision_class,
        n_gpus,
        mean_batch_size,
        context_tokens,
        joules_measured,
        memory_joules_ideal,
        compute_joules_ideal,
        case
            when kv_cache_bytes_per_token is null then 'no architecture of the model on record'
            when memory_bandwidth_gb_per_s is null then 'no bandwidth of the accelerator on record'
            when tflops is null then 'no peak rate of the accelerator in the precision of the weights on record'
        end as missing_reason

    from ideal

)

select * from points
