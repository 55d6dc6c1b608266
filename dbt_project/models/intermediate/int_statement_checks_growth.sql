with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

trends as (

    select * from {{ ref('int_trends') }}
    where vintage = 'paper'

),

statement_lines as (

    select * from {{ ref('int_statement_lines') }}

),

-- One row, and NULL for a trend that is missing.
growth as (

    select
        any_value(trends) filter (where trend_id = 'vision_gflops_best_of_year') as vision_best,
        any_value(trends) filter (where trend_id = 'vision_gflops_all') as vision_all,
        any_value(trends) filter (where trend_id = 'language_gflops_most_demanding') as language_most_demanding,
        any_value(trends) filter (where trend_id = 'language_gflops_all') as language_all

    from trends

),

recent_models as (

    select
        models.model_id,
        log10(models.gflops_per_forward_pass)
        - (growth.vision_best.intercept_log10 + growth.vision_best.slope_log10_per_year * models.years_since_origin)
            as log10_distance

    from models
    cross join growth
    where models.domain = 'vision' and models.release_date >= date '2019-01-01'

),

recent_share as (

    select
        count(*) as n_models,
        count(*) filter (where log10_distance <= -1) as n_far_below

    from recent_models

),

-- On the same models the slope of log joules is that of log parameters plus that of log joules per parameter.
energy_and_parameters as (

    select
        trends.trend_id,
        trends.growth_per_year as joules_growth_per_year,
        statement_lines.slope,
        statement_lines.slope_low,
        statement_lines.slope_high,
        trends.growth_per_year / power(1e1, statement_lines.slope) as params_growth_per_year,
        trends.domain || ', ' || replace(trends.subset, '_', ' ') as set_name

    from trends
    inner join statement_lines on statement_lines.line_id = replace(trends.trend_id, 'joules', 'joules_per_parameter')
    where trends.quantity = 'joules_per_forward_pass'

),

energy_against_parameters as (

    select
        count(slope) as n_subsets,
        count(*) filter (where slope < 0) as n_slower,
        string_agg(
            format(
                '{}: joules x{:#.3g} and parameters x{:#.3g} a year, joules per parameter slope {:.3f} [{:.3f}, {:.3f}]',
                set_name,
                joules_growth_per_year,
                params_growth_per_year,
                slope,
                slope_low,
                slope_high
            ),
            '; ' order by trend_id desc
        ) as growth_by_subset

    from energy_and_parameters

),

best_of_year_exponential as (

    select
        'statement-fig-3-best-of-year-exponential' as ledger_id,
        'Straight line through log10 GFLOPs of the most accurate vision model of each year. Holds if the 95 % interval of '
        || 'the slope lies above 0 and R2 is at least 0.8; partly if only the first; not shown if the interval holds 0; else '
        || 'differs. The 0.8 is this project''s choice. The points are selected maxima, one a year: the interval is '
        || 'descriptive.' as test,
        format('Slope {}, R2 {:.3f}.', {{ slope_text('vision_best') }}, vision_best.r_squared) as result,
        case
            when vision_best.slope_low > 0 and vision_best.r_squared >= 0.8 then 'holds'
            when vision_best.slope_low > 0 then 'partly'
            when vision_best.slope_low <= 0 and vision_best.slope_high >= 0 then 'not_shown'
            else 'differs'
        end as verdict

    from growth

),

not_all_models_grow as (

    select
        'statement-fig-3-not-all-models-grow' as ledger_id,
        '(a) Does the 95 % interval of the slope over all vision models lie under that over the best of each year? (b) Do '
        || 'at least half of the models released from 2019 on need at most a tenth of the GFLOPs of the best-of-year line at '
        || 'their date? Holds if both; partly if one; else not shown. The year, the half and the tenth are this project''s '
        || 'choice. The second line runs through selected maxima: its interval is descriptive.' as test,
        format(
            '(a) Slope of all models {}; of the best of year {}. (b) {} of {} recent models.',
            {{ slope_text('growth.vision_all') }},
            {{ slope_text('growth.vision_best') }},
            recent_share.n_far_below,
            recent_share.n_models
        ) as result,
        case
            when recent_share.n_models = 0 then 'not_shown'
            when
                growth.vision_all.slope_high < growth.vision_best.slope_low
                and recent_share.n_far_below >= 0.5 * recent_share.n_models
                then 'holds'
            when
                growth.vision_all.slope_high < growth.vision_best.slope_low
                or recent_share.n_far_below >= 0.5 * recent_share.n_models
                then 'partly'
            else 'not_shown'
        end as verdict

    from growth
    cross join recent_share

),

most_demanding_exponential as (

    select
        'statement-fig-6-most-demanding-exponential' as ledger_id,
        'Straight lines through log10 GFLOPs per forward pass of the language models that were the most demanding at their '
        || 'release and of all. Holds if the first slope has its 95 % interval above 0 and R2 of at least 0.8 and exceeds the '
        || 'upper bound of the second; partly without the last; else not shown. The 0.8 is this project''s choice. Input '
        || 'lengths are mixed, and few selected maxima make the first line: its interval is descriptive.' as test,
        format(
            'Slope of the most demanding {}, R2 {:.3f}; of all models {}.',
            {{ slope_text('language_most_demanding') }},
            language_most_demanding.r_squared,
            {{ slope_text('language_all') }}
        ) as result,
        case
            when
                language_most_demanding.slope_low > 0
                and language_most_demanding.r_squared >= 0.8
                and language_most_demanding.slope_log10_per_year > language_all.slope_high
                then 'holds'
            when language_most_demanding.slope_low > 0 and language_most_demanding.r_squared >= 0.8 then 'partly'
            else 'not_shown'
        end as verdict

    from growth

),

energy_slower_than_parameters as (

    select
        'statement-discussion-energy-slower-than-parameters' as ledger_id,
        'Growth of joules per forward pass against growth of parameters of the same models in four sets: all and best of '
        || 'year (vision), all and most demanding (language). Holds if joules grow more slowly in all four; partly in two or '
        || 'three; else differs. The counts are this project''s choice. Slopes alone are compared; the interval of joules per '
        || 'parameter says how surely.' as test,
        format(
            'Slower in {} of {}. {} (slopes in log10 units a year).',
            n_slower,
            n_subsets,
            growth_by_subset
        ) as result,
        case
            when n_subsets < 4 then 'not_shown'
            when n_slower = 4 then 'holds'
            when n_slower >= 2 then 'partly'
            else 'differs'
        end as verdict

    from energy_against_parameters

),

unioned as (

    select * from best_of_year_exponential
    union all by name
    select * from not_all_models_grow
    union all by name
    select * from most_demanding_exponential
    union all by name
    select * from energy_slower_than_parameters

)

select * from unioned
