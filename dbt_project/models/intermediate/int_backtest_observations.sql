with

vintages as (

    select * from {{ ref('int_trend_vintages') }}

),

definitions as (

    select * from {{ ref('int_trend_definitions') }}
    -- Other choices of the same rows, made to see what they change, are no forecasts of their own.
    where subset not in ('figure_8_without_t4', 'figure_8_and_table_8_fp32')

),

points as (

    select * from {{ ref('int_hardware_trend_points') }}
    where vintage = 'paper'
    union all by name
    select * from {{ ref('int_model_trend_points') }}
    where vintage = 'paper'

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

later_observations as (

    select * from {{ ref('int_later_observations') }}

),

-- What a year could forecast and the paper then saw.
within_the_paper as (

    select
        points.trend_id,
        vintages.vintage,
        'none' as scenario,
        points.observation_id,
        accelerators.maker,
        accelerators.chip_design,
        points.group_id,
        case when definitions.quantity = 'gflops_per_watt' then 'nvidia' else 'models' end as scope,
        points.on_date,
        points.value as actual_value,
        cast(null as varchar) as doubt,
        cast(null as varchar) as missing_census

    from points
    inner join definitions on points.trend_id = definitions.trend_id
    inner join vintages on points.on_date > vintages.known_until
    left join accelerators
        on definitions.quantity = 'gflops_per_watt'
        and points.group_id = accelerators.accelerator_id

),

since_the_paper as (

    select
        later_observations.*,
        'paper' as vintage

    from later_observations

),

unioned as (

    select * from within_the_paper
    union all by name
    select * from since_the_paper

)

select * from unioned
