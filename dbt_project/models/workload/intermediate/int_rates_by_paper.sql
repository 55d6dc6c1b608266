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

matching as (

    select * from {{ ref('dim_matching') }}

),

scenarios as (

    select * from {{ ref('dim_scenarios') }}

),

policies as (

    select distinct matching_policy from scenarios

),

-- A stated accelerator counts, whatever the policy; without one the policy says which hardware the model is matched with.
matched as (

    select
        classes.model_id,
        classes.accelerator_id,
        classes.batch_size,
        policies.matching_policy,
        models.domain,
        models.is_generative,
        case when models.domain = 'vision' then accelerators.vision_precision else accelerators.language_precision end as precision,
        case when models.domain = 'vision' then models.gflops_per_forward_pass else models.gflops_per_token end as gflops,
        case
            when classes.accelerator_id = 'unstated' then matching.gflops_per_watt
            when models.domain = 'vision' then accelerators.vision_gflops_per_watt
            else accelerators.language_gflops_per_watt
        end as gflops_per_watt,
        case when classes.accelerator_id = 'unstated' then matching.gflops_per_watt_low end as gflops_per_watt_low,
        case when classes.accelerator_id = 'unstated' then matching.gflops_per_watt_high end as gflops_per_watt_high,
        case when classes.accelerator_id = 'unstated' then matching.interval_kind else 'none' end as interval_kind,
        classes.accelerator_id = 'unstated' and coalesce(matching.is_hardware_extrapolated, false) as is_hardware_extrapolated

    from classes
    cross join policies
    inner join models on classes.model_id = models.model_id
    left join accelerators on classes.accelerator_id = accelerators.accelerator_id
    left join matching
        on classes.model_id = matching.model_id
        and policies.matching_policy = matching.matching_policy

),

-- Eq. 2 for a pass of a vision model, and for each token that a language model reads or writes.
priced as (

    select
        *,
        {{ joules('gflops', 'gflops_per_watt') }} as joules_per_unit,
        case when gflops is not null and gflops_per_watt is not null then 0e0 end as nothing

    from matched

),

rates as (

    select
        model_id,
        accelerator_id,
        batch_size,
        'paper' as method,
        matching_policy,
        case when domain = 'vision' then joules_per_unit else nothing end as joules_per_inference,
        case when domain = 'language' then joules_per_unit else nothing end as joules_per_input_token,
        case when domain = 'language' then joules_per_unit else nothing end as joules_per_output_token,
        nothing as joules_per_context_token,
        gflops_per_watt / gflops_per_watt_high as pass_low_factor,
        gflops_per_watt / gflops_per_watt_low as pass_high_factor,
        gflops_per_watt / gflops_per_watt_high as decode_low_factor,
        gflops_per_watt / gflops_per_watt_low as decode_high_factor,
        cast(null as double) as longest_context_tokens,
        case when joules_per_unit is null then 'none' else interval_kind end as interval_kind,
        'gpu_board' as boundary,
        case
            when accelerator_id = 'unstated' then 'typical hardware as the policy matches it'
            else 'rate of the accelerator' || coalesce(', precision ' || precision, '')
        end
        || case when is_generative then ', moving weights and cache not counted' else '' end as basis,
        cast(null as double) as batch_size_used,
        is_hardware_extrapolated,
        case
            when joules_per_unit is not null then null
            when gflops is null then 'no FLOPs of the model on record'
            when accelerator_id = 'unstated' then 'no accelerator to match the model with under this policy'
            else 'no rate of the accelerator for ' || domain || ' on record, measured or adapted'
        end as missing_reason

    from priced

)

select * from rates
