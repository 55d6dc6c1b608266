with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper and domain = 'vision' and top1_accuracy_pct is not null

),

years_in_the_text as (

    select
        subject as model_id,
        cast(printed_value as integer) as release_year

    from {{ ref('int_printed_results') }}
    where measure = 'release_year' and printed_in like 'Text%'

),

dated as (

    select
        models.*,
        year(models.release_date) as release_year,
        coalesce(years_in_the_text.release_year, year(models.release_date)) as release_year_in_the_text

    from models
    left join years_in_the_text on models.model_id = years_in_the_text.model_id

),

-- The text states a year and no day: a model that is the best of that year enters at the day of its table.
best_by_the_text as (

    select
        'text_year' as vintage,
        model_id

    from dated
    qualify row_number() over (
        partition by release_year_in_the_text
        order by top1_accuracy_pct desc, gflops_per_forward_pass asc, release_date asc, model_id asc
    ) = 1

),

-- Of equal accuracy the one with the most GFLOPs, and of these the latest.
best_by_the_other_tie_rule as (

    select
        'other_tie_rule' as vintage,
        model_id

    from dated
    qualify row_number() over (
        partition by release_year
        order by top1_accuracy_pct desc, gflops_per_forward_pass desc, release_date desc, model_id desc
    ) = 1

),

unioned as (

    select * from best_by_the_text
    union all by name
    select * from best_by_the_other_tie_rule

)

select * from unioned
