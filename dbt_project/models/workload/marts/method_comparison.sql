with

reference_requests as (

    select * from {{ ref('dim_requests') }}

),

rates as (

    select * from {{ ref('int_workload_rates') }}

),

statements as (

    select * from {{ ref('dim_provider_statements') }}

),

requests as (

    select
        request_id,
        description,
        model_id,
        coalesce(accelerator_id, 'unstated') as accelerator_id,
        input_tokens,
        output_tokens,
        batch_size,
        measured_joules_per_output_token,
        1e0 as n_inferences,
        input_tokens * 1e0 as n_input_tokens,
        output_tokens * 1e0 as n_output_tokens,
        {{ context_tokens('input_tokens', 'output_tokens') }} as n_context_tokens

    from reference_requests

),

priced as (

    select
        requests.request_id,
        rates.method,
        'estimate' as kind,
        requests.description,
        requests.model_id,
        requests.accelerator_id,
        requests.input_tokens,
        requests.output_tokens,
        rates.batch_size_used as batch_size,
        {{ pass_joules('requests', 'rates') }} as pass_joules,
        {{ decode_joules('requests', 'rates') }} as decode_joules,
        rates.pass_low_factor,
        rates.pass_high_factor,
        rates.decode_low_factor,
        rates.decode_high_factor,
        rates.boundary,
        rates.basis,
        rates.missing_reason

    from requests
    inner join rates
        on requests.model_id = rates.model_id
        and requests.accelerator_id = rates.accelerator_id
        and requests.batch_size is not distinct from rates.batch_size
    where rates.matching_policy = 'trend'

),

estimates as (

    select
        request_id,
        method,
        kind,
        description,
        model_id,
        accelerator_id,
        input_tokens,
        output_tokens,
        batch_size,
        pass_joules + decode_joules as joules,
        pass_joules * pass_low_factor + decode_joules * decode_low_factor as joules_low,
        pass_joules * pass_high_factor + decode_joules * decode_high_factor as joules_high,
        cast(null as double) as stated_gco2e,
        boundary,
        basis,
        missing_reason

    from priced

),

measurements as (

    select
        request_id,
        'measured' as method,
        'measurement' as kind,
        description,
        model_id,
        accelerator_id,
        input_tokens,
        output_tokens,
        batch_size,
        measured_joules_per_output_token * output_tokens as joules,
        cast(null as double) as joules_low,
        cast(null as double) as joules_high,
        cast(null as double) as stated_gco2e,
        'gpu_board' as boundary,
        'measured, reading a prompt of unstated length included' as basis,
        nullif('', '') as missing_reason

    from requests
    where measured_joules_per_output_token is not null

),

provider_statements as (

    select
        statement_id as request_id,
        'stated by ' || provider as method,
        'provider_statement' as kind,
        statement as description,
        nullif('', '') as model_id,
        nullif('', '') as accelerator_id,
        cast(null as integer) as input_tokens,
        cast(null as integer) as output_tokens,
        cast(null as double) as batch_size,
        wh_per_query * 3600e0 as joules,
        cast(null as double) as joules_low,
        cast(null as double) as joules_high,
        gco2e_per_query as stated_gco2e,
        boundary,
        note as basis,
        case when wh_per_query is null then 'energy not disclosed' end as missing_reason

    from statements

),

united as (

    select * from estimates
    union all
    select * from measurements
    union all
    select * from provider_statements

),

references_of_requests as (

    select
        request_id,
        min(case when kind = 'estimate' then joules end) as lowest_joules,
        max(case when kind = 'measurement' then joules end) as measured_joules

    from united
    group by request_id

),

compared as (

    select
        united.request_id,
        united.method,
        united.kind,
        united.description,
        united.model_id,
        united.accelerator_id,
        united.input_tokens,
        united.output_tokens,
        united.batch_size,
        united.joules,
        united.joules_low,
        united.joules_high,
        united.joules / 3600e0 as wh,
        united.stated_gco2e,
        united.boundary,
        united.basis,
        united.missing_reason,
        case when united.kind = 'estimate' then united.joules / references_of_requests.lowest_joules end as ratio_to_lowest_estimate,
        case when united.kind = 'estimate' then united.joules / references_of_requests.measured_joules end as ratio_to_measured

    from united
    inner join references_of_requests on united.request_id = references_of_requests.request_id

)

select * from compared
