with

models as (

    select * from {{ ref('int_models') }}

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

-- A model of the paper is matched with the paper's accelerators only, a user's model with all.
launched as (

    select
        models.model_id,
        models.release_date,
        efficiency.accelerator_id,
        efficiency.launch_date,
        efficiency.gflops_per_watt,
        row_number() over (
            partition by models.model_id, efficiency.accelerator_id
            order by efficiency.gflops_per_watt desc, efficiency.precision asc
        ) as rank_of_precision

    from models
    inner join efficiency
        on models.domain = efficiency.workload
        and models.release_date >= efficiency.launch_date
        and (efficiency.is_in_paper or not models.is_in_paper)

),

at_best_precision as (

    select
        model_id,
        accelerator_id,
        gflops_per_watt,
        launch_date > release_date - interval '{{ var("matching_window_months") }} months' as is_in_window

    from launched
    where rank_of_precision = 1

)

select * from at_best_precision
