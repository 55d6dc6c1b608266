with

models as (

    select * from {{ ref('int_models') }}

),

hardware_trends as (

    select * from {{ ref('int_hardware_trends') }}

),

vintages as (

    select * from {{ ref('int_trend_vintages') }}

),

-- The median accelerator of the release date, with the prediction interval of one unknown accelerator.
expected as (

    select
        models.model_id,
        hardware_trends.vintage,
        hardware_trends.intercept_log10
        + hardware_trends.slope_log10_per_year * models.years_since_origin as log10_gflops_per_watt,
        {{ band_half_width('prediction', 'models.years_since_origin', 'hardware_trends') }} as half_width_log10,
        models.release_date not between hardware_trends.first_date and hardware_trends.last_date as is_hardware_extrapolated,
        models.release_date between hardware_trends.first_date and {{ supported_until('hardware_trends') }}
            as is_hardware_supported

    from models
    inner join hardware_trends on hardware_trends.trend_id = 'gpu_efficiency_' || models.domain
    inner join vintages
        on hardware_trends.vintage = vintages.vintage
        and {{ is_known_in('vintages', 'models.release_date') }}

),

matched as (

    select
        model_id,
        vintage,
        'trend' || case when vintage <> 'paper' then '_' || vintage else '' end as matching_policy,
        cast(null as varchar) as accelerator_id,
        cast(null as integer) as n_accelerators,
        power(1e1, log10_gflops_per_watt) as gflops_per_watt,
        power(1e1, log10_gflops_per_watt - half_width_log10) as gflops_per_watt_low,
        power(1e1, log10_gflops_per_watt + half_width_log10) as gflops_per_watt_high,
        'hardware_prediction' as interval_kind,
        is_hardware_extrapolated,
        is_hardware_supported

    from expected

)

select * from matched
