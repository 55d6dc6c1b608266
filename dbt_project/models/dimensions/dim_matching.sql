with

matched as (

    select * from {{ ref('int_energy_by_trend') }}
    union all by name
    select * from {{ ref('int_energy_by_best_available') }}
    union all by name
    select * from {{ ref('int_energy_by_recent_median') }}

),

published as (

    select * from {{ ref('int_inference_energy') }}

),

-- Lines of other vintages are no policies, and are not among the published ones.
described as (

    select
        matched.model_id,
        matched.matching_policy,
        matched.gflops_per_watt,
        matched.gflops_per_watt_low,
        matched.gflops_per_watt_high,
        matched.interval_kind,
        published.is_hardware_extrapolated,
        published.is_hardware_supported

    from matched
    inner join published
        on matched.model_id = published.model_id
        and matched.matching_policy = published.matching_policy

)

select * from described
