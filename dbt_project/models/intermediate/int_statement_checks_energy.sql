with

trends as (

    select * from {{ ref('int_trends') }}
    where vintage = 'paper'

),

statement_lines as (

    select * from {{ ref('int_statement_lines') }}

),

-- One row, and NULL for a trend that is missing. Every interval of joules holds the error of the hardware trend as well.
energy_trends as (

    select
        any_value(trends) filter (where trend_id = 'vision_gflops_all') as vision_gflops_all,
        any_value(trends) filter (where trend_id = 'vision_gflops_best_of_year') as vision_gflops_best,
        any_value(trends) filter (where trend_id = 'vision_joules_all') as vision_all,
        any_value(trends) filter (where trend_id = 'vision_joules_best_of_year') as vision_best,
        any_value(trends) filter (where trend_id = 'language_joules_all') as language_all,
        any_value(trends) filter (where trend_id = 'language_joules_all_128_tokens') as language_128_tokens,
        any_value(trends) filter (where trend_id = 'language_joules_most_demanding') as language_most_demanding

    from trends

),

regular_language_models as (

    select any_value(statement_lines) filter (where line_id = 'language_joules_undemanding') as undemanding
    from statement_lines

),

hardware_softens as (

    select
        'statement-fig-9-hardware-softens' as ledger_id,
        'Growth of joules against growth of GFLOPs per forward pass, for the best vision model of each year and for all. '
        || 'Holds if joules grow more slowly in both; else differs. An identity of the method, not a finding: joules are '
        || 'GFLOPs over the efficiency that the hardware trend gives for the release date, so the slopes differ by the slope '
        || 'of the hardware.' as test,
        format(
            'Best of year: x{:.2f} a year in GFLOPs, x{:.2f} in joules; all: x{:.2f} and x{:.2f}.',
            vision_gflops_best.growth_per_year,
            vision_best.growth_per_year,
            vision_gflops_all.growth_per_year,
            vision_all.growth_per_year
        ) as result,
        case
            when
                vision_best.slope_log10_per_year < vision_gflops_best.slope_log10_per_year
                and vision_all.slope_log10_per_year < vision_gflops_all.slope_log10_per_year
                then 'holds'
            else 'differs'
        end as verdict

    from energy_trends

),

best_still_exponential as (

    select
        'statement-fig-9-best-still-exponential' as ledger_id,
        'Straight line through log10 joules per forward pass of the best vision model of each year. Holds if the 95 % '
        || 'interval of the slope lies above 0 and R2 is at least 0.8; partly if only the first; not shown if the interval '
        || 'holds 0; else differs. The 0.8 is this project''s choice. The points are selected maxima: the interval is '
        || 'descriptive.' as test,
        format('Slope {}, R2 {:.3f}.', {{ slope_text('vision_best') }}, vision_best.r_squared) as result,
        case
            when {{ grows_exponentially('vision_best') }} then 'holds'
            when vision_best.slope_low > 0 then 'partly'
            when vision_best.slope_high >= 0 then 'not_shown'
            else 'differs'
        end as verdict

    from energy_trends

),

all_models_horizontal as (

    select
        'statement-fig-9-all-models-horizontal' as ledger_id,
        'Straight line through log10 joules per forward pass of all vision models. Holds if the 95 % interval of the slope '
        || 'holds 0 and the growth is under 10 % a year either way; partly if only one; else differs. The 10 % is this '
        || 'project''s choice. An interval that holds 0 does not show that energy is flat.' as test,
        format(
            'Slope {}, that is {:+.1f} % [{:+.0f} %, {:+.0f} %] a year, R2 {:.3f}.',
            {{ slope_text('vision_all') }},
            100 * (vision_all.growth_per_year - 1),
            100 * (vision_all.growth_per_year_low - 1),
            100 * (vision_all.growth_per_year_high - 1),
            vision_all.r_squared
        ) as result,
        case
            when {{ is_almost_flat('vision_all') }} then 'holds'
            when
                (vision_all.slope_low <= 0 and vision_all.slope_high >= 0)
                or abs(vision_all.growth_per_year - 1) < 0.1
                then 'partly'
            else 'differs'
        end as verdict

    from energy_trends

),

similar_picture as (

    select
        'statement-fig-10-similar-picture' as ledger_id,
        'The two checks of Fig. 9, on language: (a) the most demanding models grow exponentially (95 % interval of the slope '
        || 'above 0, R2 at least 0.8), and (b) the line of all is almost flat (interval holds 0, growth under 10 % a year '
        || 'either way). Holds if both; partly if one; else differs. The thresholds are this project''s choice. The most '
        || 'demanding are selected by GFLOPs, not by score as in vision, and input lengths are mixed.' as test,
        format(
            '(a) Slope {}, R2 {:.3f}. (b) Slope {}, that is {:+.0f} % [{:+.0f} %, {:+.0f} %] a year.',
            {{ slope_text('language_most_demanding') }},
            language_most_demanding.r_squared,
            {{ slope_text('language_all') }},
            100 * (language_all.growth_per_year - 1),
            100 * (language_all.growth_per_year_low - 1),
            100 * (language_all.growth_per_year_high - 1)
        ) as result,
        case
            when
                {{ grows_exponentially('language_most_demanding') }}
                and {{ is_almost_flat('language_all') }}
                then 'holds'
            when
                {{ grows_exponentially('language_most_demanding') }}
                or {{ is_almost_flat('language_all') }}
                then 'partly'
            else 'differs'
        end as verdict

    from energy_trends

),

