with

classes as (

    select * from {{ ref('int_workload_classes') }}

),

published_rates as (

    select * from {{ ref('dim_published_rates') }}

),

scenarios as (

    select * from {{ ref('dim_scenarios') }}

),

policies as (

    select distinct matching_policy from scenarios

),

with_batch_size as (

    select
        published_rates.*,
        classes.accelerator_id,
        classes.batch_size,
        -- A method without a batch size takes no notice of one.
        case
            when published_rates.default_batch_size is not null
                then coalesce(classes.batch_size, published_rates.default_batch_size)
        end as batch_size_used

    from classes
    inner join published_rates on classes.model_id = published_rates.model_id

),

rates as (

    select
        with_batch_size.model_id,
        with_batch_size.accelerator_id,
        with_batch_size.batch_size,
        with_batch_size.method,
        policies.matching_policy,
        0e0 as joules_per_inference,
        0e0 as joules_per_input_token,
        with_batch_size.constant_joules
        + coalesce(with_batch_size.per_batch_joules / with_batch_size.batch_size_used, 0e0)
        + coalesce(
            with_batch_size.exponential_joules * exp(with_batch_size.exponential_rate * with_batch_size.batch_size_used),
            0e0
        ) as joules_per_output_token,
        0e0 as joules_per_context_token,
        cast(null as double) as pass_low_factor,
        cast(null as double) as pass_high_factor,
        cast(null as double) as decode_low_factor,
        cast(null as double) as decode_high_factor,
        cast(null as double) as longest_context_tokens,
        'none' as interval_kind,
        with_batch_size.boundary,
        'published constants for written tokens, reading counted as nothing, whatever the accelerator' as basis,
        with_batch_size.batch_size_used,
        false as is_hardware_extrapolated,
        case when with_batch_size.constant_joules is null then 'no parameters of the model on record' end as missing_reason

    from with_batch_size
    cross join policies

)

select * from rates
