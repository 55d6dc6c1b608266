with

yearly_energy as (

    select
        domain,
        release_year,
        n_models,
        mean_joules_per_forward_pass,
        geometric_mean_joules_per_forward_pass,
        median_joules_per_forward_pass,
        mean_gflops_per_forward_pass,
        geometric_mean_gflops_per_forward_pass,
        median_gflops_per_forward_pass

    from {{ ref('int_yearly_energy') }}

)

select * from yearly_energy
