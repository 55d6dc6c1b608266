with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper and score is not null

),

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend' and is_in_paper

),

records as (

    select * from {{ ref('int_model_records') }}

),

joules_frontier as (

    select * from {{ ref('int_joules_frontier') }}

),

-- Models with a score, as in Figs 11 and 12.
scored_models as (

    select
        models.*,
        inference_energy.joules_per_forward_pass

    from models
    inner join inference_energy on models.model_id = inference_energy.model_id

),

-- 0 for the lowest of a domain, 1 for the highest.
percentiles as (

    select
        *,
        ({{ mean_rank('gflops_per_forward_pass', 'domain') }} - 1) / (count(*) over (partition by domain) - 1) as gflops_percentile,
        ({{ mean_rank('joules_per_forward_pass', 'domain') }} - 1) / (count(*) over (partition by domain) - 1) as joules_percentile

    from scored_models

),

old_models as (

    select
        domain,
        count(*) as n_models,
        count(*) filter (where joules_percentile > 0.5) as n_in_upper_half,
        avg(gflops_percentile) as gflops_percentile,
        avg(joules_percentile) as joules_percentile,
        avg(joules_percentile - gflops_percentile) as rise

    from percentiles
    where release_date < case domain when 'vision' then date '2016-01-01' when 'language' then date '2019-01-01' end
    group by domain

),

ranked_vision_models as (

    select
        percentiles.*,
        records.is_on_gflops_frontier,
        joules_frontier.is_on_joules_frontier,
        {{ mean_rank('percentiles.top1_accuracy_pct', 'percentiles.domain') }} as accuracy_rank

    from percentiles
    inner join records on percentiles.model_id = records.model_id
    inner join joules_frontier on percentiles.model_id = joules_frontier.model_id
    where percentiles.domain = 'vision'

),

-- Below, measures come from aggregates without groups: where data are missing a row of NULLs is left, never no row.
old_models_by_domain as (

    select
        any_value(old_models) filter (where domain = 'vision') as old_vision,
        any_value(old_models) filter (where domain = 'language') as old_language

    from old_models

),

-- A percentile is a rank on another scale, which leaves a rank correlation as it is.
likeness as (

    select
        count(*) as n_models,
        corr(accuracy_rank, gflops_percentile) as spearman_gflops,
        corr(accuracy_rank, joules_percentile) as spearman_joules,
        count(*) filter (where is_on_gflops_frontier and is_on_joules_frontier) as n_on_both,
        count(*) filter (where is_on_gflops_frontier or is_on_joules_frontier) as n_on_either

    from ranked_vision_models

),

caps as (

    select unnest([0.25, 0.5, 1]) as cap_joules

),

affordable_models as (

    select
        caps.cap_joules,
        scored_models.release_date,
        scored_models.top1_accuracy_pct,
        max(scored_models.top1_accuracy_pct) over (
            partition by caps.cap_joules
            order by scored_models.release_date
            range between unbounded preceding and interval 1 day preceding
        ) as earlier_max_accuracy_pct

    from scored_models
    inner join caps on scored_models.joules_per_forward_pass <= caps.cap_joules
    where scored_models.domain = 'vision'

),

-- A year of progress brings a new maximum; the first model of all has nothing to exceed.
progress_by_cap as (

    select
        cap_joules,
        count(distinct year(release_date)) filter (where top1_accuracy_pct > earlier_max_accuracy_pct) as n_years_of_progress,
        max(release_date) filter (where top1_accuracy_pct > earlier_max_accuracy_pct) as last_progress_date,
        arg_min(top1_accuracy_pct, release_date) as first_accuracy_pct,
        max(top1_accuracy_pct) as max_accuracy_pct,
        max(top1_accuracy_pct) filter (where year(release_date) = 2021) as last_year_accuracy_pct

    from affordable_models
    group by cap_joules

),

progress as (

    select
        count(last_year_accuracy_pct) as n_caps,
        count(*) filter (where n_years_of_progress >= 6) as n_steady,
        count(*) filter (where n_years_of_progress >= 6 and last_progress_date >= date '2020-01-01') as n_steady_to_the_end,
        string_agg(
            format(
                '{:.2f} J: new maximum in {} years, the last on {}, from {:.1f} to {:.1f} %, best of 2021 {:.1f} %',
                cap_joules,
                n_years_of_progress,
                last_progress_date,
                first_accuracy_pct,
                max_accuracy_pct,
                last_year_accuracy_pct
            ),
            '; ' order by cap_joules
        ) as progress_in_words

    from progress_by_cap

),

