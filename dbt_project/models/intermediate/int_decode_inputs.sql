with

decode_measurements as (

    select * from {{ ref('stg_measured_decode_energy') }}

),

measured as (

    select * from {{ ref('int_measured_energy') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

architectures as (

    select * from {{ ref('int_language_architectures') }}

),

peaks as (

    select
        accelerator_id,
        precision_class,
        max(tflops) as peak_tflops

    from efficiency
    where workload = 'theoretical' and not is_doubtful
    group by accelerator_id, precision_class

),

-- The length of the prompts is not stated: on average half of the output is looked back on, and the prompt is left out.
placed as (

    select
        decode_measurements.measurement_id,
        decode_measurements.model_name,
        measured.accelerator_id,
        accelerators.chip_design,
        decode_measurements.weight_precision,
        decode_measurements.n_gpus,
        decode_measurements.mean_batch_size as batch_size,
        decode_measurements.mean_output_tokens,
        decode_measurements.mean_output_tokens / 2e0 as context_tokens,
        decode_measurements.joules_per_output_token as joules_measured,
        architectures.architecture_id,
        accelerators.tdp_watts,
        accelerators.memory_bandwidth_gb_per_s,
        peaks.peak_tflops,
        {{ gflops_per_token_of_params('architectures.active_params_millions') }} as gflops_per_token,
        {{ weight_bytes_touched(
            'architectures.shared_weight_bytes',
            'architectures.expert_weight_bytes',
            'architectures.share_of_experts_per_token',
            'decode_measurements.mean_batch_size',
        ) }} as weight_bytes,
        architectures.kv_cache_bytes_per_token

    from decode_measurements
    inner join measured on decode_measurements.measurement_id = measured.measurement_id
    left join accelerators on measured.accelerator_id = accelerators.accelerator_id
    left join architectures on decode_measurements.model_name = architectures.model_name
    left join peaks
        on measured.accelerator_id = peaks.accelerator_id
        and architectures.weight_precision_class = peaks.precision_class

),

ideal as (

    select
        measurement_id,
        model_name,
        architecture_id,
        accelerator_id,
        chip_design,
        weight_precision,
        n_gpus,
        batch_size,
        mean_output_tokens,
        context_tokens,
        joules_measured,
        {{ memory_joules_per_byte('tdp_watts', 'memory_bandwidth_gb_per_s', '1e0') }}
        * (weight_bytes / batch_size + kv_cache_bytes_per_token * context_tokens) as memory_joules,
        {{ prefill_joules_per_token('tdp_watts', 'peak_tflops', '1e0', 'gflops_per_token') }} as compute_joules,
        case
            when architecture_id is null then 'no architecture of the model on record'
            when memory_bandwidth_gb_per_s is null then 'no memory bandwidth of the accelerator on record'
            when peak_tflops is null then 'no peak rate of the accelerator in ' || weight_precision || ' on record'
        end as missing_reason

    from placed

)

select * from ideal
