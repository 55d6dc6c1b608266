with

headlines as (

    select * from {{ ref('int_headlines') }}

),

trends as (

    select * from {{ ref('int_trends') }}

),

trend_points as (

    select * from {{ ref('int_trend_points') }}
    where vintage = 'paper'

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

forecasts as (

    select * from {{ ref('int_forecasts') }}
    where human_reference = 'somatic'

),

consolidation_medians as (

    select * from {{ ref('int_consolidation_medians') }}
    where domain = 'vision' and cost_factor = 10

),

progress_split as (

    select * from {{ ref('int_progress_split') }}
    where basis = 'raw'

),

correlations as (

    select * from {{ ref('int_correlations') }}
    where architecture = 'CNN'

),

-- What one vintage changes, and which trends that touches.
vintage_variants as (

    select *
    from (
        values
        ('as_published', 'as published', 'published', 'paper', 'everything'),
        ('corrected_dates', 'four launch dates a month later, as Epoch AI has them', 'dates', 'corrected_dates', 'hardware'),
        ('text_year', 'Meta Pseudo Labels in the year that the text gives', 'dates', 'text_year', 'best_of_year'),
        ('without_t4', 'without both rows of the T4', 'rows', 'without_t4', 'hardware'),
        ('with_table_8', 'with the FP32 rows that Table 9 leaves out', 'rows', 'with_table_8', 'hardware'),
        ('other_tie_rule', 'of equal accuracy the one with most GFLOPs', 'rows', 'other_tie_rule', 'best_of_year'),
        ('geometric_speedups', 'speed-ups as geometric means', 'values', 'geometric_speedups', 'hardware'),
        ('vit_g_by_resolution', 'ViT-G/14 at the GFLOPs that its resolution gives', 'values', 'vit_g_by_resolution', 'vision_models'),
        ('to_2026', 'with what came after the paper, to 2026', 'later data', 'to_2026', 'everything')
    ) as listed (variant_id, variant, choice, vintage, concerns)

),

-- Other input lengths are trends of their own.
input_length_variants as (

    select *
    from (
        values
        ('language_joules_all', 'input_of_128_tokens', 'only inputs of 128 tokens', 'rows', 'language_joules_all_128_tokens'),
        ('language_joules_all', 'per_128_tokens', 'per 128 tokens instead of per pass', 'values', 'language_joules_all_per_128_tokens'),
        (
            'language_joules_most_demanding',
            'per_128_tokens',
            'per 128 tokens instead of per pass',
            'values',
            'language_joules_most_demanding_per_128_tokens'
        )
    ) as listed (headline_id, variant_id, variant, choice, trend_id)

),

on_vintages as (

    select
        headlines.headline_id,
        headlines.measure,
        vintage_variants.variant_id,
        vintage_variants.variant,
        vintage_variants.choice,
        trends.*

    from headlines
    inner join trends on headlines.trend_id = trends.trend_id
    inner join vintage_variants
        on trends.vintage = vintage_variants.vintage
        and case vintage_variants.concerns
            when 'everything' then true
            when 'hardware' then trends.quantity <> 'gflops_per_forward_pass'
            when 'vision_models' then trends.domain = 'vision' and trends.quantity <> 'gflops_per_watt'
            when 'best_of_year' then trends.subset = 'best_of_year'
        end

),

on_input_lengths as (

    select
        headlines.headline_id,
        headlines.measure,
        input_length_variants.variant_id,
        input_length_variants.variant,
        input_length_variants.choice,
        trends.*

    from headlines
    inner join input_length_variants on headlines.headline_id = input_length_variants.headline_id
    inner join trends
        on input_length_variants.trend_id = trends.trend_id
        and trends.vintage = 'paper'

),

lines as (

    select * from on_vintages
    union all by name
    select * from on_input_lengths

),

line_values as (

    select
        headline_id,
        variant_id,
        variant,
        choice,
        case measure when 'doubling_time' then doubling_time_years when 'growth' then growth_per_year end as value,
        case measure when 'doubling_time' then doubling_time_years_low when 'growth' then growth_per_year_low end as value_low,
        case measure when 'doubling_time' then doubling_time_years_high when 'growth' then growth_per_year_high end as value_high,
        if(slope_log10_per_year > 0, 'up', 'down') as direction,
        {{ growth_verdict('growth_per_year_low', 'growth_per_year_high') }} as verdict,
        'trends: ' || trend_id || ', vintage ' || vintage as source

    from lines
    where measure in ('doubling_time', 'growth')

),

-- The one chip or paper without which the slope moves most.
most_influential as (

    select
        lines.headline_id,
        coalesce('the ' || accelerators.accelerator_name, trend_points.group_id) as group_name,
        trend_points.slope_without_its_group

    from lines
    inner join trend_points on lines.trend_id = trend_points.trend_id
    left join accelerators on trend_points.group_id = accelerators.accelerator_id
    where lines.variant_id = 'as_published' and trend_points.slope_without_its_group is not null
    qualify row_number() over (
        partition by lines.headline_id
        order by abs(trend_points.slope_without_its_group - lines.slope_log10_per_year) desc, trend_points.group_id asc
    ) = 1

),

slopes as (

    select
        headline_id,
        measure,
        trend_id,
        'robust' as variant_id,
        'median slope of all pairs of rows (Theil-Sen)' as variant,
        'method' as choice,
        slope_theil_sen_log10_per_year as slope,
        'trends: ' || trend_id || ', vintage paper, slope_theil_sen_log10_per_year' as source

    from lines
    where variant_id = 'as_published'

    union all

    select
        lines.headline_id,
        lines.measure,
        lines.trend_id,
        'without_most_influential' as variant_id,
        'without the most influential, ' || most_influential.group_name as variant,
        'rows' as choice,
        most_influential.slope_without_its_group as slope,
        'trend_points: ' || lines.trend_id || ', vintage paper, slope_without_its_group' as source

    from lines
    inner join most_influential on lines.headline_id = most_influential.headline_id
    where lines.variant_id = 'as_published'

),

-- A slope alone has a direction and no interval.
slope_values as (

    select
        headline_id,
        variant_id,
        variant,
        choice,
        case measure when 'doubling_time' then {{ time_to_double('slope') }} when 'growth' then power(1e1, slope) end as value,
        if(slope > 0, 'up', 'down') as direction,
        source

    from slopes
    where measure in ('doubling_time', 'growth')

),

crossings as (

    select
        lines.headline_id,
        lines.variant_id,
        lines.variant,
        lines.choice,
        lines.trend_id,
        lines.vintage,
        forecasts.crossing_year as value,
        forecasts.line_crosses_low as value_low,
        forecasts.line_crosses_high as value_high,
        forecasts.line_crosses_shape as shape

    from lines
    inner join forecasts
        on lines.trend_id = forecasts.trend_id
        and lines.vintage = forecasts.vintage
    where lines.measure = 'crossing'

    union all

    select
        lines.headline_id,
        'watts_as_printed' as variant_id,
        format('at {:g} W, as the paper rounds', forecasts.printed_reference_watts) as variant,
        'values' as choice,
        lines.trend_id,
        lines.vintage,
        forecasts.crossing_year_at_printed_watts as value,
        forecasts.line_crosses_low_at_printed_watts as value_low,
        forecasts.line_crosses_high_at_printed_watts as value_high,
        forecasts.line_crosses_shape_at_printed_watts as shape

    from lines
    inner join forecasts
        on lines.trend_id = forecasts.trend_id
        and lines.vintage = forecasts.vintage
    where lines.measure = 'crossing' and lines.variant_id = 'as_published'

),

crossing_values as (

    select
        headline_id,
        variant_id,
        variant,
        choice,
        value,
        value_low,
        value_high,
        case
            when value is null then 'never reached'
            when shape = 'interval' then 'reached, within an interval'
            else 'reached, without bounds'
        end as verdict,
        'forecasts: ' || trend_id || ', vintage ' || vintage || ', somatic' as source

    from crossings

),

lag_values as (

    select
        'vision_lag_to_a_tenth' as headline_id,
        case
            when cost = 'joules' then 'in_joules'
            when tolerance_points > 0 then 'with_tolerance'
            else 'as_published'
        end as variant_id,
        case
            when cost = 'joules' then 'at a tenth of the joules instead of the GFLOPs'
            when tolerance_points > 0 then 'equalled within ' || tolerance_points || ' points'
            else 'as published'
        end as variant,
        if(variant_id = 'as_published', 'published', 'method') as choice,
        median_lag_years as value,
        median_lag_years_low as value_low,
        median_lag_years_high as value_high,
        if(median_lag_years is null, 'not equalled by half', 'equalled by half') as verdict,
        'consolidation_medians: vision, ' || cost || ', cost_factor ' || cost_factor || ', tolerance_points ' || tolerance_points as source

    from consolidation_medians
    where cost = 'gflops' or tolerance_points = 0

),

fall_values as (

    select
        'vision_fall_at_80_pct' as headline_id,
        case
            when accuracy_threshold_pct <> 80 then 'at_' || accuracy_threshold_pct || '_pct'
            when subset = 'all_models' then 'as_published'
            else subset
        end as variant_id,
        case
            when accuracy_threshold_pct <> 80 then 'at ' || accuracy_threshold_pct || ' % instead'
            when subset = 'all_models' then 'as published'
            else 'without models trained on extra data'
        end as variant,
        case
            when accuracy_threshold_pct <> 80 then 'method'
            when subset = 'all_models' then 'published'
            else 'rows'
        end as choice,
        total_factor_per_year as value,
        if(total_log10_per_year > 0, 'down', 'up') as direction,
        'progress_split: ' || accuracy_threshold_pct || ' %, ' || subset || ', raw' as source

    from progress_split
    where accuracy_threshold_pct = 80 or subset = 'all_models'

),

coefficients as (

    unpivot correlations
    on pearson, pearson_log, spearman
    into name coefficient value value

),

correlation_values as (

    select
        'params_gflops_correlation_cnn' as headline_id,
        case
            when subset <> 'all_rows' then subset
            when coefficient = 'pearson' then 'as_published'
            else coefficient
        end as variant_id,
        case
            when subset <> 'all_rows' then 'rows of the same parameters and GFLOPs counted once'
            when coefficient = 'pearson' then 'as published'
            when coefficient = 'pearson_log' then 'of logarithms'
            when coefficient = 'spearman' then 'of ranks'
        end as variant,
        case
            when subset <> 'all_rows' then 'rows'
            when coefficient = 'pearson' then 'published'
            else 'method'
        end as choice,
        value,
        if(value > 0, 'up', 'down') as direction,
        'correlations: ' || architecture || ', ' || subset || ', ' || coefficient as source

    from coefficients
    where subset = 'all_rows' or coefficient = 'pearson'

),

unioned as (

    select * from line_values
    union all by name
    select * from slope_values
    union all by name
    select * from crossing_values
    union all by name
    select * from lag_values
    union all by name
    select * from fall_values
    union all by name
    select * from correlation_values

)

select * from unioned
