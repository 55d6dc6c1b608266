with

judged as (

    select * from {{ ref('int_workload_judged') }}

),

rates as (

    select * from {{ ref('int_workload_rates') }}

),

scenarios as (

    select * from {{ ref('dim_scenarios') }}

),

grid_intensity as (

    select * from {{ ref('dim_grid_intensity') }}

),

requests as (

    select
        on_date,
        model_id,
        accelerator_id,
        country_iso3,
        batch_size,
        is_hypothesis,
        sum(n_inferences) as n_inferences,
        sum(n_input_tokens) as n_input_tokens,
        sum(n_output_tokens) as n_output_tokens,
        sum(n_context_tokens) as n_context_tokens

    from judged
    where reject_reason is null
    group by on_date, model_id, accelerator_id, country_iso3, batch_size, is_hypothesis

),

priced as (

    select
        requests.on_date,
        requests.model_id,
        requests.accelerator_id,
        requests.country_iso3,
        requests.is_hypothesis,
        requests.n_inferences,
        scenarios.scenario_id,
        rates.method,
        rates.interval_kind,
        rates.boundary,
        rates.basis,
        rates.is_hardware_extrapolated,
        requests.batch_size is null and rates.batch_size_used is not null as has_default_batch_size,
        rates.pass_low_factor,
        rates.pass_high_factor,
        {{ decode_factor('rates.decode_low_factor', 'requests', 'rates') }} as decode_low_factor,
        {{ decode_factor('rates.decode_high_factor', 'requests', 'rates') }} as decode_high_factor,
        {{ pass_joules('requests', 'rates') }} as pass_joules,
        {{ decode_joules('requests', 'rates') }} as decode_joules,
        -- A method that prices written tokens alone would call a prompt that was read for nothing free.
        case
            when rates.missing_reason is not null then rates.missing_reason
            when
                requests.n_output_tokens = 0 and requests.n_inferences > 0
                and rates.joules_per_inference = 0 and rates.joules_per_input_token = 0
                then 'the method prices written tokens alone, and none was written'
        end as missing_reason

    from requests
    inner join rates
        on requests.model_id = rates.model_id
        and requests.accelerator_id = rates.accelerator_id
        and requests.batch_size is not distinct from rates.batch_size
    inner join scenarios on rates.matching_policy = scenarios.matching_policy

),

estimable as (

    select
        on_date,
        model_id,
        accelerator_id,
        country_iso3,
        is_hypothesis,
        n_inferences,
        scenario_id,
        method,
        interval_kind,
        boundary,
        basis,
        is_hardware_extrapolated,
        case when missing_reason is null then n_inferences else 0e0 end as n_inferences_estimated,
        case when missing_reason is null then pass_joules end as pass_joules,
        case when missing_reason is null then {{ bound('pass_joules', 'pass_low_factor') }} end as pass_joules_low,
        case when missing_reason is null then {{ bound('pass_joules', 'pass_high_factor') }} end as pass_joules_high,
        case when missing_reason is null then decode_joules end as decode_joules,
        case when missing_reason is null then {{ bound('decode_joules', 'decode_low_factor') }} end as decode_joules_low,
        case when missing_reason is null then {{ bound('decode_joules', 'decode_high_factor') }} end as decode_joules_high,
        has_default_batch_size,
        missing_reason

    from priced

),

-- The error is of the model and the chip, the same for every request: lows add up to the low, highs to the high, where each part
-- has them.
summed as (

    select
        on_date,
        model_id,
        accelerator_id,
        country_iso3,
        scenario_id,
        method,
        max(is_hypothesis) as is_hypothesis,
        sum(n_inferences) as n_inferences,
        sum(n_inferences_estimated) as n_inferences_estimated,
        sum(pass_joules) as pass_joules,
        sum(decode_joules) as decode_joules,
        sum(pass_joules + decode_joules) as joules,
        {{ sum_of_bounds('pass_joules_low + decode_joules_low', 'decode_joules') }} as joules_low,
        {{ sum_of_bounds('pass_joules_high + decode_joules_high', 'decode_joules') }} as joules_high,
        {{ sum_of_bounds('decode_joules_low', 'decode_joules') }} as decode_joules_low,
        {{ sum_of_bounds('decode_joules_high', 'decode_joules') }} as decode_joules_high,
        max(interval_kind) as interval_kind,
        max(boundary) as boundary,
        max(basis) as basis,
        max(is_hardware_extrapolated) as is_hardware_extrapolated,
        max(has_default_batch_size) as has_default_batch_size,
        case when sum(pass_joules) is null then max(missing_reason) end as missing_reason

    from estimable
    group by on_date, model_id, accelerator_id, country_iso3, scenario_id, method

),

at_the_meter as (

    select
        summed.*,
        {{ kwh_at_the_meter('summed.joules', 'summed.boundary', 'scenarios') }} as kwh,
        {{ kwh_at_the_meter('summed.joules_low', 'summed.boundary', 'scenarios') }} as kwh_low,
        {{ kwh_at_the_meter('summed.joules_high', 'summed.boundary', 'scenarios') }} as kwh_high,
        grid_intensity.country_name,
        grid_intensity.gco2e_per_kwh,
        grid_intensity.intensity_iso3,
        grid_intensity.intensity_year

    from summed
    inner join scenarios on summed.scenario_id = scenarios.scenario_id
    left join grid_intensity
        on summed.country_iso3 = grid_intensity.country_iso3
        and year(summed.on_date) = grid_intensity.year

),

emitted as (

    select
        on_date,
        model_id,
        accelerator_id,
        country_iso3,
        country_name,
        scenario_id,
        method,
        is_hypothesis,
        n_inferences,
        n_inferences_estimated,
        joules,
        joules_low,
        joules_high,
        pass_joules,
        decode_joules,
        decode_joules_low,
        decode_joules_high,
        case
            when joules_low is not null or (decode_joules > 0 and decode_joules_low is not null) then interval_kind
            else 'none'
        end as interval_kind,
        boundary,
        basis,
        is_hardware_extrapolated,
        has_default_batch_size,
        missing_reason,
        kwh,
        kwh_low,
        kwh_high,
        kwh * gco2e_per_kwh as gco2e,
        kwh_low * gco2e_per_kwh as gco2e_low,
        kwh_high * gco2e_per_kwh as gco2e_high,
        gco2e_per_kwh,
        intensity_iso3,
        intensity_year

    from at_the_meter

)

select * from emitted
