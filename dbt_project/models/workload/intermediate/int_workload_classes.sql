with

judged as (

    select * from {{ ref('int_workload_judged') }}

),

reference_requests as (

    select * from {{ ref('dim_requests') }}

),

classes as (

    select
        model_id,
        accelerator_id,
        batch_size

    from judged
    where reject_reason is null

    union

    select
        model_id,
        coalesce(accelerator_id, 'unstated') as accelerator_id,
        batch_size

    from reference_requests

)

select * from classes
