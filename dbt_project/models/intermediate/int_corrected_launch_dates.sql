with

epoch as (

    select * from {{ ref('stg_accelerators_in_epoch') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

-- A month is easily misread in a list of dates, another day or year is another event: only the first kind is corrected.
a_month_later as (

    select distinct
        accelerators.accelerator_id,
        epoch.launch_date

    from epoch
    inner join accelerator_names on epoch.accelerator_printed_name = accelerator_names.printed_name
    inner join accelerators
        on accelerator_names.accelerator_id = accelerators.accelerator_id
        and cast(accelerators.launch_date + interval 1 month as date) = epoch.launch_date

)

select * from a_month_later
