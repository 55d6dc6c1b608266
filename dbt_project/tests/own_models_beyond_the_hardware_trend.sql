-- Past the support of the hardware trend the policy `trend` still gives a number, and nobody should quote it unaware.
{{ config(severity='warn') }}

select
    'model ' || inference_energy.model_id || ', released ' || inference_energy.release_date
    || ': the hardware trend is supported up to ' || trends.supported_until
    || ', so its joules under policy trend are an extrapolation that the data do not carry; '
    || 'use best_available with an accelerator of your own' as message
from {{ ref('inference_energy') }}
inner join {{ ref('trends') }}
    on 'gpu_efficiency_' || inference_energy.domain = trends.trend_id
    and trends.vintage = 'paper'
where inference_energy.is_own and inference_energy.matching_policy = 'trend' and not inference_energy.is_hardware_supported
