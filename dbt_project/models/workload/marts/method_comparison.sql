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

-- Figures of different boundaries are compared as electricity of one site.
sites as (

    select * from {{ ref('dim_scenarios') }}
    where scenario_id = 'google_2025'

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
        {{ decode_factor('rates.decode_low_factor', 'requests', 'rates') }} as decode_low_factor,
        {{ decode_factor('rates.decode_high_factor', 'requests', 'rates') }} as decode_high_factor,
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
        {{ bound('pass_joules', 'pass_low_factor') }} + {{ bound('decode_joules', 'decode_low_factor') }} as joules_low,
        {{ bound('pass_joules', 'pass_high_factor') }} + {{ bound('decode_joules', 'decode_high_factor') }} as joules_high,
        pass_joules,
        decode_joules,
        {{ bound('decode_joules', 'decode_low_factor') }} as decode_joules_low,
        {{ bound('decode_joules', 'decode_high_factor') }} as decode_joules_high,
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
        cast(null as double) as pass_joules,
        cast(null as double) as decode_joules,
        cast(null as double) as decode_joules_low,
        cast(null as double) as decode_joules_high,
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
        cast(null as double) as pass_joules,
        cast(null as double) as decode_joules,
        cast(null as double) as decode_joules_low,
        cast(null as double) as decode_joules_high,
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

at_one_site as (

    select
        united.*,
        case
            -- What a provider leaves out of a narrower figure it does not say: Google's for a site is no multiple of that for boards.
            when united.boundary = 'facility' or united.kind <> 'provider_statement'
                then {{ kwh_at_the_meter('united.joules', 'united.boundary', 'sites') }} * 1e3
        end as site_wh

    from united
    cross join sites

),

references_of_requests as (

    select
        request_id,
        min(case when kind = 'estimate' then site_wh end) as lowest_site_wh,
        max(case when kind = 'measurement' then site_wh end) as measured_site_wh

    from at_one_site
    group by request_id

),

compared as (

    select
        at_one_site.request_id,
        at_one_site.method,
        at_one_site.kind,
        at_one_site.description,
        at_one_site.model_id,
        at_one_site.accelerator_id,
        at_one_site.input_tokens,
        at_one_site.output_tokens,
        at_one_site.batch_size,
        at_one_site.joules,
        at_one_site.joules_low,
        at_one_site.joules_high,
        at_one_site.pass_joules,
        at_one_site.decode_joules,
        at_one_site.decode_joules_low,
        at_one_site.decode_joules_high,
        at_one_site.joules / 3600e0 as wh,
        at_one_site.site_wh,
        at_one_site.stated_gco2e,
        at_one_site.boundary,
        at_one_site.basis,
        at_one_site.missing_reason,
        case when at_one_site.kind = 'estimate' then at_one_site.site_wh / references_of_requests.lowest_site_wh end
            as ratio_to_lowest_estimate,
        case when at_one_site.kind = 'estimate' then at_one_site.site_wh / references_of_requests.measured_site_wh end
            as ratio_to_measured,
        case
            when at_one_site.kind = 'estimate'
                then
                    at_one_site.site_wh * at_one_site.decode_joules / nullif(at_one_site.joules, 0e0)
                    / references_of_requests.measured_site_wh
        end as decode_ratio_to_measured

    from at_one_site
    inner join references_of_requests on at_one_site.request_id = references_of_requests.request_id

)

select * from compared
