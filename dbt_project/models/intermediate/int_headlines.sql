with

headlines as (

    select *
    from (
        values
        ('gpu_efficiency_vision', 'Years for GFLOPS per watt to double, as vision networks reach them', 'years', 'doubling_time'),
        ('gpu_efficiency_language', 'Years for GFLOPS per watt to double, as language networks reach them', 'years', 'doubling_time'),
        ('gpu_efficiency_theoretical_fp32', 'Years for rated FP32 GFLOPS per watt to double', 'years', 'doubling_time'),
        ('vision_gflops_all', 'Growth of the GFLOPs of a pass, all vision models', 'factor a year', 'growth'),
        ('vision_joules_all', 'Growth of the joules of a pass, all vision models', 'factor a year', 'growth'),
        ('vision_joules_best_of_year', 'Growth of the joules of a pass, best vision model of each year', 'factor a year', 'growth'),
        ('language_joules_all', 'Growth of the joules of a pass, all language models', 'factor a year', 'growth'),
        ('language_joules_most_demanding', 'Growth of the joules of a pass, most demanding language models', 'factor a year', 'growth'),
        (
            'vision_best_reaches_somatic',
            'Year in which the best vision models, at one pass a second, reach the power of a human body',
            'calendar year',
            'crossing'
        ),
        ('vision_lag_to_a_tenth', 'Median years until a leading vision model is equalled at a tenth of its GFLOPs', 'years', 'median_lag'),
        ('vision_fall_at_80_pct', 'Yearly fall of the joules of a pass at 80 % top-1 accuracy', 'factor a year', 'fall'),
        ('params_gflops_correlation_cnn', 'Correlation of parameters and GFLOPs, CNNs', 'coefficient', 'correlation')
    ) as listed (headline_id, headline, unit, measure)

),

-- A headline on a line has the name of its trend; the crossing is that of another headline's line.
with_trends as (

    select
        *,
        case
            when measure in ('doubling_time', 'growth') then headline_id
            when measure = 'crossing' then 'vision_joules_best_of_year'
        end as trend_id

    from headlines

)

select * from with_trends
