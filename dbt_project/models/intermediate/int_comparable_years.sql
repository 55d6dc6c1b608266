with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and top1_accuracy_pct is not null and not is_own and coalesce(how_known, 'seen') <> 'doubtful'

),

years as (

    select
        year(release_date) as release_year,
        arg_min(model_id, (-top1_accuracy_pct, gflops_per_forward_pass, release_date, model_id)) as best_model_id,
        max(top1_accuracy_pct) as best_top1_accuracy_pct

    from models
    group by year(release_date)

),

with_records as (

    select
        *,
        max(best_top1_accuracy_pct) over (order by release_year) as record_top1_accuracy_pct

    from years

),

-- A list that is no census may lack the best of its year; where its own best is well under the record it does.
judged as (

    select
        *,
        best_top1_accuracy_pct >= record_top1_accuracy_pct - 1 as is_comparable

    from with_records

)

select * from judged
