with

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend' and is_in_paper

),

models as (

    select * from {{ ref('int_models') }}

),

priced_models as (

    select
        inference_energy.domain,
        inference_energy.release_date,
        inference_energy.joules_per_forward_pass,
        models.gflops_per_forward_pass

    from inference_energy
    inner join models on inference_energy.model_id = models.model_id

),

yearly as (

    select
        domain,
        cast(year(release_date) as integer) as release_year,
        cast(count(*) as integer) as n_models,
        avg(joules_per_forward_pass) as mean_joules_per_forward_pass,
        exp(avg(ln(joules_per_forward_pass))) as geometric_mean_joules_per_forward_pass,
        median(joules_per_forward_pass) as median_joules_per_forward_pass,
        avg(gflops_per_forward_pass) as mean_gflops_per_forward_pass,
        exp(avg(ln(gflops_per_forward_pass))) as geometric_mean_gflops_per_forward_pass,
        median(gflops_per_forward_pass) as median_gflops_per_forward_pass

    from priced_models
    group by domain, year(release_date)

)

select * from yearly
