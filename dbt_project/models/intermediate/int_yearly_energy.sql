with

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend' and is_in_paper

),

yearly as (

    select
        domain,
        cast(year(release_date) as integer) as release_year,
        cast(count(*) as integer) as n_models,
        avg(joules_per_forward_pass) as mean_joules_per_forward_pass,
        exp(avg(ln(joules_per_forward_pass))) as geometric_mean_joules_per_forward_pass,
        median(joules_per_forward_pass) as median_joules_per_forward_pass

    from inference_energy
    group by domain, year(release_date)

)

select * from yearly
