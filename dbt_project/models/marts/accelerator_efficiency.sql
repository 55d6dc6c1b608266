with

accelerator_efficiency as (

    select
        accelerator_id,
        precision,
        workload,
        precision_class,
        accelerator_name,
        maker,
        chip_design,
        segment,
        launch_date,
        is_adapted,
        tflops,
        tdp_watts,
        speedup_over_fp32,
        baseline_accelerator_id,
        derate_source,
        gflops_per_watt,
        is_doubtful,
        is_in_paper,
        is_own

    from {{ ref('int_accelerator_efficiency') }}

)

select * from accelerator_efficiency
