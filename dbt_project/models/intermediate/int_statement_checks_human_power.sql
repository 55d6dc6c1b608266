with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

inference_energy as (

    select * from {{ ref('int_inference_energy') }}
    where matching_policy = 'trend' and is_in_paper

),

yearly_energy as (

    select * from {{ ref('int_yearly_energy') }}

),

human_power as (

    select * from {{ ref('int_human_power') }}

),

forecasts as (

    select * from {{ ref('int_forecasts') }}
    where trend_id = 'vision_joules_best_of_year' and vintage = 'paper'

),

priced_models as (

    select
        models.domain,
        models.model_name,
        inference_energy.joules_per_forward_pass,
        inference_energy.joules_per_forward_pass_low,
        inference_energy.joules_per_forward_pass_high

    from models
    inner join inference_energy on models.model_id = inference_energy.model_id

),

-- Measures come from aggregates without groups: where data are missing a row of NULLs is left, never no row.
human_watts as (

    select
        any_value(reference_watts) filter (where human_reference = 'somatic') as somatic_watts,
        any_value(reference_watts) filter (where human_reference = 'external') as external_watts

    from human_power

),

largest_joules as (

    select
        max(joules_per_forward_pass) filter (where domain = 'vision') as vision_joules,
        arg_max(joules_per_forward_pass_low, joules_per_forward_pass) filter (where domain = 'vision') as vision_joules_low,
        arg_max(joules_per_forward_pass_high, joules_per_forward_pass) filter (where domain = 'vision') as vision_joules_high,
        arg_max(model_name, joules_per_forward_pass) filter (where domain = 'vision') as vision_model_name,
        max(joules_per_forward_pass) filter (where domain = 'language') as language_joules,
        arg_max(model_name, joules_per_forward_pass) filter (where domain = 'language') as language_model_name

    from priced_models

),

last_year as (

    select
        max(release_year) as release_year,
        arg_max(mean_joules_per_forward_pass, release_year) as mean_joules

    from yearly_energy
    where domain = 'vision'

),

crossings_in_words as (

    select
        human_reference,
        case when state = 'never' then 'never crosses it' else format('crosses it in {:.1f}', crossing_year) end as in_words

    from forecasts

),

somatic_crossing as (

    select any_value(in_words) filter (where human_reference = 'somatic') as crossing_in_words
    from crossings_in_words

),

language_above_somatic as (

    select
        coalesce(
            string_agg(
                format('{} {:,.0f} J', priced_models.model_name, priced_models.joules_per_forward_pass),
                ', ' order by priced_models.joules_per_forward_pass
            ),
            'none'
        ) as models_above

    from priced_models
    cross join human_watts
    where priced_models.domain = 'language' and priced_models.joules_per_forward_pass > human_watts.somatic_watts

),

-- With one pass a second, joules per pass are watts.
against_humans as (

    select
        largest_joules.*,
        human_watts.somatic_watts,
        human_watts.external_watts,
        last_year.release_year,
        last_year.mean_joules,
        somatic_crossing.crossing_in_words,
        language_above_somatic.models_above,
        largest_joules.vision_joules / human_watts.somatic_watts as share_of_somatic,
        largest_joules.vision_joules / human_watts.external_watts as share_of_external,
        largest_joules.language_joules / human_watts.external_watts as language_share_of_external,
        last_year.mean_joules / human_watts.somatic_watts as mean_share_of_somatic

    from largest_joules
    cross join human_watts
    cross join last_year
    cross join somatic_crossing
    cross join language_above_somatic

),

best_approaches_somatic as (

    select
        'statement-fig-13-best-approaches-somatic' as ledger_id,
        'Largest joules per forward pass of a vision model over the energy of a human body in one second. Holds from 0.1 to '
        || '1; partly from 0.01 to 0.1; else differs. The thresholds are this project''s choice. Joules are those of the median '
        || 'accelerator at release, without host, cooling or network; the bracket is for one unknown accelerator of that date '
        || 'and does not enter the rule.' as test,
        format(
            '{} needs {:.1f} [{:.1f}, {:.1f}] J, {:.0f} % of the {:.2f} J of a body.',
            vision_model_name,
            vision_joules,
            vision_joules_low,
            vision_joules_high,
            100 * share_of_somatic,
            somatic_watts
        ) as result,
        case
            when share_of_somatic between 0.1 and 1 then 'holds'
            when share_of_somatic between 0.01 and 0.1 then 'partly'
            else 'differs'
        end as verdict

    from against_humans

),

far_from_external as (

    select
        'statement-fig-13-far-from-external' as ledger_id,
        'Largest joules per forward pass of a vision model over the external energy of a person (primary energy, USA) in '
        || 'one second. Holds under 0.1; partly under 0.5; else differs. The thresholds are this project''s choice. A pass of '
        || 'the largest language model, given for comparison, is a prefill of its whole input, neither an answer nor a token.' as test,
        format(
            '{} needs {:.1f} J, {:.1f} % of {:,.0f} J; in language {} needs {:,.0f} J, {:.0f} %.',
            vision_model_name,
            vision_joules,
            100 * share_of_external,
            external_watts,
            language_model_name,
            language_joules,
            100 * language_share_of_external
        ) as result,
        case
            when share_of_external < 0.1 then 'holds'
            when share_of_external < 0.5 then 'partly'
            else 'differs'
        end as verdict

    from against_humans

),

pass_per_second_below_somatic as (

    select
        'statement-fig-13-pass-per-second-below-somatic' as ledger_id,
        'Watts of one forward pass a second, by the largest joules of a vision model and by the mean of the last year, '
        || 'against the watts of a human body. Holds if the largest is under one half; partly if only the mean is; else '
        || 'differs. The half is this project''s choice. The bracket is for one unknown accelerator of the date and does not '
        || 'enter the rule; language models above the body already are named for comparison.' as test,
        format(
            'Mean of {}: {:.2f} W, {:.1f} %; largest: {:.1f} [{:.1f}, {:.1f}] W, {:.0f} % of {:.2f} W. '
            || 'The best-of-year line {}; language models above it: {}.',
            release_year,
            mean_joules,
            100 * mean_share_of_somatic,
            vision_joules,
            vision_joules_low,
            vision_joules_high,
            100 * share_of_somatic,
            somatic_watts,
            crossing_in_words,
            models_above
        ) as result,
        case
            when share_of_somatic < 0.5 then 'holds'
            when mean_share_of_somatic < 0.5 then 'partly'
            else 'differs'
        end as verdict

    from against_humans

),

unioned as (

    select * from best_approaches_somatic
    union all by name
    select * from far_from_external
    union all by name
    select * from pass_per_second_below_somatic

)

select * from unioned
