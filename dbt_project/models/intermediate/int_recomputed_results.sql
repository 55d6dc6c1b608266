with

model_results as (

    select * from {{ ref('int_recomputed_model_results') }}

),

hardware_results as (

    select * from {{ ref('int_recomputed_hardware_results') }}

),

unioned as (

    select * from model_results
    union all by name
    select * from hardware_results

)

select * from unioned