effects_do_not_cancel as (

    select
        'statement-forecasting-effects-do-not-cancel' as ledger_id,
        'Straight lines through log10 joules per forward pass of the top models (best of year in vision, most demanding in '
        || 'language) and of all. Holds if in both domains the 95 % interval lies above 0 for the top and holds 0 for all; '
        || 'partly if so in one domain; else differs. The lines of the top models run through selected maxima: their intervals '
        || 'are descriptive.' as test,
        format(
            'Slopes in vision: top {}; all {}. In language: top {}; all {}.',
            {{ slope_text('vision_best') }},
            {{ slope_text('vision_all') }},
            {{ slope_text('language_most_demanding') }},
            {{ slope_text('language_all') }}
        ) as result,
        case
            when
                vision_best.slope_low > 0
                and vision_all.slope_low <= 0
                and vision_all.slope_high >= 0
                and language_most_demanding.slope_low > 0
                and language_all.slope_low <= 0
                and language_all.slope_high >= 0
                then 'holds'
            when
                (vision_best.slope_low > 0 and vision_all.slope_low <= 0 and vision_all.slope_high >= 0)
                or (language_most_demanding.slope_low > 0 and language_all.slope_low <= 0 and language_all.slope_high >= 0)
                then 'partly'
            else 'differs'
        end as verdict

    from energy_trends

),

best_nlp_faster as (

    select
        'statement-fig-14-best-nlp-faster' as ledger_id,
        'Slope of log10 joules per forward pass of the most demanding language models against that of the best vision model '
        || 'of each year. Holds if its 95 % interval lies above that of vision; partly if only the slope is larger; else '
        || 'differs. Both lines run through selected maxima, and the language models are selected by GFLOPs, not by score.' as test,
        format(
            'Slope in language {}; in vision {}.',
            {{ slope_text('language_most_demanding') }},
            {{ slope_text('vision_best') }}
        ) as result,
        case
            when language_most_demanding.slope_low > vision_best.slope_high then 'holds'
            when language_most_demanding.slope_log10_per_year > vision_best.slope_log10_per_year then 'partly'
            else 'differs'
        end as verdict

    from energy_trends

),

regular_nlp_decrease as (

    select
        'statement-fig-14-regular-nlp-decrease' as ledger_id,
        'Straight line through log10 joules per forward pass of all language models. Holds if the 95 % interval of the '
        || 'slope lies under 0; partly if only the slope is under 0; not shown if the slope is not and the interval holds 0; '
        || 'else differs. The paper does not say which models are regular, and input lengths are mixed: the models of 128 '
        || 'tokens and those that were never the most demanding are given for comparison.' as test,
        format(
            'Slope of all {}; with an input of 128 tokens {}; never the most demanding {:.3f} [{:.3f}, {:.3f}] (n = {}).',
            {{ slope_text('energy_trends.language_all') }},
            {{ slope_text('energy_trends.language_128_tokens') }},
            regular_language_models.undemanding.slope,
            regular_language_models.undemanding.slope_low,
            regular_language_models.undemanding.slope_high,
            regular_language_models.undemanding.n_points
        ) as result,
        case
            when energy_trends.language_all.slope_high < 0 then 'holds'
            when energy_trends.language_all.slope_log10_per_year < 0 then 'partly'
            when energy_trends.language_all.slope_low > 0 then 'differs'
            else 'not_shown'
        end as verdict

    from energy_trends
    cross join regular_language_models

),

general_use_constant_energy as (

    select
        'statement-discussion-general-use-constant-energy' as ledger_id,
        'Growth of joules per forward pass over all vision models. Holds if its 95 % interval lies within 10 % a year '
        || 'either way; not shown if it is wider and holds 0; else differs. The 10 % is this project''s choice. The paper does '
        || 'not define general use, and the rows of Table 2 are no sample of what is used.' as test,
        format(
            '{:+.1f} % [{:+.0f} %, {:+.0f} %] a year, R2 {:.3f}.',
            100 * (vision_all.growth_per_year - 1),
            100 * (vision_all.growth_per_year_low - 1),
            100 * (vision_all.growth_per_year_high - 1),
            vision_all.r_squared
        ) as result,
        case
            when vision_all.growth_per_year_low >= 0.9 and vision_all.growth_per_year_high <= 1.1 then 'holds'
            when vision_all.slope_low <= 0 and vision_all.slope_high >= 0 then 'not_shown'
            else 'differs'
        end as verdict

    from energy_trends

),

unioned as (

    select * from hardware_softens
    union all by name
    select * from best_still_exponential
    union all by name
    select * from all_models_horizontal
    union all by name
    select * from similar_picture
    union all by name
    select * from effects_do_not_cancel
    union all by name
    select * from best_nlp_faster
    union all by name
    select * from regular_nlp_decrease
    union all by name
    select * from general_use_constant_energy

)

select * from unioned
