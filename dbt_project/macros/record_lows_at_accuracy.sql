{#-
    The steps from `models` to `record_lows`: for each accuracy, with and without models trained on extra data, the days on which
    the lowest `cost` of a model that reaches it fell, the first day that reaches it among them.
-#}
{% macro record_lows_at_accuracy(cost) -%}
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
        models.{{ cost }}

    from thresholds
    cross join subsets
    inner join models
        on thresholds.accuracy_threshold_pct <= models.top1_accuracy_pct
        and (subsets.subset = 'all_models' or models.extra_training_data is null)
    qualify row_number() over (
        partition by thresholds.accuracy_threshold_pct, subsets.subset, models.release_date
        order by models.{{ cost }}, models.model_id
    ) = 1

),

compared as (

    select
        *,
        min({{ cost }}) over (
            partition by accuracy_threshold_pct, subset
            order by release_date
            rows between unbounded preceding and 1 preceding
        ) as earlier_min_{{ cost }}

    from accurate_enough

),

-- Only days with a new low; the first day that reaches the accuracy is one.
record_lows as (

    select
        accuracy_threshold_pct,
        subset,
        release_date,
        model_id,
        {{ cost }}

    from compared
    where earlier_min_{{ cost }} is null or {{ cost }} < earlier_min_{{ cost }}

)
{%- endmacro %}
