with

paper_models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

energy as (

    select * from {{ ref('int_inference_energy') }}

),

-- The GFLOPs that would take the calibrated joules at the estimated efficiency. A model of a family that was not measured has none.
models as (

    select
        paper_models.*,
        paper_models.gflops_per_forward_pass * calibrated.joules_per_forward_pass / estimated.joules_per_forward_pass
            as calibrated_gflops_per_forward_pass

    from paper_models
    inner join energy as estimated
        on paper_models.model_id = estimated.model_id
        and estimated.matching_policy = 'trend'
    inner join energy as calibrated
        on paper_models.model_id = calibrated.model_id
        and calibrated.matching_policy = 'calibrated'
    where calibrated.joules_per_forward_pass is not null

),

{{ record_lows_at_accuracy('calibrated_gflops_per_forward_pass') }}

select * from record_lows
