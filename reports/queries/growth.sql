select
    trend_id as trend,
    n_points as n,
    format('{:.3g} [{:.3g}, {:.3g}]', growth_per_year, growth_per_year_low, growth_per_year_high) as "factor per year",
    case
        when is_doubling_time_bounded
            then format('{:.3g} [{:.3g}, {:.3g}]', doubling_time_years, doubling_time_years_low, doubling_time_years_high)
        when doubling_time_years is not null
            then format('{:.3g} [{:.3g}, no bound]', doubling_time_years, doubling_time_years_low)
    end as "years to double",
    case
        when is_halving_time_bounded
            then format('{:.3g} [{:.3g}, {:.3g}]', halving_time_years, halving_time_years_low, halving_time_years_high)
        when halving_time_years is not null
            then format('{:.3g} [{:.3g}, no bound]', halving_time_years, halving_time_years_low)
    end as "years to halve",
    format('{:.3g}', power(10, slope_theil_sen_log10_per_year)) as "robust factor",
    format('{:.2f}', r_squared) as "R²",
    is_selected_extreme as selected
from marts.trends
where trend_id not like 'gpu%with%' and vintage = 'paper'
order by domain is null, domain = 'language', quantity, trend_id
