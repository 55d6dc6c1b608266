with

frontier_over_time as (

    select
        cohort,
        model_id,
        entry_date,
        exit_date,
        is_on_frontier,
        years_on_frontier,
        pushed_off_by_model_id,
        top1_accuracy_pct,
        gflops_per_forward_pass,
        extra_training_data,
        observed_until

    from {{ ref('int_frontier_over_time') }}

)

select * from frontier_over_time