similar_to_fig_4 as (

    select
        'statement-fig-11-similar-to-fig-4' as ledger_id,
        '(a) Spearman''s rank correlation of top-1 accuracy and joules per forward pass over all vision models, and (b) the '
        || 'share of the models on the frontier of accuracy against GFLOPs or against joules that are on both. Holds if (a) '
        || 'is at least 0.5, as is asked of accuracy and GFLOPs, and (b) at least one half; partly if one; else differs. The '
        || 'thresholds are this project''s choice.' as test,
        format(
            '(a) {:.2f} with joules, {:.2f} with GFLOPs (n = {}). (b) {} of {} are on both frontiers.',
            spearman_joules,
            spearman_gflops,
            n_models,
            n_on_both,
            n_on_either
        ) as result,
        case
            when n_on_either = 0 then 'not_shown'
            when spearman_joules >= 0.5 and n_on_both >= 0.5 * n_on_either then 'holds'
            when spearman_joules >= 0.5 or n_on_both >= 0.5 * n_on_either then 'partly'
            else 'differs'
        end as verdict

    from likeness

),

old_models_high_joules as (

    select
        'statement-fig-11-old-models-high-joules' as ledger_id,
        'Mean percentile of the vision models released up to 2015 among all vision models, by GFLOPs and by joules per '
        || 'forward pass. Holds if (a) it rises by at least 0.05 from GFLOPs to joules and (b) is over 0.6 in joules; partly '
        || 'if one; else differs. The year and the thresholds are this project''s choice. That older models move up follows '
        || 'from the method, which gives them less efficient hardware.' as test,
        format(
            'From {:.2f} by GFLOPs to {:.2f} by joules; {} of {} in the upper half by joules.',
            old_vision.gflops_percentile,
            old_vision.joules_percentile,
            old_vision.n_in_upper_half,
            old_vision.n_models
        ) as result,
        case
            when old_vision.rise >= 0.05 and old_vision.joules_percentile > 0.6 then 'holds'
            when old_vision.rise >= 0.05 or old_vision.joules_percentile > 0.6 then 'partly'
            else 'differs'
        end as verdict

    from old_models_by_domain

),

clearer_for_nlp as (

    select
        'statement-fig-12-clearer-for-nlp' as ledger_id,
        'Mean percentile of the language models released up to 2018 among those with a GLUE score, by GFLOPs and by joules '
        || 'per forward pass. Holds if (a) it is at least 0.1 higher by joules than that of the vision models up to 2015 and '
        || '(b) rises more from GFLOPs to joules than theirs; partly if one; else differs. The years and the threshold are '
        || 'this project''s choice, and the old models are very few.' as test,
        format(
            '(a) {:.3f} (n = {}) against {:.3f} in vision (n = {}). (b) A rise of {:.2f} against {:.2f} in vision.',
            old_language.joules_percentile,
            old_language.n_models,
            old_vision.joules_percentile,
            old_vision.n_models,
            old_language.rise,
            old_vision.rise
        ) as result,
        case
            when
                old_language.joules_percentile >= old_vision.joules_percentile + 0.1 and old_language.rise > old_vision.rise
                then 'holds'
            when
                old_language.joules_percentile >= old_vision.joules_percentile + 0.1 or old_language.rise > old_vision.rise
                then 'partly'
            else 'differs'
        end as verdict

    from old_models_by_domain

),

progress_at_constant_energy as (

    select
        'statement-discussion-progress-at-constant-energy' as ledger_id,
        'Highest top-1 accuracy so far among the vision models of at most 0.25, 0.5 and 1 J per forward pass at their '
        || 'release. Holds if under each cap at least 6 of the 9 calendar years from 2013 to 2021 bring a new maximum and 2020 '
        || 'or 2021 is one of them; partly if only the first; else not shown. Caps and years are this project''s choice; 2021 '
        || 'is a part year.' as test,
        progress_in_words || '.' as result,
        case
            when n_caps < 3 then 'not_shown'
            when n_steady_to_the_end = 3 then 'holds'
            when n_steady = 3 then 'partly'
            else 'not_shown'
        end as verdict

    from progress

),

unioned as (

    select * from similar_to_fig_4
    union all by name
    select * from old_models_high_joules
    union all by name
    select * from clearer_for_nlp
    union all by name
    select * from progress_at_constant_energy

)

select * from unioned
