with

trends as (

    select * from {{ ref('int_trends') }}
    where quantity like 'joules%'

),

human_power as (

    unpivot {{ ref('int_human_power') }}
    on reference_watts as exact, printed_reference_watts as as_printed
    into name basis value threshold_watts

),

bands as (

    select *
    from (
        values
        ('line', 0),
        ('model', 1)
    ) as listed (band, extra_variance)

),

-- The set of x with |a + b x - log10 T| <= t s sqrt(k + 1/n + (x - mean)^2 / Sxx): inside the roots of
-- A d^2 + B d + C = 0 with d = x - mean where A > 0, outside them where A < 0 (Fieller's theorem).
quadratics as (

    select
        trends.trend_id,
        trends.vintage,
        human_power.human_reference,
        human_power.basis,
        human_power.threshold_watts,
        bands.band,
        trends.slope_log10_per_year as slope,
        trends.mean_years,
        trends.intercept_log10 + trends.slope_log10_per_year * trends.mean_years - log10(human_power.threshold_watts) as distance_at_mean,
        power(trends.t_quantile * trends.residual_sd_log10, 2) as squared_reach,
        power(slope, 2) - squared_reach / trends.sum_squared_years as a,
        2 * slope * distance_at_mean as b,
        power(distance_at_mean, 2) - squared_reach * (bands.extra_variance + 1e0 / trends.n_points) as c,
        power(b, 2) - 4 * a * c as discriminant,
        trends.mean_years - distance_at_mean / slope as crossing_years

    from trends
    cross join human_power
    cross join bands

),

roots as (

    select
        *,
        case when discriminant >= 0 then mean_years + (-b - sqrt(discriminant)) / (2 * a) end as one_root,
        case when discriminant >= 0 then mean_years + (-b + sqrt(discriminant)) / (2 * a) end as other_root,
        least(one_root, other_root) as lower_root,
        greatest(one_root, other_root) as upper_root

    from quadratics

),

-- Outside the roots there are two rays, or, without roots, no year is excluded. The ray published is that of the crossing of a
-- rising line; a falling line has its crossing behind it, and the ray ahead says from when on one cannot be excluded.
crossings as (

    select
        trend_id,
        vintage,
        human_reference,
        basis,
        band,
        threshold_watts,
        case when a > 0 then 'interval' when discriminant >= 0 then 'two_rays' else 'any_year' end as set_shape,
        case when slope > 0 then {{ decimal_year('crossing_years') }} end as crossing_year,
        {{ decimal_year("case
            when a > 0 or (slope > 0 and crossing_years <= lower_root) then case when a > 0 then lower_root end
            else upper_root
        end") }} as set_low_year,
        {{ decimal_year("case
            when a > 0 then upper_root
            when slope > 0 and crossing_years <= lower_root then lower_root
        end") }} as set_high_year

    from roots

)

select * from crossings
