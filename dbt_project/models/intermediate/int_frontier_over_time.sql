with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and score is not null and gflops_per_forward_pass is not null

),

cohorts as (

    {{ in_cohorts('models') }}

),

-- Rows since the paper are chosen, not a census: who left the frontier after it is not known from them.
census as (

    select
        *,
        max(release_date) over (partition by cohort) as observed_until

    from cohorts
    where cohort = 'paper'

),

-- Models of one day, score and cost share their fate, and one stands for them all. It is compared with every other, so that the
-- cost grows with the square of what differs and not of the rows.
places as (

    select
        cohort,
        release_date,
        score,
        gflops_per_forward_pass,
        min(model_id) as model_id

    from census
    group by cohort, release_date, score, gflops_per_forward_pass

),

-- Once beaten, always beaten: a place leaves the frontier on the first day with another that scores as much, needs no more, and
-- is better in one of the two. Of several on that day the cheapest, which itself is on the frontier then.
beaten as (

    select
        places.cohort,
        places.release_date,
        places.score,
        places.gflops_per_forward_pass,
        others.release_date as exit_date,
        others.model_id as pushed_off_by_model_id

    from places
    inner join places as others
        on places.cohort = others.cohort
        and places.score <= others.score
        and places.gflops_per_forward_pass >= others.gflops_per_forward_pass
        and (places.score < others.score or places.gflops_per_forward_pass > others.gflops_per_forward_pass)
    qualify row_number() over (
        partition by places.cohort, places.release_date, places.score, places.gflops_per_forward_pass
        order by others.release_date asc, others.gflops_per_forward_pass asc, others.score desc, others.model_id asc
    ) = 1

),

-- Who was beaten by the day of release never was on it.
ever_on_frontier as (

    select
        census.cohort,
        census.model_id,
        census.model_name,
        census.extra_training_data,
        census.top1_accuracy_pct,
        census.gflops_per_forward_pass,
        census.release_date as entry_date,
        beaten.exit_date,
        beaten.pushed_off_by_model_id,
        census.observed_until,
        beaten.exit_date is null as is_on_frontier,
        {{ years_since_origin('coalesce(beaten.exit_date, census.observed_until)') }}
        - {{ years_since_origin('census.release_date') }} as years_on_frontier

    from census
    left join beaten
        on census.cohort = beaten.cohort
        and census.release_date = beaten.release_date
        and census.score = beaten.score
        and census.gflops_per_forward_pass = beaten.gflops_per_forward_pass
    where beaten.exit_date is null or beaten.exit_date > census.release_date

)

select * from ever_on_frontier
