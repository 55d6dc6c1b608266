-- The hardware line of a reading has the rows of the trend of the paper that is named after it: two ways to one fit.
{% set tolerance = 1e-12 %}

with

trends as (

    select * from {{ ref('trends') }}

),

compared as (

    select
        named.trend_id,
        named.slope_log10_per_year as expected_slope,
        reading.slope_log10_per_year as found_slope,
        named.n_points as expected_points,
        reading.n_points as found_points

    from trends as named
    left join trends as reading on named.trend_id = reading.trend_id || '_' || reading.vintage
    where named.vintage = 'paper' and (named.trend_id like '%_without_t4' or named.trend_id like '%_with_table_8')

)

select
    'trend ' || trend_id || ': found slope ' || coalesce(cast(found_slope as varchar), 'none') || ' of ' || coalesce(found_points, 0)
    || ' points under the reading, expected ' || expected_slope || ' of ' || expected_points as message
from compared
where (found_points = expected_points and abs(found_slope / expected_slope - 1) <= {{ tolerance }}) is not true
