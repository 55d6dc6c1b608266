with

accelerator_efficiency as (

    select
        accelerator_id,
        precision,
        workload,
        accelerator_name,
        segment,
        launch_date,
        is_adapted,
        tflops,
        tdp_watts,
        speedup_over_fp32,
        baseline_accelerator_id,
        gflops_per_watt,
        is_in_paper

    from {{ ref('int_accelerator_efficiency') }}

)

select * from accelerator_efficiency
