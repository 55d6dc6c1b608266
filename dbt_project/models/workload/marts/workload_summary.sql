with

judged as (

    select * from {{ ref('int_workload_judged') }}

),

workload_energy as (

    select * from {{ ref('workload_energy') }}

),

scenarios as (

    select * from {{ ref('dim_scenarios') }}

),

human_power as (

    select * from {{ ref('dim_human_power') }}

),

counted_rows as (

    select
        sum(n_rows) as n_rows_read,
        sum(case when reject_reason is not null then n_rows else 0 end) as n_rows_set_aside,
        sum(n_inferences) as n_inferences_read,
        sum(case when reject_reason is not null then n_inferences else 0e0 end) as n_inferences_set_aside

    from judged

),

person_watts as (

    select
        max(case when human_reference = 'somatic' then watts end) as somatic_watts,
        max(case when human_reference = 'external' then watts end) as external_watts

    from human_power

),

requests as (

    select
        model_id,
        on_date,
        is_hypothesis,
        n_inferences

    from judged
    where reject_reason is null

    union all

    select
        'all' as model_id,
        on_date,
        is_hypothesis,
        n_inferences

    from judged
    where reject_reason is null

),

-- A row of the hypothesis stands for the whole year that begins on its day.
spans as (

    select
        model_id,
        max(is_hypothesis) as is_hypothesis,
        sum(n_inferences) as n_inferences,
        min(on_date) as first_date,
        case when max(is_hypothesis) then make_date(year(max(on_date)), 12, 31) else max(on_date) end as last_date

    from requests
    group by model_id

),

energies as (

    select
        'all' as scope,
        workload_energy.*

    from workload_energy

    union all

    select
        model_id as scope,
        workload_energy.*

    from workload_energy

),

-- Bounds of a part are no bounds of the whole, so a total has them only where each cell has.
totals as (

    select
        scope as model_id,
        scenario_id,
        method,
        sum(n_inferences_estimated) as n_inferences_estimated,
        case when min(boundary) = max(boundary) then min(boundary) else 'mixed' end as boundary,
        sum(joules) as joules,
        {{ sum_of_bounds('joules_low', 'joules') }} as joules_low,
        {{ sum_of_bounds('joules_high', 'joules') }} as joules_high,
        sum(pass_joules) as pass_joules,
        sum(decode_joules) as decode_joules,
        {{ sum_of_bounds('decode_joules_low', 'decode_joules') }} as decode_joules_low,
        {{ sum_of_bounds('decode_joules_high', 'decode_joules') }} as decode_joules_high,
        -- Of a part without bounds for the whole, writing alone may have some.
        sum(case when joules_low is not null then joules when decode_joules_low is not null then decode_joules else 0e0 end)
            as joules_with_interval,
        sum(kwh) as kwh,
        {{ sum_of_bounds('kwh_low', 'kwh') }} as kwh_low,
        {{ sum_of_bounds('kwh_high', 'kwh') }} as kwh_high,
        sum(gco2e) as gco2e,
        {{ sum_of_bounds('gco2e_low', 'gco2e') }} as gco2e_low,
        {{ sum_of_bounds('gco2e_high', 'gco2e') }} as gco2e_high,
        sum(case when gco2e is not null then kwh else 0e0 end) as kwh_with_intensity,
        sum(case when intensity_iso3 = 'WLD' then kwh else 0e0 end) as kwh_at_world_average

    from energies
    group by scope, scenario_id, method

),

