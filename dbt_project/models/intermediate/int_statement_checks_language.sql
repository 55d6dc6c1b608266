with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'language' and is_in_paper

),

lags as (

    select * from {{ ref('int_consolidation_lags') }}
    where domain = 'language' and cost = 'gflops' and tolerance_points = 0

),

-- A leader counts once it was observed for two years: counting younger ones only if they were reached would favour success.
cheaper_equals as (

    select
        count(*) filter (where cost_factor = 2 and observed_years >= 2) as n_decided,
        count(*) filter (where cost_factor = 2 and observed_years >= 2 and lag_years <= 2) as n_reached_in_time,
        count(lag_years) filter (where cost_factor = 10) as n_reached_at_a_tenth,
        string_agg(
            format('{} after {:.2f} years', model_name, lag_years), ', ' order by release_date
        ) filter (where cost_factor = 2 and observed_years >= 2) as reached_leaders

    from lags

),

scored_models as (

    select * from models
    where glue_score is not null

),

-- Of the models of one day and score the cheapest stands for all: if it does not match an older model, none does.
cheapest_models as (

    select * from scored_models
    qualify gflops_per_forward_pass = min(gflops_per_forward_pass) over (partition by release_date, glue_score)

),

old_models as (

    select
        models.model_id,
        count(later_models.model_id) > 0 as is_matched,
        coalesce(
            bool_or(
                later_models.glue_score > models.glue_score
                and later_models.gflops_per_forward_pass < models.gflops_per_forward_pass
            ),
            false
        ) as is_beaten_on_both

    from scored_models as models
    left join cheapest_models as later_models
        on models.release_date < later_models.release_date
        and models.glue_score <= later_models.glue_score
        and models.gflops_per_forward_pass >= later_models.gflops_per_forward_pass
    where models.release_date < date '2019-01-01'
    group by models.model_id

),

old_models_beaten as (

    select
        count(*) as n_old,
        count(*) filter (where is_matched) as n_matched,
        count(*) filter (where is_beaten_on_both) as n_beaten_on_both

    from old_models

),

plotted_over_captioned as (

    select
        max(gflops_per_128_tokens / gflops_per_token) as max_ratio_128_tokens,
        min(gflops_per_forward_pass / gflops_per_token) as min_ratio_forward_pass,
        max(gflops_per_forward_pass / gflops_per_token) as max_ratio_forward_pass

    from models

),

last_year as (

    select max(year(release_date)) as release_year from models

),

last_year_models as (

    select
        any_value(last_year.release_year) as release_year,
        count(*) as n_models,
        count(*) filter (where models.gflops_per_forward_pass <= 30) as n_low_compute

    from models
    inner join last_year on year(models.release_date) = last_year.release_year

),

fewer_flops_same_score as (

    select
        'statement-fig-5-fewer-flops-same-score' as ledger_id,
        'Time from the release of each model that then led the GLUE scores to the first model of at least its score at no '
        || 'more than half its GFLOPs, among leaders observed for 2 years. Holds if there are at least three and two thirds '
        || 'were reached in 2 years; partly if one third; else differs. Half, 2 years, three and the shares are this project''s '
        || 'choice. Scores with and without the WNLI task, and one of the development set, are compared as printed.' as test,
        format(
            'At half the GFLOPs {} of {} leaders within 2 years ({}); at a tenth {}.',
            n_reached_in_time,
            n_decided,
            coalesce(reached_leaders, 'none'),
            n_reached_at_a_tenth
        ) as result,
        case
            when n_decided = 0 then 'not_shown'
            when n_decided >= 3 and n_reached_in_time >= n_decided * 2 / 3 then 'holds'
            when n_reached_in_time >= n_decided / 3 then 'partly'
            else 'differs'
        end as verdict

    from cheaper_equals

),

old_models_inefficient as (

    select
        'statement-fig-5-old-models-inefficient' as ledger_id,
        'For each model with a GLUE score released before 2019: is there a later one with at least its score and at most '
        || 'its GFLOPs, and one that is strictly better in both? Holds if there is for all and strictly for at least three '
        || 'quarters; partly if for at least half; else differs. The year and the shares are this project''s choice; the '
        || 'models are few.' as test,
        format('There is one for {} of {}, strictly better in both for {}.', n_matched, n_old, n_beaten_on_both) as result,
        case
            when n_old = 0 then 'not_shown'
            when n_matched = n_old and n_beaten_on_both >= 0.75 * n_old then 'holds'
            when n_matched >= 0.5 * n_old then 'partly'
            else 'differs'
        end as verdict

    from old_models_beaten

),

gflops_per_token as (

    select
        'statement-fig-5-6-15-gflops-per-token' as ledger_id,
        'The GFLOPs that the text and the values of Table 7 have in these figures (an input of 128 tokens in Figs 5 and 15, '
        || 'of the model''s own length in Fig. 6) over GFLOPs per token, as the captions say. Holds if the ratio is 1 for all '
        || 'models; else differs. The ratio is the input length by definition: the check is of the words.' as test,
        format(
            'Figs 5 and 15: up to {:.0f} times the GFLOPs per token; Fig. 6: {:.0f} to {:.0f} times.',
            max_ratio_128_tokens,
            min_ratio_forward_pass,
            max_ratio_forward_pass
        ) as result,
        case
            -- No ratio is under 1: an input has at least one token.
            when max_ratio_128_tokens = 1 and max_ratio_forward_pass = 1 then 'holds'
            else 'differs'
        end as verdict

    from plotted_over_captioned

),

low_compute_pocket as (

    select
        'statement-fig-6-low-compute-pocket' as ledger_id,
        'How many of the language models of the last year of Table 7 need at most 30 GFLOPs per forward pass? Holds from '
        || 'half on; partly from a quarter on; else differs. The 30 GFLOPs and the shares are this project''s choice.' as test,
        format('{} of {} models of {} do.', n_low_compute, n_models, release_year) as result,
        case
            when n_models = 0 then 'not_shown'
            when n_low_compute >= 0.5 * n_models then 'holds'
            when n_low_compute >= 0.25 * n_models then 'partly'
            else 'differs'
        end as verdict

    from last_year_models

),

unioned as (

    select * from fewer_flops_same_score
    union all by name
    select * from old_models_inefficient
    union all by name
    select * from gflops_per_token
    union all by name
    select * from low_compute_pocket

)

select * from unioned
