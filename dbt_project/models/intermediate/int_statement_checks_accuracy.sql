with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

printed_results as (

    select * from {{ ref('stg_printed_results') }}

),

statement_lines as (

    select * from {{ ref('int_statement_lines') }}

),

ranked_models as (

    select
        *,
        {{ mean_rank('top1_accuracy_pct', 'domain') }} as accuracy_rank,
        {{ mean_rank('gflops_per_forward_pass', 'domain') }} as gflops_rank

    from models

),

-- Measures come from aggregates without groups: where data are missing a row of NULLs is left, never no row.
accuracy_and_gflops as (

    select
        count(*) as n_models,
        corr(accuracy_rank, gflops_rank) as spearman,
        any_value(top1_accuracy_pct) filter (where model_id = 'alexnet') as alexnet_accuracy_pct,
        any_value(gflops_per_forward_pass) filter (where model_id = 'alexnet') as alexnet_gflops,
        any_value(gflops_per_forward_pass) filter (where model_id = 'efficientnet-b1') as efficientnet_b1_gflops,
        any_value(top1_accuracy_pct) filter (where model_id = 'meta-pseudo-labels-l2') as meta_pseudo_labels_accuracy_pct,
        any_value(gflops_per_forward_pass) filter (where model_id = 'meta-pseudo-labels-l2') as meta_pseudo_labels_gflops

    from ranked_models

),

bands as (

    select
        *,
        case line_id
            when 'accuracy_below_1_gflop' then 'below 1 GFLOP'
            when 'accuracy_1_to_10_gflops' then '1 to 10'
            when 'accuracy_10_to_100_gflops' then '10 to 100'
            when 'accuracy_from_100_gflops' then '100 and more'
        end as gflops_band

    from statement_lines
    where line_id like 'accuracy%'

),

accuracy_by_band as (

    select
        count(slope_low) as n_bands,
        count(*) filter (where slope > 0) as n_rising,
        count(*) filter (where slope_low > 0) as n_rising_surely,
        string_agg(
            format('{}: {:.2f} [{:.2f}, {:.2f}] (n = {})', gflops_band, slope, slope_low, slope_high, n_points),
            '; ' order by slope desc
        ) as slopes_by_band

    from bands

),

-- Table 1 opens with AlexNet, which the others are held against.
table_1 as (

    select
        models.model_name,
        printed_results.subject as model_id,
        printed_results.printed_value as gflops_per_forward_pass

    from printed_results
    left join models on printed_results.subject = models.model_id
    where printed_results.printed_in = 'Table 1' and printed_results.measure = 'gflops_per_forward_pass'

),

table_1_ratios as (

    select
        other_rows.model_name,
        other_rows.gflops_per_forward_pass / alexnet.gflops_per_forward_pass as ratio

    from table_1 as other_rows
    inner join table_1 as alexnet on other_rows.model_id <> alexnet.model_id
    where alexnet.model_id = 'alexnet'

),

table_1_spread as (

    select
        count(*) as n_models,
        count(*) filter (where ratio between 0.5 and 2) as n_similar,
        string_agg(format('{} {:.2f}', model_name, ratio), ', ' order by ratio, model_name) as ratios

    from table_1_ratios

),

accuracy_costs_flops as (

    select
        'statement-cv-accuracy-costs-flops' as ledger_id,
        'Spearman''s rank correlation of top-1 accuracy and GFLOPs over all vision models of Table 2. Holds from 0.5 on; '
        || 'partly from 0.2 on; not shown between -0.2 and 0.2; else differs. The thresholds are this project''s choice; a '
        || 'correlation is no law.' as test,
        format(
            'Rank correlation {:.2f} (n = {}). From AlexNet ({:.1f} %, {:.2f} GFLOPs) to Meta Pseudo Labels ({:.1f} %, {:,.0f} GFLOPs) '
            || 'GFLOPs grow {:.0f}-fold.',
            spearman,
            n_models,
            alexnet_accuracy_pct,
            alexnet_gflops,
            meta_pseudo_labels_accuracy_pct,
            meta_pseudo_labels_gflops,
            meta_pseudo_labels_gflops / alexnet_gflops
        ) as result,
        case
            when spearman >= 0.5 then 'holds'
            when spearman >= 0.2 then 'partly'
            when spearman > -0.2 then 'not_shown'
            else 'differs'
        end as verdict

    from accuracy_and_gflops

),

accuracy_at_equal_flops as (

    select
        'statement-fig-3-accuracy-at-equal-flops' as ledger_id,
        'Slope of top-1 accuracy on release date within four bands of GFLOPs, with 95 % intervals from Student''s t. Holds '
        || 'if it is positive in all four and the interval lies above 0 in at least three; differs if not in two or more; '
        || 'else partly. Bands and counts are this project''s choice, and within a band GFLOPs still vary.' as test,
        'Percentage points a year by GFLOPs: ' || slopes_by_band || '.' as result,
        case
            when n_bands < 4 then 'not_shown'
            when n_rising = 4 and n_rising_surely >= 3 then 'holds'
            when n_rising <= 2 then 'differs'
            else 'partly'
        end as verdict

    from accuracy_by_band

),

similar_flops as (

    select
        'statement-table-1-similar-flops' as ledger_id,
        'GFLOPs of the other rows of Table 1 over those of AlexNet. Holds if all lie between half and twice; partly if at '
        || 'least four do; else differs. What counts as similar is this project''s choice.' as test,
        format('{} of {} within half and twice: {}.', n_similar, n_models, ratios) as result,
        case
            when n_models = 0 then 'not_shown'
            when n_similar = n_models then 'holds'
            when n_similar >= 4 then 'partly'
            else 'differs'
        end as verdict

    from table_1_spread

),

efficientnet_b1_same_flops as (

    select
        'statement-cv-efficientnet-b1-same-flops' as ledger_id,
        'GFLOPs of EfficientNet-B1 against AlexNet. Holds if they are within 5 %; partly within 25 %; else differs. The '
        || 'thresholds are this project''s choice.' as test,
        format(
            'EfficientNet-B1 {:.2f} GFLOPs, AlexNet {:.2f} GFLOPs: {:+.1f} %.',
            efficientnet_b1_gflops,
            alexnet_gflops,
            100 * (efficientnet_b1_gflops / alexnet_gflops - 1)
        ) as result,
        case
            when abs(efficientnet_b1_gflops / alexnet_gflops - 1) <= 0.05 then 'holds'
            when abs(efficientnet_b1_gflops / alexnet_gflops - 1) <= 0.25 then 'partly'
            else 'differs'
        end as verdict

    from accuracy_and_gflops

),

unioned as (

    select * from accuracy_costs_flops
    union all by name
    select * from accuracy_at_equal_flops
    union all by name
    select * from similar_flops
    union all by name
    select * from efficientnet_b1_same_flops

)

select * from unioned
