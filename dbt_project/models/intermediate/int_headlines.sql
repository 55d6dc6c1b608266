with

headlines as (

    select *
    from (
        values
        ('gpu_efficiency_vision', 'Years to double GFLOPS per watt, vision', 'years', 'doubling_time'),
        ('gpu_efficiency_language', 'Years to double GFLOPS per watt, language', 'years', 'doubling_time'),
        ('gpu_efficiency_theoretical_fp32', 'Years to double GFLOPS per watt, rated FP32', 'years', 'doubling_time'),
        ('vision_gflops_all', 'Growth of GFLOPs, all vision models', 'factor a year', 'growth'),
        ('vision_joules_all', 'Growth of joules, all vision models', 'factor a year', 'growth'),
        ('vision_joules_best_of_year', 'Growth of joules, best vision model of each year', 'factor a year', 'growth'),
        ('language_joules_all', 'Growth of joules, all language models', 'factor a year', 'growth'),
        ('language_joules_most_demanding', 'Growth of joules, most demanding in language', 'factor a year', 'growth'),
        ('vision_best_reaches_somatic', 'Year when the best vision models reach the power of a body', 'calendar year', 'crossing'),
        ('vision_lag_to_a_tenth', 'Median years to 1/10 of the GFLOPs, vision', 'years', 'median_lag'),
        ('vision_fall_at_80_pct', 'Fall of joules at 80 % accuracy, vision', 'factor a year', 'fall'),
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
