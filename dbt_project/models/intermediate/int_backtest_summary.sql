with

counts as (

    select * from {{ ref('int_backtest_counts') }}

),

binomial_intervals as (

    select * from {{ ref('int_binomial_intervals') }}

),

with_interval as (

    select
        counts.*,
        counts.n_inside / nullif(counts.n_scored, 0) as coverage_of_rows,
        counts.n_chip_designs_inside / nullif(counts.n_chip_designs, 0) as coverage,
        binomial_intervals.share_low as coverage_low,
        binomial_intervals.share_high as coverage_high

    from counts
    left join binomial_intervals
        on counts.n_chip_designs_inside = binomial_intervals.n_successes
        and counts.n_chip_designs = binomial_intervals.n_trials

),

with_comparison as (

    select
        *,
        case
            when n_scored > 0
                then coalesce(
                    mean_log_score > no_change_mean_log_score,
                    mean_absolute_error_log10 < no_change_mean_absolute_error_log10
                )
        end as is_better_than_no_change

    from with_interval

),

-- A band that held is no proof: it is only not refuted.
judged as (

    select
        *,
        case
            when n_scored = 0 then 'nothing to judge'
            when n_chip_designs < 3 then 'too few to judge'
            when coverage_high < {{ var('confidence_level') }} then 'failed'
            when not is_better_than_no_change then 'beaten by no change'
            else 'not refuted'
        end as verdict

    from with_comparison

)

select * from judged
