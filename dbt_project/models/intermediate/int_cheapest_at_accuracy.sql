with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

thresholds as (

    select unnest([70, 75, 80, 85]) as accuracy_threshold_pct

),

subsets as (

    select unnest(['all_models', 'without_extra_data']) as subset

),

accurate_enough as (

    select
        thresholds.accuracy_threshold_pct,
        subsets.subset,
        models.release_date,
        models.model_id,
        models.gflops_per_forward_pass

    from thresholds
    cross join subsets
    inner join models
        on thresholds.accuracy_threshold_pct <= models.top1_accuracy_pct
        and (subsets.subset = 'all_models' or models.extra_training_data is null)
    qualify row_number() over (
        partition by thresholds.accuracy_threshold_pct, subsets.subset, models.release_date
        order by models.gflops_per_forward_pass, models.model_id
    ) = 1

),

compared as (

    select
        *,
        min(gflops_per_forward_pass) over (
            partition by accuracy_threshold_pct, subset
            order by release_date
            rows between unbounded preceding and 1 preceding
        ) as earlier_min_gflops_per_forward_pass

    from accurate_enough

),

-- Only days with a new low; the first day that reaches the accuracy is one.
record_lows as (

    select
        accuracy_threshold_pct,
        subset,
        release_date,
        model_id,
        gflops_per_forward_pass

    from compared
    where earlier_min_gflops_per_forward_pass is null or gflops_per_forward_pass < earlier_min_gflops_per_forward_pass

)

select * from record_lows