summed as (

    select
        totals.model_id,
        totals.scenario_id,
        totals.method,
        spans.is_hypothesis,
        spans.first_date,
        spans.last_date,
        {{ days_between('spans.first_date', 'spans.last_date') }} + 1 as n_days,
        spans.n_inferences,
        -- Sums of the same numbers in another order may differ in their last digit.
        case
            when abs(totals.n_inferences_estimated - spans.n_inferences) <= 1e-12 * spans.n_inferences then 1e0
            else totals.n_inferences_estimated / nullif(spans.n_inferences, 0e0)
        end as share_of_inferences_estimated,
        totals.boundary,
        totals.joules,
        totals.joules_low,
        totals.joules_high,
        totals.pass_joules,
        totals.decode_joules,
        totals.decode_joules_low,
        totals.decode_joules_high,
        totals.joules_with_interval / nullif(totals.joules, 0e0) as share_of_joules_with_interval,
        totals.kwh,
        totals.kwh_low,
        totals.kwh_high,
        totals.gco2e,
        totals.gco2e_low,
        totals.gco2e_high,
        totals.kwh_with_intensity / nullif(totals.kwh, 0e0) as share_of_kwh_with_intensity,
        totals.kwh_at_world_average / nullif(totals.kwh, 0e0) as share_of_kwh_at_world_average,
        {{ joules_at_the_meter_per_inference('totals.kwh', 'totals.n_inferences_estimated') }} as joules_at_the_meter_per_inference,
        {{ joules_at_the_meter_per_inference('totals.kwh_low', 'totals.n_inferences_estimated') }} as joules_at_the_meter_per_inference_low,
        {{ joules_at_the_meter_per_inference('totals.kwh_high', 'totals.n_inferences_estimated') }}
            as joules_at_the_meter_per_inference_high

    from totals
    inner join spans on totals.model_id = spans.model_id

),

-- A power is one of all inferences in the days, or none. The models of the hypothesis are alternatives, so nothing adds them up.
compared as (

    select
        summed.*,
        scenarios.matching_policy,
        scenarios.utilisation,
        scenarios.host_overhead,
        scenarios.pue,
        case when summed.share_of_inferences_estimated = 1 then {{ mean_watts('summed.kwh', 'summed.n_days') }} end as mean_watts,
        case when summed.share_of_inferences_estimated = 1 then {{ mean_watts('summed.kwh_low', 'summed.n_days') }} end
            as mean_watts_low,
        case when summed.share_of_inferences_estimated = 1 then {{ mean_watts('summed.kwh_high', 'summed.n_days') }} end
            as mean_watts_high,
        person_watts.somatic_watts,
        person_watts.external_watts,
        counted_rows.n_rows_read,
        counted_rows.n_rows_set_aside,
        counted_rows.n_inferences_read,
        counted_rows.n_inferences_set_aside

    from summed
    inner join scenarios on summed.scenario_id = scenarios.scenario_id
    cross join person_watts
    cross join counted_rows
    where not (summed.is_hypothesis and summed.model_id = 'all')

),

published as (

    select
        model_id,
        scenario_id,
        method,
        matching_policy,
        utilisation,
        host_overhead,
        pue,
        is_hypothesis,
        first_date,
        last_date,
        n_days,
        n_inferences,
        share_of_inferences_estimated,
        boundary,
        joules,
        joules_low,
        joules_high,
        pass_joules,
        decode_joules,
        decode_joules_low,
        decode_joules_high,
        share_of_joules_with_interval,
        kwh,
        kwh_low,
        kwh_high,
        gco2e,
        gco2e_low,
        gco2e_high,
        share_of_kwh_with_intensity,
        share_of_kwh_at_world_average,
        joules_at_the_meter_per_inference,
        joules_at_the_meter_per_inference_low,
        joules_at_the_meter_per_inference_high,
        mean_watts,
        mean_watts_low,
        mean_watts_high,
        mean_watts / somatic_watts as persons_at_somatic_power,
        mean_watts / external_watts as persons_at_external_power,
        somatic_watts / nullif(joules_at_the_meter_per_inference, 0e0) as break_even_inferences_per_second_somatic,
        somatic_watts / nullif(joules_at_the_meter_per_inference_high, 0e0) as break_even_inferences_per_second_somatic_low,
        somatic_watts / nullif(joules_at_the_meter_per_inference_low, 0e0) as break_even_inferences_per_second_somatic_high,
        external_watts / nullif(joules_at_the_meter_per_inference, 0e0) as break_even_inferences_per_second_external,
        external_watts / nullif(joules_at_the_meter_per_inference_high, 0e0) as break_even_inferences_per_second_external_low,
        external_watts / nullif(joules_at_the_meter_per_inference_low, 0e0) as break_even_inferences_per_second_external_high,
        cast(n_rows_read as bigint) as n_rows_read,
        cast(n_rows_set_aside as bigint) as n_rows_set_aside,
        (n_rows_read - n_rows_set_aside) * 1e0 / n_rows_read as share_of_rows_covered,
        n_inferences_set_aside,
        (n_inferences_read - n_inferences_set_aside) / nullif(n_inferences_read, 0e0) as share_of_inferences_covered

    from compared

)

select * from published
