with

trends as (

    select * from {{ ref('int_trends') }}
    where vintage = 'paper'

),

trend_points as (

    select * from {{ ref('int_trend_points') }}
    where vintage = 'paper'

),

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

cheapest_at_accuracy as (

    select * from {{ ref('int_cheapest_at_accuracy') }}
    where subset = 'all_models' and accuracy_threshold_pct in (80, 85)

),

statement_lines as (

    select * from {{ ref('int_statement_lines') }}

),

-- One row, and NULL for a trend that is missing.
efficiency_trends as (

    select
        any_value(trends) filter (where trend_id = 'gpu_efficiency_vision') as vision_trend,
        any_value(trends) filter (where trend_id = 'gpu_efficiency_language') as language_trend,
        any_value(trends) filter (where trend_id = 'gpu_efficiency_vision_without_t4') as vision_without_t4,
        any_value(trends) filter (where trend_id = 'gpu_efficiency_language_without_t4') as language_without_t4

    from trends

),

ranked_residuals as (

    select
        trends.domain,
        trend_points.observation_id,
        trend_points.residual_log10 / trends.residual_sd_log10 as residual_sds,
        trend_points.value / trend_points.fitted_value as times_the_line,
        row_number() over (partition by trends.trend_id order by abs(trend_points.residual_log10) desc) as rank_of_residual

    from trend_points
    inner join trends on trend_points.trend_id = trends.trend_id
    where trends.trend_id in ('gpu_efficiency_vision', 'gpu_efficiency_language')

),

largest_residuals as (

    select
        largest.domain,
        largest.observation_id,
        largest.residual_sds,
        largest.times_the_line,
        abs(second_largest.residual_sds) as second_residual_sds,
        largest.observation_id = 't4-mixed'
        and largest.residual_sds > 3
        and largest.residual_sds >= 2 * abs(second_largest.residual_sds) as is_standout

    from ranked_residuals as largest
    inner join ranked_residuals as second_largest on largest.domain = second_largest.domain
    where largest.rank_of_residual = 1 and second_largest.rank_of_residual = 2

),

standouts as (

    select
        count(*) as n_trends,
        count(*) filter (where is_standout) as n_standouts,
        string_agg(
            format(
                '{}: {} at {:.2f} residual standard deviations ({:.1f} times the line), the second at {:.2f}',
                domain,
                observation_id,
                residual_sds,
                times_the_line,
                second_residual_sds
            ),
            '; ' order by domain desc
        ) as standouts_by_domain

    from largest_residuals

),

recent_launches as (

    select
        any_value(statement_lines) filter (where line_id = 'gpu_efficiency_vision_since_2016') as vision_line,
        any_value(statement_lines) filter (where line_id = 'gpu_efficiency_language_since_2016') as language_line

    from statement_lines

),

census as (

    select max(release_date) as ends_on from models

),

last_lows as (

    select
        max(release_date) filter (where accuracy_threshold_pct = 80) as last_low_at_80_pct,
        max(release_date) filter (where accuracy_threshold_pct = 85) as last_low_at_85_pct

    from cheapest_at_accuracy

),

good_fits as (

    select
        'statement-fig-8-good-fits' as ledger_id,
        'R2 of both straight lines through log10 GFLOPS per watt against launch date. Holds if both are at least 0.8; '
        || 'partly if both at least 0.5; else differs. The thresholds are this project''s choice, and an R2 says nothing about '
        || 'the choice of rows.' as test,
        format(
            'R2 {:.3f} (vision) and {:.3f} (language), residual standard deviation {:.3f} and {:.3f} log10 units; without the T4 R2 '
            || '{:.3f} and {:.3f}.',
            vision_trend.r_squared,
            language_trend.r_squared,
            vision_trend.residual_sd_log10,
            language_trend.residual_sd_log10,
            vision_without_t4.r_squared,
            language_without_t4.r_squared
        ) as result,
        case
            when vision_trend.r_squared >= 0.8 and language_trend.r_squared >= 0.8 then 'holds'
            when vision_trend.r_squared >= 0.5 and language_trend.r_squared >= 0.5 then 'partly'
            else 'differs'
        end as verdict

    from efficiency_trends

),

t4_stands_out as (

    select
        'statement-fig-8-t4-stands-out' as ledger_id,
        'Largest residual of each line of Fig. 8 in units of its residual standard deviation, and the second largest. Holds '
        || 'if it is the T4 in mixed precision, above the line by more than 3 and at least twice the second, in both; partly '
        || 'in one; else differs. The thresholds are this project''s choice.' as test,
        standouts_by_domain || '.' as result,
        case
            when n_trends < 2 then 'not_shown'
            when n_standouts = 2 then 'holds'
            when n_standouts = 1 then 'partly'
            else 'differs'
        end as verdict

    from standouts

),

no_standstill as (

    select
        'statement-forecasting-no-standstill' as ledger_id,
        'Is the 95 % interval of the slope of GFLOPS per watt above 0 in both domains (a) over all launches and (b) over '
        || 'launches from 2016 on? (c) Did the fewest GFLOPs at 80 or at 85 % top-1 accuracy fall in the last year of the '
        || 'census? Holds if all three; partly if (a) but not all; not shown without (a). The year 2016 and the accuracies are '
        || 'this project''s choice; (b) rests on few chips.' as test,
        format(
            '(a) vision {:.3f} [{:.3f}, {:.3f}], language {:.3f} [{:.3f}, {:.3f}] log10 units a year; (b) vision {:.3f} [{:.3f}, {:.3f}], '
            || 'language {:.3f} [{:.3f}, {:.3f}] (n = {} and {}); (c) last fall on {} at 80 % and on {} at 85 %, census up to {}.',
            efficiency_trends.vision_trend.slope_log10_per_year,
            efficiency_trends.vision_trend.slope_low,
            efficiency_trends.vision_trend.slope_high,
            efficiency_trends.language_trend.slope_log10_per_year,
            efficiency_trends.language_trend.slope_low,
            efficiency_trends.language_trend.slope_high,
            recent_launches.vision_line.slope,
            recent_launches.vision_line.slope_low,
            recent_launches.vision_line.slope_high,
            recent_launches.language_line.slope,
            recent_launches.language_line.slope_low,
            recent_launches.language_line.slope_high,
            recent_launches.vision_line.n_points,
            recent_launches.language_line.n_points,
            last_lows.last_low_at_80_pct,
            last_lows.last_low_at_85_pct,
            census.ends_on
        ) as result,
        case
            when efficiency_trends.vision_trend.slope_low <= 0 or efficiency_trends.language_trend.slope_low <= 0 then 'not_shown'
            when
                recent_launches.vision_line.slope_low > 0
                and recent_launches.language_line.slope_low > 0
                and greatest(last_lows.last_low_at_80_pct, last_lows.last_low_at_85_pct) > census.ends_on - interval 1 year
                then 'holds'
            else 'partly'
        end as verdict

    from efficiency_trends
    cross join recent_launches
    cross join last_lows
    cross join census

),

unioned as (

    select * from good_fits
    union all by name
    select * from t4_stands_out
    union all by name
    select * from no_standstill

)

select * from unioned
