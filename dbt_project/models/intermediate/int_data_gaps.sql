with

models as (

    select * from {{ ref('int_models') }}
    where not is_own

),

accelerators as (

    select * from {{ ref('int_accelerators') }}
    where not is_own

),

grid_carbon_intensity as (

    select * from {{ ref('stg_grid_carbon_intensity') }}

),

population as (

    select * from {{ ref('stg_population') }}

),

energy_calibration as (

    select * from {{ ref('int_energy_calibration') }}
    where not is_own

),

energy as (

    select * from {{ ref('int_inference_energy') }}

),

rows_of_models as (

    select
        'models' as subject,
        'gflops_per_forward_pass' as missing,
        model_id as row_name,
        missing_reason as reason

    from models

),

rows_of_accelerators as (

    select
        'accelerators' as subject,
        'memory_bandwidth_gb_per_s' as missing,
        accelerator_id as row_name,
        case
            when memory_bandwidth_gb_per_s is not null then null
            when is_in_paper then 'Table 8 prints no bandwidth, and no later source lists the board'
            else 'no bandwidth in the source'
        end as reason

    from accelerators

),

rows_of_doubtful_accelerators as (

    select
        'accelerators' as subject,
        'a cell beyond doubt' as missing,
        accelerator_id as row_name,
        case when doubtful_cells is not null then 'doubtful: ' || replace(doubtful_cells, ';', ', ') end as reason

    from accelerators

),

rows_of_measurements as (

    select
        'energy_calibration' as subject,
        'joules_estimated' as missing,
        measurement_id as row_name,
        missing_reason as reason

    from energy_calibration

),

rows_of_calibrated_models as (

    select
        'models' as subject,
        'calibrated joules' as missing,
        models.model_id as row_name,
        case
            when energy.joules_per_forward_pass is not null then null
            when models.gflops_per_forward_pass is null then 'no FLOPs of a forward pass'
            else 'no model of the family was measured in the regime of the policy'
        end as reason

    from models
    inner join energy
        on models.model_id = energy.model_id
        and energy.matching_policy = 'calibrated'

),

places as (

    select
        grid_carbon_intensity.country_iso3,
        max(grid_carbon_intensity.year) as last_year,
        count(population.country_iso3) > 0 as has_population

    from grid_carbon_intensity
    left join population on grid_carbon_intensity.country_iso3 = population.country_iso3
    group by grid_carbon_intensity.country_iso3

),

latest_year as (

    select max(last_year) as year from places

),

rows_of_populations as (

    select
        'places with a grid' as subject,
        'population' as missing,
        country_iso3 as row_name,
        case when not has_population then 'no such place in the source of population' end as reason

    from places

),

rows_of_grids as (

    select
        'places with a grid' as subject,
        'gco2e_per_kwh of ' || latest_year.year as missing,
        places.country_iso3 as row_name,
        case when places.last_year < latest_year.year then 'the latest year of the source is ' || places.last_year end as reason

    from places
    cross join latest_year

),

all_rows as (

    select * from rows_of_models
    union all by name
    select * from rows_of_calibrated_models
    union all by name
    select * from rows_of_accelerators
    union all by name
    select * from rows_of_doubtful_accelerators
    union all by name
    select * from rows_of_measurements
    union all by name
    select * from rows_of_populations
    union all by name
    select * from rows_of_grids

),

of_each as (

    select
        *,
        count(*) over (partition by subject, missing) as n_of

    from all_rows

),

counted as (

    select
        subject,
        missing,
        reason,
        cast(count(*) as integer) as n_rows,
        cast(any_value(n_of) as integer) as n_of,
        array_to_string(list_slice(list_sort(list(row_name)), 1, 3), ', ') as examples

    from of_each
    where reason is not null
    group by subject, missing, reason

)

select * from counted
