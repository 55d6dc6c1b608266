-- Who is on the frontier at the end of the paper's census is who `models` says is on it, by another way.
with

frontier_over_time as (

    select * from {{ ref('frontier_over_time') }}
    where cohort = 'paper' and is_on_frontier

),

models as (

    select * from {{ ref('models') }}
    where domain = 'vision' and is_in_paper and is_on_gflops_frontier

)

select
    'model ' || coalesce(frontier_over_time.model_id, models.model_id) || ': found '
    || if(models.model_id is null, 'off', 'on') || ' the frontier in models, expected '
    || if(models.model_id is null, 'on', 'off') || ' it as in frontier_over_time' as message
from frontier_over_time
full outer join models on frontier_over_time.model_id = models.model_id
where frontier_over_time.model_id is null or models.model_id is null
