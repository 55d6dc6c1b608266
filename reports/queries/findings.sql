with

fp32 as (select * from marts.backtest_summary where trend_id = 'gpu_efficiency_theoretical_fp32' and vintage = 'paper'),
tensor as (select * from marts.backtest_summary where trend_id = 'gpu_efficiency_vision' and vintage = 'paper' and scope = 'all makers'),
doubling as (select vintage, doubling_time_years as years from marts.trends where trend_id = 'gpu_efficiency_vision'),
board as (
    select * from marts.energy_calibration_summary where regime = 'gpu_board fp32 framework' and quantity = 'image'
),
bert as (
    select * from marts.energy_calibration_summary where regime = 'wall 16-bit-tensor tuned' and family = 'BERT'
),
llama as (
    select * from marts.energy_calibration
    where model_name = 'meta-llama/Llama-3.1-8B-Instruct' and accelerator_id = 'nvidia-h100-sxm5-80gb' and not is_own
),
split as (
    select basis, 100 * min(algorithm_share) as least, 100 * max(algorithm_share) as most
    from marts.progress_split
    where is_window_long_enough
    group by basis
),
headlines as (
    select headline_id, bool_or(has_changed_sign_or_verdict) as has_turned from marts.headline_sensitivity group by headline_id
)

select
    format(
        'The FP32 forecast of 2021 failed: of {} later accelerators {} lie in its 95 % band, by chip design {} of {} ({:.0f} to {:.0f} %), '
        || 'and "no change" would have scored better. ',
        fp32.n_scored, fp32.n_inside, fp32.n_chip_designs_inside, fp32.n_chip_designs, 100 * fp32.coverage_low, 100 * fp32.coverage_high
    )
    || format(
        'Peaks of tensor cores, taken down by the share that arrived on the A100, lie in the band of the vision line for {} of {} designs; by '
        || 'the T4''s share for {}: the assumption decides. ',
        (select n_chip_designs_inside from tensor where scenario = 'a100'),
        (select n_chip_designs from tensor where scenario = 'a100'),
        (select n_chip_designs_inside from tensor where scenario = 't4')
    )
    || format(
        'With hardware up to 2026 the GFLOPS per watt of vision GPUs double in {:.2f} years instead of {:.2f}. ',
        (select years from doubling where vintage = 'to_2026'),
        (select years from doubling where vintage = 'paper')
    )
    || (
        select
            format(
                'Held against measured joules of one GPU board in FP32, the estimate is within a factor of 1.5 for {} of {} families of image '
                || 'networks and too low for {}: an image takes {:.1f} times the estimate in EfficientNet, {:.1f} times in ResNet, {:.2f} times in '
                || 'VGG. ',
                count(*) filter (where verdict = 'near'),
                count(*),
                count(*) filter (where verdict = 'low'),
                max(ratio) filter (where family = 'EfficientNet'),
                max(ratio) filter (where family = 'ResNet'),
                max(ratio) filter (where family = 'VGG')
            )
        from board
    )
    || (
        select
            format(
                'In 16 bits, at the plug of tuned servers, an input of BERT takes {:.2f} times the estimate, on {} chip designs with an interval '
                || 'of {:.2f} to {:.1f}. ',
                ratio, n_chip_designs, ratio_low, ratio_high
            )
        from bert
    )
    || (
        select
            format(
                'A token of Llama 3.1 8B on one H100 takes {:.1f} times the estimate in a batch of {:.0f} and {:.1f} times in one of {:.0f}. ',
                arg_min(ratio, batch_size), min(batch_size), arg_max(ratio, batch_size), max(batch_size)
            )
        from llama
    )
    || (
        select
            format(
                'Half of the leading vision models are equalled at a tenth of their GFLOPs after {:.1f} years [{:.1f}, {:.1f}]. ',
                median_lag_years, median_lag_years_low, median_lag_years_high
            )
        from marts.consolidation_medians
        where domain = 'vision' and cost = 'gflops' and cost_factor = 10 and tolerance_points = 0
    )
    || format(
        'At equal accuracy, models gave {:.0f} to {:.0f} % of the fall in estimated joules, and {:.0f} to {:.0f} % in calibrated ones. ',
        (select least from split where basis = 'raw'), (select most from split where basis = 'raw'),
        (select least from split where basis = 'calibrated'), (select most from split where basis = 'calibrated')
    )
    || (
        select format('Of {} inputs of the paper that other sources have, {} agree. ', count(*), count(*) filter (where verdict = 'agree'))
        from marts.source_agreement
    )
    || (select format('Of {} headlines {} changes its sign or verdict when one choice is made otherwise.', count(*), count(*) filter (where has_turned)) from headlines)
from fp32
where fp32.scope = 'all makers'
