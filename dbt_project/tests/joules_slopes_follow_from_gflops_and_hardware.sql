-- Within each vintage slope(joules) = slope(GFLOPs) - slope(hardware) on the same rows: an identity, to 1e-9.
{% set tolerance = 1e-9 %}

with

trends as (

    select * from {{ ref('trends') }}

),

compared as (

    select
        joules.trend_id,
        joules.vintage,
        joules.slope_log10_per_year as found_slope,
        gflops.slope_log10_per_year - hardware.slope_log10_per_year as expected_slope

    from trends as joules
    left join trends as gflops
        on replace(joules.trend_id, '_joules_', '_gflops_') = gflops.trend_id
        and joules.vintage = gflops.vintage
    left join trends as hardware
        on 'gpu_efficiency_' || joules.domain = hardware.trend_id
        and joules.vintage = hardware.vintage
    -- The two trends on inputs of 128 tokens have no counterpart in GFLOPs.
    where joules.quantity like 'joules%' and joules.trend_id not like '%128_tokens'

)

select
    'trend ' || trend_id || ' of vintage ' || vintage || ': found slope ' || found_slope || ', expected ' || coalesce(expected_slope, 'nan')
    || ' within {{ tolerance }}' as message
from compared
where (abs(found_slope - expected_slope) <= {{ tolerance }}) is not true
