with

accelerator_efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}
    where workload = 'theoretical' and is_in_paper

),

speedups as (

    select * from {{ ref('int_speedups') }}

),

throughput_speedups as (

    select * from {{ ref('int_throughput_speedups') }}

),

peaks as (

    select
        accelerator_id,
        any_value(accelerator_name) as accelerator_name,
        any_value(tflops) filter (where precision = 'FP16/FP32 Tensor') as tensor_tflops,
        any_value(tflops) filter (where precision = 'FP32') as fp32_tflops

    from accelerator_efficiency
    group by accelerator_id

),

tensor_gains as (

    select
        speedups.domain,
        peaks.accelerator_name,
        speedups.speedup_over_fp32,
        peaks.tensor_tflops / baseline_peaks.fp32_tflops as theoretical_speedup,
        speedups.speedup_over_fp32 * baseline_peaks.fp32_tflops / peaks.tensor_tflops as measured_share

    from speedups
    inner join peaks on speedups.accelerator_id = peaks.accelerator_id
    inner join peaks as baseline_peaks on speedups.baseline_accelerator_id = baseline_peaks.accelerator_id
    where speedups.precision = 'Mixed'

),

tensor_shares as (

    select
        count(measured_share) as n_shares,
        count(*) filter (where measured_share < 0.5) as n_low_shares,
        string_agg(
            format(
                '{}, {}: {:.2f}-fold against {:.2f}-fold in theory, a share of {:.3f}',
                accelerator_name,
                domain,
                speedup_over_fp32,
                theoretical_speedup,
                measured_share
            ),
            '; ' order by accelerator_name desc, domain desc
        ) as shares_in_words

    from tensor_gains

),

measured_ranges as (

    select
        speedups.domain,
        speedups.accelerator_id,
        speedups.precision,
        speedups.speedup_over_fp32 as mean_speedup,
        min(throughput_speedups.speedup_over_fp32) as min_speedup,
        max(throughput_speedups.speedup_over_fp32) as max_speedup

    from speedups
    inner join throughput_speedups
        on speedups.domain = throughput_speedups.domain
        and speedups.accelerator_id = throughput_speedups.accelerator_id
        and speedups.precision = throughput_speedups.precision
    group by
        speedups.domain,
        speedups.accelerator_id,
        speedups.precision,
        speedups.speedup_over_fp32

),

domain_differences as (

    select
        peaks.accelerator_name,
        language_ranges.precision,
        language_ranges.mean_speedup > vision_ranges.mean_speedup as is_language_higher,
        vision_ranges.mean_speedup > language_ranges.mean_speedup as is_vision_higher,
        language_ranges.min_speedup > vision_ranges.max_speedup or vision_ranges.min_speedup > language_ranges.max_speedup as is_disjoint,
        format(
            '{} {}: language {:.2f} ({:.2f} to {:.2f}), vision {:.2f} ({:.2f} to {:.2f})',
            peaks.accelerator_name,
            language_ranges.precision,
            language_ranges.mean_speedup,
            language_ranges.min_speedup,
            language_ranges.max_speedup,
            vision_ranges.mean_speedup,
            vision_ranges.min_speedup,
            vision_ranges.max_speedup
        ) as speedups_in_words

    from measured_ranges as language_ranges
    inner join measured_ranges as vision_ranges
        on language_ranges.accelerator_id = vision_ranges.accelerator_id
        and language_ranges.precision = vision_ranges.precision
        and vision_ranges.domain = 'vision'
    inner join peaks on language_ranges.accelerator_id = peaks.accelerator_id
    where language_ranges.domain = 'language'

),

mixed_precision as (

    select
        count(*) filter (where precision = 'Mixed') as n_accelerators,
        count(*) filter (where precision = 'Mixed' and is_language_higher) as n_language_higher,
        count(*) filter (where precision = 'Mixed' and is_vision_higher) as n_vision_higher,
        count(*) filter (where precision = 'Mixed' and is_disjoint) as n_disjoint,
        string_agg(speedups_in_words, '; ' order by precision asc, accelerator_name desc) as speedups_by_accelerator

    from domain_differences

),

tensor_cores as (

    select
        'statement-fig-7-tensor-cores' as ledger_id,
        'Mean measured speed-up of mixed precision over FP32 on V100, A100 and T4 in both domains, as a share of tensor '
        || 'over FP32 TFLOPS of Table 8 (for the A100 over FP32 of the V100, as in Table 3). Holds if all six shares are under '
        || 'one half; partly if at least three; else differs. The half is this project''s choice.' as test,
        shares_in_words || '.' as result,
        case
            when n_shares < 6 then 'not_shown'
            when n_low_shares = n_shares then 'holds'
            when n_low_shares >= 3 then 'partly'
            else 'differs'
        end as verdict

    from tensor_shares

),

mixed_precision_differs as (

    select
        'statement-appendix-mixed-precision-differs' as ledger_id,
        'Speed-ups of mixed precision in language against vision on V100, A100 and T4: means, and ranges over the networks '
        || 'of Table 3. Holds if the means differ in one direction on all three and the ranges are disjoint on at least two; '
        || 'partly if only the first; else not shown. The counts are this project''s choice; few networks carry each mean.' as test,
        format(
            'In mixed precision language is higher on {} of {}, ranges disjoint on {}. {}.',
            n_language_higher,
            n_accelerators,
            n_disjoint,
            speedups_by_accelerator
        ) as result,
        case
            when n_accelerators < 3 then 'not_shown'
            when n_accelerators in (n_language_higher, n_vision_higher) and n_disjoint >= 2 then 'holds'
            when n_accelerators in (n_language_higher, n_vision_higher) then 'partly'
            else 'not_shown'
        end as verdict

    from mixed_precision

),

unioned as (

    select * from tensor_cores
    union all by name
    select * from mixed_precision_differs

)

select * from unioned
